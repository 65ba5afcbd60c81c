import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import type { Data } from "#data/data.ts";
import type { Operation } from "#data/operations.ts";
import { chainRenames } from "#document/edit-plan.ts";
import type { Edit, Renames } from "#pipeline/edit.ts";
import type { Model } from "#pipeline/model.ts";
import { loadPart } from "./missing-part.ts";
import type { Message } from "./state.ts";

/** Plans several edits as one action, each based on the data that the previous one leaves. */
export type PlannedAction =
  | {
      readonly ok: true;
      readonly stream: readonly Data[];
      readonly model: Model;
      readonly operations: readonly Operation[];
      readonly label: Message;
      readonly renames: Renames;
      readonly notices: readonly Diagnostic[];
    }
  | { readonly ok: false; readonly refusal: Diagnostic };

let editing: typeof import("#compiler/editing.ts") | undefined;

/** Loads the edit planner lazily; it is large and not needed for display. */
export async function fetchPlanner(): Promise<void> {
  editing ??= await loadPart(() => import("#compiler/editing.ts"));
}

/** Reads ahead, in small steps, what the first edit will ask for; does nothing while the planner is not loaded. */
export function lookAhead(model: Model, stream: readonly Data[]): Iterator<void> {
  return editing?.lookAhead(model, stream) ?? [][Symbol.iterator]();
}

/** Why no edit can be done while the planner is not loaded. */
export const notLoaded: Diagnostic = { code: "editor-not-loaded", level: "error", values: {}, path: [] };

/** Whether the planner is loaded. */
export function hasPlanner(): boolean {
  return editing !== undefined;
}

/** Plans all edits or none; the label is that of the first. */
export function planAll(model: Model, stream: readonly Data[], edits: readonly Edit[]): PlannedAction {
  if (!editing) return { ok: false, refusal: notLoaded };
  const plan = editing.planEdits(model, stream, edits);
  if (!plan.ok) return plan;
  return { ...plan, label: plan.labels[0] ?? { code: "step-nothing", values: {} }, renames: chainRenames(plan.renames) };
}
