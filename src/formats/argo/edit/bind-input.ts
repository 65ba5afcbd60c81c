import type { DataMap } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { PortKind, Template, Workflow } from "#pipeline/model.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { findInput, releaseReads } from "./inputs.ts";
import { parameterIn } from "../kfp/edit/parameter-in-graph.ts";
import { inputUse } from "../kfp/edit/render.ts";
import { feedStep, freeName, stepInput, stepOf } from "../kfp/edit/step.ts";
import { type FoundTask, isRefused, nearestValue, refuse } from "#document/edit-targets.ts";
import { writeArgument } from "./write-argument.ts";
import { flavorOf } from "../flavor/flavor-of.ts";

// Pipeline parameters as the source of an input. Raw Argo reads them from anywhere; a KFP file hands them in through the
// entrypoint's inputs, as a file by way of an artifact of the workflow (docs/spec/kfp-v1.md#inputs, #parameters-as-files).

/** A wire from a pipeline parameter. */
export function connectParameter(draft: Draft, found: FoundTask, edit: Extract<Edit, { kind: "connect" }>): Refused | undefined {
  return bindInput(draft, found, { input: edit.to.port, parameter: edit.from.port, portKind: edit.to.portKind });
}

/** Feeds an input of a call from a pipeline parameter. */
export function bindInput(
  draft: Draft,
  found: FoundTask,
  edit: { readonly input: string; readonly parameter: string; readonly portKind?: PortKind },
): Refused | undefined {
  const { workflow, graph, task } = found;
  if (!workflow.parameters.some((one) => one.name === edit.parameter)) {
    const names = workflow.parameters.map((one) => one.name);
    return refuse("edit-parameter-unknown", { name: edit.parameter, ...nearestValue(edit.parameter, names) }, workflow.specPath);
  }
  const step = stepOf(draft, found);
  const input = step && stepInput(draft, step, edit.input);
  const target = input ? undefined : findInput(found, edit.input, edit.portKind);
  if (isRefused(target)) return target;
  const flavor = flavorOf(workflow);
  const kind = step && input ? (inputUse(step.spec, input.name).value ? "parameter" : "artifact") : (target?.kind ?? "parameter");
  const before = draft.at(task.path);
  const data =
    (flavor.passesParametersAsInputs ? throughGroups(draft, workflow, graph, edit.parameter, kind) : undefined) ??
    globalData(edit.parameter, kind);
  if (step && input) {
    if (kind === "parameter") feedStep(draft, step, input, { kind: "value", name: edit.parameter, value: String(data.value) });
    else feedStep(draft, step, input, { kind: "file", name: freeName(step.callee, edit.parameter, input.name), data });
  } else writeArgument(draft, task.path, kind, { name: target?.name ?? edit.input, ...data }, flavor);
  releaseReads(draft, found, before);
  return undefined;
}

function globalData(parameter: string, kind: PortKind): DataMap {
  const text = `{{workflow.parameters.${parameter}}}`;
  return kind === "parameter" ? { value: text } : { raw: { data: text } };
}

/** A KFP file hands it through the inputs of the entrypoint and of every group on the way. */
function throughGroups(draft: Draft, workflow: Workflow, graph: Template, parameter: string, kind: PortKind): DataMap | undefined {
  const text = parameterIn(draft, workflow, graph, parameter, kind);
  return text === undefined ? undefined : kind === "parameter" ? { value: text } : { from: text };
}
