import { ChevronDown, ChevronRight, Container, type LucideIcon, Search, SquareFunction, SquareTerminal, Workflow as WorkflowIcon } from "lucide-react";
import { type DragEvent, memo, useMemo, useState } from "react";
import { addEntry, shownWorkflow } from "#editor/actions.ts";
import { isGraph } from "#editor/shown.ts";
import type { PortFamily } from "#editor/layout/port-family.ts";
import { familyOf } from "#editor/layout/port-family.ts";
import { textField, valueAt } from "#model/data.ts";
import type { PortKind, Template } from "#model/model.ts";
import { ENTRY_TYPE } from "../canvas/canvas-props.ts";
import { PortMark } from "../canvas/port-mark.tsx";
import { useEditor, useEditorState, usePage, useSay } from "../use-editor.ts";

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly icon: LucideIcon;
  readonly outputs: readonly { readonly kind: PortKind; readonly family: PortFamily }[];
}

/** What can be put on the canvas: new steps, and the templates of this file. Dragged, or added by Enter or a click. */
export function Palette() {
  const say = useSay();
  const [wanted, setWanted] = useState("");
  const workflow = useEditorState(shownWorkflow);
  const build = useMemo<readonly Entry[]>(
    () => [
      { id: "new:container", name: say("entry-container"), icon: Container, outputs: [] },
      { id: "new:script", name: say("entry-script"), icon: SquareTerminal, outputs: [] },
    ],
    [say],
  );
  const own = useMemo(() => (workflow ? workflow.templates.filter((template) => template.name !== "" && template.name !== workflow.entrypoint).map(entryOf) : []), [workflow]);
  const found = (entries: readonly Entry[]) => entries.filter((entry) => entry.name.toLowerCase().includes(wanted.trim().toLowerCase()));
  const [foundBuild, foundOwn] = [found(build), found(own)];
  return (
    <>
      <div style={{ padding: "0 var(--s-3) var(--s-2)" }}>
        <label className="field">
          <Search className="i s" aria-hidden="true" />
          <input type="search" aria-label={say("search-components")} placeholder={say("search-components")} value={wanted} onChange={(event) => setWanted(event.target.value)} />
        </label>
      </div>
      <div className="scroll">
        <Entries title={say("palette-build")} entries={foundBuild} />
        <Entries title={say("palette-file")} entries={foundOwn} />
        {foundBuild.length + foundOwn.length === 0 ? (
          <div className="empty-line">
            {say("palette-none", { text: wanted })}{" "}
            <button type="button" className="btn link" onClick={() => setWanted("")}>{say("clear-search")}</button>
          </div>
        ) : null}
      </div>
      <div className="palette-foot">
        <span className="note">{say("example-hint-open")}</span>
      </div>
    </>
  );
}

function entryOf(template: Template): Entry {
  return {
    id: `template:${template.id}`,
    name: textField(valueAt(template.rest, ["metadata", "annotations"]), "pipelines.kubeflow.org/task_display_name") ?? template.component?.spec.name ?? template.name,
    icon: isGraph(template) ? WorkflowIcon : template.component?.python ? SquareFunction : template.kind === "script" ? SquareTerminal : Container,
    outputs: template.outputs.filter((port) => !port.twin).slice(0, 3).map((port) => ({ kind: port.kind, family: familyOf(port) })),
  };
}

/** A file may hold a thousand templates; searching is the way to them. */
const entriesAtFirst = 100;

function Entries({ title, entries }: { readonly title: string; readonly entries: readonly Entry[] }) {
  const say = useSay();
  const [open, setOpen] = useState(true);
  const [most, setMost] = useState(entriesAtFirst);
  const Chevron = open ? ChevronDown : ChevronRight;
  if (entries.length === 0) return null;
  return (
    <section>
      <button type="button" className="list-h" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Chevron className="i xs" aria-hidden="true" />
        {title}
        <span className="n">{entries.length}</span>
      </button>
      {open ? entries.slice(0, most).map((entry) => <EntryRow key={entry.id} entry={entry} />) : null}
      {open && entries.length > most ? <button type="button" className="item muted" onClick={() => setMost(entries.length)}>{say("problems-more", { n: entries.length - most })}</button> : null}
    </section>
  );
}

/** Drawn again only when the entry says something else: every edit makes the list anew. */
const EntryRow = memo(EntryButton, ({ entry: a }, { entry: b }) => a.id === b.id && a.name === b.name && a.icon === b.icon && JSON.stringify(a.outputs) === JSON.stringify(b.outputs));

function EntryButton({ entry }: { readonly entry: Entry }) {
  const say = useSay();
  const editor = useEditor();
  const page = usePage();
  const Icon = entry.icon;
  const add = () => {
    const canvas = page.canvas.current;
    const focused = editor.store.getState().session.selection[0];
    const at = (focused === undefined ? undefined : canvas?.rightOf(focused as never)) ?? canvas?.middle();
    const task = addEntry(editor, entry.id, at);
    if (task) requestAnimationFrame(() => page.canvas.current?.focusBox(task as never));
  };
  const drag = (event: DragEvent) => {
    event.dataTransfer.setData(ENTRY_TYPE, entry.id);
    event.dataTransfer.effectAllowed = "copy";
  };
  return (
    <button type="button" className="item" draggable onDragStart={drag} onClick={add} title={say("entry-add", { name: entry.name })}>
      <Icon className="i s" aria-hidden="true" />
      <span className="cut" translate="no">{entry.name}</span>
      <span className="end">
        {entry.outputs.map((port, index) => (
          <span key={index} className="port-mark" aria-hidden="true"><PortMark kind={port.kind} family={port.family} mark="filled" /></span>
        ))}
      </span>
    </button>
  );
}
