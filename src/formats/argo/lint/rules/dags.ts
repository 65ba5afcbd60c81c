/**
 * The order of a dag's tasks: dependencies, depends formulas, target. Argo: validateDAG, util/sorting, common/ancestry.go.
 * docs/spec/argo-lint.md#dags
 */
import type { Report } from "#diagnostics/diagnostic.ts";
import { parseDepends } from "../../syntax/depends.ts";
import { field, listField, textField } from "#data/data.ts";
import type { Task, Template } from "#pipeline/model.ts";
import { cycleIn } from "../cycles.ts";
import { isDynamic } from "#pipeline/resolve-call.ts";
import { found, type Rule, type Subject } from "../checked-workflow.ts";

const results = ["Succeeded", "Failed", "Errored", "Skipped", "Omitted", "Daemoned", "AnySucceeded", "AllFailed"];
const loopResults = ["AnySucceeded", "AllFailed"];

/** Every dag. */
export const checkDags: Rule = (subject, report) => {
  for (const template of subject.templates) {
    if (template.kind !== "dag") continue;
    const raw = field(subject.raw(template), "dag");
    if (listField(raw, "tasks").length === 0) found(report, "error", "dag-empty", [...template.path, "dag"], { name: template.name });
    const tasks = new Map(template.tasks.map((task) => [task.name, task]));
    const circle = cycleIn(new Map(template.tasks.map((task) => [task.name, task.order.after.map((one) => one.task)])));
    if (circle) found(report, "error", "dag-cycle", tasks.get(circle[0] ?? "")?.path ?? template.path, { path: circle.join(" → ") });
    checkStyles(subject, template, report);
    for (const task of template.tasks) checkDependencies(task, tasks, report);
    checkTarget(template, tasks, textField(raw, "target") ?? "", report);
  }
};

/** A dag that uses `depends` once uses nothing else. */
function checkStyles(subject: Subject, { tasks }: Template, report: Report): void {
  const formulas = tasks.some((task) => task.order.style === "depends");
  for (const { name, path, order } of tasks) {
    const raw = subject.at(path);
    const listed = listField(raw, "dependencies").length > 0;
    if (formulas && listed) found(report, "error", "depends-and-dependencies", [...path, "dependencies"], { name });
    if (formulas && (field(raw, "continueOn") ?? null) !== null)
      found(report, "error", "depends-and-continue-on", [...path, "continueOn"], { name });
    if (/^\d/.test(name) && (formulas || order.style === "dependencies"))
      found(report, "error", "task-name-leading-digit", [...path, "name"], { name });
  }
}

function checkDependencies({ name, path, order }: Task, tasks: ReadonlyMap<string, Task>, report: Report): void {
  const below = [...path, order.style === "depends" ? "depends" : "dependencies"];
  if (order.style === "depends" && parseDepends(order.formula ?? "") === undefined) {
    found(report, "warning", "depends-syntax", below, { name, formula: order.formula ?? "" });
  }
  for (const { task: on, results: asked } of order.after) {
    const other = tasks.get(on);
    if (other === undefined) {
      found(report, "error", "dependency-undefined", below, { name, on });
      continue;
    }
    for (const result of asked) {
      if (!results.includes(result))
        found(report, "error", "depends-result-unknown", below, { name, on, result, valid: results.join(", ") });
      if (loopResults.includes(result) && other.loop === undefined) found(report, "error", "depends-items", below, { name, on, result });
    }
  }
}

function checkTarget({ path }: Template, tasks: ReadonlyMap<string, Task>, target: string, report: Report): void {
  if (isDynamic(target)) return;
  for (const name of target.split(/\s+/).filter(Boolean)) {
    if (!tasks.has(name)) found(report, "error", "dag-target-undefined", [...path, "dag", "target"], { name });
  }
}
