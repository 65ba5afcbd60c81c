import type { Data, DataMap } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { Model } from "#pipeline/model.ts";
import { addedTasks, addEntry, calleeHere, currentGraph, currentWorkflow, selectedGraph, selectedTasks, setPanel } from "../actions.ts";
import { addExitHandler, groupSelected } from "../commands/arrangement.ts";
import { type Outcome, whenSettled } from "../dispatch.ts";
import type { Editor } from "../editor.ts";
import type { Point } from "../layout/geometry.ts";
import { freeStepName } from "#pipeline/free-names.ts";
import { isGraph } from "#pipeline/template-kinds.ts";
import type { EditorState, Message } from "../state.ts";
import { cardOf, type LibraryEntry } from "./library-entry.ts";
import type { Library } from "./library.ts";

/** The palette's entries under "Build", in order; each is an entry id for `placeEntry`. */
export const buildEntries = [
  "build:python",
  "new:container",
  "new:script",
  "build:volume",
  "build:snapshot",
  "build:resource",
  "build:http",
  "build:suspend",
  "group:condition",
  "group:loop",
  "group:exit",
  "group:sub-dag",
] as const;

/** The editor with the library beside it. */
export interface Workbench {
  readonly editor: Editor;
  readonly library?: Library;
}

/**
 * Adds a palette entry to the canvas: `new:KIND`, `template:ID`, `library:ID`, `build:KIND`, `group:KIND`. One undoable step; the new task
 * is selected. For a Python function, a condition and a loop a form is opened first, and undefined is returned.
 */
export function placeEntry({ editor, library }: Workbench, entry: string, at?: Point): Outcome | undefined {
  const [kind = "", ...rest] = entry.split(":");
  const id = rest.join(":");
  if (kind === "library") {
    const found = library?.store.getState().entries.find((one) => one.id === id);
    return found && library ? placeComponent(editor, library, found, at) : undefined;
  }
  if (kind === "group") return placeGroup(editor, id, at);
  if (kind !== "build") return addEntry(editor, entry, at);
  if (id === "python") {
    writePython(editor, { at });
    return undefined;
  }
  const graph = graphForTasks(editor);
  const edits = graph === undefined ? [] : builtEdits(id, graph, editor.store.getState());
  return edits.length === 0 ? undefined : addByEdits(editor, edits, { at });
}

/**
 * Groups the selected tasks, or one new container step if none is selected. For a condition or a loop its form is opened first and
 * undefined is returned.
 */
function placeGroup(editor: Editor, kind: string, at: Point | undefined): Outcome | undefined {
  const state = editor.store.getState();
  const graph = selectedTasks(state).length > 0 ? selectedGraph(state) : currentGraph(state);
  if (graphForTasks(editor) === undefined || !graph) return undefined;
  if (graph.kind !== "dag") {
    editor.session({ refusal: { code: "authoring-steps-group", level: "error", values: { template: graph.name }, path: graph.path } });
    return undefined;
  }
  if (kind === "exit") return addExitHandler(editor, at);
  if (kind === "sub-dag") return groupSelected(editor, { kind: "sub-dag" }, at);
  editor.session({ groupAt: at && { x: at.x, y: at.y } });
  setPanel(editor, "dialog", kind === "loop" ? "group-loop" : "group-condition");
  return undefined;
}

/** Opens the function editor on a new function, optionally with an initial text. */
export function writePython(editor: Editor, from: { readonly text?: string; readonly at?: Point } = {}): void {
  editor.session((now) => ({
    python: { ...from, ...(from.text === undefined && now.unfinishedPython[""] !== undefined && { text: now.unfinishedPython[""] }) },
  }));
  setPanel(editor, "dialog", "python");
}

/** Opens the function editor on the function of a task. */
export function editPython(editor: Editor, task: string): void {
  editor.session({ python: { task } });
  setPanel(editor, "dialog", "python");
}

/** A task made from a component of the library. */
export function placeComponent(editor: Editor, library: Library, entry: LibraryEntry, at?: Point): Outcome | undefined {
  const graph = graphForTasks(editor);
  if (graph === undefined) return undefined;
  const reference: DataMap = entry.digest === undefined ? {} : { digest: entry.digest };
  const outcome = addByEdits(editor, [{ kind: "add-component", graph, spec: entry.spec, reference }], {
    at,
    label: { code: "step-add", values: { name: cardOf(entry.spec).name } },
  });
  whenSettled(outcome, ({ ok }) => {
    if (ok) library.change(entry.id, { used: editor.outside.now() });
  });
  return outcome;
}

/** Applies edits that add tasks to the graph shown and choose their names; selects the tasks and places the first at a point. */
export function addByEdits(
  editor: Editor,
  edits: readonly Edit[],
  { at, label }: { readonly at?: Point; readonly label?: Message } = {},
): Outcome {
  const graph = currentGraph(editor.store.getState())?.id;
  const made = (after: Model) => (graph === undefined ? [] : addedTasks(editor.store.getState(), graph, after));
  const column = (after: Model, top: Point) =>
    made(after).map((id, index) => [id, { x: Math.round(top.x + 32 * index), y: Math.round(top.y + 120 * index) }] as const);
  return editor.dispatch({
    edits,
    select: made,
    ...(label && { label }),
    ...(at && graph !== undefined && { places: (after) => ({ [graph]: Object.fromEntries(column(after, at)) }) }),
  });
}

/** The graph that receives new tasks; reports it if there is none. */
export function graphForTasks(editor: Editor): string | undefined {
  const graph = currentGraph(editor.store.getState());
  if (isGraph(graph)) return graph.id;
  editor.session({ refusal: { code: "editor-no-graph", level: "error", values: {}, path: [] } });
  return undefined;
}

/** The initial content of a new Kubernetes object: one that does no harm. */
const newManifest: Data = { apiVersion: "v1", kind: "ConfigMap", metadata: { generateName: "my-config-" }, data: { key: "value" } };

/** Argo's own steps that have no component. */
const argoSteps: Readonly<Record<string, DataMap>> = {
  http: { http: { url: "https://example.com", method: "GET" } },
  suspend: { suspend: {} },
};

function builtEdits(kind: string, graph: string, state: EditorState): readonly Edit[] {
  switch (kind) {
    case "volume":
      return [{ kind: "add-volume", graph, name: "Create volume", resourceName: "my-volume", size: "1Gi", modes: ["ReadWriteOnce"] }];
    case "snapshot": {
      const of = volumeTask(state);
      return [
        {
          kind: "add-snapshot",
          graph,
          name: "Volume snapshot",
          resourceName: "my-snapshot",
          ...(of === undefined ? { claim: "my-volume" } : { volumeOf: of }),
        },
      ];
    }
    case "resource":
      return [{ kind: "add-resource", graph, name: "Kubernetes resource", action: "create", manifest: newManifest }];
    default: {
      const [workflow, shown] = [currentWorkflow(state), currentGraph(state)];
      const body = Object.hasOwn(argoSteps, kind) ? argoSteps[kind] : undefined;
      if (!workflow || !shown || !body) return [];
      const name = freeStepName(kind, workflow, shown);
      return [
        { kind: "add-template", data: { name, ...body }, workflow: state.session.workflow },
        { kind: "add-task", graph, name, template: name },
      ];
    }
  }
}

/** The task whose volume a snapshot is taken of: the selected one, if it creates a claim. */
function volumeTask(state: EditorState): string | undefined {
  const graph = currentGraph(state);
  const task = graph?.tasks.find((one) => state.session.selection.includes(one.id));
  const template = task && calleeHere(state, task);
  return task && template?.kind === "resource" && template.outputs.some(({ name }) => name.endsWith("-size")) ? task.id : undefined;
}
