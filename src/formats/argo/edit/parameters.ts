import type { Reference } from "#pipeline/binding.ts";
import { type Data, type DataMap, isList, type Path } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { PipelineParameter, Template, Workflow } from "#pipeline/model.ts";
import { addItem, type Draft, type Refused, removePruned, setDeep } from "#document/edit-draft.ts";
import { dropReads, graphsOf, itemNow, reportLeft } from "./drop-readers.ts";
import { removePort, renamePort } from "./ports.ts";
import { renameReferences } from "./rename-references.ts";
import { badPortName, sortedIndex, templatesPath } from "./paths-and-names.ts";
import { findWorkflow, isRefused, nearestValue, note, refuse } from "#document/edit-targets.ts";
import { changePipelineSpec, isSpecInput, pipelineSpec, specInput } from "../kfp/edit/pipeline-spec.ts";
import { ownEntrypoint, pipelineName } from "../kfp/edit/object-name.ts";
import { renameTemplate } from "./templates.ts";
import { flavorOf } from "../flavor/flavor-of.ts";

// The pipeline's parameters (spec.arguments.parameters) and its name. In a KFP file the annotation `pipeline_spec` says the same
// once more, with types; both are kept in step.

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/** Adds a parameter behind the others. */
export function addParameter(draft: Draft, edit: Of<"add-parameter">): Refused | undefined {
  const workflow = findWorkflow(draft, edit.workflow);
  if (isRefused(workflow)) return workflow;
  const bad = badPortName(edit.name, workflow.specPath) ?? takenParameter(workflow, edit.name);
  if (bad) return bad;
  const value = parameterValue(workflow, edit.value ?? undefined);
  const described = !flavorOf(workflow).hasPipelineSpec && edit.description !== undefined;
  const data: DataMap = {
    name: edit.name,
    ...(value !== undefined && { value }),
    ...(described && { description: edit.description as string }),
  };
  addItem(draft, parametersPath(workflow), data, undefined, "templates");
  changePipelineSpec(draft, workflow, (spec) => {
    const input = specInput({ name: edit.name }, edit, value);
    return { ...spec, inputs: [...listOf(spec.inputs), input] };
  });
  reportType(draft, workflow, edit);
  return undefined;
}

/** Removes a parameter; what read it is left without a value and reported. */
export function removeParameter(draft: Draft, edit: Of<"remove-parameter">): Refused | undefined {
  const found = findParameter(draft, edit);
  if (isRefused(found)) return found;
  const { workflow, parameter } = found;
  const reads = (reference: Reference) => reference.kind === "pipeline-parameter" && reference.name === parameter.name;
  for (const graph of graphsOf(workflow)) dropReads(draft, workflow, graph, reads);
  for (const template of workflow.templates) if (template.tasks.length === 0) reportLeft(draft, template.path, template.name, reads);
  // An input of the entrypoint which the parameter fed would stay open.
  for (const template of feedsOf(workflow, parameter.name)) {
    if (!template.inputs.some((input) => input.kind === "parameter" && input.name === parameter.name && input.required)) continue;
    removePort(draft, { kind: "remove-port", template: template.id, direction: "input", port: "parameter", name: parameter.name });
  }
  if (flavorOf(workflow).keepsEmptyParameters && workflow.parameters.length === 1) draft.set(parametersPath(workflow), []);
  else removePruned(draft, itemNow(draft, parameter.path, parameter.name) ?? parameter.path, workflow.specPath);
  changePipelineSpec(draft, workflow, (spec) => {
    const inputs = listOf(spec.inputs).filter((input) => !isSpecInput(input, parameter.name));
    const { inputs: _, ...rest } = spec;
    return inputs.length > 0 ? { ...spec, inputs } : rest;
  });
  return undefined;
}

/** Gives a parameter another name, wherever it is read. */
export function renameParameter(draft: Draft, edit: Of<"rename-parameter">): Refused | undefined {
  const found = findParameter(draft, edit);
  if (isRefused(found)) return found;
  const { workflow, parameter } = found;
  if (edit.to === parameter.name) return undefined;
  const bad = badPortName(edit.to, parameter.path) ?? takenParameter(workflow, edit.to);
  if (bad) return bad;
  const fed = feedsOf(workflow, parameter.name);
  const clash = fed.find((template) => template.inputs.some((input) => input.kind === "parameter" && input.name === edit.to));
  if (clash) return refuse("edit-port-name-taken", { name: edit.to, template: clash.name }, clash.path);
  draft.set([...parameter.path, "name"], edit.to);
  renameReferences(draft, workflow.path, { kind: "pipeline-parameter", from: parameter.name, to: edit.to });
  // Argo fills the inputs of the entrypoint and of the exit handler from the parameters by equal name.
  for (const template of fed) {
    const refused = renamePort(draft, {
      kind: "rename-port",
      template: template.id,
      direction: "input",
      port: "parameter",
      name: parameter.name,
      to: edit.to,
    });
    if (refused) return refused;
  }
  changePipelineSpec(draft, workflow, (spec) => ({
    ...spec,
    inputs: listOf(spec.inputs).map((input) => (isSpecInput(input, parameter.name) ? { ...(input as DataMap), name: edit.to } : input)),
  }));
  return undefined;
}

/** The templates which Argo feeds with a parameter by equal name. */
export function feedsOf(workflow: Workflow, name: string): readonly Template[] {
  return workflow.templates.filter(
    (template, index) =>
      (template.name === workflow.entrypoint || template.name === workflow.onExit) &&
      workflow.templates.findIndex((other) => other.name === template.name) === index &&
      template.inputs.some((input) => input.kind === "parameter" && input.name === name),
  );
}

/** Sets a parameter's value, type or description; `null` as value takes the value away, so that it must be given for a run. */
export function setParameter(draft: Draft, edit: Of<"set-parameter">): Refused | undefined {
  const found = findParameter(draft, edit);
  if (isRefused(found)) return found;
  const { workflow, parameter } = found;
  const value = edit.value === undefined ? undefined : parameterValue(workflow, edit.value ?? undefined);
  const path = [...parameter.path, "value"];
  if (edit.value === null && parameter.value !== undefined && draft.at(path) !== undefined) draft.remove(path);
  if (value !== undefined) {
    draft.set(path, value);
    for (const key of ["valueFrom", "default"])
      if (draft.at([...parameter.path, key]) !== undefined && key === "valueFrom") draft.remove([...parameter.path, key]);
  }
  if (edit.description !== undefined && !flavorOf(workflow).hasPipelineSpec)
    draft.set([...parameter.path, "description"], edit.description);
  changePipelineSpec(draft, workflow, (spec) => ({
    ...spec,
    inputs: listOf(spec.inputs).map((input) => (isSpecInput(input, parameter.name) ? specInput(input as DataMap, edit, value) : input)),
  }));
  reportType(draft, workflow, edit);
  return undefined;
}

/** Names the object (a `generateName` keeps its dash) and, in a KFP file, the pipeline as people see it. */
export function renameWorkflow(draft: Draft, edit: Of<"rename-workflow">): Refused | undefined {
  const workflow = findWorkflow(draft, edit.workflow);
  if (isRefused(workflow)) return workflow;
  const { hasFreeTitle } = workflow.traits;
  const entry = hasFreeTitle ? ownEntrypoint(draft, workflow) : undefined;
  const name = hasFreeTitle ? pipelineName(workflow, edit.name, entry) : edit.name;
  // Kubernetes: RFC 1123 subdomain; a generated suffix of five letters comes behind a generateName.
  if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name) || name.length > 247)
    return refuse("edit-object-name-invalid", { name: edit.name }, workflow.path);
  const metadata: Path = [...workflow.path, "metadata"];
  const generated =
    draft.at([...metadata, "generateName"]) !== undefined || (hasFreeTitle && draft.at([...metadata, "name"]) === undefined);
  const key = generated && draft.at([...metadata, "name"]) === undefined ? "generateName" : "name";
  const text = key === "generateName" ? `${name}-` : name;
  if (draft.at(metadata) === undefined) draft.set(metadata, { [key]: text }, "spec");
  else if (!setDeep(draft, [...metadata, key], text, "annotations"))
    return refuse("edit-path-misfit", { path: `metadata.${key}` }, metadata);
  changePipelineSpec(draft, workflow, (spec) => ({ ...spec, name: edit.name }));
  if (!entry || key !== "generateName" || entry.name === name) return undefined;
  const list = templatesPath(workflow);
  const refused = renameTemplate(draft, { kind: "rename-template", template: entry.id, name });
  if (refused) return refused;
  const others = (draft.at(list) as readonly Data[]).filter((_, index) => index !== entry.path.at(-1));
  draft.move(entry.path, [...list, sortedIndex(others, name)]);
  return undefined;
}

/** The parameter's path list. */
export function parametersPath(workflow: Workflow): Path {
  return [...workflow.specPath, "arguments", "parameters"];
}

function findParameter(
  draft: Draft,
  edit: { readonly name: string; readonly workflow?: number },
): { readonly workflow: Workflow; readonly parameter: PipelineParameter } | Refused {
  const workflow = findWorkflow(draft, edit.workflow);
  if (isRefused(workflow)) return workflow;
  const parameter = workflow.parameters.find((one) => one.name === edit.name);
  if (parameter) return { workflow, parameter };
  return refuse(
    "edit-parameter-unknown",
    {
      name: edit.name,
      ...nearestValue(
        edit.name,
        workflow.parameters.map((one) => one.name),
      ),
    },
    workflow.specPath,
  );
}

function takenParameter(workflow: Workflow, name: string): Refused | undefined {
  const other = workflow.parameters.find((one) => one.name === name);
  return other && refuse("edit-parameter-name-taken", { name }, other.path);
}

/** A value as the file holds it; undefined if there is none. */
function parameterValue(workflow: Workflow, value: Data | undefined): Data | undefined {
  return value === undefined || value === null ? undefined : flavorOf(workflow).valueData(value);
}

function reportType(draft: Draft, workflow: Workflow, edit: { readonly name: string; readonly type?: string }): void {
  const kept = pipelineSpec(draft, workflow) !== undefined;
  if (edit.type !== undefined && edit.type !== "" && !kept)
    draft.note(note("edit-type-not-kept", { name: edit.name, type: edit.type }, workflow.specPath));
}

function listOf(value: Data | undefined): readonly Data[] {
  return isList(value) ? value : [];
}
