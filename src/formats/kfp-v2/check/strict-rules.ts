import { findText, find } from "../read/fields.ts";
import { isPipelineName } from "../syntax/names.ts";
import { checkPipelineSpec, checkPlatformSpec, type SpecFault, type StagedFault } from "../schema/strict.ts";
import type { Known } from "../schema/server-version.ts";
import { type Path, valueAt, type Data } from "#data/data.ts";
import { dataAt, refused, type Subject } from "./subject.ts";

/** What the server's parser refuses, and what makes it drop the platform spec without a message. docs/spec/kfp-v2.md#checks */
export function checkForm(subject: Subject): void {
  const { workflow, server, report } = subject;
  const spec = dataAt(subject, workflow.specPlace) ?? null;
  for (const fault of checkPipelineSpec(spec, { server, at: workflow.specPlace })) reportFault(subject, fault, false);
  for (const place of platformPlaces(subject)) {
    const faults = checkPlatformSpec(dataAt(subject, place) ?? null, { server, at: place });
    for (const fault of faults) reportFault(subject, fault, true);
    const [first] = faults.filter(({ stage }) => stage === "upload");
    if (first) report({ code: "ir-document-ignored", level: refused, values: { field: lastKey(first.path) }, place });
  }
  checkHead(subject, spec);
}

/** Where the platform specs of the pipeline are. */
function platformPlaces({ model, workflow, stream }: Subject): readonly Path[] {
  if (workflow.resource === "PipelineVersion") {
    const place = [...workflow.place, "spec", "platformSpec"];
    return valueAt(stream as Data, place) === undefined ? [] : [place];
  }
  return model.objects.flatMap((object) =>
    object.kind === "companion" && object.owner[0] === workflow.place[0] && find(object.data, "platforms", []).value !== undefined
      ? [object.place]
      : [],
  );
}

function checkHead({ workflow, report }: Subject, spec: Data): void {
  const version = find(spec, "schemaVersion", workflow.specPlace);
  if (version.value !== "2.1.0")
    report({
      code: "ir-schema-version",
      level: refused,
      values: { version: textOf(version.value) },
      place: version.value === undefined ? workflow.specPlace : version.place,
    });
  const info = find(spec, "pipelineInfo", workflow.specPlace);
  const name = findText(info.value, "name") ?? "";
  if (!isPipelineName(name))
    report({ code: "ir-name", level: refused, values: { name }, place: name === "" ? info.place : [...info.place, "name"] });
  const root = find(spec, "root", workflow.specPlace);
  if (root.value === undefined) report({ code: "ir-root-missing", level: refused, values: {}, place: workflow.specPlace });
}

function reportFault({ server, report }: Subject, fault: StagedFault, isPlatform: boolean): void {
  const place = fault.path;
  const field = lastKey(place);
  switch (fault.kind) {
    case "unknown-field":
    case "unknown-name": {
      const key = fault.kind === "unknown-field" ? fault.key : fault.value;
      if (fault.known && isPlatform) {
        report({ code: "platform-field-version", level: refused, values: { field: key, versions: rangeOf(fault.known), server }, place });
      } else if (fault.known) {
        report({ code: "ir-field-version", level: refused, values: { field: key, versions: rangeOf(fault.known), server }, place });
      } else if (fault.kind === "unknown-field") {
        report({ code: "ir-unknown-field", level: refused, values: { field: key }, place });
      } else report({ code: "ir-unknown-name", level: refused, values: { field, value: key, allowed: fault.allowed.join(", ") }, place });
      return;
    }
    case "given-twice":
      return report({ code: "ir-one-of", level: refused, values: { fields: field, in: lastKey(place.slice(0, -1)) }, place });
    case "one-of":
      return report({ code: "ir-one-of", level: refused, values: { fields: fault.members.join(", "), in: field }, place });
    default:
      return report({
        code: "ir-wrong-value",
        level: refused,
        values: { field, expected: expectedOf(fault), value: valueOf(fault) },
        place,
      });
  }
}

type WrongValue = Extract<SpecFault, { readonly kind: "wrong-type" | "not-a-number" | "not-a-duration" }>;

function expectedOf(fault: WrongValue): string {
  if (fault.kind === "not-a-duration") return "90s";
  return fault.expected;
}

function valueOf(fault: WrongValue): string {
  return fault.kind === "wrong-type" ? fault.actual : fault.value;
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
