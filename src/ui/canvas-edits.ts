import { flushSync } from "react-dom";
import { enterGroup, goTo, moveBoxes, removeTasks } from "#editor/actions.ts";
import { whenMade } from "#editor/dispatch.ts";
import { placeEntry } from "#editor/library/place-entry.ts";
import { deleteAndReconnect } from "#editor/commands/arrangement.ts";
import { renamingEdits } from "#editor/rename.ts";
import type { Message } from "#editor/state.ts";
import type { Edit, WireEnd } from "#pipeline/edit.ts";
import type { GraphEdge } from "#pipeline/graph.ts";
import type { Template } from "#pipeline/model.ts";
import type { PipelineCanvasProps } from "./canvas/canvas-props.ts";
import type { Page } from "./use-editor.ts";

/** The callbacks of the canvas that change the pipeline or what is shown. */
export type CanvasEdits = Pick<
  PipelineCanvasProps,
  | "onConnect"
  | "onBindParameter"
  | "onDisconnect"
  | "onDelete"
  | "onRename"
  | "onPlace"
  | "onSelect"
  | "onOpen"
  | "onEnter"
  | "onGo"
  | "onDropEntry"
  | "onReconnect"
  | "onRunAfter"
  | "onInsertOnWire"
>;

/** What the user does on the canvas, as edits and changes of the session. `onWire`: another wire is selected. */
export function canvasEdits(page: Page, template: Template, onWire: (wire: string | undefined) => void): CanvasEdits {
  const { editor } = page;
  return {
    onSelect: (boxes, edge) => {
      onWire(edge);
      editor.session({ selection: boxes, reveal: undefined, refusal: undefined });
    },
    onPlace: (moved, by, of = template.id) => {
      const points = Object.fromEntries(moved);
      const label: Message | undefined =
        by === "layout"
          ? undefined
          : by === "arrange"
            ? { code: "step-arrange", values: {} }
            : { code: "step-move", values: { n: moved.size } };
      const key = by === "nudge" ? `nudge ${[...moved.keys()].join(" ")} ${Math.floor(editor.outside.now() / 1_000)}` : undefined;
      if (label) moveBoxes(editor, of, points, label, key);
      else editor.place(of, points);
    },
    onConnect: (from, to, as) =>
      void editor.dispatch({
        edits: [{ kind: "connect", from: inGraph(from, template), to: inGraph(to, template), ...(as ? { as } : {}) }],
      }),
    onBindParameter: (parameter, to) =>
      void editor.dispatch({
        edits: [{ kind: "bind-parameter", task: to.task, input: to.port, parameter, ...(to.portKind ? { portKind: to.portKind } : {}) }],
      }),
    onReconnect: (old, from, to, as) => {
      const stays = old.to.node === to.task && old.to.port === to.port;
      void editor.dispatch({
        edits: [
          ...(stays ? [] : cut(old, template.id)),
          { kind: "connect", from: inGraph(from, template), to: inGraph(to, template), ...(as ? { as } : {}) },
        ],
      });
    },
    onInsertOnWire: (_, into, outOf) =>
      void editor.dispatch({
        edits: [into, outOf].map(([from, to]): Edit => ({ kind: "connect", from: inGraph(from, template), to: inGraph(to, template) })),
        // It was dropped there: one step with the move, or with the new box.
        joins: true,
      }),
    onRunAfter: (task, on) => void editor.dispatch({ edits: [{ kind: "add-dependency", task, on: on.slice(on.lastIndexOf("/") + 1) }] }),
    onDisconnect: (wires, of = template.id) => void editor.dispatch({ edits: wires.flatMap((edge) => cut(edge, of)) }),
    onDelete: (boxes, wires, join) =>
      void (join && boxes.length > 0
        ? deleteAndReconnect(editor, boxes)
        : removeTasks(
            editor,
            boxes,
            wires.flatMap((edge) => cut(edge, template.id)),
          )),
    onRename: (task, name) => {
      const wanted = name.trim().normalize("NFC");
      editor.dispatch({
        edits: renamingEdits(editor.store.getState(), task, wanted),
        label: { code: "step-rename", values: { name: wanted } },
      });
    },
    onOpen: (box, form) => {
      if (form) {
        editor.session((now) => ({ selection: [box], panels: { ...now.panels, dialog: `${form}-settings` } }));
        return;
      }
      flushSync(() => editor.session((now) => ({ selection: [box], panels: { ...now.panels, right: "inspector" } })));
      document.querySelector<HTMLElement>(".right input, .right textarea, .right select")?.focus();
    },
    onEnter: (group, way = []) => {
      for (const step of [...way, group]) enterGroup(editor, step);
    },
    onGo: (id) => goTo(editor, id),
    onDropEntry: (entry, at, { wire, box } = {}) => {
      // A group goes around the box on which it is dropped; on empty canvas it begins with a step of its own.
      if (entry.startsWith("group:")) editor.session({ selection: box === undefined ? [] : [box] });
      whenMade(placeEntry(page, entry, box === undefined || !entry.startsWith("group:") ? at : undefined), (task) => {
        // The canvas splices what it shows.
        flushSync(() => page.canvas.current?.focusBox(task));
        if (wire) page.canvas.current?.splice(task, wire);
      });
    },
  };
}

/** An end that is the graph itself names its graph. */
function inGraph(end: WireEnd, template: Template): WireEnd {
  return end.task === "" && end.graph === undefined ? { ...end, graph: template.id } : end;
}

/** The edits that remove one wire. */
function cut(edge: GraphEdge, graph: string): readonly Edit[] {
  const { from, to } = edge;
  if (edge.kind === "order" || to.port === null)
    return from.node === "" || to.node === ""
      ? []
      : [{ kind: "remove-dependency", task: to.node, on: from.node.slice(from.node.lastIndexOf("/") + 1) }];
  return [
    { kind: "disconnect", to: { task: to.node, port: to.port, portKind: edge.toKind ?? edge.kind, ...(to.node === "" ? { graph } : {}) } },
  ];
}
