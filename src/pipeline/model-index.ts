import type { Call, Model, Task, TaskId, Template, TemplateId, Workflow } from "./model.ts";
import { type CalledTemplate, calleeOf, callsIn } from "./resolve-call.ts";

/**
 * The index of a model: templates and calls by id, who calls a template, what nothing calls. Computed once per
 * model, linear in its size; nothing is expanded, so recursion and deep sharing cost nothing.
 */
export interface ModelIndex {
  readonly workflows: readonly Workflow[];
  /** Every template, including inline ones, with the workflow and, for an inline template, the call that holds it. */
  readonly templates: ReadonlyMap<TemplateId, TemplateEntry>;
  readonly tasks: ReadonlyMap<TaskId, TaskEntry>;
  /** Calls (not hooks) of each template, in file order. */
  readonly callers: ReadonlyMap<TemplateId, readonly TaskEntry[]>;
}

export interface TemplateEntry {
  readonly workflow: Workflow;
  readonly template: Template;
  readonly holder?: Task;
}

export interface TaskEntry {
  readonly workflow: Workflow;
  /** The graph template that contains the call. */
  readonly template: Template;
  readonly task: Task;
}

const directories = new WeakMap<Model, ModelIndex>();

/** The directory of a model. */
export function indexOfModel(model: Model): ModelIndex {
  let directory = directories.get(model);
  if (directory === undefined) directories.set(model, (directory = compile(model)));
  return directory;
}

function compile(model: Model): ModelIndex {
  const workflows = model.objects.filter((object) => object.kind === "workflow");
  const templates = new Map<TemplateId, TemplateEntry>();
  const tasks = new Map<TaskId, TaskEntry>();
  const enter = (entry: TemplateEntry): void => {
    templates.set(entry.template.id, entry);
    for (const task of entry.template.tasks) {
      tasks.set(task.id, { workflow: entry.workflow, template: entry.template, task });
      if (task.call.kind === "inline") enter({ workflow: entry.workflow, template: task.call.template, holder: task });
    }
  };
  for (const workflow of workflows) for (const template of workflow.templates) enter({ workflow, template });
  const callers = new Map<TemplateId, TaskEntry[]>();
  for (const entry of tasks.values()) {
    const callee = calleeOf(model, entry.workflow, entry.task.call);
    if (callee === undefined) continue;
    const list = callers.get(callee.template.id);
    if (list) list.push(entry);
    else callers.set(callee.template.id, [entry]);
  }
  return { workflows, templates, tasks, callers };
}

/** The templates that no call, entrypoint, exit handler or hook of the file reaches. Libraries without entrypoint have none. */
export function unreached(model: Model, workflow: Workflow): readonly Template[] {
  if (workflow.entrypoint === undefined && workflow.resource !== "Workflow") return [];
  const reached = new Set<TemplateId>();
  const open: CalledTemplate[] = [];
  const reach = (from: Workflow, call: Call): void => {
    const found = calleeOf(model, from, call);
    if (found === undefined || reached.has(found.template.id)) return;
    reached.add(found.template.id);
    open.push(found);
  };
  for (const each of indexOfModel(model).workflows) {
    const starts = [each.entrypoint, each.onExit].filter((name) => name !== undefined);
    // Of other objects only what a run of them would reach counts: their entrypoint, or everything if they are a library.
    if (each !== workflow && each.entrypoint === undefined)
      for (const template of each.templates) for (const call of callsIn(template)) reach(each, call);
    for (const name of starts) reach(each, { kind: "template", name });
    for (const hook of each.hooks ?? []) reach(each, hook.call);
  }
  for (let next = open.pop(); next !== undefined; next = open.pop()) for (const call of callsIn(next.template)) reach(next.workflow, call);
  return workflow.templates.filter((template) => !reached.has(template.id));
}
