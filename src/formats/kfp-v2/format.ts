import type { Data } from "#data/data.ts";
import type { Workflow } from "#pipeline/model.ts";
import { readPipeline, type ReadPipeline } from "./read/pipeline.ts";
import { isCompanion, recogniseSpec } from "./read/recognise.ts";

/** Pipeline specs of KFP v2 (IR YAML), with their platform specs, by themselves or in a PipelineJob or a manifest of Kubernetes. */
export const kfpV2 = {
  id: "kfp-v2",
  /** What one document is to this format, by itself: a pipeline, or part of one. */
  detect: (data: Data): "object" | "companion" | undefined =>
    recogniseSpec(data) ? "object" : isCompanion(data) ? "companion" : undefined,
  read: (stream: readonly Data[], at: { readonly index: number; readonly first: boolean }): ReadPipeline => readPipeline(stream, at),
  /** The document of a pipeline. The model is a reading of it, which `rest` holds whole. */
  write: (object: Workflow): Data => object.rest,
};
