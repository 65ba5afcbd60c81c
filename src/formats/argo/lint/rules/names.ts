/**
 * Names: whether they are there, spelled as Argo wants them, and one of a kind. Argo: workflow/validate/validate.go.
 * docs/spec/argo-lint.md#names
 */
import type { Report } from "#diagnostics/diagnostic.ts";
import { field, listField, type Path, textField } from "#data/data.ts";
import { isDynamic } from "#pipeline/resolve-call.ts";
import { found, type Rule, type Subject } from "../checked-workflow.ts";
import { substituted } from "../substituted-names.ts";

const templateName = /^[a-zA-Z0-9][-a-zA-Z0-9]*$/;
const portName = /^[-a-zA-Z0-9_]+$/;
const longestTemplate = 128;
/** Argo writes a workflow's name into labels. */
const longestObject = 63;
/** Room for "-" and a time behind it. */
const longestCron = 52;

/** Names of the object, its templates, calls and ports. */
export const checkNames: Rule = (subject, report) => {
  checkObjectName(subject, report);
  checkTemplateNames(subject, report);
  for (const template of subject.templates) {
    const kind = template.kind === "steps" ? "step" : "task";
    const known = subject.known(template);
    for (const { name, path } of template.tasks) checkCallName({ name, path, known }, kind, report);
    reportTwice(template.tasks, kind === "step" ? "step-name-duplicate" : "task-name-duplicate", report);
  }
  for (const template of subject.templates) {
    const raw = subject.raw(template);
    checkPorts(field(raw, "inputs"), [...template.path, "inputs"], "literal", report);
    checkPorts(field(raw, "outputs"), [...template.path, "outputs"], "substituted", report);
    for (const { path } of template.tasks) checkPorts(subject.at([...path, "arguments"]), [...path, "arguments"], "substituted", report);
  }
  checkPorts(field(subject.spec, "arguments"), [...subject.workflow.specPath, "arguments"], "literal", report);
};

function checkObjectName({ object, workflow, resource }: Subject, report: Report): void {
  const name = textField(field(object, "metadata"), "name");
  const limit = resource === "CronWorkflow" ? longestCron : longestObject;
  if (name === undefined || name.length <= limit) return;
  const code = resource === "CronWorkflow" ? "cron-name-too-long" : "name-too-long";
  found(report, "error", code, [...workflow.path, "metadata", "name"], { name, limit, length: name.length });
}

function checkTemplateNames({ workflow }: Subject, report: Report): void {
  for (const { name, path } of workflow.templates) {
    if (name === "") found(report, "error", "template-name-required", path);
    else if (!templateName.test(name)) found(report, "error", "template-name-invalid", [...path, "name"], { name });
    else if (name.length > longestTemplate)
      found(report, "error", "template-name-too-long", [...path, "name"], { name, limit: longestTemplate, length: name.length });
  }
  reportTwice(
    workflow.templates.filter(({ name }) => name !== ""),
    "template-name-duplicate",
    report,
  );
}

interface CallName {
  readonly name: string;
  readonly path: Path;
  readonly known: ReadonlyMap<string, string>;
}

/** A call's name may contain a tag; Argo then checks what it is replaced by. */
function checkCallName({ name, path, known }: CallName, kind: "step" | "task", report: Report): void {
  if (name === "") return found(report, "error", `${kind}-name-required`, path);
  const plain = substituted(name, known);
  if (templateName.test(plain)) {
    if (plain.length > longestTemplate)
      found(report, "error", `${kind}-name-too-long`, [...path, "name"], { name, limit: longestTemplate, length: plain.length });
    return;
  }
  // Argo 4.0 refuses inputs here, too; tests of its newer versions expect them to pass.
  const isNewer = templateName.test(substituted(name, known, (tag) => tag.startsWith("inputs.parameters.")));
  if (isNewer) found(report, "warning", "call-name-from-input", [...path, "name"], { name });
  else found(report, "error", `${kind}-name-invalid`, [...path, "name"], { name });
}

/** Names of parameters and artifacts. Argo checks those of outputs and of calls after substitution, those of inputs as they are written. */
function checkPorts(lists: ReturnType<Subject["at"]>, path: Path, as: "literal" | "substituted", report: Report): void {
  for (const [key, kind] of [
    ["parameters", "param"],
    ["artifacts", "artifact"],
  ] as const) {
    const named = listField(lists, key).map((item, index) => ({
      name: textField(item, "name") ?? "",
      globalName: textField(item, "globalName"),
      path: [...path, key, index],
    }));
    for (const { name, globalName, path } of named) {
      if (name === "") found(report, "error", `${kind}-name-required`, path);
      else if (!portName.test(as === "literal" ? name : substituted(name, new Map())))
        found(report, "error", `${kind}-name-invalid`, [...path, "name"], { name });
      if (globalName !== undefined && !isDynamic(globalName) && !portName.test(globalName)) {
        found(report, "error", "global-name-invalid", [...path, "globalName"], { name: globalName });
      }
    }
    reportTwice(
      named.filter(({ name }) => name !== ""),
      `${kind}-name-duplicate`,
      report,
    );
  }
}

function reportTwice(
  named: readonly { readonly name: string; readonly path: Path }[],
  code: `${"template" | "step" | "task" | "param" | "artifact"}-name-duplicate`,
  report: Report,
): void {
  const seen = new Set<string>();
  for (const { name, path } of named) {
    if (seen.has(name) && name !== "") found(report, "error", code, [...path, "name"], { name });
    seen.add(name);
  }
}
