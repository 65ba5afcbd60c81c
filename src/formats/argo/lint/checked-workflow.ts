/**
 * What a rule looks at: one workflow-like object with everything that rules keep asking for. Made once for each object; rules are
 * functions of it and a report, one file for each family, listed in lint.ts.
 */
import {
  type DataPath,
  type DiagnosticCode,
  diagnosticOf,
  type DiagnosticValues,
  type Level,
  type Report,
} from "#diagnostics/diagnostic.ts";
import { type Data, type DataMap, field, isMap, valueAt } from "#data/data.ts";
import type { CheckMode, OtherModels } from "#document/format.ts";
import type { Model, Call, Task, Template, TemplateId, Workflow, WorkflowResource } from "#pipeline/model.ts";
import { knownValues, substituted } from "./substituted-names.ts";

/** What a call runs. */
export type Callee =
  | { readonly kind: "found"; readonly template: Template; readonly owner: Workflow }
  /** Nothing of that name exists. */
  | { readonly kind: "missing" }
  /** It may exist elsewhere, or its name is computed. */
  | { readonly kind: "unknown" }
  /** The call names nothing to run. */
  | { readonly kind: "none" };

/** One call with the graph template that holds it. */
export interface Site {
  readonly task: Task;
  readonly template: Template;
  /** "tasks" or "steps". */
  readonly of: "tasks" | "steps";
}

export interface Subject {
  readonly workflow: Workflow;
  /** The kind it is checked as. */
  readonly resource: WorkflowResource;
  readonly mode: CheckMode;
  readonly others: OtherModels;
  /** The object and its spec as read. */
  readonly object: DataMap;
  readonly spec: DataMap;
  /** Own templates and those inline in calls, in order. */
  readonly templates: readonly Template[];
  readonly sites: readonly Site[];
  /** The object behind workflowTemplateRef; "missing", "unknown", or undefined if there is no such reference. */
  readonly base: Workflow | "missing" | "unknown" | undefined;
  /** A template's data as read. */
  readonly raw: (template: Template) => DataMap;
  readonly at: (path: DataPath) => Data | undefined;
  /** What a call runs. `within`: the template that contains it, whose inputs may be known. */
  readonly calleeOf: (call: Call, within?: Template) => Callee;
  /** The values of variables that Argo knows when it checks a template; without one, those of the whole workflow. */
  readonly known: (template?: Template) => ReadonlyMap<string, string>;
  /** The own template, or one of the object behind workflowTemplateRef, with this name. */
  readonly named: (name: string) => Template | undefined;
}

/** A rule looks at one object and reports. */
export type Rule = (subject: Subject, report: Report) => void;

/** Whether text holds a tag, so that its value is not known before the run. */
export function isDynamic(text: string): boolean {
  return text.includes("{{");
}

/** Whether the object is one that other objects refer to. */
export function isLibrary({ resource }: Pick<Subject, "resource">): boolean {
  return resource === "WorkflowTemplate" || resource === "ClusterWorkflowTemplate";
}

/** Whether a template is a graph of calls. */
export function isGraph(template: Template): boolean {
  return template.kind === "dag" || template.kind === "steps";
}

/** Reports one diagnostic. */
export function found<Code extends DiagnosticCode>(
  report: Report,
  level: Level,
  code: Code,
  path: DataPath,
  ...[values]: object extends DiagnosticValues<Code> ? [] : [DiagnosticValues<Code>]
): void {
  report(diagnosticOf(code, values ?? ({} as DiagnosticValues<Code>), { level, path }));
}

/** Gathers what the rules ask for. */
export function subjectOf(
  workflow: Workflow,
  stream: readonly Data[],
  options: { mode: CheckMode; others: OtherModels; as?: WorkflowResource },
): Subject {
  const { mode, others, as } = options;
  const map = (path: DataPath): DataMap => {
    const value = valueAt(stream, path);
    return isMap(value) ? value : {};
  };
  const templates = workflow.templates.flatMap(withInline);
  const base = baseOf(workflow, others);
  const named = byName([...workflow.templates, ...(typeof base === "object" ? base.templates : [])]);
  const resource = as ?? workflow.resource;
  const spec = map(workflow.specPath);
  const owner = { workflow, spec, isLibrary: isLibrary({ resource }) };
  const ofWorkflow = knownValues(owner);
  const isStart = ({ name }: Template) => name === workflow.entrypoint || name === workflow.onExit;
  const known = (template?: Template) =>
    template && isStart(template) ? knownValues(owner, { name: template.name, raw: map(template.path) }) : ofWorkflow;
  return {
    workflow,
    resource,
    mode,
    others,
    object: map(workflow.path),
    spec,
    known,
    templates,
    sites: templates.flatMap((template) =>
      template.tasks.map((task): Site => ({ task, template, of: template.kind === "steps" ? "steps" : "tasks" })),
    ),
    base,
    raw: (template) => map(template.path),
    at: (path) => valueAt(stream, path),
    named: (name) => named.get(name),
    calleeOf: (call, within) => resolve(call, { workflow, base, named, others, known: known(within) }),
  };
}

function withInline(template: Template): readonly Template[] {
  return [template, ...template.tasks.flatMap((task) => (task.call.kind === "inline" ? withInline(task.call.template) : []))];
}

const templatesByName = new WeakMap<Workflow, ReadonlyMap<string, Template>>();

function templatesOf(owner: Workflow): ReadonlyMap<string, Template> {
  let known = templatesByName.get(owner);
  if (known === undefined) templatesByName.set(owner, (known = byName(owner.templates)));
  return known;
}

/** The first of several templates with one name counts, as in Argo. */
function byName(templates: readonly Template[]): ReadonlyMap<string, Template> {
  return new Map([...templates].reverse().map((template) => [template.name, template]));
}

function baseOf(workflow: Workflow, others: OtherModels): Subject["base"] {
  const name = field(workflow.workflowTemplateRef, "name");
  if (typeof name !== "string") return undefined;
  if (isDynamic(name)) return "unknown";
  return library(name, field(workflow.workflowTemplateRef, "clusterScope") === true, others) ?? (others.complete ? "missing" : "unknown");
}

/** The (Cluster)WorkflowTemplate with this name. */
function library(name: string, clusterScope: boolean, others: OtherModels): Workflow | undefined {
  const resource = clusterScope ? "ClusterWorkflowTemplate" : "WorkflowTemplate";
  for (const model of others.models) {
    const found = librariesOf(model).get(`${resource}/${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** By model: its objects by resource and name; the first of several with one name counts. */
const libraries = new WeakMap<Model, ReadonlyMap<string, Workflow>>();

function librariesOf(model: Model): ReadonlyMap<string, Workflow> {
  let known = libraries.get(model);
  if (known === undefined) {
    const workflows = model.objects.filter((object) => object.kind === "workflow");
    libraries.set(model, (known = new Map(workflows.reverse().map((object) => [`${object.resource}/${object.name}`, object]))));
  }
  return known;
}

interface Lookup {
  readonly workflow: Workflow;
  readonly base: Subject["base"];
  readonly named: ReadonlyMap<string, Template>;
  readonly others: OtherModels;
  readonly known: ReadonlyMap<string, string>;
}

function resolve(call: Call, { workflow, base, named, others, known }: Lookup): Callee {
  switch (call.kind) {
    case "none":
      return { kind: "none" };
    case "inline":
      return { kind: "found", template: call.template, owner: workflow };
    case "template": {
      const template = named.get(isDynamic(call.name) ? substituted(call.name, known) : call.name);
      if (template) return { kind: "found", template, owner: workflow };
      // An expression is not evaluated here.
      return call.name.includes("{{=") || base === "unknown" || base === "missing" ? { kind: "unknown" } : { kind: "missing" };
    }
    case "reference": {
      if (call.name === "" || call.template === "") return { kind: "none" };
      if (isDynamic(call.name)) return { kind: "unknown" };
      const owner = library(call.name, call.clusterScope, others);
      if (owner === undefined) return { kind: others.complete ? "missing" : "unknown" };
      if (isDynamic(call.template)) return { kind: "unknown" };
      const template = templatesOf(owner).get(call.template);
      if (template) return { kind: "found", template, owner };
      return { kind: owner.workflowTemplateRef ? "unknown" : "missing" };
    }
  }
}

/** The templates of the object that are reachable by calls and hooks from some of its names. */
export function reachable(subject: Subject, starts: readonly string[]): ReadonlySet<TemplateId> {
  const seen = new Set<TemplateId>();
  const open = starts.map((name) => subject.named(name)).filter((template) => template !== undefined);
  for (let template = open.pop(); template !== undefined; template = open.pop()) {
    if (seen.has(template.id)) continue;
    seen.add(template.id);
    for (const task of template.tasks) {
      for (const call of [task.call, ...task.hooks.map((hook) => hook.call)]) {
        if (call.kind === "inline") open.push(call.template);
        const callee = call.kind === "template" ? subject.calleeOf(call, template) : undefined;
        if (callee?.kind === "found") open.push(callee.template);
      }
      const onExit = field(task.rest, "onExit");
      const exit = typeof onExit === "string" ? subject.named(onExit) : undefined;
      if (exit) open.push(exit);
    }
  }
  return seen;
}
