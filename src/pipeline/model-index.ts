import type { Call, Model, Task, TaskId, Template, TemplateId, Workflow } from "./model.ts";

/**
 * The index of a model: templates and calls by id, what a call runs, who calls a template, which calls are recursive. Computed once per
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

/** The template that a call runs, if it is in this file: inline, in the same object, or in another object that the call names. */
export function calleeOf(
  model: Model,
  workflow: Workflow,
  call: Call,
): { readonly workflow: Workflow; readonly template: Template } | undefined {
  switch (call.kind) {
    case "none":
      return undefined;
    case "inline":
      return { workflow, template: call.template };
    case "template":
      return templateNamed(model, workflow, call.name);
    case "reference": {
      const owner = libraryNamed(model, call.name, call.clusterScope);
      const template = owner && namesOf(owner).get(call.template);
      return owner && template && { workflow: owner, template };
    }
  }
}

/** The template to which the name refers in a workflow: its own, else one of the template that its workflowTemplateRef names. */
export function templateNamed(
  model: Model,
  workflow: Workflow,
  name: string,
): { readonly workflow: Workflow; readonly template: Template } | undefined {
  const own = namesOf(workflow).get(name);
  if (own) return { workflow, template: own };
  const owner = referredWorkflow(model, workflow);
  const template = owner && owner !== workflow ? namesOf(owner).get(name) : undefined;
  return owner && template && { workflow: owner, template };
}

/** The workflow template of this file that `workflowTemplateRef` names. */
export function referredWorkflow(model: Model, workflow: Workflow): Workflow | undefined {
  const reference = workflow.workflowTemplateRef;
  return reference && typeof reference.name === "string" ? libraryNamed(model, reference.name, reference.clusterScope === true) : undefined;
}

/** The entrypoint template of a workflow, if it is in this file. */
export function entrypointOf(model: Model, workflow: Workflow): { readonly workflow: Workflow; readonly template: Template } | undefined {
  const name = workflow.entrypoint ?? referredWorkflow(model, workflow)?.entrypoint;
  return name === undefined ? undefined : templateNamed(model, workflow, name);
}

const names = new WeakMap<Workflow, ReadonlyMap<string, Template>>();

function namesOf(workflow: Workflow): ReadonlyMap<string, Template> {
  let known = names.get(workflow);
  if (known === undefined) {
    const map = new Map<string, Template>();
    // Of templates with one name Argo takes the last; the file is refused anyway, so the first is shown.
    for (const template of workflow.templates) if (!map.has(template.name)) map.set(template.name, template);
    names.set(workflow, (known = map));
  }
  return known;
}

function libraryNamed(model: Model, name: string, clusterScope: boolean): Workflow | undefined {
  const resource = clusterScope ? "ClusterWorkflowTemplate" : "WorkflowTemplate";
  return model.objects.find((object) => object.kind === "workflow" && object.resource === resource && object.name === name) as
    Workflow | undefined;
}

/** All calls of a template: its tasks and their hooks. */
export function callsIn(template: Template): readonly Call[] {
  return template.tasks.flatMap((task) => [
    task.call,
    ...task.hooks.map((hook) => hook.call),
    ...(task.exitHook ? [task.exitHook.call] : []),
  ]);
}

/** The templates that no call, entrypoint, exit handler or hook of the file reaches. Libraries without entrypoint have none. */
export function unreached(model: Model, workflow: Workflow): readonly Template[] {
  if (workflow.entrypoint === undefined && workflow.resource !== "Workflow") return [];
  const reached = new Set<TemplateId>();
  const open: { readonly workflow: Workflow; readonly template: Template }[] = [];
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
