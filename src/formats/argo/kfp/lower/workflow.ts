/** The skeleton of a Workflow as the KFP SDK 1.8 writes it. docs/spec/kfp-v1.md#workflow */
import { type Data, type DataMap } from "#data/data.ts";
import { byCodePoint, pythonJson } from "#components/python-text.ts";
import type { PipelinePlan, PlanParameter, Stamps } from "#pipeline/pipeline-plan.ts";
import { portName } from "./assign-names.ts";
import { compact } from "./op.ts";
import { annotation, label } from "../annotation-keys.ts";
import { serializeConstant } from "#components/type-names.ts";

/** The parts of a workflow that are ready. */
export interface WorkflowParts {
  /** The entrypoint; with a dash behind it, generateName. */
  readonly entrypoint: string;
  readonly pipeline: Pick<PipelinePlan, "name" | "description" | "parameters" | "spec" | "annotations">;
  /** Names of the parameters in the file, in the order of the pipeline's. */
  readonly parameterNames?: readonly string[];
  readonly templates: readonly DataMap[];
  readonly onExit?: string;
  /** Parameters used as files. */
  readonly fileParameters?: readonly string[];
}

/** The whole Workflow: templates sorted, stamps as given. */
export function assembleWorkflow(parts: WorkflowParts, stamps: Stamps): DataMap {
  const { pipeline, entrypoint } = parts;
  const names = parts.parameterNames ?? pipeline.parameters.map((parameter) => portName(parameter.name, "parameter"));
  const parameters = pipeline.parameters.map((parameter, index) => workflowParameter(parameter, names[index] ?? parameter.name));
  const artifacts = [...(parts.fileParameters ?? [])]
    .sort(byCodePoint)
    .map((name) => ({ name, raw: { data: `{{workflow.parameters.${name}}}` } }));
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Workflow",
    metadata: {
      generateName: `${entrypoint}-`,
      annotations: {
        [label.sdkVersion]: stamps.sdkVersion,
        [annotation.compiledAt]: stamps.compiledAt,
        [annotation.pipelineSpec]: pythonJson(pipelineSpec(pipeline)),
        ...pipeline.annotations,
      },
      labels: { [label.sdkVersion]: stamps.sdkVersion },
    },
    spec: {
      entrypoint,
      templates: [...parts.templates].sort((a, b) => byCodePoint(String(a["name"]), String(b["name"]))),
      arguments: { parameters, ...(artifacts.length > 0 && { artifacts }) },
      serviceAccountName: "pipeline-runner",
      ...(parts.onExit !== undefined && { onExit: parts.onExit }),
      ...pipeline.spec,
    },
  };
}

function workflowParameter(parameter: PlanParameter, name: string): DataMap {
  // Argo refuses a parameter without a value, unlike the SDK; pipeline_spec shows that there is no default.
  return { name, value: defaultText(parameter) ?? "" };
}

/** A default as text; undefined if there is none or it is Python's None. */
function defaultText({ type, default: given }: PlanParameter): string | undefined {
  if (given === undefined || given === null) return undefined;
  const text = serializeConstant(type, given);
  return text.ok ? text.text : pythonJson(given);
}

/** The pipeline's interface for the pipeline_spec annotation. */
function pipelineSpec({ name, description, parameters }: WorkflowParts["pipeline"]): Data {
  const inputs = parameters.map((parameter) =>
    compact({
      name: parameter.name,
      type: parameter.type,
      description: parameter.description || undefined,
      default: defaultText(parameter),
      optional: parameter.optional || parameter.default !== undefined || undefined,
    }),
  );
  return { name, ...(description !== undefined && description !== "" && { description }), ...(inputs.length > 0 && { inputs }) };
}
