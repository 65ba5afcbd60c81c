import type { Data, DataMap } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import { addEntry, selectedGraph, selectedTasks, setPanel, shownGraph, shownWorkflow } from "../actions.ts";
import { addExitHandler, groupSelected } from "../commands/arrangement.ts";
import type { Editor } from "../editor.ts";
import type { Point } from "../layout/places.ts";
import { freeStepName } from "../names.ts";
import { planAll } from "../planning.ts";
import { isGraph, templateWithId, workflowAt } from "../shown.ts";
import type { EditorState, Said } from "../state.ts";
import { cardOf, type LibraryEntry } from "./entry.ts";
import type { Library } from "./library.ts";

/** What the palette offers under "Build", in its order; each is an entry id for `placeEntry`. */
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
 * Puts on the canvas what an entry of the palette stands for: `new:KIND`, `template:ID`, `library:ID`, `build:KIND`, `group:KIND`. One undoable step;
 * the new task is selected and its id given. A Python function opens its editor first and gives undefined.
 */
export function placeEntry({ editor, library }: Workbench, entry: string, at?: Point): string | undefined {
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
  return graph === undefined ? undefined : addByEdits(editor, builtEdits(id, graph, editor.store.getState()), at)[0];
}

/**
 * Makes a group of the selected tasks, or of one new container step if none is selected. A condition or a loop opens its form first and
 * gives undefined; else the group's id.
 */
function placeGroup(editor: Editor, kind: string, at: Point | undefined): string | undefined {
  const state = editor.store.getState();
  const graph = selectedTasks(state).length > 0 ? selectedGraph(state) : shownGraph(state);
  if (graphForTasks(editor) === undefined || !graph) return undefined;
  if (graph.kind !== "dag") {
    editor.session({ refusal: { code: "authoring-steps-group", level: "error", values: { template: graph.name }, place: graph.place } });
    return undefined;
  }
  if (kind === "exit") return addExitHandler(editor, at);
  if (kind === "sub-dag") return groupSelected(editor, { kind: "sub-dag" }, at);
  editor.session({ groupAt: at && { x: at.x, y: at.y } });
  setPanel(editor, "dialog", kind === "loop" ? "group-loop" : "group-condition");
  return undefined;
}

/** Opens the function editor on a new function, with a text to begin with if there is one. */
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

/** A task made of a component of the library. */
export function placeComponent(editor: Editor, library: Library, entry: LibraryEntry, at?: Point): string | undefined {
  const graph = graphForTasks(editor);
  if (graph === undefined) return undefined;
  const reference: DataMap = entry.digest === undefined ? {} : { digest: entry.digest };
  const [task] = addByEdits(editor, [{ kind: "add-component", graph, spec: entry.spec, reference }], at, {
    code: "step-add",
    values: { name: cardOf(entry.spec).name },
  });
  if (task !== undefined) library.change(entry.id, { used: editor.outside.now() });
  return task;
}

/** Does edits that make tasks and choose their names; selects the tasks, places the first at a point, gives their ids. */
export function addByEdits(editor: Editor, edits: readonly Edit[], at?: Point, label?: Said): readonly string[] {
  const state = editor.store.getState();
  const graph = shownGraph(state);
  const plan = planAll(state.document.model, state.document.stream, edits);
  const before = new Set<string>(graph?.tasks.map((task) => task.id));
  const after = plan.ok && graph ? templateWithId(workflowAt(plan.model, state.session.workflow), graph.id) : undefined;
  const made = after?.tasks.map((task): string => task.id).filter((id) => !before.has(id)) ?? [];
  const places =
    at && graph && made.length > 0
      ? {
          [graph.id]: Object.fromEntries(
            made.map((id, index) => [id, { x: Math.round(at.x + 32 * index), y: Math.round(at.y + 120 * index) }]),
          ),
        }
      : undefined;
  if (edits.length === 0) return [];
  const outcome = editor.dispatch({ edits, ...(label && { label }), select: made, ...(places && { places }) });
  return outcome.ok ? made : [];
}

/** The graph that takes new tasks; without one says so. */
export function graphForTasks(editor: Editor): string | undefined {
  const graph = shownGraph(editor.store.getState());
  if (isGraph(graph)) return graph.id;
  editor.session({ refusal: { code: "editor-no-graph", level: "error", values: {}, place: [] } });
  return undefined;
}

/** What a new Kubernetes object is until the user says otherwise: one that does no harm. */
const newManifest: Data = { apiVersion: "v1", kind: "ConfigMap", metadata: { generateName: "my-config-" }, data: { key: "value" } };

/** Steps of Argo's own which have no component. */
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
      const [workflow, shown] = [shownWorkflow(state), shownGraph(state)];
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

/** The task whose volume a snapshot is of: the one selected, if it makes a claim. */
function volumeTask(state: EditorState): string | undefined {
  const graph = shownGraph(state);
  const task = graph?.tasks.find((one) => state.session.selection.includes(one.id));
  const call = task?.call;
  const template =
    call?.kind === "template"
      ? workflowAt(state.document.model, state.session.workflow)?.templates.find(({ name }) => name === call.name)
      : undefined;
  return task && template?.kind === "resource" && template.outputs.some(({ name }) => name.endsWith("-size")) ? task.id : undefined;
}
