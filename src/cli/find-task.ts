/** Resolves the value of `--task` to a task or template. The model's directory decides what a call runs, as for every edit. */
import { indexOfModel, type TaskEntry } from "#pipeline/model-index.ts";
import { calleeOf } from "#pipeline/resolve-call.ts";
import { callersOf, templateById } from "#pipeline/find-by-id.ts";
import type { Model, TaskId, Template } from "#pipeline/model.ts";
import { unknownArgument } from "./parse-arguments.ts";
import type { SetTarget } from "./set-keys.ts";
import { UsageError } from "./terminal.ts";
import { presentationOf } from "#compiler/presentation.ts";

/** The task with this id, else the only task with this name or title, else the template with this id or name. Throws a UsageError. */
export function findTarget(model: Model, word: string): SetTarget {
  const tasks = [...indexOfModel(model).tasks.values()];
  const exact = indexOfModel(model).tasks.get(word as TaskId);
  const named = exact ? [exact] : tasks.filter(({ task }) => task.name === word);
  const found = named.length > 0 ? named : tasks.filter((entry) => titleOf(model, entry) === word);
  if (found.length > 1) throw new UsageError("cli.task-ambiguous", { word, valid: found.map(({ task }) => task.id).join(", ") });
  const [one] = found;
  if (one !== undefined) return taskTarget(model, one);

  const template = templateById(model, word);
  if (template.kind === "ambiguous") throw new UsageError("cli.task-ambiguous", { word, valid: template.ids.join(", ") });
  if (template.kind === "found") {
    const { workflow, template: meant } = template.found;
    return {
      target: { kind: "template", template: meant.id },
      name: meant.name,
      template: meant,
      templateFields: presentationOf(workflow.format)?.templateFields ?? [],
      hasTextConstants: workflow.traits.hasTextConstants === true,
    };
  }
  throw unknownArgument("cli.task-unknown", word, [
    ...tasks.map(({ task }) => task.name),
    ...tasks.map(({ task }) => task.id),
    ...[...indexOfModel(model).templates.values()].map(({ template: { name } }) => name),
  ]);
}

/** The number of calls in the document that run a template, including those of other objects by templateRef. */
export function usesOf(model: Model, template: Template): number {
  return callersOf(model, template.id).length;
}

function taskTarget(model: Model, { workflow, task }: TaskEntry): SetTarget {
  const callee = calleeOf(model, workflow, task.call)?.template;
  return {
    target: { kind: "task", task: task.id },
    task: task.id,
    name: task.name,
    template: callee,
    templateFields: presentationOf(workflow.format)?.templateFields ?? [],
    hasTextConstants: workflow.traits.hasTextConstants === true,
  };
}

/** The title of a task compiled from KFP. */
function titleOf(model: Model, { workflow, task }: TaskEntry): string | undefined {
  return calleeOf(model, workflow, task.call)?.template.displayName;
}
