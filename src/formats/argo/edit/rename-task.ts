import type { Edit } from "#pipeline/edit.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import { renameInDepends } from "../syntax/depends.ts";
import { isList, isMap } from "#data/data.ts";
import { copyTemplate } from "./copy-template.ts";
import { type Draft, type Refused, setDeep } from "#document/edit-draft.ts";
import { renameReferences } from "./rename-references.ts";
import { badTaskName, tasksPath } from "./paths-and-names.ts";
import { callsOf, findTask, type FoundTask, isRefused, refuse, uniqueName } from "#document/edit-targets.ts";
import { allTemplates } from "#pipeline/resolve-call.ts";
import { nowAt, takenTask } from "./tasks.ts";
import { takenTemplate, usesOf } from "./templates.ts";
import { flavorOf } from "../flavor/flavor-of.ts";
import { annotation } from "../kfp/annotation-keys.ts";

// What a task is called: the name people see, and the identifier that everything else refers to.

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/** Renames what people see: in a KFP file the display name of the step, in any other the identifier itself. */
export function renameTask(draft: Draft, edit: Of<"rename-task">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { workflow, task, callee } = found;
  const leaf = callee && callee.kind !== "dag" && callee.kind !== "steps";
  if (!flavorOf(workflow).hasCompiledSteps || !leaf)
    return changeIdentifier(draft, { kind: "change-identifier", task: edit.task, name: edit.name });
  if (edit.name.trim() === "") return refuse("edit-name-empty", {}, task.path);
  const path = [...callee.path, "metadata", "annotations", annotation.displayName];
  return setDeep(draft, path, edit.name) ? undefined : refuse("edit-path-misfit", { path: "metadata.annotations" }, callee.path);
}

/** Renames a call and everything that names it; in a KFP file also its template and its outputs, on all their ways. */
export function changeIdentifier(draft: Draft, edit: Of<"change-identifier">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { workflow, graph, task, callee } = found;
  if (edit.name === task.name) return undefined;
  const own = ownTemplate(draft, found);
  const bad = badTaskName(edit.name, task.path) ?? takenTask(graph, edit.name) ?? (own && takenTemplate(workflow, edit.name));
  if (bad) return bad;
  draft.set([...task.path, "name"], edit.name);
  renameCall(draft, graph, task.name, edit.name);
  if (!own || !callee) return undefined;
  for (const use of usesOf(draft, workflow, callee.name)) draft.set(use.path, edit.name);
  draft.set([...callee.path, "name"], edit.name);
  renameOutputs(draft, workflow, callee, edit.name);
  return undefined;
}

/** The template which a KFP step has for itself alone, by the step's own name. */
function ownTemplate(draft: Draft, { workflow, task, callee }: FoundTask): Template | undefined {
  if (!flavorOf(workflow).hasCompiledSteps || !callee || task.call.kind !== "template") return undefined;
  return callee.name === task.name && callsOf(draft.model, callee).length === 1 ? callee : undefined;
}

/** The places in a graph template that name one of its calls. */
function renameCall(draft: Draft, graph: Template, from: string, to: string): void {
  renameReferences(draft, graph.path, { kind: "task", from, to });
  for (const { path } of graph.tasks) {
    const list = draft.at([...path, "dependencies"]);
    if (isList(list)) list.forEach((name, index) => name === from && draft.set([...path, "dependencies", index], to));
    const formula = draft.at([...path, "depends"]);
    if (typeof formula === "string") draft.set([...path, "depends"], renameInDepends(formula, from, to));
  }
  const target = [...(tasksPath(graph) ?? []).slice(0, -1), "target"];
  const names = graph.kind === "dag" ? draft.at(target) : undefined;
  if (typeof names === "string")
    draft.set(
      target,
      names
        .split(/(\s+)/)
        .map((name) => (name === from ? to : name))
        .join(""),
    );
}

/**
 * KFP (docs/spec/kfp-v1.md#output-names): an output is called `<task>-<output>` at the producer, as argument, as input of the consumer and
 * on every boundary between; all of these change together.
 */
function renameOutputs(draft: Draft, workflow: Workflow, template: Template, to: string): void {
  const old = new Set(template.outputs.map((output) => output.name).filter((name) => name.startsWith(`${template.name}-`)));
  const all = allTemplates(workflow);
  const taken = new Set(all.flatMap((one) => [...one.inputs, ...one.outputs].map((port) => port.name)));
  for (const name of old) {
    const fresh = to + name.slice(template.name.length);
    if (taken.has(fresh)) continue;
    for (const one of all) {
      for (const port of [...one.inputs, ...one.outputs]) if (port.name === name) draft.set([...port.path, "name"], fresh);
      for (const task of one.tasks) {
        for (const argument of task.arguments) if (argument.name === name) draft.set([...argument.path, "name"], fresh);
      }
    }
    for (const port of ["parameter", "artifact"] as const) {
      renameReferences(draft, workflow.specPath, { kind: "input", port, from: name, to: fresh });
      for (const one of all) {
        if (!one.outputs.some((output) => output.name === name && output.kind === port)) continue;
        for (const { graph, task } of callsOf(draft.model, one)) {
          // The producer's call has its new name already.
          const called = one === template ? to : task.name;
          renameReferences(draft, graph.path, { kind: "task-output", task: called, port, from: name, to: fresh });
        }
      }
    }
  }
}

/** Gives a call a copy of its template, so that changing it changes no other call. */
export function makeSeparate(draft: Draft, edit: Of<"make-separate">): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { workflow, graph, task, callee } = found;
  if (task.call.kind !== "template" || !callee) return refuse("edit-not-shared", { task: task.name }, task.path);
  const taken = (name: string) => workflow.templates.some((other) => other.name === name);
  const bad = edit.name === undefined ? undefined : (badTaskName(edit.name, task.path) ?? takenTemplate(workflow, edit.name));
  if (bad) return bad;
  const name = edit.name ?? uniqueName(taken(task.name) ? callee.name : task.name, taken);
  if (!isMap(draft.at(callee.path))) return refuse("edit-not-shared", { task: task.name }, task.path);
  draft.set([...task.path, "template"], name);
  const [path, copy] = copyTemplate(draft, workflow, callee, name);
  draft.insert(path, copy);
  // Outputs that took the copy's name are read under it from now on.
  const here = nowAt(draft, workflow, graph.path);
  for (const output of callee.outputs) {
    const fresh = flavorOf(workflow).outputOfCopy(output.name, callee.name, name);
    if (fresh === output.name) continue;
    renameReferences(draft, here, { kind: "task-output", task: task.name, port: output.kind, from: output.name, to: fresh });
  }
  return undefined;
}
