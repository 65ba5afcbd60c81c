import { familyOf } from "#editor/layout/port-family.ts";
import { type Data, isList } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { GraphPort } from "#pipeline/graph.ts";
import { valueType } from "#components/type-names.ts";
import { parseTypeText } from "#components/port-types.ts";
import { useEditor, useTranslate } from "../use-editor.ts";
import { Field } from "./field.tsx";
import type { Meaning } from "./typed-meaning.ts";
import { edits, refused, displayValue, typedLike } from "./values.ts";

interface Props {
  readonly port: GraphPort;
  readonly value: Data | undefined;
  /** The owner of the field, and its display name. */
  readonly owner: string;
  readonly of: string;
  /** What the template allows, if it defines it. */
  readonly choices?: readonly Data[];
  /** The edit that sets or removes the value. */
  readonly set: (value: Data) => Edit;
  readonly clear: () => Edit;
}

/** A constant of an input, in a control that fits its type: a choice, a switch, a number, JSON, else text. References are taken as they are. */
export function Constant(props: Props) {
  const { port, value, choices } = props;
  const family = port.kind === "parameter" ? familyOf(port) : "text";
  const isPlain = value === undefined || typeof value !== "string" || !value.includes("{{");
  if (choices && choices.length > 0 && isPlain) return <Choice {...props} choices={choices} />;
  if (family === "bool" && isPlain) return <Switch {...props} />;
  return <Typed {...props} />;
}

/** Text, number or JSON: what does not fit the type stays as typed, with the reason. */
function Typed({ port, value, owner, of, set, clear }: Props) {
  const t = useTranslate();
  const family = port.kind === "parameter" ? familyOf(port) : "text";
  const shown = displayValue(value);
  const meaning = (text: string): Meaning => {
    if (text === "") return value === undefined ? edits() : edits(clear());
    if (!text.includes("{{")) {
      const error = family === "number" ? numberError(text, port.type) : family === "json" ? jsonError(text) : undefined;
      if (error) return error;
    }
    return edits(set(value === undefined ? text : typedLike(text, value)));
  };
  return (
    <Field
      owner={owner}
      path={`argument-${port.kind}-${port.name}`}
      of={of}
      isCode
      lines={family === "json" ? shown.length > 30 : shown.includes("\n")}
      label={{ code: "field-argument", values: { name: port.label } }}
      value={shown}
      placeholder={placeholder(port, t)}
      meaning={meaning}
    />
  );
}

function placeholder(port: GraphPort, t: ReturnType<typeof useTranslate>): string {
  return port.fallback !== undefined
    ? `${displayValue(port.fallback)} (${t("source-default")})`
    : t(port.required ? "source-missing" : "source-none");
}

/** Yes, no, or what the template says. A value written otherwise (`yes`, `1`) is an entry of its own, so that it never changes without the user. */
function Switch({ port, value, owner, set, clear }: Props) {
  const t = useTranslate();
  const editor = useEditor();
  const shown = displayValue(value);
  const truth = /^true$/i.test(shown) ? "true" : /^false$/i.test(shown) ? "false" : shown;
  const choose = (text: string) =>
    void editor.dispatch({
      edits: [text === "" ? clear() : set(text === "true")],
      label: { code: "step-field", values: { field: t("field-argument", { name: port.label }) } },
    });
  return (
    <span className="field" data-owner={owner}>
      <select aria-label={t("field-argument", { name: port.label })} value={truth} onChange={(event) => choose(event.target.value)}>
        <option value="">{placeholder(port, t)}</option>
        <option value="true">{t("value-true")}</option>
        <option value="false">{t("value-false")}</option>
        {truth !== "" && truth !== "true" && truth !== "false" ? <option value={truth}>{truth}</option> : null}
      </select>
    </span>
  );
}

function Choice({ port, value, set, clear, choices = [] }: Props) {
  const t = useTranslate();
  const editor = useEditor();
  const shown = displayValue(value);
  const texts = choices.map(displayValue);
  const choose = (text: string) => {
    const chosen = choices[texts.indexOf(text)];
    editor.dispatch({
      edits: [text === "" || chosen === undefined ? clear() : set(chosen)],
      label: { code: "step-field", values: { field: t("field-argument", { name: port.label }) } },
    });
  };
  return (
    <span className="field mono">
      <select
        aria-label={t("field-argument", { name: port.label })}
        value={shown}
        translate="no"
        onChange={(event) => choose(event.target.value)}
      >
        <option value="">{placeholder(port, t)}</option>
        {texts.map((text) => (
          <option key={text} value={text}>
            {text}
          </option>
        ))}
        {shown !== "" && !texts.includes(shown) ? <option value={shown}>{shown}</option> : null}
      </select>
    </span>
  );
}

function numberError(text: string, type: string | undefined): (Meaning & { readonly ok: false }) | undefined {
  const isWhole = valueType(parseTypeText(type)) === "Integer";
  const fits = isWhole
    ? /^[+-]?\d+$/.test(text.trim())
    : /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) || /^[+-]?(inf|infinity|nan)$/i.test(text.trim());
  if (fits) return undefined;
  const meant = /^[+-]?\d*\.?\d+/.exec(text.normalize("NFKC").replace(/[,\s]/g, ""))?.[0];
  const suggest = meant !== undefined && (!isWhole || /^[+-]?\d+$/.test(meant)) ? meant : undefined;
  return { ...refused(isWhole ? "invalid-whole" : "invalid-number", { text }), ...(suggest !== undefined && { suggest }) };
}

function jsonError(text: string): (Meaning & { readonly ok: false }) | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    const suggest = text
      .trim()
      .replaceAll("'", '"')
      .replace(/\bTrue\b/g, "true")
      .replace(/\bFalse\b/g, "false")
      .replace(/\bNone\b/g, "null");
    return { ...refused("invalid-json", { text: text.length > 40 ? `${text.slice(0, 40)}…` : text }), ...(parses(suggest) && { suggest }) };
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The `enum` of a template's input, if it has one. */
export function choicesOf(rest: Data | undefined): readonly Data[] | undefined {
  return isList(rest) ? rest : undefined;
}
