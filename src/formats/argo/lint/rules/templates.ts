/** Templates: exactly one body, an image, and settings that fit the body. docs/spec/argo-lint.md#templates */
import type { Report } from "#diagnostics/diagnostic.ts";
import { type Data, type DataMap, field, isMap, listField, type Path, textField } from "#data/data.ts";
import type { Template } from "#pipeline/model.ts";
import { isDynamic } from "#pipeline/resolve-call.ts";
import { isGraph } from "#pipeline/template-kinds.ts";
import { found, type Rule, type Subject } from "../checked-workflow.ts";
import { checkPodResources } from "./workflow.ts";

const bodies = ["container", "containerSet", "script", "resource", "dag", "steps", "suspend", "data", "http", "plugin"] as const;
const retryPolicies = ["", "Always", "OnFailure", "OnError", "OnTransientError"];
/** Names of the containers that Argo adds to a pod. */
const reserved = /^(wait|supervisor)$|^artifact-plugin-/;

/** Each template's body and settings. */
export const checkTemplates: Rule = (subject, report) => {
  for (const template of subject.templates) {
    const raw = subject.raw(template);
    checkBody(template, raw, report);
    checkImage(subject, template, raw, report);
    checkTimes(template, raw, report);
    checkPod(template, raw, report);
    checkMounts(template, raw, report);
  }
};

function checkBody({ name, path, kind }: Template, raw: DataMap, report: Report): void {
  const present = bodies.filter((body) => (field(raw, body) ?? null) !== null);
  if (present.length > 1) found(report, "error", "template-type-multiple", path, { name, bodies: present.join(", ") });
  // The form of older Argo: a template that only calls another one.
  else if (present.length === 0 && field(raw, "template") === undefined && field(raw, "templateRef") === undefined) {
    found(report, "error", "template-type-missing", path, { name });
  }
  const plugin = field(raw, "plugin");
  if (kind === "plugin" && isMap(plugin) && Object.keys(plugin).length !== 1)
    found(report, "error", "plugin-one-key", [...path, "plugin"], { name });
}

/** An image may come from templateDefaults, but not from a ClusterWorkflowTemplate's. */
function checkImage(subject: Subject, { name, path, kind }: Template, raw: DataMap, report: Report): void {
  if (kind !== "container" && kind !== "script") return;
  const body = field(raw, kind);
  if (!isMap(body) || (textField(body, "image") ?? "") !== "") return;
  const given =
    subject.resource === "ClusterWorkflowTemplate" ? undefined : field(field(field(subject.spec, "templateDefaults"), kind), "image");
  if (given === undefined || given === "") found(report, "error", "image-required", [...path, kind], { name, kind });
}

function checkTimes(template: Template, raw: DataMap, report: Report): void {
  const { name, path, kind } = template;
  const composite = isGraph(template) || kind === "suspend";
  for (const key of ["timeout", "pendingTimeout"]) {
    const value = textField(raw, key) ?? "";
    if (value === "") continue;
    if (composite) found(report, "error", "timeout-on-nonleaf", [...path, key], { name, field: key });
    else if (/^\d+$/.test(value)) found(report, "error", "timeout-format", [...path, key], { field: key, value });
  }
  const deadline = field(raw, "activeDeadlineSeconds") ?? undefined;
  if (deadline !== undefined) {
    if (composite) found(report, "error", "active-deadline-nonleaf", [...path, "activeDeadlineSeconds"], { name });
    else if (!isDeadline(deadline))
      found(report, "error", "active-deadline-value", [...path, "activeDeadlineSeconds"], { value: String(deadline) });
  }
  if (!isGraph(template) && field(raw, "parallelism") != null)
    found(report, "error", "parallelism-on-leaf", [...path, "parallelism"], { name });
  const policy = textField(field(raw, "retryStrategy"), "retryPolicy");
  if (policy !== undefined && !isDynamic(policy) && !retryPolicies.includes(policy)) {
    found(report, "error", "retry-policy", [...path, "retryStrategy", "retryPolicy"], {
      value: policy,
      valid: retryPolicies.slice(1).join(", "),
    });
  }
}

function isDeadline(value: Data): boolean {
  if (typeof value === "number") return value >= 0;
  return typeof value === "string" && (/^\d+$/.test(value) || /^\s*\{\{[^{}]*\}\}\s*$/.test(value));
}

function checkPod({ name, path, kind }: Template, raw: DataMap, report: Report): void {
  listField(raw, "initContainers").forEach((container, index) => {
    if ((textField(container, "name") ?? "") === "")
      found(report, "error", "init-container-name", [...path, "initContainers", index], { name });
  });
  listField(raw, "sidecars").forEach((container, index) => checkReserved(container, [...path, "sidecars", index], report));
  listField(field(raw, "containerSet"), "containers").forEach((container, index) =>
    checkReserved(container, [...path, "containerSet", "containers", index], report),
  );
  checkPodResources(field(raw, "podResources"), [...path, "podResources"], report);
  if (listField(raw, "resourceClaims").length > 0 && ["steps", "dag", "suspend", "http", "plugin"].includes(kind)) {
    found(report, "error", "resource-claims-not-pod", [...path, "resourceClaims"], { name, kind });
  }
  if (isMap(field(raw, "podResources")) && (kind === "http" || kind === "plugin")) {
    found(report, "error", "pod-resources-not-pod", [...path, "podResources"], { name, kind });
  }
}

function checkReserved(container: Data, path: Path, report: Report): void {
  const name = textField(container, "name") ?? "";
  if (reserved.test(name)) found(report, "error", "reserved-container-name", [...path, "name"], { name });
}

function checkMounts({ path: dataPath, kind }: Template, raw: DataMap, report: Report): void {
  if (kind !== "container" && kind !== "containerSet" && kind !== "script") return;
  const level = kind === "script" ? "warning" : "error";
  const seen = new Map<string, string>();
  listField(field(raw, kind), "volumeMounts").forEach((mount, index) => {
    const path = textField(mount, "mountPath") ?? "";
    const other = seen.get(path);
    if (other !== undefined)
      found(report, level, "mount-path-collision", [...dataPath, kind, "volumeMounts", index, "mountPath"], { path, other });
    seen.set(path, textField(mount, "name") ?? "");
  });
  if (kind === "containerSet") return;
  listField(field(raw, "inputs"), "artifacts").forEach((artifact, index) => {
    const path = textField(artifact, "path") ?? "";
    const other = path === "" ? undefined : seen.get(path);
    if (other !== undefined)
      found(report, level, "mount-path-collision", [...dataPath, "inputs", "artifacts", index, "path"], { path, other });
  });
}
