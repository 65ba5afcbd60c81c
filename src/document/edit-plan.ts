import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import type { Data } from "#data/data.ts";
import type { Operation } from "#data/operations.ts";
import type { Renames } from "#pipeline/edit.ts";
import type { Model } from "#pipeline/model.ts";

/** The name of an edit for menu and history: the code of its message, and the values that it shows. */
export interface EditLabel {
  readonly code: string;
  readonly values: Diagnostic["values"];
}

/** What an edit does: the operations on the data, its label, how ids follow, what else happened. Or why it cannot be done. */
export type Plan =
  | {
      readonly ok: true;
      readonly operations: readonly Operation[];
      /** The data after the operations; its model is read already where ids could have changed. */
      readonly stream: readonly Data[];
      readonly label: EditLabel;
      readonly renames: Renames;
      readonly notices: readonly Diagnostic[];
    }
  | { readonly ok: false; readonly refusal: Diagnostic };

/** The outcome of planning several edits; `index` is the one that was refused, `labels` and `renames` are in the order of the edits. */
export type PlanOfMany =
  | {
      readonly ok: true;
      readonly operations: readonly Operation[];
      readonly labels: readonly EditLabel[];
      readonly renames: readonly Renames[];
      readonly notices: readonly Diagnostic[];
      /** Data and model after the last edit. */
      readonly stream: readonly Data[];
      readonly model: Model;
    }
  | { readonly ok: false; readonly refusal: Diagnostic; readonly index: number };

/** Renames one after the other as one: a → b, then b → c is a → c. */
export function chainRenames(steps: readonly Renames[]): Renames {
  return steps.reduce((first, then) => ({ tasks: chained(first.tasks, then.tasks), templates: chained(first.templates, then.templates) }), {
    tasks: [],
    templates: [],
  });
}

function chained<Id extends string>(first: readonly (readonly [Id, Id | undefined])[], then: readonly (readonly [Id, Id | undefined])[]) {
  if (first.length === 0) return then;
  const later = new Map(then);
  const reached = new Set(first.map(([, to]) => to));
  const moved = first.map(([from, to]) => [from, to !== undefined && later.has(to) ? later.get(to) : to] as const);
  return [...moved, ...then.filter(([from]) => !reached.has(from))];
}
