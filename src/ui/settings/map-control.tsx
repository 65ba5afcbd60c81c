import { X } from "lucide-react";
import { useState } from "react";
import { type Data, isMap } from "#data/data.ts";
import { draftId, type RowPart } from "#editor/field-drafts.ts";
import { isToolKey, pathOf, removal, renameKey, set } from "#editor/settings/access.ts";
import type { Setting, TextRule } from "#editor/settings/setting.ts";
import { holdsTag, ruleError } from "#editor/settings/value-text.ts";
import type { Message } from "#editor/message.ts";
import { Field } from "../inspector/field.tsx";
import type { Meaning } from "../inspector/typed-meaning.ts";
import { displayValue } from "../inspector/values.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { useEditor, useTranslate } from "../use-editor.ts";
import { RowInput, RowNote, useNewRows, useRow } from "./row.tsx";
import { useChange, useSubject } from "./edited-tasks.ts";
import { Cell } from "./text-control.tsx";
import { AddButton, InheritedNote, type ControlProps, useRemovedWhenEmptied } from "./list-parts.tsx";

/** A mapping of texts: labels, annotations, node selectors. Long values (JSON of the SDK) are shown in one line. */
export function MapControl({ setting, shown }: ControlProps) {
  const t = useTranslate();
  const subject = useSubject();
  const shape = setting.shape.kind === "map" ? setting.shape : undefined;
  const [all, setAll] = useState(false);
  const entries = shown.state === "set" && isMap(shown.value) ? Object.entries(shown.value) : [];
  const fresh = useNewRows(`row-${setting.id}-`);
  const own = entries.filter(([key]) => all || !isToolKey(key));
  const name = t(`setting-${setting.id}`);
  const keyError = (text: string, from?: string): (Meaning & { readonly ok: false }) | undefined => {
    if (text === "") return { ok: false, reason: { code: "setting-empty", values: {} } };
    const error = shape?.keys && ruleError(shape.keys, text);
    if (error) return error;
    return text !== from && entries.some(([key]) => key === text)
      ? { ok: false, reason: { code: "setting-taken", values: { text } } }
      : undefined;
  };
  return (
    <div className="stack">
      <InheritedNote shown={shown} />
      {own.map(([key, value], index) => (
        <Entry
          key={key}
          setting={setting}
          entry={[key, value]}
          keyLabel={{ code: "setting-key", values: { name, n: index + 1 } }}
          keyMeaning={(text) =>
            keyError(text, key) ?? { ok: true, edits: subject.holders.flatMap((holder) => renameKey(setting, holder, key, text)) }
          }
        />
      ))}
      {own.length < entries.length ? (
        <button type="button" className="btn link start" onClick={() => setAll(true)}>
          {t("setting-more", { n: entries.length - own.length })}
        </button>
      ) : null}
      {fresh.rows.map(({ key, path, isAsked }) => (
        <NewEntry
          key={key}
          setting={setting}
          path={path}
          hasFocus={isAsked}
          keyError={keyError}
          onClose={() => fresh.close(path)}
          onNext={() => fresh.ask({})}
        />
      ))}
      <AddButton label={t("setting-add", { name })} short={t("add")} onClick={() => fresh.ask({})} />
    </div>
  );
}

/** One key of the document with its value. */
function Entry({
  setting,
  entry: [key, value],
  keyLabel,
  keyMeaning,
}: {
  readonly setting: Setting;
  readonly entry: readonly [key: string, value: Data];
  readonly keyLabel: Message;
  readonly keyMeaning: (text: string) => Meaning;
}) {
  const t = useTranslate();
  const editor = useEditor();
  const change = useChange();
  const { owner, of } = useSubject();
  const paths = [`key-${setting.id}-${key}`, `cell-${setting.id}-${key}`] as const;
  const remove = () => {
    change(setting, (holder) => [removal(holder, [...pathOf(setting, holder), key])]);
    for (const path of paths) editor.draft(draftId(owner, path), undefined);
  };
  const emptied = useRemovedWhenEmptied(
    paths.map((path) => draftId(owner, path)),
    remove,
  );
  return (
    <div className="row aligned" onBlur={emptied}>
      <Field owner={owner} path={paths[0]} of={of} isName isCode label={keyLabel} value={key} meaning={keyMeaning} />
      {displayValue(value).length > 400 ? (
        <span className="muted small mono cut grow" translate="no">
          {displayValue(value).slice(0, 80)}…
        </span>
      ) : (
        <Cell
          setting={setting}
          below={[key]}
          shape={{ kind: "text", code: true, ...valueRule(setting) }}
          label={{ code: "setting-value", values: { name: t(`setting-${setting.id}`), key } }}
          isEmptyAsked
          write={(holder, next) => [set(holder, [...pathOf(setting, holder), key], next ?? "")]}
        />
      )}
      <IconButton icon={X} label={t("setting-remove", { name: key })} onClick={remove} />
    </div>
  );
}

/** A key and a value that go into the mapping together. */
function NewEntry({
  setting,
  path,
  hasFocus,
  keyError,
  onClose,
  onNext,
}: {
  readonly setting: Setting;
  readonly path: string;
  readonly hasFocus: boolean;
  readonly keyError: (text: string) => (Meaning & { readonly ok: false }) | undefined;
  readonly onClose: () => void;
  readonly onNext: () => void;
}) {
  const t = useTranslate();
  const subject = useSubject();
  const name = t(`setting-${setting.id}`);
  const { rule } = valueRule(setting);
  const row = useRow({
    path,
    start: {},
    field: ({ key }): Message => (key ? { code: "setting-value", values: { name, key } } : { code: "setting-new-key", values: { name } }),
    parts: ({ key }): readonly RowPart[] => [
      { id: "key", label: { code: "setting-new-key", values: { name } }, placeholder: t("column-key"), error: keyError },
      {
        id: "value",
        label: { code: "setting-value", values: { name, key: key ?? "" } },
        placeholder: t("column-value"),
        mayBeEmpty: true,
        error: (text) => (rule === undefined || holdsTag(text) ? undefined : ruleError(rule, text)),
      },
    ],
    edits: (values) => subject.holders.map((holder) => set(holder, [...pathOf(setting, holder), values.key ?? ""], values.value ?? "")),
    onClose,
    onNext,
  });
  return (
    <div {...row.card} className="stack">
      <div className="row aligned">
        <RowInput row={row} id="key" hasFocus={hasFocus} />
        <RowInput row={row} id="value" isDisabled={!row.isBegun} />
        {row.isBegun ? (
          <IconButton
            icon={X}
            label={t("setting-remove", { name: row.values.key ?? t("setting-new-key", { name }) })}
            onClick={() => {
              row.drop();
              onClose();
            }}
          />
        ) : null}
      </div>
      <RowNote row={row} />
    </div>
  );
}

function valueRule(setting: Setting): { readonly rule?: TextRule } {
  return setting.shape.kind === "map" && setting.shape.values ? { rule: setting.shape.values } : {};
}
