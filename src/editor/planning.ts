import type { planEdit } from "#formats/argo/edit/plan.ts";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { readModel } from "#compiler/readers.ts";
import { referencesInData } from "#formats/argo/syntax/references.ts";
import { type Data, field, listField } from "#data/data.ts";
import type { Edit, Renames } from "#pipeline/edit.ts";
import type { Model } from "#pipeline/model.ts";
import type { Operation } from "#data/operations.ts";
import { loadPart } from "./missing-part.ts";
import type { Said } from "./state.ts";

/** Plans several edits as one action, each based on the data that the previous one leaves. */
export type PlannedAction =
  | {
      readonly ok: true;
      readonly stream: readonly Data[];
      readonly model: Model;
      readonly operations: readonly Operation[];
      readonly label: Said;
      readonly renames: Renames;
      readonly notes: readonly Diagnostic[];
    }
  | { readonly ok: false; readonly refusal: Diagnostic };

let planner: typeof planEdit | undefined;

/** Loads the edit planner lazily; it is large and not needed for display. */
export async function fetchPlanner(): Promise<void> {
  planner ??= (await loadPart(() => import("#formats/argo/edit/plan.ts"))).planEdit;
}

/**
 * Searches the data for references ahead of the first edit, which needs all of them; one template at each step, to stay unnoticeable. The
 * result is remembered with the data.
 */
export function* lookAhead(stream: readonly Data[]): Generator<void> {
  for (const object of stream) {
    const spec = field(object, "spec");
    for (const template of listField(field(spec, "workflowSpec") ?? spec, "templates")) {
      for (const task of listField(field(template, "dag"), "tasks")) {
        referencesInData(task);
        yield;
      }
      referencesInData(template);
      yield;
    }
  }
}

/** Why no edit can be done while the planner is not loaded. */
export const notLoaded: Diagnostic = { code: "editor-not-loaded", level: "error", values: {}, place: [] };

/** Whether the planner is loaded. */
export function hasPlanner(): boolean {
  return planner !== undefined;
}

/** Plans all edits or none. */
export function planAll(model: Model, stream: readonly Data[], edits: readonly Edit[]): PlannedAction {
  if (!planner) return { ok: false, refusal: notLoaded };
  let here = { model, stream };
  const operations: Operation[] = [];
  const notes: Diagnostic[] = [];
  let label: Said | undefined;
  let renames: Renames = { tasks: [], templates: [] };
  for (const edit of edits) {
    const plan = planner(here.model, here.stream, edit);
    if (!plan.ok) return plan;
    here = plan.stream === here.stream ? here : { stream: plan.stream, model: readModel(plan.stream).model };
    operations.push(...plan.operations);
    notes.push(...plan.notes);
    label ??= plan.label;
    renames = { tasks: chained(renames.tasks, plan.renames.tasks), templates: chained(renames.templates, plan.renames.templates) };
  }
  return { ok: true, ...here, operations, label: label ?? { code: "step-nothing", values: {} }, renames, notes };
}

/** Combines consecutive renames into one list: a → b, then b → c is a → c. */
function chained<Id extends string>(first: readonly (readonly [Id, Id | undefined])[], then: readonly (readonly [Id, Id | undefined])[]) {
  if (first.length === 0) return then;
  const later = new Map(then);
  const reached = new Set(first.map(([, to]) => to));
  const moved = first.map(([from, to]) => [from, to !== undefined && later.has(to) ? later.get(to) : to] as const);
  return [...moved, ...then.filter(([from]) => !reached.has(from))];
}
