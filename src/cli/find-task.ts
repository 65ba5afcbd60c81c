/** From the words of `--task` to the task or template meant. */
import type { Model, Task, Template, Workflow } from "#model/model.ts";
import { unknownWord } from "./options.ts";
import type { SetTarget } from "./set-keys.ts";
import { UsageFault } from "./terminal.ts";

interface Found {
  readonly workflow: Workflow;
  readonly task?: Task;
  readonly template?: Template;
}

/** The task with this id, else the only task with this name, else the template with this name. */
export function findTarget(model: Model, word: string): SetTarget {
  const workflows = model.objects.filter((object) => object.kind === "workflow");
  const tasks = workflows.flatMap((workflow) => tasksOf(workflow.templates).map((task) => ({ workflow, task })));
  const templates = workflows.flatMap((workflow) => workflow.templates.map((template) => ({ workflow, template })));
  const byId = tasks.filter(({ task }) => task.id === word);
  const byName = byId.length > 0 ? byId : tasks.filter(({ task }) => task.name === word || displayNameOf(task, workflows) === word);
  if (byName.length > 1) throw new UsageFault("cli.task-ambiguous", { word, valid: byName.map(({ task }) => task.id).join(", ") });
  const [one] = byName;
  if (one !== undefined) return targetOf(one);
  const template = templates.find(({ template }) => template.id === word || template.name === word);
  if (template !== undefined) return targetOf(template);
  throw unknownWord("cli.task-unknown", word, [
    ...tasks.map(({ task }) => task.name),
    ...tasks.map(({ task }) => task.id),
    ...templates.map(({ template }) => template.name),
  ]);
}

/** How many calls in the document use a template of this name. */
export function usesOf(model: Model, template: Template): number {
  return model.objects
    .filter((object) => object.kind === "workflow")
    .filter((workflow) => workflow.templates.includes(template))
    .flatMap((workflow) => tasksOf(workflow.templates))
    .filter((task) => task.call.kind === "template" && task.call.name === template.name).length;
}

/** Every call of the templates, those inside inline templates included. */
export function tasksOf(templates: readonly Template[]): readonly Task[] {
  return templates.flatMap((template) =>
    template.tasks.flatMap((task) => [task, ...(task.call.kind === "inline" ? tasksOf([task.call.template]) : [])]),
  );
}

function targetOf({ workflow, task, template }: Found): SetTarget {
  const { dialect } = workflow;
  if (task === undefined) {
    const found = template as Template;
    return { target: { kind: "template", template: found.id }, name: found.name, template: found, dialect };
  }
  return { target: { kind: "task", task: task.id }, task: task.id, name: task.name, template: calleeOf(workflow, task), dialect };
}

function calleeOf(workflow: Workflow, { call }: Task): Template | undefined {
  if (call.kind === "inline") return call.template;
  return call.kind === "template" ? workflow.templates.find((template) => template.name === call.name) : undefined;
}

function displayNameOf(task: Task, workflows: readonly Workflow[]): string | undefined {
  for (const workflow of workflows) {
    const callee = calleeOf(workflow, task);
    if (callee?.component?.displayName !== undefined) return callee.component.displayName;
  }
  return undefined;
}
