import type { Format, FormatWriting } from "#document/format.ts";
import { kfpV2FitRules } from "./fit.ts";
import { readPipeline } from "./read/pipeline.ts";
import { isCompanion, recogniseSpec } from "./read/recognise.ts";

/** The types of parameters by the names that KFP v1 has for them, and the artifact types of the SDK without their namespace. */
const typeLabels: ReadonlyMap<string, string> = new Map([
  ["NUMBER_INTEGER", "Integer"],
  ["NUMBER_DOUBLE", "Float"],
  ["STRING", "String"],
  ["BOOLEAN", "Bool"],
  ["LIST", "JsonArray"],
  ["STRUCT", "JsonObject"],
  ["TASK_FINAL_STATUS", "TaskFinalStatus"],
  ["TASK_CONFIG", "TaskConfig"],
  ...["Artifact", "Dataset", "Model", "Metrics", "ClassificationMetrics", "SlicedClassificationMetrics", "HTML", "Markdown"].map(
    (name) => [`system.${name}`, name] as const,
  ),
]);

/** Pipeline specs of KFP v2 (IR YAML), with their platform specs, by themselves or in a PipelineJob or a manifest of Kubernetes. */
export const kfpV2: Format = {
  id: "kfp-v2",
  detect: (data) => (recogniseSpec(data) ? "object" : isCompanion(data) ? "companion" : undefined),
  read: readPipeline,
  fitRules: () => kfpV2FitRules,
  vocabulary: { pipeline: "pipeline", component: "component" },
  typeLabels,
  notOffered: new Set(["build:volume", "build:snapshot", "build:resource", "build:http", "build:suspend"]),
};

/** Writes a pipeline. The model is a reading of its document, which `rest` holds whole. */
export const kfpV2Writing: FormatWriting = { format: "kfp-v2", write: (object) => object.rest };
