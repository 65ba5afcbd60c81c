import type { Reference } from "#pipeline/binding.ts";
import type { DataMap } from "#data/data.ts";
import type { PortKind, Task, Template, Workflow } from "#pipeline/model.ts";
import { referencesInData } from "../../syntax/references.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { refuse } from "#document/edit-targets.ts";
import { calleeOf, templateByName } from "#pipeline/resolve-call.ts";
import { parameterIn } from "../../kfp/edit/parameter-in-graph.ts";
import { waitsFor } from "./group-order.ts";
import type { Selection } from "./selection.ts";

// An exit handler runs outside all graphs, when everything else has ended: `spec.onExit`. docs/spec/kfp-v1.md#exit-handlers

/** Why a task cannot become the exit handler of a selection. */
export function exitRefusal(draft: Draft, selection: Selection, name: string): Refused | undefined {
  const { workflow, graph, chosen } = selection;
  const exit = exitTask(selection, name);
  if (workflow.onExit !== undefined) return refuse("authoring-exit-twice", { exit: workflow.onExit }, [...workflow.specPath, "onExit"]);
  if (graph.name !== workflow.entrypoint) return refuse("authoring-exit-nested", {}, graph.path);
  if (!exit || exit.call.kind !== "template") return refuse("edit-task-unknown", { name, nearest: "" }, graph.path);
  if (chosen.has(exit.name)) return refuse("authoring-exit-selected", { exit: exit.name }, exit.path);
  const [before] = waitsFor(exit);
  if (before !== undefined) return refuse("authoring-exit-needs", { exit: exit.name, task: before }, exit.path);
  const reader = graph.tasks.find((task) => waitsFor(task).includes(exit.name));
  if (reader) return refuse("authoring-exit-needs", { exit: reader.name, task: exit.name }, reader.path);
  const callee = calleeOf(draft.model, workflow, exit.call)?.template;
  const foreign = exit.arguments.find(
    (argument) => argument.binding.kind !== "reference" || !isOwnParameter(argument.binding.reference, argument.name),
  );
  if (foreign) return refuse("authoring-exit-needs", { exit: exit.name, task: foreign.name }, foreign.path);
  const others = referencesInData(draft.at(exit.path)).find(({ reference }) => reference.kind === "task-output");
  return callee && !others
    ? undefined
    : refuse(
        "authoring-exit-needs",
        { exit: exit.name, task: others?.reference.kind === "task-output" ? others.reference.task : exit.name },
        exit.path,
      );
}

/** Argo feeds the exit template's inputs from the workflow's arguments of the same names; nothing else reaches it. */
function isOwnParameter(reference: Reference, input: string): boolean {
  return (reference.kind === "pipeline-parameter" || reference.kind === "graph-input") && reference.name === input;
}

/** Names the exit handler's template in the workflow; its call has to go. */
export function takeExit(draft: Draft, selection: Selection, name: string): Task | undefined {
  const exit = exitTask(selection, name);
  if (exit?.call.kind === "template") draft.set([...selection.workflow.specPath, "onExit"], exit.call.name);
  return exit;
}

function exitTask({ graph }: Selection, name: string): Task | undefined {
  return graph.tasks.find((task) => task.id === name) ?? graph.tasks.find((task) => task.name === name);
}

/** The call of a former exit handler, which the caller inserts: it runs like any other task again. */
export function restoreExit(draft: Draft, workflow: Workflow, graph: Template): DataMap | undefined {
  const name = workflow.onExit;
  const template = templateByName(workflow, name);
  if (name === undefined || !template) return undefined;
  draft.remove([...workflow.specPath, "onExit"]);
  const given = template.inputs.filter((input) => input.location === undefined);
  const message = (kind: PortKind) =>
    given.flatMap((input) => {
      const text = input.kind === kind ? parameterIn(draft, workflow, graph, input.name, kind) : undefined;
      return text === undefined ? [] : [{ name: input.name, [kind === "parameter" ? "value" : "from"]: text }];
    });
  const [parameters, artifacts] = [message("parameter"), message("artifact")];
  const lists = { ...(parameters.length > 0 && { parameters }), ...(artifacts.length > 0 && { artifacts }) };
  return { name, template: name, ...(Object.keys(lists).length > 0 && { arguments: lists }) };
}
