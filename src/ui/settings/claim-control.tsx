import { useEffect, useState } from "react";
import { type Data, field, isList, type Path, textField, valueAt } from "#data/data.ts";
import type { Operation } from "#data/operations.ts";
import { isQuantity, nearestQuantity, steppedQuantity } from "#kubernetes/quantity.ts";
import { holdsTag, ruleError } from "#editor/settings/value-text.ts";
import { type Holder, readingOf, writeEdits } from "#editor/settings/access.ts";
import { loadPart, showFailure } from "#editor/missing-part.ts";
import { setting } from "#editor/settings/table.ts";
import type { parse } from "#yaml/parse.ts";
import type { patch } from "#yaml/patch.ts";
import { Field } from "../inspector/field.tsx";
import type { Meaning } from "../inspector/typed-meaning.ts";
import { displayValue } from "../inspector/values.ts";
import { useEditor, useTranslate } from "../use-editor.ts";
import { useChange, useSubject } from "./edited-tasks.ts";

interface Yaml {
  readonly parse: typeof parse;
  readonly patch: typeof patch;
}
let loaded: Yaml | undefined;

/** Reader and patcher of YAML, fetched when a claim is shown. */
function useYamlPatch(): Yaml | undefined {
  const editor = useEditor();
  const [yaml, setYaml] = useState(loaded);
  useEffect(() => {
    if (yaml) return;
    void loadPart(() => Promise.all([import("#yaml/parse.ts"), import("#yaml/patch.ts")]))
      .then(([{ parse }, { patch }]) => setYaml((loaded = { parse, patch })))
      .catch((error: unknown) => showFailure(editor, error));
  }, [editor, yaml]);
  return yaml;
}

const modes = ["ReadWriteOnce", "ReadWriteMany", "ReadOnlyMany", "ReadWriteOncePod"];

/** The claim that a VolumeOp creates, in fields: they write the manifest's own lines. Nothing for other objects. */
export function ClaimControl() {
  const t = useTranslate();
  const yaml = useYamlPatch();
  const change = useChange();
  const subject = useSubject();
  const manifest = setting("resource-manifest", "argo");
  const [holder] = subject.holders;
  const text = readingOf(manifest, holder).value;
  if (!yaml || typeof text !== "string" || subject.holders.length > 1) return null;
  const source = yaml.parse(text);
  const claim = source.stream[0];
  if (textField(claim, "kind") !== "PersistentVolumeClaim" || source.diagnostics.some(({ level }) => level === "error")) return null;
  const written = (path: Path, value: Data | undefined): string | undefined => {
    const operations = operationsFor(claim, path, value);
    if (operations.length === 0) return text;
    const done = yaml.patch(
      source,
      operations.map((one) => ({ ...one, path: [0, ...one.path] }) as Operation),
    );
    return done.ok ? done.source.text : undefined;
  };
  const write = (path: Path, value: Data | undefined): Meaning => {
    const next = written(path, value);
    return next === undefined
      ? { ok: false, reason: { code: "setting-yaml-many", values: {} } }
      : { ok: true, edits: writeEdits(manifest, holder, next) };
  };
  const one = (id: string, path: Path, meaning: (typed: string) => Meaning, isNumber = false) => (
    <>
      <span className="label">{t(`claim-${id}`)}</span>
      <Field
        owner={subject.owner}
        path={`claim-${id}`}
        of={subject.of}
        isCode
        label={{ code: `claim-${id}`, values: {} }}
        value={displayValue(valueAt(claim, path))}
        placeholder={t("not-set")}
        meaning={meaning}
        stepped={isNumber ? steppedQuantity : undefined}
      />
    </>
  );
  const size: Path = ["spec", "resources", "requests", "storage"];
  const mode = field(field(claim, "spec"), "accessModes");
  const isOne = isList(mode) && mode.length === 1 && typeof mode[0] === "string";
  const chosen = isOne ? String(mode[0]) : "";
  const choose = (value: string) => {
    const next = written(["spec", "accessModes"], [value]);
    if (next !== undefined) change(manifest, (of: Holder) => writeEdits(manifest, of, next));
  };
  return (
    <div className="pair" role="group" aria-label={t("claim-title")}>
      {one("object-name", ["metadata", "name"], (typed) =>
        typed === ""
          ? { ok: false, reason: { code: "setting-empty", values: {} } }
          : ((holdsTag(typed) ? undefined : ruleError("name", typed)) ?? write(["metadata", "name"], typed)),
      )}
      {one(
        "size",
        size,
        (typed) =>
          holdsTag(typed) || isQuantity(typed.trim())
            ? write(size, typed.trim())
            : { ok: false, reason: { code: "setting-no-quantity", values: { text: typed } }, ...suggestion(nearestQuantity(typed)) },
        true,
      )}
      <span className="label">{t("claim-mode")}</span>
      <span className="field">
        <select aria-label={t("claim-mode")} value={chosen} onChange={(event) => choose(event.target.value)}>
          {chosen === "" ? (
            <option value="" disabled>
              {isList(mode) ? mode.map(displayValue).join(", ") : t("not-set")}
            </option>
          ) : null}
          {[...new Set([...modes, ...(chosen === "" ? [] : [chosen])])].map((value) => (
            <option key={value} value={value}>
              {value}
            </option>
          ))}
        </select>
      </span>
      {one("class", ["spec", "storageClassName"], (typed) =>
        typed === ""
          ? write(["spec", "storageClassName"], undefined)
          : ((holdsTag(typed) ? undefined : ruleError("name", typed)) ?? write(["spec", "storageClassName"], typed)),
      )}
    </div>
  );
}

function suggestion(text: string | undefined): { readonly suggest?: string } {
  return text === undefined ? {} : { suggest: text };
}

/** The operations that set or remove a value, creating the mappings above it. */
function operationsFor(root: Data | undefined, path: Path, value: Data | undefined): readonly Operation[] {
  if (value === undefined) return valueAt(root, path) === undefined ? [] : [{ op: "remove", path }];
  let depth = path.length - 1;
  while (depth > 0 && valueAt(root, path.slice(0, depth)) === undefined) depth -= 1;
  const nested = path.slice(depth + 1).reduceRight<Data>((inner, step) => ({ [step]: inner }), value);
  return [{ op: "set", path: path.slice(0, depth + 1), value: nested }];
}
