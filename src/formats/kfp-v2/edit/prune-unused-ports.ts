import { isMap } from "#data/data.ts";
import type { Draft } from "#document/edit-draft.ts";
import { workflowsOf } from "#document/edit-targets.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { Workflow } from "#pipeline/model.ts";
import { isBoundaryName } from "../syntax/boundary-names.ts";
import { addToSet, drop, entriesAt, fieldAt, fieldPath, removeFromSet } from "./field-operations.ts";
import { argumentPath, callersNow, isGraph, messageNames, messagePath, portPath, type Spec, specBefore, specOf } from "./pipeline-spec.ts";
import { changesReads, portKey, taskKey, taskOfKey, type Uses, usesOf } from "./uses.ts";

// After an edit: ports of groups that it left without a use go, on every level, and tasks wait for what they read.

const settled = new Set<Edit["kind"]>([
  "connect",
  "disconnect",
  "set-argument",
  "clear-argument",
  "bind-parameter",
  "add-task",
  "remove-task",
  "remove-parameter",
  "remove-port",
  "retarget-task",
  "update-component",
  "set-setting",
  "unset-setting",
  "set-when",
  "clear-when",
  "set-loop",
  "clear-loop",
  "change-control",
  "mount-volume",
  "unmount-volume",
]);

/** Takes out what the edit left without use, and brings the order of tasks up to date with what they read. */
export function pruneUnusedPorts(draft: Draft, edit: Edit): void {
  if (!settled.has(edit.kind) || draft.operations.length === 0) return;
  for (const workflow of workflowsOf(draft)) if (workflow.format === "kfp-v2") settleWorkflow(draft, workflow);
}

/** As `settle`, for one pipeline. */
export function settleWorkflow(draft: Draft, workflow: Workflow): void {
  const specThen = specBefore(draft, workflow);
  const spec = specOf(draft, workflow);
  if (!changesReads(specThen, spec)) return;
  const before = usesOf(specThen);
  let now = usesOf(spec);
  while (prune(spec, before, now)) now = usesOf(spec);
  order(spec, before, now);
}

/** Removes what was read before and is not read now; returns whether there was anything. */
function prune(spec: Spec, before: Uses, now: Uses): boolean {
  if ([...before.read].every((key) => now.read.has(key))) return false;
  const length = spec.draft.operations.length;
  for (const name of messageNames(spec)) {
    const message = messagePath(spec, name);
    if (isGraph(spec, message)) prunePorts(spec, name, (key) => before.read.has(key) && !now.read.has(key));
  }
  for (const graph of messageNames(spec))
    for (const { key, path, value } of entriesAt(spec.draft, messagePath(spec, graph), "dag", "tasks"))
      pruneUndeclared(spec, { path, component: fieldAt({ at: () => value }, [], "componentRef") }, (input) => {
        const use = taskKey(graph, key, input);
        return before.read.has(use) && !now.read.has(use);
      });
  return spec.draft.operations.length > length;
}

function prunePorts(spec: Spec, graph: string, isUnread: (key: string) => boolean): void {
  const { draft } = spec;
  const message = messagePath(spec, graph);
  for (const kind of ["parameter", "artifact"] as const) {
    for (const { key } of entriesAt(draft, message, "inputDefinitions", `${kind}s`)) {
      if (!isBoundaryName(key) || !isUnread(portKey(graph, "input", kind, key))) continue;
      drop(draft, portPath(draft, message, { side: "input", kind, name: key }), message);
      for (const { path } of callersNow(spec, graph)) drop(draft, argumentPath(draft, path, kind, key), path);
    }
    for (const { key } of entriesAt(draft, message, "outputDefinitions", `${kind}s`)) {
      if (!isBoundaryName(key) || !isUnread(portKey(graph, "output", kind, key))) continue;
      drop(draft, portPath(draft, message, { side: "output", kind, name: key }), message);
      drop(draft, [...fieldPath(draft, message, "dag", "outputs", `${kind}s`), key], [...message, "dag"]);
    }
  }
}

/** Inputs that only a text or the program spliced in. */
function pruneUndeclared(
  spec: Spec,
  { path, component }: { readonly path: readonly (string | number)[]; readonly component: unknown },
  isUnread: (input: string) => boolean,
): void {
  const { draft } = spec;
  const name = isMap(component as never) ? (component as { readonly name?: unknown }).name : undefined;
  const message = typeof name === "string" ? messagePath(spec, name) : undefined;
  for (const kind of ["parameter", "artifact"] as const)
    for (const { key } of entriesAt(draft, path, "inputs", `${kind}s`)) {
      if (!isBoundaryName(key) || !isUnread(key)) continue;
      if (message && draft.at(portPath(draft, message, { side: "input", kind, name: key })) !== undefined) continue;
      drop(draft, argumentPath(draft, path, kind, key), path);
    }
}

/** A task waits for what it reads now, and no longer for what only its wires made it wait for. An exit task keeps what it waits for. */
function order(spec: Spec, before: Uses, now: Uses): void {
  const { draft } = spec;
  for (const reader of new Set([...before.producers.keys(), ...now.producers.keys()])) {
    const [old, fresh] = [before.producers.get(reader), now.producers.get(reader)];
    if (isSameSet(old, fresh)) continue;
    const { graph, task } = taskOfKey(reader);
    const path = [...fieldPath(draft, messagePath(spec, graph), "dag", "tasks"), task];
    if (!isMap(draft.at(path))) continue;
    const list = fieldPath(draft, path, "dependentTasks");
    const strategy = fieldAt(draft, path, "triggerPolicy", "strategy");
    const isExit = strategy === "ALL_UPSTREAM_TASKS_COMPLETED" || strategy === 2;
    for (const one of old ?? []) if (!fresh?.has(one) && !isExit) removeFromSet(draft, list, one, path);
    for (const one of fresh ?? []) if (!old?.has(one)) addToSet(draft, list, one);
  }
}

function isSameSet(a: ReadonlySet<string> = none, b: ReadonlySet<string> = none): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}

const none: ReadonlySet<string> = new Set();
