import { type DataMap, field, isMap, type Path, sameData } from "#data/data.ts";
import { diffOperations } from "#data/difference.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { findTask, isRefused, note, refuse } from "#document/edit-targets.ts";
import type { RenamedPort } from "#pipeline/authoring-edit.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { PortKind } from "#pipeline/model.ts";
import { constantBinding } from "../syntax/bindings.ts";
import { typedValue } from "../syntax/values.ts";
import { dropArgument, dropMissingOutputs } from "./add-tasks.ts";
import { controlUse } from "./arguments.ts";
import { isNative, loweredFrom } from "./component-spec.ts";
import { entriesAt, fieldAt, fieldPath, put } from "./field-operations.ts";
import { executorUses, isOwn } from "./free-names.ts";
import { type LoweredComponent, sortedKeys } from "./lower-component.ts";
import { argumentPath, callersNow, messagePath, type Spec, specOf } from "./pipeline-spec.ts";
import { renameInput, renameOutput } from "./rename-ports.ts";

/**
 * Another component for a task: ports and program change, settings, wires and constants of inputs that still exist stay. A component in the
 * terms of KFP v2 (an edited Python function) may be run by several tasks, all of which follow; otherwise the task has to have a component
 * and an executor of its own.
 */
export function updateComponent(draft: Draft, edit: Extract<Edit, { kind: "update-component" }>): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { workflow, task, callee } = found;
  if (!callee?.executor || callee.kind !== "container") return refuse("authoring-not-a-component", { task: task.name }, task.path);
  const spec = specOf(draft, workflow);
  const { executor } = callee;
  const uses = executorUses(spec, executor.label);
  if (uses > 1 || (!isNative(edit.spec) && !isOwn(spec, callee.name)))
    return refuse("authoring-template-shared", { template: callee.name, n: Math.max(uses, 2), task: task.name }, callee.path);
  const lowered = loweredFrom(edit.spec);
  if ("refusal" in lowered) return lowered;
  for (const port of edit.renamed ?? []) renamePort(spec, callee.name, port);
  const message = messagePath(spec, callee.name);
  const old = draft.at(message);
  if (!isMap(old)) return refuse("authoring-not-a-component", { task: task.name }, task.path);
  const bad = controlledInput(spec, callee.name, lowered);
  if (bad) return bad;
  const before = { parameter: declared(spec, callee.name, "parameter"), artifact: declared(spec, callee.name, "artifact") };
  const { inputDefinitions: _, outputDefinitions: __, input_definitions: ___, output_definitions: ____, ...kept } = old;
  draft.take(diffOperations(old, sortedKeys({ ...kept, ...lowered.component }), message));
  const container = fieldAt(draft, executor.path, "container");
  const fresh = lowered.executor.container as DataMap;
  const { args: _args, command: _command, image: _image, ...settings } = isMap(container) ? container : {};
  draft.take(diffOperations(container ?? {}, sortedKeys({ ...settings, ...fresh }), [...executor.path, "container"]));
  for (const { graph, key, path } of callersNow(spec, callee.name)) {
    followPorts(spec, { key, path }, { lowered, before });
    dropMissingOutputs(spec, { graph, task: key }, outputsOf(lowered));
  }
  return undefined;
}

function renamePort(spec: Spec, component: string, { side, kind, from, to }: RenamedPort): void {
  if (side === "input") renameInput(spec, component, kind, { from, to });
  else renameOutput(spec, component, kind, { from, to });
}

/** An input that the condition or the loop of a task reads cannot go. */
function controlledInput(spec: Spec, component: string, { inputs }: LoweredComponent): Refused | undefined {
  const { draft } = spec;
  for (const { key, path } of callersNow(spec, component))
    for (const kind of ["parameter", "artifact"] as const)
      for (const name of declared(spec, component, kind)) {
        if ([...inputs.values()].some((one) => one.name === name && one.kind === kind)) continue;
        const use = draft.at(argumentPath(draft, path, kind, name)) === undefined ? undefined : controlUse(draft, path, { name, kind });
        if (use) return refuse(`edit-read-by-${use}`, { task: key, input: name }, path);
      }
  return undefined;
}

/** The names of the inputs that a component declares now. */
function declared(spec: Spec, component: string, kind: PortKind): readonly string[] {
  return entriesAt(spec.draft, messagePath(spec, component), "inputDefinitions", `${kind}s`).map(({ key }) => key);
}

/** Arguments of ports that are gone go, each with a note; constants become values of the new type, or go. */
function followPorts(
  spec: Spec,
  { key, path: task }: { readonly key: string; readonly path: Path },
  { lowered, before }: { readonly lowered: LoweredComponent; readonly before: Readonly<Record<PortKind, readonly string[]>> },
): void {
  const { draft } = spec;
  const ports = [...lowered.inputs.values()];
  for (const kind of ["parameter", "artifact"] as const)
    for (const { key: name, path } of entriesAt(draft, task, "inputs", `${kind}s`)) {
      // What no component declares belongs to settings.
      if (!before[kind].includes(name)) continue;
      const port = ports.find((one) => one.name === name && one.kind === kind);
      const constant = fieldPath(draft, path, "runtimeValue", "constant");
      const value = port && draft.at(constant);
      const typed = value === undefined ? undefined : typedValue(value, port?.type);
      if (typed?.ok && !sameData(typed.value, value ?? null)) draft.set(constant, typed.value);
      if (port && typed?.ok !== false) continue;
      dropArgument(spec, task, { name, kind });
      draft.note(note("edit-argument-dropped", { task: key, input: name }, task));
    }
  for (const [name, port] of lowered.inputs) {
    const path = argumentPath(draft, task, "parameter", port.name);
    // Some servers do not fill in defaults that a command mentions.
    if (port.kind === "parameter" && port.fallback !== undefined && lowered.mentioned.has(name) && draft.at(path) === undefined)
      put(draft, path, constantBinding(port.fallback));
  }
}

function outputsOf({ component }: LoweredComponent): readonly { readonly name: string; readonly kind: string }[] {
  return (["parameter", "artifact"] as const).flatMap((kind) => {
    const map = field(component.outputDefinitions, `${kind}s`);
    return Object.keys(isMap(map) ? map : {}).map((name) => ({ name, kind }));
  });
}
