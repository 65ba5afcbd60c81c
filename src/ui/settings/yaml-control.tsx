import { useEffect, useState } from "react";
import { type Data, isList, isMap, type Path, valueAt } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import { type Holder, pathOf, wholeEdits, wholeOf, writeBelow, writeEdits } from "#editor/settings/access.ts";
import type { Setting } from "#editor/settings/setting.ts";
import { metricsError } from "#editor/settings/value-text.ts";
import { loadPart, showFailure } from "#editor/missing-part.ts";
import type { Message } from "#editor/message.ts";
import { namesLine } from "#messages/at-line.ts";
import { printValue } from "#yaml/print.ts";
import type { parse } from "#yaml/parse.ts";
import { Field } from "../inspector/field.tsx";
import type { Meaning } from "../inspector/typed-meaning.ts";
import { useEditor, useTranslate } from "../use-editor.ts";
import { type ShownSetting, useSubject } from "./edited-tasks.ts";

interface Reader {
  readonly parse: typeof parse;
  readonly lineColumn: (text: string, offset: number) => { readonly line: number };
}
let loaded: Reader | undefined;

/** The reader of YAML, fetched when the first field that needs it is shown. */
export function useYaml(): Reader | undefined {
  const editor = useEditor();
  const [reader, setReader] = useState(loaded);
  useEffect(() => {
    if (reader) return;
    let isGone = false;
    void loadPart(() => Promise.all([import("#yaml/parse.ts"), import("#yaml/spans.ts")]))
      .then(([{ parse }, { lineColumn }]) => {
        loaded = { parse, lineColumn };
        if (!isGone) setReader(loaded);
      })
      .catch((error: unknown) => showFailure(editor, error));
    return () => {
      isGone = true;
    };
  }, [editor, reader]);
  return reader;
}

interface BoxProps {
  readonly owner: string;
  readonly of: string | undefined;
  readonly path: string;
  readonly label: Message;
  readonly help?: string;
  readonly value: Data | undefined;
  readonly needs?: "map" | "list";
  /** Why data of the right kind cannot be used all the same. */
  readonly error?: (data: Data) => Message | undefined;
  /** The edits for a value; undefined: the text was emptied. */
  readonly edits: (value: Data | undefined) => readonly Edit[];
}

/** Any data as YAML. What is no YAML stays as typed, with the line; the document keeps its last valid value. */
export function YamlBox({ owner, of, path, label, help, value, needs, error: errorOf, edits }: BoxProps) {
  const t = useTranslate();
  const reader = useYaml();
  const text = value === undefined || value === null ? "" : printValue(value);
  const meaning = (typed: string): Meaning => {
    if (typed.trim() === "") return { ok: true, edits: edits(undefined) };
    if (!reader) return { ok: false, reason: { code: "field-loading", values: {} } };
    // The field leaves out the last line break, which a block of text at the end needs.
    const read = reader.parse(`${typed}\n`);
    const error = read.diagnostics.find(({ level }) => level === "error");
    if (error) {
      const { code, values } = error;
      if (namesLine(t, error)) return { ok: false, reason: { code, values } };
      const { line } = reader.lineColumn(typed, error.span?.[0] ?? 0);
      return { ok: false, reason: { code: "setting-yaml-fault", values: { line, reason: t(code, values) } } };
    }
    if (read.stream.length !== 1) return { ok: false, reason: { code: "setting-yaml-many", values: {} } };
    const data = read.stream[0] ?? null;
    if ((needs === "map" && !isMap(data)) || (needs === "list" && !isList(data)))
      return { ok: false, reason: { code: "setting-yaml-kind", values: { kind: needs === "map" ? "{key: value}" : "[list]" } } };
    const reason = errorOf?.(data);
    return reason ? { ok: false, reason } : { ok: true, edits: edits(data) };
  };
  return (
    <Field
      owner={owner}
      path={path}
      of={of}
      isCode
      lines
      isLate
      isReady={reader !== undefined}
      label={label}
      help={help}
      value={text}
      placeholder={needs === "list" ? "- " : "key: value"}
      meaning={meaning}
    />
  );
}

/** A setting without a form of its own, or with a value that its form cannot represent. */
export function YamlControl({ setting, shown }: { readonly setting: Setting; readonly shown: ShownSetting }) {
  const t = useTranslate();
  const subject = useSubject();
  const { shape } = setting;
  return (
    <YamlBox
      owner={subject.owner}
      of={subject.of}
      path={`yaml-${setting.id}`}
      label={{ code: `setting-${setting.id}`, values: {} }}
      help={t(`setting-${setting.id}.help`)}
      value={shown.state === "inherited" ? undefined : shown.value}
      needs={shape.kind === "yaml" ? shape.of : undefined}
      error={setting.path.at(-1) === "metrics" ? metricsError : undefined}
      edits={(value) => subject.holders.flatMap((holder) => writeEdits(setting, holder, value))}
    />
  );
}

/** One item of a setting as YAML, for what its row has no fields for. */
export function YamlBelow({ setting, below, name }: { readonly setting: Setting; readonly below: Path; readonly name: string }) {
  const subject = useSubject();
  const value = valueAt(subject.holders[0].data, [...pathOf(setting, subject.holders[0]), ...below]);
  return (
    <YamlBox
      owner={subject.owner}
      of={subject.of}
      path={`yaml-${setting.id}-${below.join("/")}`}
      label={{ code: "setting-as-yaml", values: { name } }}
      value={value}
      edits={(next) => subject.holders.flatMap((holder) => writeBelow(setting, holder, below, next))}
    />
  );
}

/** All of a template, or of a pipeline's spec, as YAML. Only what differs afterwards is changed in the file. */
export function WholeYaml({
  holder,
  path = [],
  owner,
  of,
}: {
  readonly holder: Holder;
  readonly path?: Path;
  readonly owner: string;
  readonly of: string | undefined;
}) {
  const t = useTranslate();
  return (
    <div className="stack whole">
      <span className="muted small">
        {t("setting-whole")} {t("setting-yaml-note")}
      </span>
      <YamlBox
        owner={owner}
        of={of}
        path="yaml-whole"
        label={{ code: "setting-template-yaml", values: {} }}
        value={wholeOf(holder, path)}
        needs="map"
        edits={(value) => (isMap(value) ? wholeEdits(holder, path, value) : [])}
      />
    </div>
  );
}
