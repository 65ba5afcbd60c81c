import { field } from "#data/data.ts";
import type { Call, Model, Template, Workflow } from "./model.ts";

/**
 * The only place that decides which template a call runs: inline, of the same object, of the object behind its `workflowTemplateRef`, or of
 * another object that the call refers to. Drawing, editing and checking all ask here.
 */

/** A template and the object that holds it. */
export interface CalledTemplate {
  readonly workflow: Workflow;
  readonly template: Template;
}

/** What a call runs. */
export type Callee =
  | ({ readonly kind: "found" } & CalledTemplate)
  /** Nothing of that name exists. */
  | { readonly kind: "missing" }
  /** It may exist elsewhere, or its name is computed. */
  | { readonly kind: "unknown" }
  /** The call names nothing to run. */
  | { readonly kind: "none" };

/** Where the names in the calls of an object are looked up. */
export interface CallScope {
  readonly workflow: Workflow;
  /** Models with the objects to which calls may refer; of several objects with one name the first counts. */
  readonly models: readonly Model[];
  /** true: an object that none of the models has does not exist; false: it may exist elsewhere. */
  readonly complete: boolean;
  /** Fills in the variables of a template's name; without it, names are looked up as written. */
  readonly substitute?: (name: string) => string;
}

/** What a call runs, looked up in a scope. */
export function resolveCall(call: Call, scope: CallScope): Callee {
  switch (call.kind) {
    case "none":
      return { kind: "none" };
    case "inline":
      return { kind: "found", workflow: scope.workflow, template: call.template };
    case "template": {
      const base = baseOf(scope);
      const found = inObject(scope.workflow, base, scope.substitute?.(call.name) ?? call.name);
      if (found) return { kind: "found", ...found };
      // An expression is not evaluated here.
      return call.name.includes("{{=") || base === "unknown" || base === "missing" ? { kind: "unknown" } : { kind: "missing" };
    }
    case "reference": {
      if (call.name === "" || call.template === "") return { kind: "none" };
      if (isDynamic(call.name)) return { kind: "unknown" };
      const owner = library(call.name, call.clusterScope, scope.models);
      if (owner === undefined) return { kind: scope.complete ? "missing" : "unknown" };
      if (isDynamic(call.template)) return { kind: "unknown" };
      const template = templateByName(owner, call.template);
      if (template) return { kind: "found", workflow: owner, template };
      return { kind: owner.workflowTemplateRef ? "unknown" : "missing" };
    }
  }
}

/** The template of this file that a call runs. */
export function calleeOf(model: Model, workflow: Workflow, call: Call): CalledTemplate | undefined {
  const callee = resolveCall(call, within(model, workflow));
  return callee.kind === "found" ? { workflow: callee.workflow, template: callee.template } : undefined;
}

/** The template of this file to which a name refers in a workflow: its own, else one of the object behind its `workflowTemplateRef`. */
export function templateNamed(model: Model, workflow: Workflow, name: string): CalledTemplate | undefined {
  return inObject(workflow, baseOf(within(model, workflow)), name);
}

/** The template with which a run of a workflow begins, if it is in this file. */
export function entrypointOf(model: Model, workflow: Workflow): CalledTemplate | undefined {
  const base = baseOf(within(model, workflow));
  const name = workflow.entrypoint ?? (typeof base === "object" ? base.entrypoint : undefined);
  return name === undefined ? undefined : inObject(workflow, base, name);
}

/**
 * The object behind `workflowTemplateRef`; "missing" if it does not exist, "unknown" if it may exist elsewhere or its name is computed,
 * undefined if there is no such reference.
 */
export function baseOf({ workflow, models, complete }: CallScope): Workflow | "missing" | "unknown" | undefined {
  const name = field(workflow.workflowTemplateRef, "name");
  if (typeof name !== "string") return undefined;
  if (isDynamic(name)) return "unknown";
  return library(name, field(workflow.workflowTemplateRef, "clusterScope") === true, models) ?? (complete ? "missing" : "unknown");
}

const named = new WeakMap<Workflow, ReadonlyMap<string, Template>>();

/** The template of an object with this name. Of several with one name the first counts; Argo refuses such a file. */
export function templateByName(workflow: Workflow, name: string | undefined): Template | undefined {
  if (name === undefined) return undefined;
  let known = named.get(workflow);
  if (known === undefined) {
    known = new Map([...workflow.templates].reverse().map((template) => [template.name, template]));
    named.set(workflow, known);
  }
  return known.get(name);
}

/** All calls of a template: its tasks and their hooks. */
export function callsIn(template: Template): readonly Call[] {
  return template.tasks.flatMap((task) => [
    task.call,
    ...task.hooks.map((hook) => hook.call),
    ...(task.exitHook ? [task.exitHook.call] : []),
  ]);
}

/** Every template of a workflow, the inline ones of its calls behind the template that holds them. */
export function allTemplates(workflow: Workflow): readonly Template[] {
  return workflow.templates.flatMap(withInline);
}

function withInline(template: Template): readonly Template[] {
  return [template, ...template.tasks.flatMap((task) => (task.call.kind === "inline" ? withInline(task.call.template) : []))];
}

function within(model: Model, workflow: Workflow): CallScope {
  return { workflow, models: [model], complete: false };
}

function inObject(workflow: Workflow, base: ReturnType<typeof baseOf>, name: string): CalledTemplate | undefined {
  for (const owner of typeof base === "object" ? [workflow, base] : [workflow]) {
    const template = templateByName(owner, name);
    if (template) return { workflow: owner, template };
  }
  return undefined;
}

/** By model: its objects by resource and name; the first of several with one name counts. */
const libraries = new WeakMap<Model, ReadonlyMap<string, Workflow>>();

/** The (Cluster)WorkflowTemplate with this name. */
function library(name: string, clusterScope: boolean, models: readonly Model[]): Workflow | undefined {
  const resource = clusterScope ? "ClusterWorkflowTemplate" : "WorkflowTemplate";
  for (const model of models) {
    let known = libraries.get(model);
    if (known === undefined) {
      const workflows = model.objects.filter((object) => object.kind === "workflow" && object.name !== undefined) as Workflow[];
      known = new Map(workflows.reverse().map((object) => [`${object.resource}/${object.name}`, object]));
      libraries.set(model, known);
    }
    const found = known.get(`${resource}/${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether text holds a tag, so that its value is not known before the run. */
export function isDynamic(text: string): boolean {
  return text.includes("{{");
}
