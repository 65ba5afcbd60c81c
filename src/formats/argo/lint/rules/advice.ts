/** What runs, and is probably not meant. docs/spec/argo-lint.md#advice */
import type { Report } from "#diagnostics/diagnostic.ts";
import { listField, textField, field } from "#data/data.ts";
import type { Task } from "#pipeline/model.ts";
import { found, isLibrary, reachable, type Rule, type Subject } from "../checked-workflow.ts";

/** Uncalled templates, arguments without an input, references to siblings that run at the same time. */
export const checkAdvice: Rule = (subject, report) => {
  checkUnused(subject, report);
  checkExtraArguments(subject, report);
  checkParallelSteps(subject, report);
};

function checkUnused(subject: Subject, report: Report): void {
  const { workflow, spec } = subject;
  // Templates of a library are called from elsewhere.
  if (isLibrary(subject) || workflow.entrypoint === undefined || subject.base !== undefined) return;
  const hooks = field(spec, "hooks");
  const hookNames =
    hooks !== null && typeof hooks === "object" ? Object.values(hooks).map((hook) => textField(hook, "template") ?? "") : [];
  const used = reachable(subject, [workflow.entrypoint, workflow.onExit ?? "", ...hookNames]);
  for (const { id, name, path } of workflow.templates) {
    if (!used.has(id) && name !== "") found(report, "info", "template-unused", [...path, "name"], { name });
  }
}

function checkExtraArguments(subject: Subject, report: Report): void {
  for (const { task } of subject.sites) {
    const callee = subject.calleeOf(task.call);
    if (callee.kind !== "found") continue;
    const { inputs, name: template } = callee.template;
    for (const [key, kind] of [
      ["parameters", "parameter"],
      ["artifacts", "artifact"],
    ] as const) {
      const names = new Set(inputs.filter((input) => input.kind === kind).map(({ name }) => name));
      listField(field(subject.at(task.path), "arguments"), key).forEach((item, index) => {
        const name = textField(item, "name") ?? "";
        if (name !== "" && !names.has(name)) {
          found(report, "warning", "argument-unused", [...task.path, "arguments", key, index], { name, task: task.name, template });
        }
      });
    }
  }
}

/** A step that names a sibling of its own group: Argo's lint accepts it, but the value is missing at run time. */
function checkParallelSteps({ templates }: Subject, report: Report): void {
  for (const template of templates) {
    if (template.kind !== "steps") continue;
    const stages = new Map<number | undefined, Set<string>>();
    for (const { name, stage } of template.tasks) {
      const names = stages.get(stage);
      if (names) names.add(name);
      else stages.set(stage, new Set([name]));
    }
    for (const task of template.tasks) checkSiblings(task, stages.get(task.stage) ?? new Set(), report);
  }
}

function checkSiblings(task: Task, siblings: ReadonlySet<string>, report: Report): void {
  for (const { binding, path } of task.arguments) {
    const references = binding.kind === "reference" ? [binding.reference] : binding.kind === "text" ? binding.parts : [];
    for (const part of references) {
      if (typeof part === "string" || part.kind !== "task-output" || part.of !== "steps") continue;
      if (part.task !== task.name && siblings.has(part.task))
        found(report, "warning", "parallel-step-order", path, { step: task.name, other: part.task });
    }
  }
}
