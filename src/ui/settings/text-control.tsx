import { useId } from "react";
import type { Data, Path } from "#data/data.ts";
import { valueAt } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import { steppedQuantity } from "#kubernetes/quantity.ts";
import { type Holder, pathOf, readingOf, writeBelow, writeEdits } from "#editor/settings/access.ts";
import type { Column, Setting, Shape } from "#editor/settings/setting.ts";
import { textOf, typedAs } from "#editor/settings/value-text.ts";
import type { Message } from "#editor/message.ts";
import { Field, type FieldProps } from "../inspector/field.tsx";
import type { Meaning } from "../inspector/typed-meaning.ts";
import { displayValue } from "../inspector/values.ts";
import { useTranslate } from "../use-editor.ts";
import { type ShownSetting, useChange, useSubject } from "./edited-tasks.ts";

interface Props {
  readonly setting: Setting;
  readonly shown: ShownSetting;
  readonly unit?: string;
  readonly end?: FieldProps["end"];
}

/** A setting that is one line of text, or several: a quantity, a number, a duration, a name. */
export function TextControl({ setting, shown, unit, end }: Props) {
  const t = useTranslate();
  const subject = useSubject();
  const { shape } = setting;
  const inherited = shown.state === "inherited";
  const value = inherited ? "" : (textOf(shape, shown.value) ?? displayValue(shown.value));
  const meaning = (text: string): Meaning => {
    const edits: Edit[] = [];
    for (const holder of subject.holders) {
      const parsed = typedAs(shape, text, readingOf(setting, holder).state === "inherited" ? undefined : readingOf(setting, holder).value);
      if (!parsed.ok) return parsed;
      if (parsed.value === undefined && setting.required) return { ok: false, reason: { code: "setting-empty", values: {} } };
      edits.push(...writeEdits(setting, holder, parsed.value));
    }
    return { ok: true, edits };
  };
  const placeholder =
    shown.state === "mixed"
      ? t("setting-mixed")
      : inherited
        ? `${displayValue(shown.value)} (${t("setting-inherited")})`
        : (setting.usual ?? t("not-set"));
  return (
    <Field
      owner={subject.owner}
      path={`setting-${setting.id}`}
      of={subject.of}
      isCode={shape.kind !== "text" || shape.code === true}
      lines={shape.kind === "text" && (shape.lines === true || value.includes("\n"))}
      wraps={shape.kind === "text" && shape.wraps === true}
      label={{ code: `setting-${setting.id}`, values: {} }}
      help={t(`setting-${setting.id}.help`)}
      value={value}
      placeholder={placeholder}
      meaning={meaning}
      inherited={inherited}
      unit={unit}
      end={end}
      stepped={stepsOf(shape)}
    />
  );
}

/** How arrow keys change a number; undefined for other text. */
export function stepsOf(shape: Shape): FieldProps["stepped"] {
  if (shape.kind === "quantity") return steppedQuantity;
  if (shape.kind !== "integer") return undefined;
  return (text, by) =>
    /^-?\d*$/.test(text) ? String(Math.min(shape.max ?? Infinity, Math.max(shape.min ?? -Infinity, Number(text) + by))) : undefined;
}

/** A setting with a few valid words, or yes and no. An existing value that is none of them is an entry of its own. */
export function ChoiceControl({ setting, shown }: Props) {
  const change = useChange();
  const t = useTranslate();
  return (
    <Choice
      name={t(`setting-${setting.id}`)}
      help={t(`setting-${setting.id}.help`)}
      shape={setting.shape}
      value={shown.state === "inherited" || shown.state === "mixed" ? undefined : shown.value}
      isMixed={shown.state === "mixed"}
      isRequired={setting.required === true}
      usual={shown.state === "inherited" ? `${displayValue(shown.value)} (${t("setting-inherited")})` : setting.usual}
      inherited={shown.state === "inherited"}
      onChoose={(value) => change(setting, (holder) => writeEdits(setting, holder, value))}
    />
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly help?: string;
  readonly shape: Shape;
  readonly value: Data | undefined;
  readonly usual?: string;
  readonly inherited?: boolean;
  readonly isMixed?: boolean;
  readonly isRequired?: boolean;
  readonly onChoose: (value: Data | undefined) => void;
}

/** A list to choose from. */
export function Choice({ name, help, shape, value, usual, inherited, isMixed, isRequired, onChoose }: ChoiceProps) {
  const t = useTranslate();
  const options = shape.kind === "choice" ? shape.options : ["true", "false"];
  const current = value === undefined || value === null ? "" : displayValue(value);
  const words = (option: string) => (shape.kind === "switch" ? t(option === "true" ? "setting-on" : "setting-off") : option);
  const usualWords =
    usual === undefined ? t("not-set") : shape.kind === "switch" && (usual === "true" || usual === "false") ? words(usual) : usual;
  return (
    <span className={`field${inherited ? " inherited" : ""}`} title={help}>
      <select
        aria-label={name}
        value={isMixed ? "mixed" : current}
        onChange={(event) =>
          onChoose(
            event.target.value === ""
              ? undefined
              : shape.kind === "switch" && !shape.asText
                ? event.target.value === "true"
                : event.target.value,
          )
        }
      >
        {isMixed ? (
          <option value="mixed" disabled>
            {t("setting-mixed")}
          </option>
        ) : null}
        {isRequired && current !== "" ? null : <option value="">{usualWords}</option>}
        {options.map((option) => (
          <option key={option} value={option}>
            {words(option)}
          </option>
        ))}
        {current !== "" && !options.includes(current) ? <option value={current}>{current}</option> : null}
      </select>
    </span>
  );
}

interface CellProps {
  readonly setting: Setting;
  /** Keys below the setting. */
  readonly below: Path;
  readonly shape: Shape;
  readonly label: Message;
  readonly placeholder?: string;
  readonly required?: boolean;
  /** Empty is legal, but has to be confirmed: until then the document keeps its value. */
  readonly isEmptyAsked?: boolean;
  readonly end?: FieldProps["end"];
  readonly onEnter?: () => void;
  /** What else changes with it, such as siblings that a mapping requires. */
  readonly write?: (holder: Holder, value: Data | undefined) => readonly Edit[];
}

/** One field somewhere below a setting: a cell of a row. A value that is no text is shown as JSON and kept in kind. */
export function Cell({ setting, below, shape, label, placeholder, required, isEmptyAsked, end, onEnter, write }: CellProps) {
  const t = useTranslate();
  const change = useChange();
  const subject = useSubject();
  const at = (holder: Holder) => valueAt(holder.data, [...pathOf(setting, holder), ...below]);
  const value = at(subject.holders[0]);
  const written = write ?? ((holder, next) => writeBelow(setting, holder, below, next));
  if (shape.kind === "choice" || shape.kind === "switch") {
    return (
      <Choice
        name={t(label.code, label.values)}
        shape={shape}
        value={value}
        isRequired={required}
        onChoose={(next) => change(setting, (holder) => written(holder, next))}
      />
    );
  }
  const meaning = (text: string): Meaning => {
    const parsed = typedAs(shape, text, value);
    if (!parsed.ok) return parsed;
    if (parsed.value === undefined && required) return { ok: false, reason: { code: "setting-empty", values: {} } };
    if (parsed.value === undefined && isEmptyAsked) {
      const missing: Message = { code: "row-missing", values: { part: t(label.code, label.values) } };
      return { ok: false, reason: missing, anyway: subject.holders.flatMap((holder) => written(holder, undefined)) };
    }
    return { ok: true, edits: subject.holders.flatMap((holder) => written(holder, parsed.value)) };
  };
  const text = textOf(shape, value) ?? displayValue(value);
  return (
    <Field
      owner={subject.owner}
      path={`cell-${setting.id}-${below.join("/")}`}
      of={subject.of}
      isCode
      lines={text.includes("\n")}
      label={label}
      value={text}
      placeholder={placeholder}
      meaning={meaning}
      end={end}
      onEnter={onEnter}
      stepped={stepsOf(shape)}
    />
  );
}

/** The fields of one item, side by side in two columns, each with its name. */
export function Columns({
  setting,
  below,
  columns,
  of,
}: {
  readonly setting: Setting;
  readonly below: Path;
  readonly columns: readonly Column[];
  readonly of: string;
}) {
  const t = useTranslate();
  const id = useId();
  const subject = useSubject();
  const item = valueAt(subject.holders[0].data, [...pathOf(setting, subject.holders[0]), ...below]);
  const placeholderOf = ({ sourceOf }: Column) => {
    const source = item === undefined ? undefined : sourceOf?.(item);
    return source === undefined ? undefined : t("setting-from", { source });
  };
  return (
    <div className="columns">
      {columns.map((column) => (
        <div key={column.id} className={`stack${column.shape.kind === "list" ? " full" : ""}`}>
          <span className="muted small" id={`${id}-${column.id}`}>
            {t(`column-${column.id}`)}
          </span>
          {column.shape.kind === "list" ? (
            <Items
              setting={setting}
              below={[...below, ...column.path]}
              label={{ code: "setting-cell", values: { name: t(`column-${column.id}`), of } }}
            />
          ) : (
            <Cell
              setting={setting}
              below={[...below, ...column.path]}
              shape={column.shape}
              required={column.required}
              placeholder={placeholderOf(column)}
              label={{ code: "setting-cell", values: { name: t(`column-${column.id}`), of } }}
            />
          )}
        </div>
      ))}
    </div>
  );
}

/** A list of texts below a setting in one line, as JSON; text that is no list is its only item. */
function Items({ setting, below, label }: { readonly setting: Setting; readonly below: Path; readonly label: Message }) {
  const subject = useSubject();
  const value = valueAt(subject.holders[0].data, [...pathOf(setting, subject.holders[0]), ...below]);
  const meaning = (text: string): Meaning => {
    if (text.trim() === "") return { ok: true, edits: subject.holders.flatMap((holder) => writeBelow(setting, holder, below, undefined)) };
    const list = listFrom(text);
    if (!list) return { ok: false, reason: { code: "invalid-json-list", values: { text } } };
    return { ok: true, edits: subject.holders.flatMap((holder) => writeBelow(setting, holder, below, list)) };
  };
  return (
    <Field
      owner={subject.owner}
      path={`cell-${setting.id}-${below.join("/")}`}
      of={subject.of}
      isCode
      label={label}
      value={value === undefined || value === null ? "" : displayValue(value)}
      placeholder='["a", "b"]'
      meaning={meaning}
    />
  );
}

function listFrom(text: string): readonly Data[] | undefined {
  if (!text.trim().startsWith("[")) return [text.trim()];
  try {
    const list = JSON.parse(text) as Data;
    return Array.isArray(list) ? (list as readonly Data[]) : undefined;
  } catch {
    return undefined;
  }
}
