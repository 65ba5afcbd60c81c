import { countTasks } from "#pipeline/count-tasks.ts";
import type { Renames } from "#pipeline/edit.ts";
import type { Model, Template, Workflow } from "#pipeline/model.ts";
import { templateByName } from "#pipeline/resolve-call.ts";
import { isGraph } from "#pipeline/template-kinds.ts";
import { renamed } from "./positions.ts";
import type { Session } from "./state.ts";

/** The workflow at an index of the stream; undefined if it is another kind of object. */
export function workflowAt(model: Model, index: number): Workflow | undefined {
  const object = model.objects[index];
  return object?.kind === "workflow" ? object : undefined;
}

/** The indexes of all workflows in the stream. */
export function workflowIndexes(model: Model): readonly number[] {
  return model.objects.flatMap((object, index) => (object.kind === "workflow" ? [index] : []));
}

/** A template by its id, inline templates included. */
export function templateWithId(workflow: Workflow | undefined, id: string | undefined): Template | undefined {
  if (!workflow || id === undefined) return undefined;
  return workflow.templates.find((template) => template.id === id) ?? inlineWithId(workflow.templates, id);
}

function inlineWithId(templates: readonly Template[], id: string): Template | undefined {
  for (const template of templates) {
    if (!id.startsWith(template.id)) continue;
    for (const task of template.tasks) {
      if (task.call.kind !== "inline") continue;
      if (task.call.template.id === id) return task.call.template;
      const deeper = inlineWithId([task.call.template], id);
      if (deeper) return deeper;
    }
  }
  return undefined;
}

/** The graph that contains a call or a task's hook, by its id; groups that are expanded in place show calls of other graphs than their own. */
export function graphWithTask(workflow: Workflow | undefined, box: string): Template | undefined {
  const [id = box] = box.split("!", 1);
  const holds = (template: Template) => id.startsWith(template.id) && template.tasks.some((task) => task.id === id);
  return workflow?.templates.find(holds) ?? templateWithId(workflow, id.slice(0, id.lastIndexOf("/")));
}

/** The graph to show first: the entrypoint; without one (a library of templates) the first graph that no task of the file calls. */
export function firstGraph(workflow: Workflow | undefined): Template | undefined {
  if (!workflow) return undefined;
  const entry = templateByName(workflow, workflow.entrypoint);
  if (entry) return entry;
  const called = new Set(
    workflow.templates.flatMap((template) => template.tasks.map((task) => (task.call.kind === "template" ? task.call.name : ""))),
  );
  const graphs = workflow.templates.filter(isGraph);
  return graphs.find((template) => !called.has(template.name)) ?? graphs[0] ?? workflow.templates[0];
}

/** The part of a session that determines what is shown, for a model that was just opened. */
export function startingView(model: Model): Pick<Session, "workflow" | "graph" | "trail" | "selection"> {
  const workflow = workflowIndexes(model)[0] ?? 0;
  return { workflow, graph: firstGraph(workflowAt(model, workflow))?.id, trail: [], selection: [] };
}

/** The number of tasks of a pipeline as it is shown when it is opened, on all levels (count-tasks.ts). */
export function countShownTasks(model: Model): number {
  const view = startingView(model);
  const workflow = workflowAt(model, view.workflow);
  const graph = templateWithId(workflow, view.graph);
  return workflow && graph ? countTasks(model, workflow, graph) : 0;
}

/**
 * The view after ids have changed: names follow, and what no longer exists is replaced by the nearest (the parent graph, finally the first
 * graph).
 */
export function followed<T extends Pick<Session, "workflow" | "graph" | "trail" | "selection">>(
  view: T,
  renames: Renames,
  model: Model,
): T {
  const templates = new Map<string, string | undefined>(renames.templates);
  const tasks = new Map<string, string | undefined>(renames.tasks);
  const here = workflowAt(model, view.workflow);
  const workflow = here ? view.workflow : (workflowIndexes(model)[0] ?? 0);
  const shown = workflowAt(model, workflow);
  const way = [...view.trail, ...(view.graph === undefined ? [] : [view.graph])].flatMap((id) => renamed(templates, id) ?? []);
  const standing = way.filter((id) => templateWithId(shown, id));
  const graph = standing.at(-1) ?? firstGraph(shown)?.id;
  const calls = new Set<string>(templateWithId(shown, graph)?.tasks.map((task) => task.id));
  const selection = view.selection
    .flatMap((id) => renamed(tasks, id) ?? [])
    .filter((id) => !id.includes("/") || calls.has(id) || graphWithTask(shown, id)?.tasks.some((task) => task.id === id));
  return { ...view, workflow, graph, trail: standing.slice(0, -1), selection };
}
