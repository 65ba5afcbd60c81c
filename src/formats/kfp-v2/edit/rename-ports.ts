import { type Data, isList, isMap, type Path } from "#data/data.ts";
import { rewriteTexts } from "#document/edit-draft.ts";
import type { PortKind } from "#pipeline/model.ts";
import { boundaryNameOf } from "../syntax/boundary-names.ts";
import { renameInCondition, renameInPlaceholders } from "../syntax/renaming.ts";
import { entriesAt, fieldAt, fieldPath, renameKey } from "./field-operations.ts";
import { argumentPath, calleeName, callersNow, isGraph, messagePath, portPath, referencesOf, type Spec } from "./pipeline-spec.ts";

// New names for ports of components, and for everything that is named after them: the SDK calls a port of a group after the value that
// passes through it, `pipelinechannel--TASK-OUTPUT`, on every level.

interface Names {
  readonly from: string;
  readonly to: string;
}

/** Renames an input of a component: its definition, the arguments of all tasks that run it, and what reads it inside. False: the name is taken. */
export function renameInput(spec: Spec, component: string, kind: PortKind, names: Names): boolean {
  const { draft } = spec;
  const message = messagePath(spec, component);
  const { from, to } = names;
  if (draft.at(portPath(draft, message, { side: "input", kind, name: to })) !== undefined) return false;
  renameKey(draft, portPath(draft, message, { side: "input", kind, name: from }), to);
  for (const { path } of callersNow(spec, component)) renameArgument(spec, path, kind, names);
  if (!isGraph(spec, message)) {
    renameInExecutor(spec, message, { side: "input", kind }, names);
    return true;
  }
  for (const one of referencesOf(spec, component))
    if (one.kind === kind && one.source.of === "graph" && one.source.input === from && one.namePath) draft.set(one.namePath, to);
  followInside(spec, component, kind, names);
  return true;
}

/** Renames an input of one task, with what names it in the task itself: the iterator, the condition, placeholders in constants. */
function renameArgument(spec: Spec, task: Path, kind: PortKind, names: Names): void {
  const { draft } = spec;
  renameKey(draft, argumentPath(draft, task, kind, names.from), names.to);
  const iterator = fieldPath(draft, task, `${kind}Iterator`);
  const list = fieldPath(draft, iterator, "items", kind === "parameter" ? "inputParameter" : "inputArtifact");
  if (draft.at(list) === names.from) draft.set(list, names.to);
  const item = fieldPath(draft, iterator, "itemInput");
  if (draft.at(item) === names.from) draft.set(item, names.to);
  const condition = fieldPath(draft, task, "triggerPolicy", "condition");
  const text = draft.at(condition);
  if (typeof text === "string") draft.set(condition, renameInCondition(text, kind, names));
  if (kind === "parameter")
    rewriteTexts(draft, fieldPath(draft, task, "inputs"), (one) => renameInPlaceholders(one, { side: "input", kind }, names));
}

/** Placeholders in the program of a leaf. */
export function renameInExecutor(
  spec: Spec,
  message: Path,
  port: { readonly side: "input" | "output"; readonly kind: PortKind },
  names: Names,
): void {
  const { draft, workflow } = spec;
  const label = fieldAt(draft, message, "executorLabel");
  if (typeof label !== "string") return;
  const executor = [...fieldPath(draft, workflow.specPath, "deploymentSpec", "executors"), label];
  rewriteTexts(draft, executor, (text) => renameInPlaceholders(text, port, names));
}

/** Inputs of the tasks inside that the same value passes through, under the same name, follow; so do undeclared ones that texts splice in. */
function followInside(spec: Spec, graph: string, kind: PortKind, names: Names): void {
  const { draft } = spec;
  for (const { value, path } of entriesAt(draft, messagePath(spec, graph), "dag", "tasks")) {
    if (draft.at(argumentPath(draft, path, kind, names.from)) === undefined) continue;
    followArgument(spec, { component: calleeName(value), path }, kind, names);
  }
  // A loop's item is called after the list.
  for (const { path } of callersNow(spec, graph)) {
    const item = fieldAt(draft, path, `${kind}Iterator`, "itemInput");
    const list = fieldAt(draft, path, `${kind}Iterator`, "items", kind === "parameter" ? "inputParameter" : "inputArtifact");
    if (list !== names.to || item !== `${names.from}-loop-item`) continue;
    renameInput(spec, graph, kind, { from: item, to: `${names.to}-loop-item` });
    return;
  }
}

/** If a task passes `source` of its graph on under the old name, that name follows. */
export function followInput(
  spec: Spec,
  path: Path,
  kind: PortKind,
  { names, source }: { readonly names: Names; readonly source: string },
): void {
  const { draft } = spec;
  const data = draft.at(path);
  const given = fieldAt(
    draft,
    argumentPath(draft, path, kind, names.from),
    kind === "parameter" ? "componentInputParameter" : "componentInputArtifact",
  );
  if (isMap(data) && given === source) followArgument(spec, { component: calleeName(data), path }, kind, names);
}

function followArgument(
  spec: Spec,
  { component, path }: { readonly component: string | undefined; readonly path: Path },
  kind: PortKind,
  names: Names,
): void {
  const { draft } = spec;
  const message = component === undefined ? undefined : messagePath(spec, component);
  const isDeclared = message && draft.at(portPath(draft, message, { side: "input", kind, name: names.from })) !== undefined;
  if (component !== undefined && message && isDeclared && isGraph(spec, message)) {
    renameInput(spec, component, kind, names);
    return;
  }
  if (isDeclared || draft.at(argumentPath(draft, path, kind, names.to)) !== undefined) return;
  renameArgument(spec, path, kind, names);
  if (message && component !== undefined && callersNow(spec, component).length === 1)
    renameInExecutor(spec, message, { side: "input", kind }, names);
}

/** Renames an output of a component: its definition, its source, and what reads it from the tasks that run it. False: the name is taken. */
export function renameOutput(spec: Spec, component: string, kind: PortKind, names: Names): boolean {
  const { draft } = spec;
  const message = messagePath(spec, component);
  const port = (name: string) => portPath(draft, message, { side: "output", kind, name });
  if (draft.at(port(names.to)) !== undefined) return false;
  renameKey(draft, port(names.from), names.to);
  if (isGraph(spec, message)) renameKey(draft, [...fieldPath(draft, message, "dag", "outputs", `${kind}s`), names.from], names.to);
  else renameInExecutor(spec, message, { side: "output", kind }, names);
  for (const { graph, key } of callersNow(spec, component)) {
    for (const one of referencesOf(spec, graph))
      if (one.kind === kind && one.source.of === "task" && one.source.task === key && one.source.output === names.from && one.namePath)
        draft.set(one.namePath, names.to);
    renameBoundaryNames(spec, graph, { kind, from: { task: key, output: names.from }, to: { task: key, output: names.to } });
  }
  return true;
}

/** An output of a task of a graph under its old and its new name; the references to it have the new one already. */
export interface RenamedOutput {
  readonly kind: PortKind;
  readonly from: { readonly task: string; readonly output: string };
  readonly to: { readonly task: string; readonly output: string };
}

/** Renames the ports of groups that are called after an output of a task, in the graph of the task, below it and above it. */
export function renameBoundaryNames(spec: Spec, graph: string, { kind, from, to }: RenamedOutput): void {
  const { draft } = spec;
  const names: Names = { from: boundaryNameOf(from.task, from.output), to: boundaryNameOf(to.task, to.output) };
  for (const one of referencesOf(spec, graph)) {
    if (one.kind !== kind || one.source.of !== "task" || one.source.task !== to.task || one.source.output !== to.output) continue;
    if (one.where === "argument" && one.path.at(-1) === names.from) {
      const task = one.path.slice(0, -3);
      const data = draft.at(task);
      if (isMap(data)) followArgument(spec, { component: calleeName(data), path: task }, kind, names);
    }
    if (one.where === "output" && isOutputNamed(one.path, names.from)) renameOutput(spec, graph, kind, names);
  }
}

/** Whether a selector's path is within the output of that name. */
function isOutputNamed(path: Path, name: string): boolean {
  const outputs = path.lastIndexOf("outputs");
  return path[outputs + 2] === name;
}

/** Whether a text names the port in some placeholder; for telling which executors a rename would change. */
export function mentions(data: Data | undefined, text: string): boolean {
  if (typeof data === "string") return data.includes(text);
  if (isList(data)) return data.some((one) => mentions(one, text));
  return isMap(data) && Object.values(data).some((one) => mentions(one, text));
}
