/** The workflow as a whole: where it begins and ends, what it refers to, what it says of its pods. docs/spec/argo-lint.md#workflow */
import type { Report } from "#diagnostics/diagnostic.ts";
import { type Data, type DataMap, field, isList, isMap, listField, type Path, textField } from "#data/data.ts";
import { isDynamic } from "#pipeline/resolve-call.ts";
import { found, isLibrary, type Rule, type Subject } from "../checked-workflow.ts";

const podGCStrategies = ["", "OnPodCompletion", "OnPodSuccess", "OnWorkflowCompletion", "OnWorkflowSuccess"];
const selectorOperators = ["In", "NotIn", "Exists", "DoesNotExist"];

/** Fields of the WorkflowSpec. */
export const checkWorkflow: Rule = (subject, report) => {
  checkTemplateRef(subject, report);
  checkEntry(subject, report);
  checkHooks(field(subject.spec, "hooks"), [...subject.workflow.specPath, "hooks"], subject, report);
  for (const { task } of subject.sites) checkHooks(subject.at([...task.path, "hooks"]), [...task.path, "hooks"], subject, report);
  checkPodGC(subject, report);
  checkPodResources(field(subject.spec, "podResources"), [...subject.workflow.specPath, "podResources"], report);
  listField(subject.spec, "executorPlugins").forEach((plugin, index) =>
    checkExecutorPlugin(plugin, [...subject.workflow.specPath, "executorPlugins", index], report),
  );
};

function checkTemplateRef({ workflow, base, spec }: Subject, report: Report): void {
  if (workflow.workflowTemplateRef === undefined) return;
  const path = [...workflow.specPath, "workflowTemplateRef"];
  if (listField(spec, "templates").length > 0) found(report, "error", "wf-template-ref-with-templates", path);
  const name = textField(workflow.workflowTemplateRef, "name") ?? "";
  if (name === "") found(report, "error", "wf-template-ref-name-required", path);
  else if (base === "missing") found(report, "error", "wf-template-ref-not-found", [...path, "name"], { name });
}

function checkEntry(subject: Subject, report: Report): void {
  const { workflow, base } = subject;
  const own = workflow.entrypoint ?? "";
  const inherited = typeof base === "object" ? (base.entrypoint ?? "") : "";
  const entrypoint = own === "" ? inherited : own;
  if (entrypoint === "") {
    if (!isLibrary(subject) && base !== "unknown" && base !== "missing") found(report, "error", "entrypoint-required", workflow.specPath);
  } else if (isUndefined(subject, entrypoint)) {
    found(report, "error", "entrypoint-undefined", [...workflow.specPath, "entrypoint"], { name: entrypoint });
  }
  const onExit = workflow.onExit ?? "";
  if (onExit !== "" && isUndefined(subject, onExit))
    found(report, "error", "onexit-undefined", [...workflow.specPath, "onExit"], { name: onExit });
}

/** Argo replaces no tags in `entrypoint` and `onExit`. */
function isUndefined({ base, named }: Subject, name: string): boolean {
  return base !== "unknown" && base !== "missing" && named(name) === undefined;
}

/** A hook other than `exit` fires when its expression becomes true, so it needs one. */
function checkHooks(hooks: Data | undefined, path: Path, subject: Subject, report: Report): void {
  if (!isMap(hooks)) return;
  for (const [name, hook] of Object.entries(hooks)) {
    if (name !== "exit" && (textField(hook, "expression") ?? "") === "")
      found(report, "error", "hook-expression-required", [...path, name], { name });
    const template = textField(hook, "template");
    if (template !== undefined && !isDynamic(template) && isUndefined(subject, template)) {
      found(report, "warning", "hook-template-undefined", [...path, name, "template"], { name: template });
    }
  }
}

function checkPodGC({ spec, workflow }: Subject, report: Report): void {
  const path = [...workflow.specPath, "podGC"];
  const strategy = textField(field(spec, "podGC"), "strategy");
  if (strategy !== undefined && !podGCStrategies.includes(strategy)) {
    found(report, "error", "podgc-strategy", [...path, "strategy"], { value: strategy, valid: podGCStrategies.slice(1).join(", ") });
  }
  const selector = field(field(spec, "podGC"), "labelSelector");
  listField(selector, "matchExpressions").forEach((expression, index) => {
    const operator = textField(expression, "operator") ?? "";
    const values = listField(expression, "values").length;
    const wantsValues = operator === "In" || operator === "NotIn";
    if (selectorOperators.includes(operator) && wantsValues === values > 0) return;
    found(report, "error", "podgc-selector", [...path, "labelSelector", "matchExpressions", index], {
      operator,
      valid: selectorOperators.join(", "),
    });
  });
}

/** podResources of a workflow or template: what a pod as a whole may ask for. */
export function checkPodResources(resources: Data | undefined, path: Path, report: Report): void {
  if (!isMap(resources)) return;
  if (listField(resources, "claims").length > 0) found(report, "error", "pod-resources-claims", [...path, "claims"]);
  for (const side of ["limits", "requests"]) {
    const named = field(resources, side);
    if (!isMap(named)) continue;
    for (const name of Object.keys(named)) {
      if (name !== "cpu" && name !== "memory" && !name.startsWith("hugepages-"))
        found(report, "error", "pod-resources-kind", [...path, side, name], { name });
    }
  }
}

function checkExecutorPlugin(plugin: Data, path: Path, report: Report): void {
  const container = field(field(field(plugin, "spec"), "sidecar"), "container");
  const missing = [
    (textField(field(plugin, "metadata"), "name") ?? "") === "" && "metadata.name",
    listField(container, "ports").length === 0 && "ports",
    !hasKeys(field(field(container, "resources"), "requests")) && "resources.requests",
    !hasKeys(field(field(container, "resources"), "limits")) && "resources.limits",
    !isMap(field(container, "securityContext")) && "securityContext",
  ].filter((one) => one !== false);
  if (missing.length > 0) found(report, "error", "executor-plugin-incomplete", path, { missing: missing.join(", ") });
}

function hasKeys(value: Data | undefined): value is DataMap {
  return isMap(value) && !isList(value) && Object.keys(value).length > 0;
}
