import { KeyRound } from "lucide-react";
import { type Data, field, isList, textField } from "#model/data.ts";
import { pathOf, removal, set, writeEdits } from "#editor/settings/access.ts";
import { containerFields, type EnvSource, envSources, podFields, sourceOf, withSource } from "#editor/settings/env.ts";
import { looksSecret } from "#editor/settings/hints.ts";
import type { Setting } from "#editor/settings/setting.ts";
import { ruleFault } from "#editor/settings/text.ts";
import { Field } from "../inspector/field.tsx";
import type { Meaning } from "../inspector/meaning.ts";
import { shownValue } from "../inspector/values.ts";
import { useSay } from "../use-editor.ts";
import { AddButton, InheritedNote, NewRow, RowCard, useAdding } from "./list-controls.tsx";
import { type Shown, useChange, useSubject } from "./subject.ts";
import { Cell } from "./text-control.tsx";
import { YamlBelow } from "./yaml-control.tsx";

const sourceWords: Readonly<Record<EnvSource, string>> = {
  text: "env-text",
  secret: "env-secret",
  "config-map": "env-config-map",
  field: "env-field",
  resource: "env-resource",
  other: "setting-edit-yaml",
};

/** Environment variables: text, or a key of a secret or config map, a field of the pod, a resource of the container. */
export function EnvControl({ setting, shown }: { readonly setting: Setting; readonly shown: Shown }) {
  const say = useSay();
  const subject = useSubject();
  const variables = shown.state === "set" && isList(shown.value) ? shown.value : [];
  const newPath = `env-new-${variables.length}`;
  const [adding, setAdding] = useAdding(newPath);
  const add = (text: string): Meaning => {
    const fault = text === "" ? undefined : ruleFault("variable", text);
    if (fault) return fault;
    if (variables.some((one) => textField(one, "name") === text)) return { ok: false, reason: { code: "setting-taken", values: { text } } };
    return {
      ok: true,
      edits: text === "" ? [] : subject.holders.flatMap((holder) => writeEdits(setting, holder, [...variables, { name: text }])),
    };
  };
  return (
    <div className="stack">
      <InheritedNote shown={shown} />
      {variables.map((variable, index) => (
        <Variable key={index} setting={setting} variable={variable} index={index} />
      ))}
      {adding ? (
        <NewRow
          path={newPath}
          label={{ code: "field-env-name", values: {} }}
          placeholder="NAME"
          meaning={add}
          onDone={() => setAdding(false)}
        />
      ) : (
        <AddButton label={say("add-variable")} onClick={() => setAdding(true)} />
      )}
    </div>
  );
}

function Variable({ setting, variable, index }: { readonly setting: Setting; readonly variable: Data; readonly index: number }) {
  const say = useSay();
  const change = useChange();
  const subject = useSubject();
  const name = textField(variable, "name") ?? shownValue(field(variable, "name"));
  const source = sourceOf(variable);
  const to = (next: EnvSource) =>
    change(setting, (holder) => [set(holder, [...pathOf(setting, holder), index], withSource(variable, next))]);
  const rename = (text: string): Meaning => {
    const fault =
      text === ""
        ? ({ ok: false, reason: { code: "setting-empty", values: {} } } as const)
        : text.includes("{{")
          ? undefined
          : ruleFault("variable", text);
    return fault ?? { ok: true, edits: subject.holders.map((holder) => set(holder, [...pathOf(setting, holder), index, "name"], text)) };
  };
  const text = { kind: "text", code: true } as const;
  const pair = (key: "secretKeyRef" | "configMapKeyRef", nameLabel: string, keyLabel: string) => (
    <div className="row aligned">
      <Cell
        setting={setting}
        below={[index, "valueFrom", key, "name"]}
        shape={{ ...text, rule: "name" }}
        required
        label={{ code: nameLabel, values: { name } }}
        placeholder={say(key === "secretKeyRef" ? "secret-name" : "name")}
      />
      <Cell
        setting={setting}
        below={[index, "valueFrom", key, "key"]}
        shape={{ ...text, rule: "data-key" }}
        required
        label={{ code: keyLabel, values: { name } }}
        placeholder={say("secret-key")}
      />
    </div>
  );
  return (
    <RowCard
      name={name}
      onRemove={() => change(setting, (holder) => [removal(holder, [...pathOf(setting, holder), index])])}
      yaml={<YamlBelow setting={setting} below={[index]} name={name} />}
      title={
        <>
          <Field
            owner={subject.owner}
            path={`env-${index}-name`}
            of={subject.of}
            isName
            isCode
            label={{ code: "field-env-name", values: {} }}
            value={name}
            meaning={rename}
          />
          <span className="field env-source">
            <select aria-label={`${say("from")} ${name}`} value={source} onChange={(event) => to(event.target.value as EnvSource)}>
              {[...envSources, ...(source === "other" ? (["other"] as const) : [])].map((one) => (
                <option key={one} value={one} disabled={one === "other"}>
                  {say(sourceWords[one])}
                </option>
              ))}
            </select>
          </span>
        </>
      }
    >
      {source === "secret" ? pair("secretKeyRef", "field-env-secret", "field-env-key") : null}
      {source === "config-map" ? pair("configMapKeyRef", "field-env-config-map", "field-env-config-key") : null}
      {source === "field" || source === "resource" ? (
        <Cell
          setting={setting}
          below={[index, "valueFrom", ...(source === "field" ? ["fieldRef", "fieldPath"] : ["resourceFieldRef", "resource"])]}
          shape={{ kind: "choice", options: source === "field" ? podFields : containerFields, open: true }}
          required
          label={{ code: source === "field" ? "field-env-field" : "field-env-resource", values: { name } }}
        />
      ) : null}
      {source === "text" ? (
        <Cell
          setting={setting}
          below={[index, "value"]}
          shape={{ kind: "text", code: true }}
          label={{ code: "field-env-value", values: { name } }}
          write={(holder, next) => [set(holder, [...pathOf(setting, holder), index, "value"], next ?? "")]}
        />
      ) : null}
      {source === "other" ? <YamlBelow setting={setting} below={[index]} name={name} /> : null}
      {looksSecret(variable) ? (
        <div className="note">
          <KeyRound className="i xs" aria-hidden="true" />
          <span>
            {say("env-secret-hint")}{" "}
            <button type="button" className="btn link" onClick={() => to("secret")}>
              {say("make-secret")}
            </button>
          </span>
        </div>
      ) : null}
    </RowCard>
  );
}
