import { type DataPath, type Diagnostic, type DiagnosticCode, diagnosticOf, type DiagnosticValues } from "#diagnostics/diagnostic.ts";
import type { Path } from "#data/data.ts";
import { type FoundTemplate, nearestName, taskById, templateById } from "#pipeline/find-by-id.ts";
import { indexOfModel } from "#pipeline/model-index.ts";
import { allTemplates, calleeOf } from "#pipeline/resolve-call.ts";
import type { Hook, Model, Template, Task, Workflow } from "#pipeline/model.ts";
import type { Draft, Refused } from "./edit-draft.ts";

// What an edit names, looked up in the model: workflows by index, templates and tasks by id or by a unique bare name.
// An unknown name is refused with the nearest existing one.

/** A call, the graph template that holds it, and the template of this file which it runs, if it runs one. */
export interface FoundTask {
  readonly workflow: Workflow;
  readonly graph: Template;
  readonly task: Task;
  readonly callee?: Template;
}

/** Whether a lookup or a step ended in a refusal. */
export function isRefused(found: object | undefined): found is Refused {
  return found !== undefined && "refusal" in found;
}

/** A refusal. Its level is always error: the edit is not done. */
export function refuse<Code extends DiagnosticCode>(
  code: Code,
  values: DiagnosticValues<Code>,
  path: DataPath = [],
  fixes?: Diagnostic["fixes"],
): Refused {
  return { refusal: diagnosticOf(code, values, { level: "error", path, ...(fixes && { fixes }) }) };
}

/** A notice about a side effect of an edit. */
export function note<Code extends DiagnosticCode>(code: Code, values: DiagnosticValues<Code>, path: DataPath = []): Diagnostic {
  return diagnosticOf(code, values, { level: "info", path });
}

/** All workflow-like objects of the document. */
export function workflowsOf(draft: Draft): readonly Workflow[] {
  return draft.model.objects.filter((object) => object.kind === "workflow");
}

/** The workflow at an index of the stream, or the only (first) one. */
export function findWorkflow(draft: Draft, index: number | undefined): Workflow | Refused {
  const all = workflowsOf(draft);
  const found = index === undefined ? all[0] : all.find((one) => one.path[0] === index);
  return found ?? refuse("edit-no-workflow", { index: index ?? 0 });
}

/** A template by id, else by a name that only one template has. */
export function findTemplate(draft: Draft, name: string): FoundTemplate | Refused {
  const found = templateById(draft.model, name);
  if (found.kind === "found") return found.found;
  if (found.kind === "ambiguous") return refuse("edit-name-ambiguous", { name, n: found.ids.length, first: found.ids[0] ?? "" });
  return refuse("edit-template-unknown", { name, nearest: found.nearest ?? "" });
}

/** A call by id, else by a name that only one call of the document has. */
export function findTask(draft: Draft, name: string): FoundTask | Refused {
  const found = taskById(draft.model, name);
  if (found.kind === "ambiguous") return refuse("edit-name-ambiguous", { name, n: found.ids.length, first: found.ids[0] ?? "" });
  if (found.kind === "none") return refuse("edit-task-unknown", { name, nearest: found.nearest ?? "" });
  const { workflow, template, task } = found.found;
  const runs = calleeOf(draft.model, workflow, task.call)?.template;
  return runs ? { workflow, graph: template, task, callee: runs } : { workflow, graph: template, task };
}

/** Every call of the file that runs a template. */
export function callsOf(model: Model, template: Template): readonly FoundTask[] {
  const callers = indexOfModel(model).callers.get(template.id) ?? [];
  return callers.map((entry) => ({ workflow: entry.workflow, graph: entry.template, task: entry.task, callee: template }));
}

/** Every hook of the file, of tasks and of workflows, that runs a template; `owner` is the place of what has the hook. */
export function hooksOf(model: Model, template: Template): readonly { readonly owner: Path; readonly name: string; readonly hook: Hook }[] {
  return indexOfModel(model).workflows.flatMap((workflow) => {
    const runs = (hook: Hook) => calleeOf(model, workflow, hook.call)?.template.id === template.id;
    const owners = [
      { owner: workflow.specPath, name: workflow.title, hooks: workflow.hooks ?? [] },
      ...allTemplates(workflow).flatMap((graph) => graph.tasks.map((task) => ({ owner: task.path, name: task.name, hooks: task.hooks }))),
    ];
    return owners.flatMap(({ owner, name, hooks }) => hooks.filter(runs).map((hook) => ({ owner, name, hook })));
  });
}

/** `name`, or with `-2`, `-3` … behind it the first that is not taken. */
export function uniqueName(name: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(name)) return name;
  for (let count = 2; ; count++) if (!isTaken(`${name}-${count}`)) return `${name}-${count}`;
}

/** `{nearest}` for a refusal: the nearest candidate within a few typing errors; empty without one. */
export function nearestValue(name: string, candidates: readonly string[]): { readonly nearest: string } {
  return { nearest: nearestName(name, candidates) ?? "" };
}
