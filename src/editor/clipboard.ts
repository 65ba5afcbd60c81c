import { clipboardOf, readFragment } from "#compiler/clipboard.ts";
import { type Data, type DataMap, field, isList, isMap, listField, textField, valueAt } from "#data/data.ts";
import type { Fragment as FormatFragment } from "#document/format.ts";
import type { Template } from "#pipeline/model.ts";
import { printStream } from "#yaml/print.ts";
import { templateByName } from "#pipeline/resolve-call.ts";
import { isGraph } from "#pipeline/template-kinds.ts";
import { selectedGraph, selectedTasks, currentGraph, currentWorkflow } from "./actions.ts";
import type { Outcome } from "./dispatch.ts";
import type { Editor } from "./editor.ts";
import type { Point } from "./layout/geometry.ts";
import type { EditorState } from "./state.ts";

// The clipboard holds readable YAML (docs/spec/interaction.md#clipboard-text): calls, the templates that they run, and positions. Text of
// this form is accepted from anywhere; what a pasted call refers to and does not exist stays open and shows as a problem.

/** Calls with the templates they run, to be inserted into a graph. */
export interface Fragment extends FormatFragment {
  /** Positions of the boxes, by the calls' names. */
  readonly places: Readonly<Record<string, Point>>;
}

const ours = "x-dagwright";

/** The selected tasks as text for the clipboard; undefined if none is selected. */
export function copiedText(state: EditorState): string | undefined {
  const [workflow, graph, tasks] = [currentWorkflow(state), selectedGraph(state), selectedTasks(state)];
  if (!workflow || !graph || tasks.length === 0) return undefined;
  const used = new Set<Template>();
  const take = (name: string) => {
    const template = templateByName(workflow, name);
    if (!template || used.has(template)) return;
    used.add(template);
    for (const { call } of template.tasks) if (call.kind === "template") take(call.name);
  };
  for (const { call } of tasks) if (call.kind === "template") take(call.name);
  const dataAt = (path: readonly (string | number)[]): Data => valueAt(state.document.stream as readonly Data[] & Data, path) ?? null;
  const boxes = state.document.places[graph.id] ?? {};
  const layout = Object.fromEntries(
    tasks.flatMap(({ id, name }) => (boxes[id] ? [[name, [Math.round(boxes[id].x), Math.round(boxes[id].y)]]] : [])),
  );
  const fragment: Data = {
    tasks: tasks.map(({ path }) => dataAt(path)),
    templates: workflow.templates.filter((template) => used.has(template)).map(({ path }) => dataAt(path)),
    [ours]: { version: 1, layout },
  };
  return `# Tasks of a pipeline. Paste them onto a canvas of Dagwright.\n${printStream([fragment])}`;
}

/** Pasted data in our own form, or in one that a format reads: components, or calls, one or a list. */
export function fragmentOf(stream: readonly Data[]): Fragment | undefined {
  const [data] = stream;
  if (stream.length !== 1 || data === undefined) return undefined;
  if (isMap(data) && isMap(data[ours]))
    return {
      tasks: maps(listField(data, "tasks")),
      templates: maps(listField(data, "templates")),
      places: placesOf(field(data[ours], "layout")),
    };
  const found = isMap(data) && Object.hasOwn(data, "apiVersion") ? undefined : readFragment(data);
  return found && { ...found, places: {} };
}

/** Whether a text is worth parsing as a fragment: cheap, may have false positives. */
export function mayBeFragment(text: string): boolean {
  return text.length < 1_000_000 && !/^apiVersion\s*:/m.test(text) && (text.includes(`${ours}:`) || /^\s*(- )*name\s*:/m.test(text));
}

/**
 * Inserts a fragment into the graph shown, in one step: new names for those that are taken, equal definitions are shared. Selects the
 * new tasks; returns undefined if no graph is shown.
 */
export function pasteFragment(editor: Editor, fragment: Fragment, at?: Point): Outcome | undefined {
  const state = editor.store.getState();
  const [workflow, graph] = [currentWorkflow(state), currentGraph(state)];
  if (!workflow || !graph || !isGraph(graph)) return undefined;
  const clipboard = clipboardOf(workflow);
  if (!clipboard) {
    editor.session({
      refusal: { code: "edit-not-in-format", level: "error", values: { kind: "paste", format: workflow.format }, path: [] },
    });
    return undefined;
  }
  const pasted = clipboard.pasteEdits(fragment, { workflow, graph, stream: state.document.stream });
  const ids = pasted.names.map((name) => `${graph.id}/${name}`);
  const corner = cornerOf(fragment.places);
  const places = Object.fromEntries(
    fragment.tasks.flatMap((data, index) => {
      const position = fragment.places[textField(data, "name") ?? ""];
      if (!at) return [];
      return [
        [
          ids[index] as string,
          position
            ? { x: Math.round(at.x + position.x - corner.x), y: Math.round(at.y + position.y - corner.y) }
            : { x: Math.round(at.x + 32 * index), y: Math.round(at.y + 96 * index) },
        ],
      ];
    }),
  );
  return editor.dispatch({
    edits: pasted.edits,
    label: { code: "step-paste", values: { n: ids.length } },
    select: ids,
    ...(at ? { places: { [graph.id]: places } } : {}),
  });
}

function maps(list: readonly Data[]): readonly DataMap[] {
  return list.filter(isMap);
}

function placesOf(data: Data | undefined): Fragment["places"] {
  if (!isMap(data)) return {};
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, point]) =>
      isList(point) && typeof point[0] === "number" && typeof point[1] === "number" ? [[name, { x: point[0], y: point[1] }]] : [],
    ),
  );
}

function cornerOf(places: Fragment["places"]): Point {
  const points = Object.values(places);
  return points.length === 0 ? { x: 0, y: 0 } : { x: Math.min(...points.map(({ x }) => x)), y: Math.min(...points.map(({ y }) => y)) };
}
