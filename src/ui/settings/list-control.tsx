import { X } from "lucide-react";
import { useState } from "react";
import { type Data, isList } from "#data/data.ts";
import { pathOf, removal, set, writeEdits } from "#editor/settings/access.ts";
import type { Message } from "#editor/message.ts";
import { AutoFocus } from "../inspector/autofocus.tsx";
import { Field } from "../inspector/field.tsx";
import { displayValue } from "../inspector/values.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { useTranslate } from "../use-editor.ts";
import { useSubject } from "./edited-tasks.ts";
import { AddButton, InheritedNote, type ControlProps, useRemoveRow } from "./list-parts.tsx";

/** A list of texts, one field for each; Enter in the last one adds another. Items may have several lines. */
export function ListControl({ setting, shown }: ControlProps) {
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
