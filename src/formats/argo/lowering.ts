import type { FormatLowering } from "#document/format.ts";
import { lowerPipeline } from "./kfp/lower/lower-pipeline.ts";

/** Writes a plan as the Workflow that Kubeflow Pipelines v1 runs. */
export const argoLowering: FormatLowering = {
  format: "argo",
  lower(plan, stamps) {
    const { workflow, diagnostics } = lowerPipeline(plan, stamps);
    return { documents: [workflow], diagnostics };
  },
};
