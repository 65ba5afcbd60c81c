import type { Data, DataMap } from "#model/data.ts";
import type { Edit } from "#model/edit.ts";
import type { PortKind, Template, Workflow } from "#model/model.ts";
import { addItem, type Draft, type Refused } from "./draft.ts";
import { findInput, releaseReads } from "./inputs.ts";
import { inputUse } from "./kfp-render.ts";
import { feedStep, stepInput, stepOf } from "./kfp-step.ts";
import { declarePort } from "./ports.ts";
import { type FoundTask, indexByName, isRefused, nearestValue, refuse, sortedIndex } from "./scope.ts";
import { writeArgument } from "./write-argument.ts";

// Pipeline parameters as the source of an input. Raw Argo reads them from anywhere; a KFP file hands them in through the
// entrypoint's inputs, as a file by way of an artifact of the workflow (contract 5.1 and 5.4).

/** A wire from a pipeline parameter. */
export function connectParameter(draft: Draft, found: FoundTask, edit: Extract<Edit, { kind: "connect" }>): Refused | undefined {
  return bindInput(draft, found, { input: edit.to.port, parameter: edit.from.port, portKind: edit.to.portKind });
}

/** Feeds an input of a call from a pipeline parameter. */
export function bindInput(draft: Draft, found: FoundTask, edit: { readonly input: string; readonly parameter: string; readonly portKind?: PortKind }): Refused | undefined {
  const { workflow, graph, task } = found;
  if (!workflow.parameters.some((one) => one.name === edit.parameter)) {
    const names = workflow.parameters.map((one) => one.name);
    return refuse("edit-parameter-unknown", { name: edit.parameter, ...nearestValue(edit.parameter, names) }, workflow.specPlace);
  }
  const step = stepOf(draft, found);
  const input = step && stepInput(draft, step, edit.input);
  const target = input ? undefined : findInput(found, edit.input, edit.portKind);
  if (isRefused(target)) return target;
  const kfp = workflow.dialect === "kfp";
  const kind = step && input ? (inputUse(step.spec, input.name).value ? "parameter" : "artifact") : (target?.kind ?? "parameter");
  const before = draft.at(task.place);
  const data = kfp && graph.name === workflow.entrypoint ? entryData(draft, workflow, graph, edit.parameter, kind) : globalData(edit.parameter, kind);
  if (step && input) {
    if (kind === "parameter") feedStep(draft, step, input, { kind: "value", name: edit.parameter, value: String(data.value) });
    else feedStep(draft, step, input, { kind: "file", name: edit.parameter, data });
  } else writeArgument(draft, task.place, kind, { name: target?.name ?? edit.input, ...data }, kfp);
  releaseReads(draft, found, before);
  return undefined;
}

function globalData(parameter: string, kind: PortKind): DataMap {
  const text = `{{workflow.parameters.${parameter}}}`;
  return kind === "parameter" ? { value: text } : { raw: { data: text } };
}

/** Declares the parameter as an input of the entrypoint, if it is not yet, and gives the argument that reads it. */
function entryData(draft: Draft, workflow: Workflow, graph: Template, parameter: string, kind: PortKind): DataMap {
  const port = { direction: "input", port: kind, name: parameter } as const;
  const list = [...graph.place, "inputs", `${kind}s`];
  if (indexByName(draft.at(list), parameter) < 0) declarePort(draft, graph, port, { name: parameter }, true);
  if (kind === "parameter") return { value: `{{inputs.parameters.${parameter}}}` };
  const artifacts = [...workflow.specPlace, "arguments", "artifacts"];
  const raw: Data = { name: parameter, raw: { data: `{{workflow.parameters.${parameter}}}` } };
  if (indexByName(draft.at(artifacts), parameter) < 0) addItem(draft, artifacts, raw, sortedIndex(draft.at(artifacts), parameter));
  return { from: `{{inputs.artifacts.${parameter}}}` };
}
