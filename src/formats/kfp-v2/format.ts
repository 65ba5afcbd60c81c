import type { Format, FormatWriting, Offers } from "#document/format.ts";
import { kfpV2FitRules } from "./fit.ts";
import { readPipeline } from "./read/pipeline.ts";
import { isCompanion, recogniseSpec } from "./read/recognise.ts";
import { parameterTypeNames } from "./syntax/values.ts";

/** The types of parameters as the SDK writes them in Python and in the comment above a compiled pipeline; its artifact types without their namespace. */
const typeLabels: ReadonlyMap<string, string> = new Map([
  ["NUMBER_INTEGER", "int"],
  ["NUMBER_DOUBLE", "float"],
  ["STRING", "str"],
  ["BOOLEAN", "bool"],
  ["LIST", "list"],
  ["STRUCT", "dict"],
  ["TASK_FINAL_STATUS", "PipelineTaskFinalStatus"],
  ["TASK_CONFIG", "TaskConfig"],
  ...["Artifact", "Dataset", "Model", "Metrics", "ClassificationMetrics", "SlicedClassificationMetrics", "HTML", "Markdown"].map(
    (name) => [`system.${name}`, name] as const,
  ),
]);

const offers: Offers = {
  parameterTypes: parameterTypeNames,
  hasParameterOptions: true,
  loops: ["items", "param"],
  conditionExample: "inputs.parameter_values['score'] > 0.5",
};

/** Pipeline specs of KFP v2 (IR YAML), with their platform specs, by themselves or in a PipelineJob or a manifest of Kubernetes. */
export const kfpV2: Format = {
  id: "kfp-v2",
  detect: (data) => (recogniseSpec(data) ? "object" : isCompanion(data) ? "companion" : undefined),
  read: readPipeline,
  fitRules: () => kfpV2FitRules,
  vocabulary: { pipeline: "pipeline", component: "component" },
  typeLabels,
  offers: () => offers,
  notOffered: new Set(["build:volume", "build:snapshot", "build:resource", "build:http", "build:suspend"]),
};

/** Writes a pipeline. The model is a reading of its document, which `rest` holds whole. */
export const kfpV2Writing: FormatWriting = { format: "kfp-v2", write: (object) => object.rest };
