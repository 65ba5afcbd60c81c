import { isMap, type Path } from "#data/data.ts";
import { removePruned } from "#document/edit-draft.ts";
import { note } from "#document/edit-targets.ts";
import type { PortKind } from "#pipeline/model.ts";
import { conditionReads, inputsInText } from "../syntax/renaming.ts";
import { drop, fieldAt, fieldPath } from "./field-operations.ts";
import type { FoundReference } from "./references.ts";
import { argumentPath, calleeName, callersNow, isGraph, messagePath, portPath, referencesOf, type Spec } from "./pipeline-spec.ts";

// Taking out what refers to something that is gone: arguments, selectors of outputs, and on every level what only passed the value on.

/** Removes all references in a graph that `isGone` picks, with a note for each input that is open now. */
export function dropReference(spec: Spec, graph: string, isGone: (one: FoundReference) => boolean): void {
  // From the last to the first, so that indexes of lists stay right.
  for (const one of [...referencesOf(spec, graph)].reverse()) {
    if (!isGone(one)) continue;
    if (one.where === "argument") dropArgument(spec, { kind: one.kind, path: one.path, reader: one.reader ?? "" });
    else if (one.where === "output") dropOutputSelector(spec, graph, one);
    else dropSetting(spec, one);
  }
}

function dropArgument(spec: Spec, { kind, path, reader }: { readonly kind: PortKind; readonly path: Path; readonly reader: string }): void {
  const { draft } = spec;
  const task = path.slice(0, -3);
  const name = path.at(-1) as string;
  const data = draft.at(task);
  if (!isMap(data) || draft.at(path) === undefined) return;
  removePruned(draft, path, task);
  dropControl(spec, task, { kind, name, reader });
  const component = calleeName(data);
  const message = component === undefined ? undefined : messagePath(spec, component);
  const definition = message && portPath(draft, message, { side: "input", kind, name });
  if (component === undefined || !message || !definition || draft.at(definition) === undefined || !isGraph(spec, message)) {
    draft.note(note("edit-argument-opened", { task: reader, input: name }, task));
    return;
  }
  // A port of a group is there for what passes through it; a sub-pipeline keeps the ports of its own.
  if (!name.startsWith("pipelinechannel--") || callersNow(spec, component).length > 1) {
    draft.note(note("edit-argument-opened", { task: reader, input: name }, task));
    return;
  }
  dropReference(spec, component, (one) => one.kind === kind && one.source.of === "graph" && one.source.input === name);
  drop(draft, definition, message);
}

/** A condition, a loop and texts of the task itself that read the input. */
function dropControl(
  spec: Spec,
  task: Path,
  { kind, name, reader }: { readonly kind: PortKind; readonly name: string; readonly reader: string },
): void {
  const { draft } = spec;
  const condition = fieldPath(draft, task, "triggerPolicy", "condition");
  const text = draft.at(condition);
  if (typeof text === "string" && conditionReads(text, kind, name)) {
    drop(draft, condition, task);
    draft.note(note("edit-when-dropped", { task: reader }, task));
  }
  const iterator = fieldPath(draft, task, `${kind}Iterator`);
  if (fieldAt(draft, iterator, "items", kind === "parameter" ? "inputParameter" : "inputArtifact") === name) {
    drop(draft, iterator, task);
    draft.note(note("edit-loop-dropped", { task: reader }, task));
  }
  if (kind === "artifact") return;
  const inputs = fieldAt(draft, task, "inputs", "parameters");
  for (const [other, binding] of Object.entries(isMap(inputs) ? inputs : {})) {
    const constant = fieldAt(draft, argumentPath(draft, task, "parameter", other), "runtimeValue", "constant");
    if (typeof constant !== "string" || !inputsInText(constant).includes(name) || binding === null) continue;
    drop(draft, argumentPath(draft, task, "parameter", other), task);
    draft.note(note("edit-argument-opened", { task: reader, input: other }, task));
  }
}

/** Removes a selector of an output; without selectors left, the output and what reads it are removed, too. */
function dropOutputSelector(spec: Spec, graph: string, { path, kind }: FoundReference): void {
  const { draft } = spec;
  const at = path.lastIndexOf("outputs");
  const output = path.slice(0, at + 3);
  const name = output.at(-1) as string;
  const list = typeof path.at(-1) === "number" ? draft.at(path.slice(0, -1)) : undefined;
  if (Array.isArray(list) && list.length > 1) {
    const left = list.filter((_, index) => index !== path.at(-1)) as readonly (typeof list)[number][];
    if (kind === "parameter" && left.length === 1) draft.set(output, { valueFromParameter: left[0] as never });
    else draft.remove(path);
    return;
  }
  dropOutput(spec, graph, kind, name);
}

/** Removes an output of a graph, and what reads it wherever a task runs the graph. */
export function dropOutput(spec: Spec, graph: string, kind: PortKind, name: string): void {
  const { draft } = spec;
  const message = messagePath(spec, graph);
  drop(draft, [...fieldPath(draft, message, "dag", "outputs", `${kind}s`), name], [...message, "dag"]);
  drop(draft, portPath(draft, message, { side: "output", kind, name }), message);
  for (const { graph: outer, key } of callersNow(spec, graph))
    dropReference(
      spec,
      outer,
      (one) => one.kind === kind && one.source.of === "task" && one.source.task === key && one.source.output === name,
    );
  draft.note(note("edit-output-dropped", { output: name, template: graph }, message));
}

/** A setting whose value is gone: the item of a list (a mount, a variable), else the field itself. */
function dropSetting({ draft }: Spec, { path, reader }: FoundReference): void {
  const executors = path.lastIndexOf("executors");
  const item = path.findIndex((step, index) => index > executors && typeof step === "number");
  const target = item < 0 ? path : path.slice(0, item + 1);
  if (draft.at(target) === undefined) return;
  removePruned(draft, target, path.slice(0, executors + 1));
  draft.note(
    note("edit-setting-dropped", { task: reader ?? "", setting: String(path[executors + 2] ?? "") }, path.slice(0, executors + 2)),
  );
}
