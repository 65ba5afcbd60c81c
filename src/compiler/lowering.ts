import type { FormatLowering, LoweredPlan } from "#document/format.ts";
import type { FormatId } from "#pipeline/model.ts";
import type { PipelinePlan, Stamps } from "#pipeline/pipeline-plan.ts";
import { argoLowering } from "#formats/argo/lowering.ts";

// Registers what writes plans. Loaded with what makes plans: the compilation of Python.

const lowerings: readonly FormatLowering[] = [argoLowering];

/** A plan as new documents of a format; undefined if the format cannot be written from a plan. */
export function lowerPlan(plan: PipelinePlan, stamps: Stamps, format: FormatId): LoweredPlan | undefined {
  return lowerings.find((one) => one.format === format)?.lower(plan, stamps);
}
