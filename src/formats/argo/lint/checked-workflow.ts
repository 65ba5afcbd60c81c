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
import type { Call, Task, Template, TemplateId, Workflow, WorkflowResource } from "#pipeline/model.ts";
import { allTemplates, baseOf, type Callee, resolveCall, templateByName } from "#pipeline/resolve-call.ts";
import { knownValues, substituted } from "./substituted-names.ts";

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

/** Whether the object is one that other objects refer to. */
export function isLibrary({ resource }: Pick<Subject, "resource">): boolean {
  return resource === "WorkflowTemplate" || resource === "ClusterWorkflowTemplate";
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
  const templates = allTemplates(workflow);
  const scope = { workflow, ...others };
  const base = baseOf(scope);
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
    named: (name) => templateByName(workflow, name) ?? (typeof base === "object" ? templateByName(base, name) : undefined),
    calleeOf: (call, within) => resolveCall(call, { ...scope, substitute: (name) => substituted(name, known(within)) }),
  };
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
