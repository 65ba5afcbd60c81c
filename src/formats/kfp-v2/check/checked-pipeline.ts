import type { Diagnostic, Fix, Level } from "#diagnostics/diagnostic.ts";
import { type Data, type Path, valueAt } from "#data/data.ts";
import type { Model, PortKind, Task, Template, Workflow } from "#pipeline/model.ts";
import { calleeOf, templateByName } from "#pipeline/resolve-call.ts";
import type { Edit } from "#pipeline/edit.ts";
import { isGraph } from "#pipeline/template-kinds.ts";
import { newestServer, type ServerVersion } from "../schema/server-version.ts";

/** What every rule sees: a pipeline, its data and the server for which it is checked. */
export interface Subject {
  readonly workflow: Workflow;
  readonly model: Model;
  readonly stream: readonly Data[];
  readonly server: ServerVersion;
  readonly report: (found: Diagnostic) => void;
  readonly template: (name: string) => Template | undefined;
  /** All tasks with the graph they are in. */
  readonly tasks: readonly { readonly graph: Template; readonly task: Task }[];
  /** The task of a graph by its key. */
  readonly sibling: (graph: Template, name: string) => Task | undefined;
  /** Whether any task passes the input to the component, declared or not. */
  readonly isPassed: (component: string, kind: PortKind, input: string) => boolean;
}

/** The subject of a pipeline. */
export function subjectOf(
  workflow: Workflow,
  of: { readonly model: Model; readonly stream: readonly Data[]; readonly server?: ServerVersion },
  report: Subject["report"],
): Subject {
  const graphs = workflow.templates.filter(isGraph);
  const siblings = new Map<Template, ReadonlyMap<string, Task>>(
    graphs.map((graph) => [graph, new Map(graph.tasks.map((task) => [task.name, task]))]),
  );
  const tasks = graphs.flatMap((graph) => graph.tasks.map((task) => ({ graph, task })));
  const passed = new Map<string, Set<string>>();
  for (const { task } of tasks) {
    if (task.call.kind !== "template") continue;
    const inputs = passed.get(task.call.name) ?? new Set();
    passed.set(task.call.name, inputs);
    for (const { kind, name } of task.arguments) inputs.add(`${kind}:${name}`);
  }
  return {
    workflow,
    model: of.model,
    stream: of.stream,
    server: of.server ?? newestServer,
    report,
    template: (name) => templateByName(workflow, name),
    tasks,
    sibling: (graph, name) => siblings.get(graph)?.get(name),
    isPassed: (component, kind, input) => passed.get(component)?.has(`${kind}:${input}`) ?? false,
  };
}

/** The value at a path of the document. */
export function dataAt({ stream }: Subject, path: Path): Data | undefined {
  return valueAt(stream as Data, path);
}

/** What a task runs, if it is in this file. */
export function componentOf(subject: Subject, task: Task): Template | undefined {
  return calleeOf(subject.model, subject.workflow, task.call)?.template;
}

/** The levels by which rules judge: what the upload or the creation of a run refuses; what fails the run; what goes on otherwise. */
export const refused: Level = "cluster";
export const fails: Level = "error";
export const odd: Level = "warning";

/** The fix with these edits. */
export function fixOf(code: string, values: Fix["values"], ...edits: readonly Edit[]): readonly Fix[] {
  return [{ code, values, edits }];
}
