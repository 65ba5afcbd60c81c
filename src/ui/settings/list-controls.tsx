import { Plus, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { type Data, isList, isMap } from "#model/data.ts";
import { isSdkKey, pathOf, removal, renameKey, set, writeEdits } from "#editor/settings/access.ts";
import type { Column, Setting } from "#editor/settings/setting.ts";
import { ruleFault } from "#editor/settings/text.ts";
import type { Said } from "#editor/said.ts";
import { AutoFocus } from "../inspector/autofocus.tsx";
import { Field } from "../inspector/field.tsx";
import type { Meaning } from "../inspector/meaning.ts";
import { shownValue } from "../inspector/values.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { useEditorState, useSay } from "../use-editor.ts";
import { type Shown, useChange, useSubject } from "./subject.ts";
import { Cell, Columns } from "./text-control.tsx";
import { YamlBelow } from "./yaml-control.tsx";

interface Props {
  readonly setting: Setting & { readonly shape: { readonly kind: string } };
  readonly shown: Shown;
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

/** Whether a new row is being filled: asked for, or left with text that cannot be used yet (F2). */
export function useAdding(path: string): readonly [adding: boolean, set: (adding: boolean) => void] {
  const { owner } = useSubject();
  const [asked, setAsked] = useState(false);
  const isLeft = useEditorState((state) => state.session.drafts[`${owner}\n${path}`] !== undefined);
  return [asked || isLeft, setAsked];
}

/** A row that stands there until it is filled, and goes away when it is left empty (F7). */
export function NewRow({
  path,
  label,
  placeholder,
  meaning,
  onDone,
  end,
}: {
  readonly path: string;
  readonly label: Said;
  readonly placeholder?: string;
  readonly meaning: (text: string) => Meaning;
  readonly onDone: () => void;
  readonly end?: ReactNode;
}) {
  const subject = useSubject();
  return (
    <div onBlur={() => setTimeout(onDone)}>
      <Field
        owner={subject.owner}
        path={path}
        of={subject.of}
        isName
        isCode
        label={label}
        value=""
        placeholder={placeholder}
        meaning={meaning}
        end={
          <>
            {end}
            <AutoFocus />
          </>
        }
      />
    </div>
  );
}

/** What the pipeline says for all tasks, where the task says nothing of its own. */
export function InheritedNote({ shown }: { readonly shown: Shown }) {
  const say = useSay();
  if (shown.state !== "inherited") return null;
  return (
    <span className="field inherited">
      <span className="grow cut mono" translate="no">
        {shownValue(shown.value)}
      </span>
      <span className="unit">{say("setting-inherited")}</span>
    </span>
  );
}

/** A list of texts, one field for each; Enter in the last one adds another (F6). Items may have several lines. */
export function ListControl({ setting, shown }: Props) {
  const say = useSay();
  const change = useChange();
  const subject = useSubject();
  const [grown, setGrown] = useState(false);
  const items = shown.state === "set" && isList(shown.value) ? shown.value : [];
  const name = say(`setting-${setting.id}`);
  const label = (index: number): Said =>
    index === 0 ? { code: `setting-${setting.id}`, values: {} } : { code: "setting-item", values: { name, n: index + 1 } };
  const add = () => {
    setGrown(true);
    change(setting, (holder) => writeEdits(setting, holder, [...items, ""]));
  };
  return (
    <div className="stack">
      <InheritedNote shown={shown} />
      {items.map((item, index) => (
        <div className="row aligned" key={index}>
          <Field
            owner={subject.owner}
            path={`list-${setting.id}-${index}`}
            of={subject.of}
            isCode
            lines={shownValue(item).includes("\n")}
            wraps
            label={label(index)}
            value={shownValue(item)}
            help={say(`setting-${setting.id}.help`)}
            meaning={(text) => ({
              ok: true,
              edits: subject.holders.map((holder) =>
                set(holder, [...pathOf(setting, holder), index], typeof item === "string" ? text : typedItem(text, item)),
              ),
            })}
            onEnter={index === items.length - 1 ? add : undefined}
            end={grown && index === items.length - 1 && item === "" ? <AutoFocus /> : undefined}
          />
          <IconButton
            icon={X}
            label={say("setting-remove", { name: say(label(index).code, label(index).values) })}
            onClick={() => change(setting, (holder) => [removal(holder, [...pathOf(setting, holder), index])])}
          />
        </div>
      ))}
      <AddButton label={say("setting-add", { name })} short={say("add")} onClick={add} />
    </div>
  );
}

function typedItem(text: string, before: unknown) {
  return typeof before === "number" && String(Number(text)) === text ? Number(text) : text;
}

/** A mapping of texts: labels, annotations, node selectors. Long values (JSON of the SDK) are shown in one line. */
export function MapControl({ setting, shown }: Props) {
  const say = useSay();
  const change = useChange();
  const subject = useSubject();
  const shape = setting.shape.kind === "map" ? setting.shape : undefined;
  const [all, setAll] = useState(false);
  const entries = shown.state === "set" && isMap(shown.value) ? Object.entries(shown.value) : [];
  const newPath = `key-new-${setting.id}-${entries.length}`;
  const [adding, setAdding] = useAdding(newPath);
  const own = entries.filter(([key]) => all || !isSdkKey(key));
  const name = say(`setting-${setting.id}`);
  const keyMeaning =
    (from: string | undefined) =>
    (text: string): Meaning => {
      if (text === "") return { ok: false, reason: { code: "setting-empty", values: {} } };
      const fault = shape?.keys && ruleFault(shape.keys, text);
      if (fault) return fault;
      if (text !== from && entries.some(([key]) => key === text)) return { ok: false, reason: { code: "setting-taken", values: { text } } };
      return {
        ok: true,
        edits: subject.holders.flatMap((holder) =>
          from === undefined ? [set(holder, [...pathOf(setting, holder), text], "")] : renameKey(setting, holder, from, text),
        ),
      };
    };
  return (
    <div className="stack">
      <InheritedNote shown={shown} />
      {own.map(([key, value], index) => (
        <div className="row aligned" key={key}>
          <Field
            owner={subject.owner}
            path={`key-${setting.id}-${key}`}
            of={subject.of}
            isName
            isCode
            label={{ code: "setting-key", values: { name, n: index + 1 } }}
            value={key}
            meaning={keyMeaning(key)}
          />
          {shownValue(value).length > 400 ? (
            <span className="muted small mono cut grow" translate="no">
              {shownValue(value).slice(0, 80)}…
            </span>
          ) : (
            <Cell
              setting={setting}
              below={[key]}
              shape={{ kind: "text", code: true, ...(shape?.values ? { rule: shape.values } : {}) }}
              label={{ code: "setting-value", values: { name, key } }}
              write={(holder, next) => [set(holder, [...pathOf(setting, holder), key], next ?? "")]}
            />
          )}
          <IconButton
            icon={X}
            label={say("setting-remove", { name: key })}
            onClick={() => change(setting, (holder) => [removal(holder, [...pathOf(setting, holder), key])])}
          />
        </div>
      ))}
      {own.length < entries.length ? (
        <button type="button" className="btn link start" onClick={() => setAll(true)}>
          {say("setting-more", { n: entries.length - own.length })}
        </button>
      ) : null}
      {adding ? (
        <NewRow
          path={newPath}
          label={{ code: "setting-new-key", values: { name } }}
          placeholder={say("column-key")}
          meaning={keyMeaning(undefined)}
          onDone={() => setAdding(false)}
        />
      ) : (
        <AddButton label={say("setting-add", { name })} short={say("add")} onClick={() => setAdding(true)} />
      )}
    </div>
  );
}

/** A list of things with fields: tolerations, ports, sidecars. What a row has no field for is edited as YAML. */
export function RowsControl({ setting, shown }: Props) {
  const say = useSay();
  const change = useChange();
  const shape = setting.shape.kind === "rows" ? setting.shape : undefined;
  const items = shown.state === "set" && isList(shown.value) ? shown.value : [];
  const name = say(`setting-${setting.id}`);
  if (!shape) return null;
  return (
    <div className="stack">
      <InheritedNote shown={shown} />
      {items.map((item, index) => (
        <RowCard
          key={index}
          name={say("setting-item", { name, n: index + 1 })}
          onRemove={() => change(setting, (holder) => [removal(holder, [...pathOf(setting, holder), index])])}
          yaml={<YamlBelow setting={setting} below={[index]} name={say("setting-item", { name, n: index + 1 })} />}
        >
          <Columns setting={setting} below={[index]} columns={shape.columns} of={say("setting-item", { name, n: index + 1 })} />
          <Unshown item={item} columns={shape.columns} />
        </RowCard>
      ))}
      <AddButton
        label={say("setting-add", { name })}
        short={say("add")}
        onClick={() => change(setting, (holder) => writeEdits(setting, holder, [...items, shape.empty]))}
      />
    </div>
  );
}

/** The keys of an item that its row has no field for. */
function Unshown({ item, columns }: { readonly item: Data; readonly columns: readonly Column[] }) {
  const known = new Set(columns.map(({ path }) => path[0]));
  const keys = isMap(item) ? Object.keys(item).filter((key) => !known.has(key)) : [];
  return keys.length === 0 ? null : (
    <span className="muted small cut" translate="no">
      {keys.join(", ")}
    </span>
  );
}

/** One item with its fields, a way to its YAML, and a way to take it out. */
export function RowCard({
  name,
  title,
  onRemove,
  yaml,
  children,
}: {
  readonly name: string;
  readonly title?: ReactNode;
  readonly onRemove: () => void;
  readonly yaml?: ReactNode;
  readonly children: ReactNode;
}) {
  const say = useSay();
  const [open, setOpen] = useState(false);
  return (
    <div className="card" role="group" aria-label={name}>
      <div className="row">
        {title ?? <span className="muted small cut grow">{name}</span>}
        {yaml ? (
          <button
            type="button"
            className="btn link"
            aria-expanded={open}
            aria-label={say("setting-as-yaml", { name })}
            onClick={() => setOpen(!open)}
          >
            {say("setting-edit-yaml")}
          </button>
        ) : null}
        <IconButton small icon={X} label={say("setting-remove", { name })} onClick={onRemove} />
      </div>
      {open ? yaml : children}
    </div>
  );
}
