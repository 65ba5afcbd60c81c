import { field, isMap, textField } from "#data/data.ts";
import type { Format, Offers } from "#document/format.ts";
import { collect } from "#diagnostics/collect.ts";
import { argoFitRules } from "./fit.ts";
import { writeReference } from "./syntax/references.ts";
import { readWorkflow, workflowResource } from "./read/workflow.ts";
import { annotation } from "./kfp/annotation-keys.ts";
import { newPipelineNamed } from "./kfp/new-pipeline.ts";

const argoOffers: Offers = {
  parameterTypes: [],
  hasParameterOptions: false,
  loops: ["items", "param", "sequence"],
  conditionExample: "{{item}} == yes",
};

/** The types that Kubeflow Pipelines v1 knows for parameters; a file may name others. */
const kfpOffers: Offers = { ...argoOffers, parameterTypes: ["String", "Integer", "Float", "Boolean", "JsonArray", "JsonObject"] };

/**
 * Argo's Workflow, WorkflowTemplate, ClusterWorkflowTemplate and CronWorkflow, also as the compiler of KFP v1 writes them. Every template
 * is read once where it is; calls name their templates and are not followed, so recursion costs nothing.
 */
export const argo: Format = {
  id: "argo",
  vocabulary: { pipeline: "workflow", component: "template" },
  fitRules: argoFitRules,
  referenceText: writeReference,
  offers: ({ traits }) => (traits.hasParameterTypes ? kfpOffers : argoOffers),
  newText: newPipelineNamed,
  isNeverCached: ({ rest }) => textField(field(field(rest, "metadata"), "annotations"), annotation.cacheStaleness) === "P0D",
  detect: (data) => (isMap(data) && workflowResource(data) !== undefined ? "object" : undefined),
  read(stream, at) {
    const data = stream[at.index];
    const resource = data === undefined ? undefined : workflowResource(data);
    if (resource === undefined || !isMap(data)) throw new Error(`document ${at.index} is no workflow`);
    const collector = collect();
    const object = readWorkflow(data, resource, at, collector.report);
    return { object, diagnostics: collector.list() };
  },
};
