import { X } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { type Data, isList, isMap, type Path } from "#data/data.ts";
import { writeEdits } from "#editor/settings/access.ts";
import type { Column, Setting } from "#editor/settings/setting.ts";
import { typedAs } from "#editor/settings/value-text.ts";
import type { ShownWireField } from "../inspector/use-wire-field.tsx";
import { IconButton } from "../parts/icon-button.tsx";
import { useTranslate } from "../use-editor.ts";
import { RowInput, RowNote, useNewRows, useRow } from "./row.tsx";
import { useChange, useSubject } from "./edited-tasks.ts";
import { Columns } from "./text-control.tsx";
import { YamlBelow } from "./yaml-control.tsx";
import { AddButton, InheritedNote, type ControlProps, useRemoveRow } from "./list-parts.tsx";

/** A list of things with fields: tolerations, ports, sidecars. What a row has no field for is edited as YAML. */
export function RowsControl({ setting, shown }: ControlProps) {
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
  /** What makes the card a target for wires of the canvas. */
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
