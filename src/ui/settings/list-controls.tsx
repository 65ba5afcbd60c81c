import { Plus, X } from "lucide-react";
import { type FocusEvent, type ReactNode, useId, useState } from "react";
import { type Data, isList, isMap, type Path } from "#data/data.ts";
import { draftId, draftsWithoutRow, type RowPart } from "#editor/field-drafts.ts";
import { isToolKey, pathOf, removal, renameKey, set, writeEdits } from "#editor/settings/access.ts";
import type { Column, Setting, TextRule } from "#editor/settings/setting.ts";
import { holdsTag, ruleError, typedAs } from "#editor/settings/value-text.ts";
import type { Message } from "#editor/message.ts";
import { AutoFocus } from "../inspector/autofocus.tsx";
import { Field } from "../inspector/field.tsx";
import type { Meaning } from "../inspector/typed-meaning.ts";
import { displayValue } from "../inspector/values.ts";
import type { ShownWireField } from "../inspector/use-wire-field.tsx";
import { IconButton } from "../parts/icon-button.tsx";
import { useEditor, useTranslate } from "../use-editor.ts";
import { RowInput, RowNote, useNewRows, useRow } from "./row.tsx";
import { type ShownSetting, useChange, useSubject } from "./edited-tasks.ts";
import { Cell, Columns } from "./text-control.tsx";
import { YamlBelow } from "./yaml-control.tsx";

interface Props {
  readonly setting: Setting & { readonly shape: { readonly kind: string } };
  readonly shown: ShownSetting;
}

/** A button below a list that adds one more. */
export function AddButton({ label, short, onClick }: { readonly label: string; readonly short?: string; readonly onClick: () => void }) {
  return (
    <button type="button" className="btn sm start" aria-label={label} title={label} onClick={onClick}>
      <Plus className="i xs" aria-hidden="true" />
      {short ?? label}
    </button>
  );
}

/** Removes a row of a list from the document, with the drafts of its fields; the drafts of later rows move with their rows. */
export function useRemoveRow(setting: Setting): (index: number) => void {
  const editor = useEditor();
  const change = useChange();
  const { owner } = useSubject();
  return (index) => {
    change(setting, (holder) => [removal(holder, [...pathOf(setting, holder), index])]);
    editor.session(({ drafts }) => ({ drafts: draftsWithoutRow(drafts, owner, setting.id, index) }));
  };
}

/** On leaving a row of which both halves were emptied: removes it, and with it the drafts of its fields. */
export function useRemovedWhenEmptied(ids: readonly string[], remove: () => void): (event: FocusEvent<HTMLElement>) => void {
  const editor = useEditor();
  return (event) => {
    if (event.currentTarget.contains(event.relatedTarget)) return;
    const { drafts } = editor.store.getState().session;
    if (!ids.every((id) => drafts[id]?.text === "")) return;
    for (const id of ids) editor.draft(id, undefined);
    remove();
  };
}

/** The pipeline's value for all tasks, where the task sets none of its own. */
export function InheritedNote({ shown }: { readonly shown: ShownSetting }) {
  const t = useTranslate();
  if (shown.state !== "inherited") return null;
  return (
    <span className="field inherited">
      <span className="grow cut mono" translate="no">
        {displayValue(shown.value)}
      </span>
      <span className="unit">{t("setting-inherited")}</span>
    </span>
  );
}

/** A list of texts, one field for each; Enter in the last one adds another. Items may have several lines. */
export function ListControl({ setting, shown }: Props) {
  const t = useTranslate();
  const subject = useSubject();
  const removeRow = useRemoveRow(setting);
  // The position after the last item while it is being entered: it is in the document as soon as it has text.
  const [grownAt, setGrownAt] = useState<number | undefined>(undefined);
  const items = shown.state === "set" && isList(shown.value) ? shown.value : [];
  const isGrown = grownAt === items.length;
  const name = t(`setting-${setting.id}`);
  const label = (index: number): Message =>
    index === 0 ? { code: `setting-${setting.id}`, values: {} } : { code: "setting-item", values: { name, n: index + 1 } };
  const written = (index: number, item: Data | undefined, text: string) =>
    subject.holders.flatMap((holder) =>
      item === undefined
        ? writeEdits(setting, holder, [...items, text])
        : [set(holder, [...pathOf(setting, holder), index], typeof item === "string" ? text : typedItem(text, item))],
    );
  const removed = (index: number) => subject.holders.map((holder) => removal(holder, [...pathOf(setting, holder), index]));
  return (
    <div className="stack">
      <InheritedNote shown={shown} />
      {[...items, ...(isGrown ? [undefined] : [])].map((item, index) => (
        <div
          className="row aligned"
          key={index}
          onBlur={(event) => {
            if (item === undefined && !event.currentTarget.contains(event.relatedTarget)) setGrownAt(undefined);
          }}
        >
          <Field
            owner={subject.owner}
            path={`list-${setting.id}-${index}`}
            of={subject.of}
            isCode
            lines={displayValue(item).includes("\n")}
            wraps
            label={label(index)}
            value={displayValue(item)}
            help={t(`setting-${setting.id}.help`)}
            meaning={(text) => ({ ok: true, edits: written(index, item, text) })}
            emptied={() => (item === undefined ? [] : removed(index))}
            onEnter={index >= items.length - 1 ? () => setGrownAt(index + 1) : undefined}
            end={grownAt === index ? <AutoFocus /> : undefined}
          />
          <IconButton
            icon={X}
            label={t("setting-remove", { name: t(label(index).code, label(index).values) })}
            onClick={() => (item === undefined ? setGrownAt(undefined) : removeRow(index))}
          />
        </div>
      ))}
      <AddButton label={t("setting-add", { name })} short={t("add")} onClick={() => setGrownAt(items.length)} />
    </div>
  );
}

function typedItem(text: string, before: unknown) {
  return typeof before === "number" && String(Number(text)) === text ? Number(text) : text;
}

/** A mapping of texts: labels, annotations, node selectors. Long values (JSON of the SDK) are shown in one line. */
export function MapControl({ setting, shown }: Props) {
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

/** A list of things with fields: tolerations, ports, sidecars. What a row has no field for is edited as YAML. */
export function RowsControl({ setting, shown }: Props) {
  const t = useTranslate();
  const change = useChange();
  const removeRow = useRemoveRow(setting);
  const fresh = useNewRows(`row-${setting.id}-`);
  const shape = setting.shape.kind === "rows" ? setting.shape : undefined;
  const items = shown.state === "set" && isList(shown.value) ? shown.value : [];
  const name = t(`setting-${setting.id}`);
  if (!shape) return null;
  return (
    <div className="stack">
      <InheritedNote shown={shown} />
      {items.map((item, index) => (
        <RowCard
          key={index}
          name={t("setting-item", { name, n: index + 1 })}
          onRemove={() => removeRow(index)}
          yaml={<YamlBelow setting={setting} below={[index]} name={t("setting-item", { name, n: index + 1 })} />}
        >
          <Columns setting={setting} below={[index]} columns={shape.columns} of={t("setting-item", { name, n: index + 1 })} />
          <HiddenEntries item={item} columns={shape.columns} />
        </RowCard>
      ))}
      {fresh.rows.map(({ key, path, isAsked }) => (
        <NewItem key={key} setting={setting} items={items} path={path} hasFocus={isAsked} onClose={() => fresh.close(path)} />
      ))}
      <AddButton
        label={t("setting-add", { name })}
        short={t("add")}
        onClick={() => (shape.asks ? fresh.ask({}) : change(setting, (holder) => writeEdits(setting, holder, [...items, shape.empty])))}
      />
    </div>
  );
}

/** A new item of a list: what it requires is asked for before it goes into the document. */
function NewItem({
  setting,
  items,
  path,
  hasFocus,
  onClose,
}: {
  readonly setting: Setting;
  readonly items: readonly Data[];
  readonly path: string;
  readonly hasFocus: boolean;
  readonly onClose: () => void;
}) {
  const t = useTranslate();
  const subject = useSubject();
  const id = useId();
  const shape = setting.shape.kind === "rows" ? setting.shape : undefined;
  const asked = shape?.columns.filter((column) => shape.asks?.includes(column.id)) ?? [];
  const name = t("setting-item", { name: t(`setting-${setting.id}`), n: items.length + 1 });
  const typed = (column: Column, text: string) => typedAs(column.shape, text);
  const row = useRow({
    path,
    start: {},
    field: () => ({ code: "setting-item", values: { name: t(`setting-${setting.id}`), n: items.length + 1 } }),
    parts: (values) =>
      asked.map((column) => ({
        id: column.id,
        label: { code: "setting-cell", values: { name: t(`column-${column.id}`), of: name } },
        isOptional: shape?.asksOne === true && asked.some((other) => other.id !== column.id && (values[other.id] ?? "") !== ""),
        error: (text) => {
          const parsed = typed(column, text);
          return parsed.ok ? undefined : parsed;
        },
      })),
    edits: (values) => {
      const item = asked.reduce<Data>((all, column) => {
        const parsed = typed(column, values[column.id] ?? "");
        return parsed.ok && parsed.value !== undefined ? withValue(all, column.path, parsed.value) : all;
      }, shape?.empty ?? {});
      return subject.holders.flatMap((holder) => writeEdits(setting, holder, [...items, item]));
    },
    onClose,
  });
  return (
    <div {...row.card}>
      <RowCard
        name={name}
        onRemove={() => {
          row.drop();
          onClose();
        }}
      >
        <div className="columns">
          {asked.map((column, at) => (
            <div key={column.id} className="stack">
              <span className="muted small" id={`${id}-${column.id}`}>
                {t(`column-${column.id}`)}
              </span>
              <RowInput row={row} id={column.id} hasFocus={hasFocus && at === 0} />
            </div>
          ))}
        </div>
        <RowNote row={row} />
      </RowCard>
    </div>
  );
}

/** Data with a value at a path, creating the mappings and lists above it. */
function withValue(data: Data, path: Path, value: Data): Data {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === "number") {
    const list = isList(data) ? data : [];
    return [...list.slice(0, step), withValue(list[step] ?? {}, rest, value), ...list.slice(step + 1)];
  }
  const map = isMap(data) ? data : {};
  return { ...map, [step]: withValue(map[step] ?? {}, rest, value) };
}

/** The keys of an item that its row has no field for. */
function HiddenEntries({ item, columns }: { readonly item: Data; readonly columns: readonly Column[] }) {
  const known = new Set(columns.map(({ path }) => path[0]));
  const keys = isMap(item) ? Object.keys(item).filter((key) => !known.has(key)) : [];
  return keys.length === 0 ? null : (
    <span className="muted small cut" translate="no">
      {keys.join(", ")}
    </span>
  );
}

/** One item with its fields, a link to its YAML, and a button that removes it. */
export function RowCard({
  name,
  title,
  onRemove,
  yaml,
  wire,
  children,
}: {
  readonly name: string;
  /** What makes the card a place for a wire of the canvas. */
  readonly wire?: ShownWireField;
  readonly title?: ReactNode;
  readonly onRemove: () => void;
  readonly yaml?: ReactNode;
  readonly children: ReactNode;
}) {
  const t = useTranslate();
  const [open, setOpen] = useState(false);
  return (
    <div className="card wire-field" role="group" aria-label={name} {...wire?.row}>
      <div className="row">
        {title ?? <span className="muted small cut grow">{name}</span>}
        {yaml ? (
          <button
            type="button"
            className="btn link"
            aria-expanded={open}
            aria-label={t("setting-as-yaml", { name })}
            onClick={() => setOpen(!open)}
          >
            {t("setting-edit-yaml")}
          </button>
        ) : null}
        <IconButton small icon={X} label={t("setting-remove", { name })} onClick={onRemove} />
      </div>
      {open ? yaml : children}
      {wire?.reason}
    </div>
  );
}
