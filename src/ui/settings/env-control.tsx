import { KeyRound } from "lucide-react";
import { useRef } from "react";
import { type Data, field, isList, textField } from "#data/data.ts";
import { pathOf, set, writeEdits } from "#editor/settings/access.ts";
import { draftId, type RowPart, type RowValues } from "#editor/field-drafts.ts";
import type { Message } from "#editor/message.ts";
import { containerFields, type EnvSource, envSources, podFields, sourceOf, variableWith, withSource } from "#editor/settings/env.ts";
import { looksSecret } from "#editor/settings/hints.ts";
import type { Setting } from "#editor/settings/setting.ts";
import { holdsTag, ruleError } from "#editor/settings/value-text.ts";
import { Field } from "../inspector/field.tsx";
import type { Meaning } from "../inspector/typed-meaning.ts";
import { displayValue } from "../inspector/values.ts";
import { useTranslate } from "../use-editor.ts";
import { AddButton, InheritedNote, useRemoveRow, useRemovedWhenEmptied } from "./list-parts.tsx";
import { RowCard } from "./rows-control.tsx";
import { RowInput, RowNote, useNewRows, useRow } from "./row.tsx";
import { type ShownSetting, useChange, useSubject } from "./edited-tasks.ts";
import { Cell, Choice } from "./text-control.tsx";
import { YamlBelow } from "./yaml-control.tsx";

const sourceWords: Readonly<Record<EnvSource, string>> = {
  text: "env-text",
  secret: "env-secret",
  "config-map": "env-config-map",
  field: "env-field",
  resource: "env-resource",
  other: "setting-edit-yaml",
};
/** Drafts of variables begin so; then `=NAME` of the variable that is changed, or `+N` for a new one. */
const draftPrefix = "row-env-";

interface VariableProps {
  readonly setting: Setting;
  /** All variables in the document, and the one shown; undefined: a new one. */
  readonly variables: readonly Data[];
  readonly index: number | undefined;
  readonly path: string;
  readonly start?: RowValues;
  readonly hasFocus?: boolean;
  readonly onClose?: () => void;
  readonly onNext?: () => void;
}

/** Environment variables: text, or a key of a secret or config map, a field of the pod, a resource of the container. */
export function EnvControl({ setting, shown }: { readonly setting: Setting; readonly shown: ShownSetting }) {
  const t = useTranslate();
  const variables = shown.state === "set" && isList(shown.value) ? shown.value : [];
  const fresh = useNewRows(draftPrefix);
  const add = () => fresh.ask({ source: "text" });
  return (
    <div className="stack">
      <InheritedNote shown={shown} />
      {variables.map((variable, index) => (
        <Variable key={index} setting={setting} variables={variables} index={index} path={`${draftPrefix}=${nameOf(variable)}`} />
      ))}
      {fresh.rows.map(({ key, path, isAsked }) => (
        <Variable
          key={key}
          setting={setting}
          variables={variables}
          index={undefined}
          path={path}
          start={{ source: "text" }}
          hasFocus={isAsked}
          onClose={() => fresh.close(path)}
          onNext={add}
        />
      ))}
      <AddButton label={t("add-variable")} onClick={add} />
    </div>
  );
}

function Variable({ setting, variables, index, path, start, hasFocus, onClose, onNext }: VariableProps) {
  const t = useTranslate();
  const change = useChange();
  const subject = useSubject();
  const removeRow = useRemoveRow(setting);
  const variable = index === undefined ? undefined : variables[index];
  const row = useRow({
    path,
    start,
    field: ({ name }): Message => (name ? { code: "row-variable", values: { name } } : { code: "row-variable-new", values: {} }),
    parts: (values) => partsOf(values, (name) => isTaken(variables, index, name), t("secret-key")),
    edits: (values) =>
      subject.holders.flatMap((holder) =>
        index === undefined
          ? writeEdits(setting, holder, [...variables, variableWith(undefined, values)])
          : [set(holder, [...pathOf(setting, holder), index], variableWith(variable, values))],
      ),
    onClose,
    onNext,
  });
  const isOpen = variable === undefined || row.isBegun;
  const written = nameOf(variable);
  const name = isOpen ? (row.values.name ?? "") : written;
  const source = isOpen ? ((row.values.source ?? "text") as EnvSource) : sourceOf(variable ?? null);
  const value = useRef<HTMLDivElement>(null);
  const base = `cell-${setting.id}-${index ?? "new"}`;
  const emptied = useRemovedWhenEmptied([draftId(subject.owner, `${base}/name`), draftId(subject.owner, `${base}/value`)], () =>
    index === undefined ? undefined : removeRow(index),
  );
  const to = (next: EnvSource, focus?: string) => {
    const needsText = next === "secret" || next === "config-map" || next === "text";
    if (variable === undefined) return row.set({ source: next, ...(needsText && next !== "text" ? { key: name } : {}) });
    if (!needsText) {
      row.drop();
      return change(setting, (holder) => [set(holder, [...pathOf(setting, holder), index as number], withSource(variable, next))]);
    }
    if (next === sourceOf(variable)) return row.drop();
    row.begin({ ...row.values, name: isOpen ? name : written, source: next, key: row.values.key ?? written }, focus);
  };
  const remove = () => {
    row.drop();
    if (index === undefined) onClose?.();
    else removeRow(index);
  };
  return (
    <div {...row.card} onBlur={(event) => (isOpen ? row.card.onBlur(event) : emptied(event))}>
      <RowCard
        name={name === "" ? t("row-variable-new") : name}
        onRemove={remove}
        yaml={isOpen || index === undefined ? undefined : <YamlBelow setting={setting} below={[index]} name={name} />}
        title={
          <>
            {isOpen ? (
              <RowInput row={row} id="name" hasFocus={hasFocus} />
            ) : (
              <Field
                owner={subject.owner}
                path={`${base}/name`}
                of={subject.of}
                isName
                isCode
                label={{ code: "field-env-name", values: {} }}
                value={written}
                meaning={(text) =>
                  nameError(text, (one) => isTaken(variables, index, one)) ?? {
                    ok: true,
                    edits: subject.holders.map((holder) => set(holder, [...pathOf(setting, holder), index as number, "name"], text)),
                  }
                }
                onEnter={() => value.current?.querySelector<HTMLElement>("input, textarea, select")?.focus()}
              />
            )}
            <span className="field env-source">
              <select aria-label={`${t("from")} ${name}`} value={source} onChange={(event) => to(event.target.value as EnvSource)}>
                {[...envSources, ...(source === "other" ? (["other"] as const) : [])].map((one) => (
                  <option key={one} value={one} disabled={one === "other"}>
                    {t(sourceWords[one])}
                  </option>
                ))}
              </select>
            </span>
          </>
        }
      >
        {isOpen ? (
          <DraftBody row={row} source={source} name={name} />
        ) : (
          <div className="stack" ref={value}>
            <WrittenBody setting={setting} variable={variable} index={index as number} name={name} />
          </div>
        )}
        {isOpen ? <RowNote row={row} inUse={variable === undefined ? undefined : displayValue(field(variable, "value"))} /> : null}
        {looksSecret(isOpen ? variableWith(undefined, row.values) : (variable ?? null)) ? (
          <div className="note">
            <KeyRound className="i xs" aria-hidden="true" />
            <span>
              {t("env-secret-hint")}{" "}
              <button type="button" className="btn link" onClick={() => to("secret", "ref")}>
                {t("make-secret")}
              </button>
            </span>
          </div>
        ) : null}
      </RowCard>
    </div>
  );
}

/** What is missing of a variable that is being entered. */
function DraftBody({ row, source, name }: { readonly row: ReturnType<typeof useRow>; readonly source: EnvSource; readonly name: string }) {
  const t = useTranslate();
  if (source === "text") return <RowInput row={row} id="value" />;
  if (source === "secret" || source === "config-map")
    return (
      <div className="row aligned">
        <RowInput row={row} id="ref" />
        <RowInput row={row} id="key" />
      </div>
    );
  const options = source === "field" ? podFields : containerFields;
  return (
    <Choice
      name={t(source === "field" ? "field-env-field" : "field-env-resource", { name })}
      shape={{ kind: "choice", options, open: true }}
      value={row.values.at ?? options[0]}
      isRequired
      onChoose={(at) => row.set({ at: displayValue(at) })}
    />
  );
}

/** The value of a variable as the document has it. */
function WrittenBody({
  setting,
  variable,
  index,
  name,
}: {
  readonly setting: Setting;
  readonly variable: Data;
  readonly index: number;
  readonly name: string;
}) {
  const source = sourceOf(variable);
  const text = { kind: "text", code: true } as const;
  switch (source) {
    case "secret":
    case "config-map": {
      const key = source === "secret" ? "secretKeyRef" : "configMapKeyRef";
      const labels = refLabels[source];
      return (
        <div className="row aligned">
          <Cell
            setting={setting}
            below={[index, "valueFrom", key, "name"]}
            shape={{ ...text, rule: "name" }}
            required
            label={{ code: labels.ref, values: { name } }}
          />
          <Cell
            setting={setting}
            below={[index, "valueFrom", key, "key"]}
            shape={{ ...text, rule: "data-key" }}
            required
            label={{ code: labels.key, values: { name } }}
          />
        </div>
      );
    }
    case "field":
    case "resource":
      return (
        <Cell
          setting={setting}
          below={[index, "valueFrom", ...(source === "field" ? ["fieldRef", "fieldPath"] : ["resourceFieldRef", "resource"])]}
          shape={{ kind: "choice", options: source === "field" ? podFields : containerFields, open: true }}
          required
          label={{ code: source === "field" ? "field-env-field" : "field-env-resource", values: { name } }}
        />
      );
    case "text":
      return (
        <Cell
          setting={setting}
          below={[index, "value"]}
          shape={text}
          label={{ code: "field-env-value", values: { name } }}
          isEmptyAsked
          write={(holder, next) => [set(holder, [...pathOf(setting, holder), index, "value"], next ?? "")]}
        />
      );
    case "other":
      return <YamlBelow setting={setting} below={[index]} name={name} />;
  }
}

const refLabels = {
  secret: { ref: "field-env-secret", key: "field-env-key" },
  "config-map": { ref: "field-env-config-map", key: "field-env-config-key" },
} as const;

function partsOf(values: RowValues, taken: (name: string) => boolean, keyPlaceholder: string): readonly RowPart[] {
  const name = values.name ?? "";
  const source = values.source ?? "text";
  const first: RowPart = {
    id: "name",
    label: { code: "field-env-name", values: {} },
    placeholder: "NAME",
    error: (text) => nameError(text, taken),
  };
  if (source === "secret" || source === "config-map") {
    const labels = refLabels[source];
    const reference = (rule: "name" | "data-key") => (text: string) => (holdsTag(text) ? undefined : ruleError(rule, text));
    return [
      first,
      { id: "ref", label: { code: labels.ref, values: { name } }, error: reference("name") },
      { id: "key", label: { code: labels.key, values: { name } }, placeholder: keyPlaceholder, error: reference("data-key") },
    ];
  }
  if (source !== "text") return [first];
  return [first, { id: "value", label: { code: "field-env-value", values: { name } }, mayBeEmpty: true }];
}

/** Why a text cannot name a variable of the list. */
function nameError(text: string, taken: (name: string) => boolean): (Meaning & { readonly ok: false }) | undefined {
  if (text === "") return { ok: false, reason: { code: "setting-empty", values: {} } };
  if (text.includes("{{")) return undefined;
  const error = ruleError("variable", text);
  if (error) return error;
  return taken(text) ? { ok: false, reason: { code: "setting-taken", values: { text } } } : undefined;
}

function isTaken(variables: readonly Data[], index: number | undefined, name: string): boolean {
  return variables.some((one, at) => at !== index && textField(one, "name") === name);
}

function nameOf(variable: Data | undefined): string {
  return textField(variable, "name") ?? displayValue(field(variable, "name"));
}
