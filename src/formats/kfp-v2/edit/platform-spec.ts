import { type Data, field, isMap, type Path } from "#data/data.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { refuse } from "#document/edit-targets.ts";
import type { Workflow } from "#pipeline/model.ts";
import { recogniseSpec } from "../read/recognise.ts";

/** Path of the platform spec of a pipeline, the object that has `platforms`; undefined if there is none. */
export function platformOf(draft: Draft, workflow: Workflow): Path | undefined {
  if (workflow.resource === "PipelineVersion") {
    const path = [...workflow.path, "spec", "platformSpec"];
    return isMap(draft.at(path)) ? path : undefined;
  }
  const companion = draft.model.objects.find(
    (object) => object.kind === "companion" && object.owner[0] === workflow.path[0] && isMap(field(object.data, "platforms")),
  );
  if (companion) return companion.path;
  // A document that this edit has added is not in the model yet.
  const last = draft.stream().length - 1;
  return last >= draft.before.length && isMap(field(draft.at([last]), "platforms")) ? [last] : undefined;
}

/**
 * Path of the platform spec, which is added if there is none: as a further document, in a manifest as `spec.platformSpec`. Refused where a
 * file cannot have one.
 */
export function platformFor(draft: Draft, workflow: Workflow): Path | Refused {
  const found = platformOf(draft, workflow);
  if (found !== undefined) return found;
  if (workflow.resource === "PipelineVersion") {
    const path = [...workflow.path, "spec", "platformSpec"];
    draft.set(path, { platforms: { kubernetes: {} } });
    return path;
  }
  if (workflow.resource === "PipelineJob") return refuse("edit-no-platform", { name: workflow.title }, workflow.path);
  const index = draft.stream().length;
  draft.insert([index], { platforms: { kubernetes: {} } });
  return [index];
}

/** Path of the section of an executor in a platform spec. */
export function sectionPath(platform: Path, label: string): Path {
  return [...platform, "platforms", "kubernetes", "deploymentSpec", "executors", label];
}

/** Removes the document of a platform spec, or the field of a manifest, that says nothing any more. */
export function dropEmptyPlatform(draft: Draft, root: Path): void {
  const data = draft.at(root);
  if (!isMap(data) || (Object.keys(data).length > 0 && !isEmpty(field(data, "platforms")))) return;
  const others = Object.keys(data).filter((key) => key !== "platforms");
  if (others.length > 0) return;
  const last = draft.stream().length - 1;
  if (root.length > 1 || (root[0] === last && last > 0 && recogniseSpec(data) === undefined)) draft.remove(root);
}

function isEmpty(value: Data | undefined): boolean {
  return value === undefined || value === null || (isMap(value) && Object.values(value).every(isEmpty));
}
