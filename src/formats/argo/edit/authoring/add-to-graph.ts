import { type DataMap, isMap, listField, type Path } from "#data/data.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import { referencesInData } from "../../syntax/references.ts";
import type { DagReference, LoweredTask } from "../../kfp/lower/lower-component.ts";
import { outputsOfOp } from "../../kfp/lower/draft-op.ts";
import { lowerOp } from "../../kfp/lower/lower-op.ts";
import type { PlanOp, PlanReference } from "#pipeline/pipeline-plan.ts";
import { addItem, type Draft, type Refused } from "#document/edit-draft.ts";
import { tasksPath, templatesPath } from "../paths-and-names.ts";
import { findTemplate, isRefused, refuse } from "#document/edit-targets.ts";
import type { FoundTemplate } from "#pipeline/find-by-id.ts";
import { sdkVersionOf } from "../../kfp/read/component-annotation.ts";
import { flavorOf } from "../../flavor/flavor-of.ts";

// Puts an op that was lowered for one graph into the file: its template among the templates, its call among the calls.

/** The graph to which an edit adds; refused if the template is not a graph. */
export function findGraph(draft: Draft, name: string): FoundTemplate | Refused {
  const found = findTemplate(draft, name);
  if (isRefused(found)) return found;
  const { template } = found;
  return tasksPath(template) ? found : refuse("edit-not-a-graph", { template: template.name, kind: template.kind }, template.path);
}

/** One op on its way into a graph. */
export interface NewOp {
  readonly op: PlanOp;
  readonly name: string;
  /** How the graph says a reference of the op. */
  readonly resolve?: (reference: PlanReference) => DagReference | undefined;
  /** Task names of volume ops, by their ids in the op. */
  readonly names?: ReadonlyMap<string, string>;
  readonly after?: readonly string[];
  /** Names of inputs that wait for a wire: declared, but not given by the call. */
  readonly open?: ReadonlySet<string>;
}

/** Lowers ops and puts them into the graph. Findings that leave nothing to run are refusals, the others notes. */
export function placeOps(draft: Draft, { workflow, template: graph }: FoundTemplate, ops: readonly NewOp[]): Refused | undefined {
  const calls = ops.map((one) => lowerNew(workflow, one).task);
  const lowered = ops.map((one) => lowerNew(workflow, one, valuesRead(calls, one.name)));
  for (const { diagnostics } of lowered) {
    const bad = diagnostics.find(
      ({ code }) => code === "lower-constant-type" || code === "lower-input-unknown" || code === "lower-snapshot-volume",
    );
    if (bad) return { refusal: { ...bad, path: graph.path } };
    for (const found of diagnostics) draft.note({ ...found, path: graph.path });
  }
  // Calls first: a template that comes in may move the graph's own.
  lowered.forEach(({ task }, index) => placeCall(draft, graph, workflow, callOf(task, ops[index]?.open)));
  for (const { template } of lowered) placeTemplate(draft, workflow, template);
  return undefined;
}

function lowerNew(workflow: Workflow, one: NewOp, values?: ReadonlySet<string>): LoweredTask {
  const outputs = outputsOfOp(one.op, one.name, () => undefined);
  return lowerOp(one.op, {
    taskName: one.name,
    sdkVersion: sdkVersionOf(workflow),
    resolve: one.resolve ?? (() => undefined),
    ...(one.names && { names: one.names }),
    ...(one.after && { after: one.after }),
    valueOutputs: outputs.flatMap((output) => (values?.has(output.name) ? [output.output] : [])),
  });
}

/** The outputs of a step, by reference name, that calls read as values. */
function valuesRead(calls: readonly DataMap[], step: string): ReadonlySet<string> {
  const references = calls.flatMap((call) => referencesInData(call)).map(({ reference }) => reference);
  return new Set(
    references.flatMap((one) => (one.kind === "task-output" && one.task === step && one.port === "parameter" ? [one.output] : [])),
  );
}

/** The call without the arguments of inputs that wait for a wire. */
function callOf(task: DataMap, open: ReadonlySet<string> | undefined): DataMap {
  if (open === undefined || open.size === 0) return task;
  const { arguments: given, ...rest } = task;
  const lists = ["parameters", "artifacts"].flatMap((key) => {
    const left = listField(given, key).filter((item) => !(isMap(item) && open.has(String(item["name"]))));
    return left.length > 0 ? [[key, left] as const] : [];
  });
  return lists.length > 0 ? { ...rest, arguments: Object.fromEntries(lists) } : (rest as DataMap);
}

/** Adds a call: sorted by name in a KFP file, last in a raw dag, as a group of its own in steps. */
export function placeCall(draft: Draft, graph: Template, workflow: Workflow, call: DataMap): void {
  const list = tasksPath(graph) as Path;
  if (graph.kind === "steps") {
    const { dependencies: _, ...step } = call;
    addItem(draft, list, [step as DataMap]);
    return;
  }
  addItem(draft, list, inOrderOf(graph, call), flavorOf(workflow).indexFor(draft.at(list), String(call["name"])));
}

/** Argo refuses a dag in which some calls say `depends` and others `dependencies`. */
function inOrderOf(graph: Template, call: DataMap): DataMap {
  const names = listField(call, "dependencies");
  if (names.length === 0 || !graph.tasks.some((task) => task.order.style === "depends")) return call;
  return Object.fromEntries(
    Object.entries(call).map(([key, value]) => (key === "dependencies" ? ["depends", names.join(" && ")] : [key, value])),
  );
}

/** Adds a template: sorted by name in a KFP file, last in any other. */
export function placeTemplate(draft: Draft, workflow: Workflow, template: DataMap): void {
  const list = templatesPath(workflow);
  addItem(draft, list, template, flavorOf(workflow).indexFor(draft.at(list), String(template["name"])));
}
