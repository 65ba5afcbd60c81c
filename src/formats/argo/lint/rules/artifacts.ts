/**
 * Artifacts of templates: paths inside the pod and locations outside of it. Argo: validateInputs, validateOutputs, ValidatePath.
 * docs/spec/argo-lint.md#artifacts
 */
import type { Report } from "#diagnostics/diagnostic.ts";
import { type DataMap, field, isMap, listField, type Path, textField } from "#data/data.ts";
import type { Template } from "#pipeline/model.ts";
import { isGraph } from "#pipeline/template-kinds.ts";
import { found, type Rule } from "../checked-workflow.ts";

/** Input and output artifacts of every template. */
export const checkArtifacts: Rule = (subject, report) => {
  for (const template of subject.templates) {
    const raw = subject.raw(template);
    for (const side of ["inputs", "outputs"] as const) {
      listField(field(raw, side), "artifacts").forEach((artifact, index) => {
        if (isMap(artifact)) checkArtifact(artifact, { template, side, path: [...template.path, side, "artifacts", index] }, report);
      });
    }
    const archive = field(raw, "archiveLocation");
    if (isMap(archive)) checkLocation(archive, [...template.path, "archiveLocation"], report);
  }
};

interface Where {
  readonly template: Template;
  readonly side: "inputs" | "outputs";
  readonly path: Path;
}

function checkArtifact(artifact: DataMap, { template, side, path: dataPath }: Where, report: Report): void {
  const name = textField(artifact, "name") ?? "";
  const path = textField(artifact, "path") ?? "";
  const leaf = !isGraph(template) && template.kind !== "suspend" && template.kind !== "unknown";
  if (leaf && path === "")
    found(report, "error", side === "inputs" ? "input-artifact-path-required" : "output-artifact-path-required", dataPath, { name });
  if (!leaf && path !== "") found(report, "error", "artifact-path-nonleaf", [...dataPath, "path"], { name, template: template.name });
  if (isOutside(path)) found(report, "error", "artifact-path-traversal", [...dataPath, "path"], { name, path });
  if (side === "inputs" && (textField(artifact, "from") ?? "") !== "")
    found(report, "error", "input-artifact-from", [...dataPath, "from"], { name });
  if (side === "inputs") checkLocation(artifact, dataPath, report);
}

/** Whether the path climbs out of the folder before its first `/../`. */
function isOutside(path: string): boolean {
  const at = path.search(/(^|\/)\.\.(\/|$)/);
  if (at < 0) return false;
  const safe = path.slice(0, at).split("/").filter(Boolean).join("/");
  const clean: string[] = [];
  for (const step of path.split("/")) {
    if (step === "..") clean.pop();
    else if (step !== "" && step !== ".") clean.push(step);
  }
  return !`${clean.join("/")}/`.startsWith(`${safe}/`) || clean.join("/") === safe;
}

function checkLocation(location: DataMap, path: Path, report: Report): void {
  const git = field(location, "git");
  if (isMap(git) && (textField(git, "repo") ?? "") === "") found(report, "error", "artifact-git-repo", [...path, "git"]);
  const hdfs = field(location, "hdfs");
  if (!isMap(hdfs)) return;
  const kerberos = isMap(field(hdfs, "krbCCacheSecret")) || isMap(field(hdfs, "krbKeytabSecret"));
  const missing = [
    listField(hdfs, "addresses").length === 0 && "addresses",
    !(textField(hdfs, "path") ?? "").startsWith("/") && "path",
    !kerberos && (textField(hdfs, "hdfsUser") ?? "") === "" && "hdfsUser",
    kerberos && (textField(hdfs, "krbServicePrincipalName") ?? "") === "" && "krbServicePrincipalName",
    isMap(field(hdfs, "krbKeytabSecret")) &&
      ((textField(hdfs, "krbUsername") ?? "") === "" || (textField(hdfs, "krbRealm") ?? "") === "") &&
      "krbUsername, krbRealm",
    kerberos && !isMap(field(hdfs, "krbConfigConfigMap")) && "krbConfigConfigMap",
  ].filter((one) => one !== false);
  if (missing.length > 0) found(report, "error", "artifact-hdfs", [...path, "hdfs"], { missing: missing.join(", ") });
}
