import { findText, find } from "../read/fields.ts";
import { isPipelineName } from "../syntax/boundary-names.ts";
import { checkPipelineSpec, checkPlatformSpec, type SpecError, type StagedError } from "../schema/strict.ts";
import type { Known } from "../schema/server-version.ts";
import { type Path, valueAt, type Data } from "#data/data.ts";
import { dataAt, refused, type Subject } from "./checked-pipeline.ts";

/** What the server's parser refuses, and what makes it drop the platform spec without a message. docs/spec/kfp-v2.md#checks */
export function checkForm(subject: Subject): void {
  const { workflow, server, report } = subject;
  const spec = dataAt(subject, workflow.specPath) ?? null;
  for (const error of checkPipelineSpec(spec, { server, at: workflow.specPath })) reportError(subject, error, false);
  for (const path of platformPaths(subject)) {
    const errors = checkPlatformSpec(dataAt(subject, path) ?? null, { server, at: path });
    for (const error of errors) reportError(subject, error, true);
    const [first] = errors.filter(({ stage }) => stage === "upload");
    if (first) report({ code: "ir-document-ignored", level: refused, values: { field: lastKey(first.path) }, path });
  }
  checkHead(subject, spec);
}

/** Where the platform specs of the pipeline are. */
function platformPaths({ model, workflow, stream }: Subject): readonly Path[] {
  if (workflow.resource === "PipelineVersion") {
    const path = [...workflow.path, "spec", "platformSpec"];
    return valueAt(stream as Data, path) === undefined ? [] : [path];
  }
  return model.objects.flatMap((object) =>
    object.kind === "companion" && object.owner[0] === workflow.path[0] && find(object.data, "platforms", []).value !== undefined
      ? [object.path]
      : [],
  );
}

function checkHead({ workflow, report }: Subject, spec: Data): void {
  const version = find(spec, "schemaVersion", workflow.specPath);
  if (version.value !== "2.1.0")
    report({
      code: "ir-schema-version",
      level: refused,
      values: { version: textOf(version.value) },
      path: version.value === undefined ? workflow.specPath : version.path,
    });
  const info = find(spec, "pipelineInfo", workflow.specPath);
  const name = findText(info.value, "name") ?? "";
  if (!isPipelineName(name))
    report({ code: "ir-name", level: refused, values: { name }, path: name === "" ? info.path : [...info.path, "name"] });
  const root = find(spec, "root", workflow.specPath);
  if (root.value === undefined) report({ code: "ir-root-missing", level: refused, values: {}, path: workflow.specPath });
}

function reportError({ server, report }: Subject, error: StagedError, isPlatform: boolean): void {
  const path = error.path;
  const field = lastKey(path);
  switch (error.kind) {
    case "unknown-field":
    case "unknown-name": {
      const key = error.kind === "unknown-field" ? error.key : error.value;
      if (error.known && isPlatform) {
        report({ code: "platform-field-version", level: refused, values: { field: key, versions: rangeOf(error.known), server }, path });
      } else if (error.known) {
        report({ code: "ir-field-version", level: refused, values: { field: key, versions: rangeOf(error.known), server }, path });
      } else if (error.kind === "unknown-field") {
        report({ code: "ir-unknown-field", level: refused, values: { field: key }, path });
      } else report({ code: "ir-unknown-name", level: refused, values: { field, value: key, allowed: error.allowed.join(", ") }, path });
      return;
    }
    case "given-twice":
      return report({ code: "ir-one-of", level: refused, values: { fields: field, in: lastKey(path.slice(0, -1)) }, path });
    case "one-of":
      return report({ code: "ir-one-of", level: refused, values: { fields: error.members.join(", "), in: field }, path });
    default:
      return report({
        code: "ir-wrong-value",
        level: refused,
        values: { field, expected: expectedOf(error), value: valueOf(error) },
        path,
      });
  }
}

type WrongValue = Extract<SpecError, { readonly kind: "wrong-type" | "not-a-number" | "not-a-duration" }>;

function expectedOf(error: WrongValue): string {
  if (error.kind === "not-a-duration") return "90s";
  return error.expected;
}

function valueOf(error: WrongValue): string {
  return error.kind === "wrong-type" ? error.actual : error.value;
}

function rangeOf({ since, until }: Known): string {
  if (since === undefined) return `≤ ${until ?? ""}`;
  return until === undefined ? `${since}+` : `${since}–${until}`;
}

function lastKey(path: Path): string {
  const last = path.at(-1);
  return typeof last === "number" ? `${lastKey(path.slice(0, -1))}[${last}]` : (last ?? "");
}

function textOf(value: Data | undefined): string {
  return value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
}
