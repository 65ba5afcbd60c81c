import { type Data, isMap, type Path } from "#data/data.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { findWorkflow, isRefused, nearestValue, refuse } from "#document/edit-targets.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { PipelineParameter, Workflow } from "#pipeline/model.ts";
import { templateByName } from "#pipeline/resolve-call.ts";
import { boundaryNameOfInput } from "../syntax/boundary-names.ts";
import { parameterTypeNamed, parameterTypeNames, typedValue } from "../syntax/values.ts";
import { drop, entriesAt, fieldAt, fieldPath, put, renameKey } from "./field-operations.ts";
import { badPortName } from "./free-names.ts";
import { dropReference } from "./remove-references.ts";
import { followInput } from "./rename-ports.ts";
import { calleeName, isGraph, messagePath, portPath, referencesOf, type Spec, specOf } from "./pipeline-spec.ts";

// The parameters of the pipeline: the inputs of `root`.

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;
type Change = Of<"add-parameter"> | Of<"set-parameter">;

/** Adds a parameter; without a type it has the one of its value, else STRING. */
export function addParameter(draft: Draft, edit: Of<"add-parameter">): Refused | undefined {
  const workflow = findWorkflow(draft, edit.workflow);
  if (isRefused(workflow)) return workflow;
  const path = rootPath(draft, workflow);
  if (isRefused(path)) return path;
  const bad = badPortName(edit.name, path) ?? takenInput(workflow, edit.name);
  if (bad) return bad;
  const definition = parameterPath(draft, path, edit.name);
  const type = edit.type === undefined || edit.type === "" ? typeOf(edit.value) : edit.type;
  return put(draft, [...definition, "parameterType"], parameterTypeNamed(type) ?? "STRING")
    ? change(draft, definition, { ...edit, type })
    : refuse("edit-path-misfit", { path: "root.inputDefinitions" }, path);
}

function typeOf(value: Data | undefined): string {
  if (typeof value === "number") return Number.isInteger(value) ? "NUMBER_INTEGER" : "NUMBER_DOUBLE";
  if (typeof value === "boolean") return "BOOLEAN";
  if (typeof value === "object" && value !== null) return isMap(value) ? "STRUCT" : "LIST";
  return "STRING";
}

/** Sets value, type, description, whether it may be left out, and the values that it may have; null as value takes the default away. */
export function setParameter(draft: Draft, edit: Of<"set-parameter">): Refused | undefined {
  const found = findParameter(draft, edit);
  if (isRefused(found)) return found;
  const { workflow, parameter } = found;
  const bad = change(draft, parameter.path, edit);
  if (bad) return bad;
  const type = fieldAt(draft, parameter.path, "parameterType");
  if (edit.type !== undefined && typeof type === "string")
    passType(specOf(draft, workflow), workflow.entrypoint ?? "root", parameter.name, type);
  return undefined;
}

/** Writes what an edit says of a parameter into its definition. */
function change(draft: Draft, path: Path, edit: Change): Refused | undefined {
  const at = (name: string) => fieldPath(draft, path, name);
  const type = edit.type === undefined || edit.type === "" ? fieldAt(draft, path, "parameterType") : parameterTypeNamed(edit.type);
  if (type === undefined && edit.type !== undefined)
    return refuse("edit-parameter-type", { type: edit.type, types: parameterTypeNames.join(", ") }, path);
  const named = typeof type === "string" ? type : undefined;
  const old = fieldAt(draft, path, "defaultValue");
  const wanted = edit.value === undefined ? old : edit.value;
  const values: Data[] = [];
  for (const value of [...(wanted === undefined ? [] : [wanted]), ...(edit.literals ?? [])]) {
    const typed = typedValue(value, named);
    if (!typed.ok) return refuse("edit-constant-type", { input: edit.name, type: named ?? "", expected: typed.expected }, path);
    values.push(typed.value);
  }
  if (edit.type !== undefined && named !== undefined) put(draft, at("parameterType"), named);
  const value = wanted === undefined ? undefined : values.shift();
  if (edit.value === null) {
    drop(draft, at("defaultValue"), path);
    if (edit.optional === undefined) drop(draft, at("isOptional"), path);
  } else if (value !== undefined && (edit.value !== undefined || edit.type !== undefined)) {
    put(draft, at("defaultValue"), value);
    // The SDK writes it with every default.
    if (edit.value !== undefined && edit.optional === undefined) put(draft, at("isOptional"), true);
  }
  if (edit.optional !== undefined) {
    if (edit.optional) put(draft, at("isOptional"), true);
    else drop(draft, at("isOptional"), path);
  }
  if (edit.literals !== undefined) {
    if (edit.literals.length > 0) put(draft, at("literals"), values);
    else drop(draft, at("literals"), path);
  }
  if (edit.description !== undefined) {
    if (edit.description === "") drop(draft, at("description"), path);
    else put(draft, at("description"), edit.description);
  }
  return undefined;
}

/** Inputs of groups that pass the parameter on have its type. */
function passType(spec: Spec, graph: string, input: string, type: string): void {
  const { draft } = spec;
  for (const one of referencesOf(spec, graph)) {
    if (one.where !== "argument" || one.kind !== "parameter" || one.source.of !== "graph" || one.source.input !== input) continue;
    const task = draft.at(one.path.slice(0, -3));
    const component = isMap(task) ? calleeName(task) : undefined;
    const name = one.path.at(-1) as string;
    if (component === undefined || !isGraph(spec, messagePath(spec, component))) continue;
    const path = portPath(draft, messagePath(spec, component), { side: "input", kind: "parameter", name });
    if (fieldAt(draft, path, "parameterType") === type || draft.at(path) === undefined) continue;
    put(draft, fieldPath(draft, path, "parameterType"), type);
    passType(spec, component, name, type);
  }
}

/** Removes a parameter and everything that read it. */
export function removeParameter(draft: Draft, edit: Of<"remove-parameter">): Refused | undefined {
  const found = findParameter(draft, edit);
  if (isRefused(found)) return found;
  const { workflow, parameter } = found;
  const spec = specOf(draft, workflow);
  dropReference(spec, workflow.entrypoint ?? "root", (one) =>
    one.kind === "parameter" && one.source.of === "graph" ? one.source.input === parameter.name : false,
  );
  drop(draft, parameter.path, rootMessage(spec));
  return undefined;
}

function rootMessage(spec: Spec): Path {
  return messagePath(spec, spec.workflow.entrypoint ?? "root");
}

/** Renames a parameter wherever it is read, and the ports of groups that pass it on. */
export function renameParameter(draft: Draft, edit: Of<"rename-parameter">): Refused | undefined {
  const found = findParameter(draft, edit);
  if (isRefused(found)) return found;
  const { workflow, parameter } = found;
  if (edit.to === parameter.name) return undefined;
  const bad = badPortName(edit.to, parameter.path) ?? takenInput(workflow, edit.to);
  if (bad) return bad;
  const spec = specOf(draft, workflow);
  const root = workflow.entrypoint ?? "root";
  for (const one of referencesOf(spec, root))
    if (one.kind === "parameter" && one.source.of === "graph" && one.source.input === parameter.name && one.namePath)
      draft.set(one.namePath, edit.to);
  for (const { path } of entriesAt(draft, messagePath(spec, root), "dag", "tasks"))
    followInput(spec, path, "parameter", {
      names: { from: boundaryNameOfInput(parameter.name), to: boundaryNameOfInput(edit.to) },
      source: edit.to,
    });
  renameKey(draft, parameter.path, edit.to);
  return undefined;
}

/** A parameter of a pipeline by its name. */
export function findParameter(
  draft: Draft,
  edit: { readonly name: string; readonly workflow?: number },
): { readonly workflow: Workflow; readonly parameter: PipelineParameter } | Refused {
  const workflow = findWorkflow(draft, edit.workflow);
  if (isRefused(workflow)) return workflow;
  const parameter = workflow.parameters.find((one) => one.name === edit.name);
  if (parameter) return { workflow, parameter };
  const names = workflow.parameters.map((one) => one.name);
  return refuse("edit-parameter-unknown", { name: edit.name, ...nearestValue(edit.name, names) }, workflow.specPath);
}

function takenInput(workflow: Workflow, name: string): Refused | undefined {
  const root = templateByName(workflow, workflow.entrypoint);
  const other = root?.inputs.find((one) => one.name === name);
  return other && refuse("edit-parameter-name-taken", { name }, other.path);
}

function rootPath(draft: Draft, workflow: Workflow): Path | Refused {
  const path = fieldPath(draft, workflow.specPath, "root");
  return isMap(draft.at(path)) ? path : refuse("edit-path-misfit", { path: "root" }, workflow.path);
}

function parameterPath(draft: Draft, root: Path, name: string): Path {
  return [...fieldPath(draft, root, "inputDefinitions", "parameters"), name];
}
