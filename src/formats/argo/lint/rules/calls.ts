/** Calls: what they run, whether it gets its inputs, and how they loop. docs/spec/argo-lint.md#calls */
import type { Report } from "#diagnostics/diagnostic.ts";
import { type Data, field, isMap, listField, type Path, textField } from "#data/data.ts";
import type { Hook, Task, Template } from "#pipeline/model.ts";
import { found, isLibrary, type Rule, type Site, type Subject } from "../checked-workflow.ts";

/** Every call of every graph template, the entrypoint and the exit handler. */
export const checkCalls: Rule = (subject, report) => {
  for (const site of subject.sites) {
    checkTarget(subject, site, report);
    checkLoop(subject, site.task, report);
    checkSupply(subject, site.task, report);
    for (const hook of site.task.hooks) checkHookTarget(subject, hook, report);
  }
  checkEntrySupply(subject, report);
};

function checkTarget(subject: Subject, { task, template }: Site, report: Report): void {
  const raw = subject.at(task.path);
  const ways = ["template", "templateRef", "inline"].filter((key) => (field(raw, key) ?? "") !== "");
  const { name, path } = task;
  if (ways.length !== 1)
    return found(report, "error", ways.length === 0 ? "call-target" : "call-target-many", path, { name, ways: ways.join(", ") });
  if (task.call.kind === "reference") checkReference(subject, task, report);
  else if (task.call.kind === "template" && subject.calleeOf(task.call, template).kind === "missing") {
    found(report, "error", "template-undefined", [...path, "template"], { name, template: task.call.name });
  }
}

function checkReference(subject: Subject, { name, path, call }: Task, report: Report): void {
  if (call.kind !== "reference") return;
  const below = [...path, "templateRef"];
  if (call.name === "" || call.template === "") return found(report, "error", "template-ref-incomplete", below, { name });
  if (subject.calleeOf(call).kind === "missing") {
    // A library does not run by itself: what it refers to may be in the cluster.
    found(report, isLibrary(subject) ? "warning" : "error", "template-ref-not-found", below, {
      name,
      object: call.name,
      template: call.template,
    });
  }
}

function checkHookTarget(subject: Subject, hook: Hook, report: Report): void {
  if (hook.call.kind !== "reference") return;
  if (subject.calleeOf(hook.call).kind === "missing") {
    found(report, isLibrary(subject) ? "warning" : "error", "template-ref-not-found", hook.path, {
      name: hook.name,
      object: hook.call.name,
      template: hook.call.template,
    });
  }
}

function checkLoop(subject: Subject, { name, path }: Task, report: Report): void {
  const raw = subject.at(path);
  const kinds = ["withItems", "withParam", "withSequence"].filter((key) => isLoop(field(raw, key)));
  if (kinds.length > 1) found(report, "error", "loop-kinds-exclusive", path, { name, kinds: kinds.join(", ") });
  const sequence = field(raw, "withSequence");
  if (!isMap(sequence)) return;
  const count = (field(sequence, "count") ?? null) !== null;
  const end = (field(sequence, "end") ?? null) !== null;
  if (count && end) found(report, "error", "sequence-count-and-end", [...path, "withSequence"], { name });
  if (!count && !end) found(report, "error", "sequence-count-or-end", [...path, "withSequence"], { name });
}

function isLoop(value: Data | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== "";
}

function checkSupply(subject: Subject, task: Task, report: Report): void {
  const callee = subject.calleeOf(task.call);
  if (callee.kind !== "found") return;
  const given = { parameter: namesIn(subject, task.path, "parameters"), artifact: namesIn(subject, task.path, "artifacts") };
  for (const input of missingInputs(callee.template, given)) {
    found(report, "error", "input-not-supplied", task.path, {
      task: task.name,
      template: callee.template.name,
      name: input.name,
      kind: input.kind,
    });
  }
}

/** The names of arguments. */
function namesIn(subject: Subject, path: Path, key: "parameters" | "artifacts"): ReadonlySet<string> {
  return new Set(listField(field(subject.at(path), "arguments"), key).map((item) => textField(item, "name") ?? ""));
}

function missingInputs(template: Template, given: Readonly<Record<"parameter" | "artifact", ReadonlySet<string>>>) {
  return template.inputs.filter((input) => input.required && !given[input.kind].has(input.name));
}

/** The workflow's arguments feed the inputs of the entrypoint and the exit handler that have the same names. A library's may come later. */
function checkEntrySupply(subject: Subject, report: Report): void {
  const { workflow, base } = subject;
  if (base === "unknown" || base === "missing" || isLibrary(subject)) return;
  const inherited = typeof base === "object" ? base : undefined;
  const given = {
    parameter: new Set([...workflow.parameters, ...(inherited?.parameters ?? [])].map(({ name }) => name)),
    artifact: new Set([...workflow.artifacts, ...(inherited?.artifacts ?? [])].map(({ name }) => name)),
  };
  const starts = [
    { key: "entrypoint", name: workflow.entrypoint ?? inherited?.entrypoint },
    { key: "onExit", name: workflow.onExit },
  ];
  for (const { key, name } of starts) {
    const template = name === undefined ? undefined : subject.named(name);
    if (template === undefined) continue;
    const path = Object.hasOwn(subject.spec, key) ? [...workflow.specPath, key] : workflow.specPath;
    for (const input of missingInputs(template, given)) {
      found(report, "error", "entry-input-not-supplied", path, { template: template.name, name: input.name, kind: input.kind });
    }
  }
}
