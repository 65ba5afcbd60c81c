import type { Reference } from "#pipeline/binding.ts";
import { type Data, isList, isMap, type Path, textField } from "#data/data.ts";
import type { OutputPort, Template, Workflow } from "#pipeline/model.ts";
import { referencesInData } from "../syntax/references.ts";
import { type Draft, removePruned } from "#document/edit-draft.ts";
import { callsOf, note } from "#document/edit-targets.ts";
import { allTemplates } from "#pipeline/resolve-call.ts";
import { isGraph } from "#pipeline/template-kinds.ts";

// Removes what reads a removed value: arguments, conditions, loops, outputs of graphs, and what reads those in turn.
// Every loss is reported. A reference inside a longer text of a template's body cannot be removed: it stays and is reported.

/** Which references go. */
export type Reads = (reference: Reference) => boolean;

/** Takes out everything in a graph template that reads what goes. `but` names a call which goes itself. */
export function dropReads(draft: Draft, workflow: Workflow, graph: Template, reads: Reads, but?: string): void {
  for (const task of graph.tasks) {
    // Most calls read nothing of it, which one look at the whole call shows.
    if (task.name === but || !readsAny(draft.at(task.path), reads)) continue;
    for (const owner of [task, ...task.hooks]) {
      for (const argument of owner.arguments) {
        const dataPath = itemNow(draft, argument.path, argument.name);
        if (!dataPath || !readsAny(draft.at(dataPath), reads)) continue;
        removePruned(draft, dataPath, owner.path);
        draft.note(note("edit-argument-opened", { task: task.name, input: argument.name }, task.path));
      }
    }
    for (const key of ["when", "withParam", "withItems", "withSequence"]) {
      const path = [...task.path, key];
      if (!readsAny(draft.at(path), reads)) continue;
      draft.remove(path);
      draft.note(note(key === "when" ? "edit-when-dropped" : "edit-loop-dropped", { task: task.name }, task.path));
      if (key !== "when") reportItems(draft, task.path, task.name);
    }
    reportLeft(draft, task.path, task.name, reads);
  }
  for (const output of graph.outputs) dropOutputIf(draft, workflow, graph, output, reads);
}

/** Tells where a call still uses the item of the loop which it no longer has. */
export function reportItems(draft: Draft, dataPath: Path, task: string): void {
  for (const { path, reference } of referencesInData(draft.at(dataPath), dataPath)) {
    const where = String(path.findLast((step) => typeof step === "string") ?? "");
    if (reference.kind === "item") draft.note(note("edit-item-left", { task, field: where }, path));
  }
}

function dropOutputIf(draft: Draft, workflow: Workflow, graph: Template, output: OutputPort, reads: Reads): void {
  const path = itemNow(draft, output.path, output.name);
  if (!path || !readsAny(draft.at(path), reads)) return;
  removePruned(draft, path, graph.path);
  draft.note(note("edit-output-dropped", { template: graph.name, output: output.name }, graph.path));
  dropOutputReaders(draft, workflow, graph, output);
}

/** Takes out what reads an output of a template, wherever the template is called. */
export function dropOutputReaders(
  draft: Draft,
  workflow: Workflow,
  template: Template,
  output: { readonly name: string; readonly kind: OutputPort["kind"] },
): void {
  for (const call of callsOf(draft.model, template)) {
    dropReads(
      draft,
      workflow,
      call.graph,
      (reference) =>
        reference.kind === "task-output" &&
        reference.task === call.task.name &&
        reference.output === output.name &&
        reference.port === output.kind,
    );
  }
}

/** Tells of references which are left in texts that cannot go as a whole. `task`: the call or template where they are. */
export function reportLeft(draft: Draft, path: Path, task: string, reads: Reads): void {
  const left = referencesInData(draft.at(path), path).find(({ reference }) => reads(reference));
  if (left) draft.note(note("edit-reference-left", { task, where: left.path.slice(path.length).join(".") }, left.path));
}

/** Whether some reference in the data is one of those that go. */
export function readsAny(data: Data | undefined, reads: Reads): boolean {
  return data !== undefined && referencesInData(data).some(({ reference }) => reads(reference));
}

/** The current index of a named item of a list; undefined if it is gone. Its old index is only a first guess. */
export function itemNow(draft: Draft, path: Path, name: string): Path | undefined {
  if (textField(draft.at(path), "name") === name) return path;
  const list = draft.at(path.slice(0, -1));
  const index = isList(list) ? list.findIndex((item) => isMap(item) && item.name === name) : -1;
  return index < 0 ? undefined : [...path.slice(0, -1), index];
}

/** Whether anything in the workflow still reads an output of a template, as this kind, through any of its calls. */
export function isOutputRead(
  draft: Draft,
  template: Template,
  output: { readonly name: string; readonly kind: OutputPort["kind"] },
): boolean {
  return callsOf(draft.model, template).some((call) =>
    readsAny(
      draft.at(call.graph.path),
      (reference) =>
        reference.kind === "task-output" &&
        reference.task === call.task.name &&
        reference.output === output.name &&
        (reference.port ?? "parameter") === output.kind,
    ),
  );
}

/** All graph templates of a workflow. */
export function graphsOf(workflow: Workflow): readonly Template[] {
  return allTemplates(workflow).filter(isGraph);
}
