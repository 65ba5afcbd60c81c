import type { Data, Path } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { Workflow } from "#pipeline/model.ts";
import { type Draft, type Refused, removePruned, setDeep } from "#document/edit-draft.ts";
import { findWorkflow, isRefused, refuse } from "#document/edit-targets.ts";

// Annotations that this editor writes: a note for people, and the positions of boxes on the canvas.

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/** The annotation that holds the positions of boxes, as JSON text. */
export const layoutAnnotation = "dagwright.io/layout";
/** The annotation that holds the pipeline's note. */
export const noteAnnotation = "dagwright.io/note";

/** Writes the pipeline's note; an empty text removes it. */
export function setNote(draft: Draft, edit: Of<"set-note">): Refused | undefined {
  const found = findWorkflow(draft, edit.workflow);
  return isRefused(found) ? found : setAnnotation(draft, found, noteAnnotation, edit.text === "" ? undefined : edit.text);
}

/** Writes the positions of boxes; null removes them. */
export function setLayout(draft: Draft, edit: Of<"set-layout">): Refused | undefined {
  const found = findWorkflow(draft, edit.workflow);
  return isRefused(found)
    ? found
    : setAnnotation(draft, found, layoutAnnotation, edit.layout === null ? undefined : JSON.stringify(edit.layout));
}

/** Sets or, with undefined, removes an annotation of the object; `metadata` is made before `spec` if it is not there. */
export function setAnnotation(draft: Draft, workflow: Workflow, key: string, value: Data | undefined): Refused | undefined {
  const metadata: Path = [...workflow.path, "metadata"];
  const path = [...metadata, "annotations", key];
  if (value === undefined) {
    if (draft.at(path) !== undefined) removePruned(draft, path, metadata);
    return undefined;
  }
  if (draft.at(metadata) === undefined) {
    draft.set(metadata, { annotations: { [key]: value } }, "spec");
    return undefined;
  }
  return setDeep(draft, path, value) ? undefined : refuse("edit-path-misfit", { path: "metadata.annotations" }, metadata);
}
