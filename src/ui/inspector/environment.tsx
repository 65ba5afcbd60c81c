import { KeyRound, Trash2 } from "lucide-react";
import { useState } from "react";
import { type Data, field, isList, isMap, textField } from "#model/data.ts";
import type { SettingTarget } from "#model/edit.ts";
import type { Template } from "#model/model.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { useEditor, useSay } from "../use-editor.ts";
import { Field } from "./field.tsx";
import { Section } from "./head.tsx";
import { edits, refused, shownValue, textSetting, typedLike } from "./values.ts";

interface Props {
  readonly template: Template;
  readonly target: SettingTarget;
  readonly owner: string;
  readonly of: string;
  readonly body: Data;
}

/** Environment variables: a literal, or a key of a Secret. Other sources (field, config map) are shown and kept. */
export function Environment({ template, target, owner, of, body }: Props) {
  const say = useSay();
  const editor = useEditor();
  const [adding, setAdding] = useState(false);
  const list = field(body, "env");
  const variables = isList(list) ? list : [];
  const path = [template.kind, "env"];
  const names = new Set(variables.map((one) => textField(one, "name")));
  const add = (text: string) => {
    if (!isVariableName(text)) return refused("invalid-env-name", { text });
    if (names.has(text)) return refused("invalid-taken", { text });
    return edits({ kind: "set-setting", target, path, value: [...variables, { name: text }] });
  };
  return (
    <Section title={say("section-env")} action={<button type="button" className="btn link" onClick={() => setAdding(true)}>{say("add-variable")}</button>}>
      {variables.map((variable, index) => (
        <Variable key={index} variable={variable} index={index} target={target} owner={owner} of={of} path={[...path, index]} onRemove={() => void editor.dispatch({ edits: [{ kind: "unset-setting", target, path: [...path, index] }] })} />
      ))}
      {adding ? (
        // Taken over when a name stands there; left empty, the row goes away again (F7).
        <div onBlur={() => setTimeout(() => setAdding(false))}>
          <Field owner={owner} path={`env-new-${variables.length}`} of={of} isName isCode label={{ code: "field-env-name", values: {} }} value="" meaning={add} placeholder="NAME" end={<AutoFocus />} />
        </div>
      ) : null}
      {variables.length === 0 && !adding ? <span className="muted">{say("no-variables")}</span> : null}
    </Section>
  );
}

/** Puts the focus into the field beside it when it appears. */
export function AutoFocus() {
  return <span ref={(element) => element?.parentElement?.querySelector<HTMLElement>("input, textarea")?.focus()} />;
}

interface VariableProps {
  readonly variable: Data;
  readonly index: number;
  readonly target: SettingTarget;
  readonly owner: string;
  readonly of: string;
  readonly path: readonly (string | number)[];
  readonly onRemove: () => void;
}

function Variable({ variable, index, target, owner, of, path, onRemove }: VariableProps) {
  const say = useSay();
  const editor = useEditor();
  const name = textField(variable, "name") ?? "";
  const from = field(variable, "valueFrom");
  const secret = field(from, "secretKeyRef");
  const source = isMap(secret) ? "secret" : isMap(from) ? "other" : "text";
  const value = field(variable, "value");
  const toSecret = () => {
    const next = { ...(isMap(variable) ? withoutKey(variable, "value") : {}), valueFrom: { secretKeyRef: { name: "", key: name } } };
    editor.dispatch({ edits: [{ kind: "set-setting", target, path, value: next }] });
  };
  const toText = () => editor.dispatch({ edits: [{ kind: "set-setting", target, path, value: { ...(isMap(variable) ? withoutKey(variable, "valueFrom") : {}), value: "" } }] });
  const rename = (text: string) => (isVariableName(text) ? edits({ kind: "set-setting", target, path: [...path, "name"], value: text }) : refused(text === "" ? "invalid-empty" : "invalid-env-name", { text }));
  return (
    <div className="card">
      <div className="row">
        <Field owner={owner} path={`env-${index}-name`} of={of} isName isCode label={{ code: "field-env-name", values: {} }} value={name} meaning={rename} />
        <span className="field" style={{ width: 86 }}>
          <select aria-label={`${say("from")} ${name}`} value={source} onChange={(event) => void (event.target.value === "secret" ? toSecret() : toText())}>
            <option value="text">{say("env-text")}</option>
            <option value="secret">{say("env-secret")}</option>
            {source === "other" && isMap(from) ? <option value="other" disabled>{Object.keys(from)[0]}</option> : null}
          </select>
        </span>
        <IconButton icon={Trash2} label={say("remove-named", { name })} onClick={onRemove} />
      </div>
      {source === "secret" ? (
        <div className="row">
          <Field owner={owner} path={`env-${index}-secret`} of={of} isCode label={{ code: "field-env-secret", values: { name } }} value={textField(secret, "name") ?? ""} placeholder={say("secret-name")} meaning={textSetting(target, [...path, "valueFrom", "secretKeyRef", "name"], { required: true })} />
          <Field owner={owner} path={`env-${index}-key`} of={of} isCode label={{ code: "field-env-key", values: { name } }} value={textField(secret, "key") ?? ""} placeholder={say("secret-key")} meaning={textSetting(target, [...path, "valueFrom", "secretKeyRef", "key"], { required: true })} />
        </div>
      ) : source === "text" ? (
        <Field
          owner={owner} path={`env-${index}-value`} of={of} isCode lines={shownValue(value).includes("\n")} label={{ code: "field-env-value", values: { name } }} value={shownValue(value)}
          meaning={(text) => edits({ kind: "set-setting", target, path: [...path, "value"], value: typedLike(text, value) })}
        />
      ) : (
        <span className="muted small mono">{shownValue(from)}</span>
      )}
      {source === "text" && looksSecret(name) && shownValue(value) !== "" && !shownValue(value).startsWith("{{") ? (
        <div className="note">
          <KeyRound className="i xs" aria-hidden="true" />
          <span>
            {say("env-secret-hint")} <button type="button" className="btn link" onClick={toSecret}>{say("make-secret")}</button>
          </span>
        </div>
      ) : null}
    </div>
  );
}

function isVariableName(text: string): boolean {
  return /^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(text);
}

function looksSecret(name: string): boolean {
  return /(TOKEN|PASSWORD|PASSWD|SECRET|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?)$/i.test(name);
}

function withoutKey(map: Readonly<Record<string, Data>>, key: string): Readonly<Record<string, Data>> {
  return Object.fromEntries(Object.entries(map).filter(([one]) => one !== key));
}
