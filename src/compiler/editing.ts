import { editPlanner } from "#document/edit-planner.ts";
import type { FormatEditing } from "#document/format.ts";
import type { Data } from "#data/data.ts";
import type { Model } from "#pipeline/model.ts";
import { argoEditing } from "#formats/argo/editing.ts";
import { kfpV2Editing } from "#formats/kfp-v2/editing.ts";
import { readModel } from "./readers.ts";

// Registers the editing parts of the formats. The page loads this lazily.

const editing: readonly FormatEditing[] = [argoEditing, kfpV2Editing];

export const { planEdit, planEdits, refusal } = editPlanner(readModel, editing);

/** Reads ahead, in small steps, what the first edit of a document will ask for. */
export function* lookAhead(model: Model, stream: readonly Data[]): Generator<void> {
  for (const object of model.objects) {
    const format = object.kind === "workflow" ? editing.find((one) => one.format === object.format) : undefined;
    const data = stream[object.path[0] as number];
    if (data !== undefined) yield* format?.lookAhead?.(data) ?? [];
  }
}
