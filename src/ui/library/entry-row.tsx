import { type LucideIcon, Star } from "lucide-react";
import { type DragEvent, memo, type MouseEvent } from "react";
import { whenMade } from "#editor/dispatch.ts";
import { placeEntry } from "#editor/library/place-entry.ts";
import type { PortFamily } from "#editor/layout/port-family.ts";
import type { Point } from "#editor/layout/geometry.ts";
import type { PortKind } from "#pipeline/model.ts";
import { ENTRY_TYPE } from "../canvas/canvas-props.ts";
import { PortMark } from "../canvas/port-mark.tsx";
import { useEditor, usePage, useTranslate } from "../use-editor.ts";
import { useWorkbench } from "./use-library.ts";

/** One entry of the palette. */
export interface Entry {
  readonly id: string;
  readonly name: string;
  /** Distinguishes it from others of the same name: its identifier or origin. */
  readonly aside?: string;
  readonly icon: LucideIcon;
  readonly outputs: readonly { readonly kind: PortKind; readonly family: PortFamily }[];
  /** What it is good for, in the tooltip. */
  readonly detail?: string;
  readonly favourite?: boolean;
}

interface Props {
  readonly entry: Entry;
  /** Opens the entry's menu: a right click, the Menu key, Shift+F10. */
  readonly onMenu?: (id: string, screen: Point) => void;
}

/** Rendered only when the entry changes: every edit creates the list again. */
export const EntryRow = memo(
  EntryButton,
  (before, after) => before.onMenu === after.onMenu && (before.entry === after.entry || sameEntry(before.entry, after.entry)),
);

function sameEntry(a: Entry, b: Entry): boolean {
  return (
    a.id === b.id &&
    a.name === b.name &&
    a.aside === b.aside &&
    a.icon === b.icon &&
    a.detail === b.detail &&
    a.favourite === b.favourite &&
    JSON.stringify(a.outputs) === JSON.stringify(b.outputs)
  );
}

/** Dragged to a place, or added by a click or Enter right of the selected box. */
function EntryButton({ entry, onMenu }: Props) {
  const t = useTranslate();
  const editor = useEditor();
  const page = usePage();
  const bench = useWorkbench();
  const Icon = entry.icon;
  const add = () => {
    const canvas = page.canvas.current;
    const focused = editor.store.getState().session.selection[0];
    const at = (focused === undefined ? undefined : canvas?.rightOf(focused)) ?? canvas?.middle();
    whenMade(placeEntry(bench, entry.id, at), (task) => page.canvas.current?.focusBox(task));
  };
  const drag = (event: DragEvent) => {
    event.dataTransfer.setData(ENTRY_TYPE, entry.id);
    event.dataTransfer.effectAllowed = "copy";
  };
  const menu =
    onMenu &&
    ((event: MouseEvent<HTMLElement>) => {
      event.preventDefault();
      const box = event.currentTarget.getBoundingClientRect();
      // From the keyboard there is no pointer: the menu opens below the row.
      onMenu(
        entry.id,
        event.clientX === 0 && event.clientY === 0 ? { x: box.left + 24, y: box.bottom } : { x: event.clientX, y: event.clientY },
      );
    });
  const title = t("entry-add", { name: entry.name });
  return (
    <button
      type="button"
      className="item"
      draggable
      onDragStart={drag}
      onClick={add}
      onContextMenu={menu}
      title={entry.detail ? `${title}\n${entry.detail}` : title}
      data-entry={entry.id}
    >
      <Icon className="i s" aria-hidden="true" />
      <span className="cut" translate="no">
        {entry.name}
        {entry.aside ? <span className="muted small"> {entry.aside}</span> : null}
      </span>
      <span className="end">
        {entry.favourite ? <Star className="i xs" aria-label={t("library-favourites")} fill="currentColor" /> : null}
        {entry.outputs.map((port, index) => (
          <span key={index} className="port-mark" aria-hidden="true">
            <PortMark kind={port.kind} family={port.family} mark="filled" />
          </span>
        ))}
      </span>
    </button>
  );
}
