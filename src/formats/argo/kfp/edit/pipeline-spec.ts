import { pythonJson } from "#components/python-text.ts";
import { type Data, type DataMap, field, isMap, type Path, textField } from "#data/data.ts";
import type { Draft } from "#document/edit-draft.ts";
import { k8sCaseName } from "#kubernetes/kfp-names.ts";
import type { Workflow } from "#pipeline/model.ts";
import { flavorOf } from "../../flavor/flavor-of.ts";
import { annotation } from "../annotation-keys.ts";

// The annotation that repeats the name and the parameters of a pipeline, with their types and descriptions. docs/spec/kfp-v1.md#workflow

/** An entry of the annotation for a parameter after an edit; `value`: its new value as the file holds it. */
export function specInput(
  input: DataMap,
  edit: { readonly type?: string; readonly description?: string; readonly value?: Data },
  value: Data | undefined,
): DataMap {
  const change: Record<string, Data> = { ...input };
  if (edit.type !== undefined) change.type = edit.type;
  if (edit.type === "") delete change.type;
  if (edit.description !== undefined) change.description = edit.description;
  if (edit.description === "") delete change.description;
  if (value !== undefined) Object.assign(change, { default: value, optional: true });
  if (edit.value === null) {
    delete change.default;
    delete change.optional;
  }
  return change;
}

/** Whether an entry is that of a parameter. The SDK writes the Python name there and its sanitised form into the arguments. */
export function isSpecInput(input: Data, name: string): boolean {
  const there = textField(input, "name");
  return there !== undefined && (there === name || k8sCaseName(there) === name);
}

function specPath(workflow: Workflow): Path {
  return [...workflow.path, "metadata", "annotations", annotation.pipelineSpec];
}

/** What the annotation says; undefined if the workflow has none that can be read. */
export function pipelineSpec(draft: Draft, workflow: Workflow): DataMap | undefined {
  if (!flavorOf(workflow).hasPipelineSpec) return undefined;
  const text = draft.at(specPath(workflow));
  if (typeof text !== "string") return undefined;
  try {
    const data = JSON.parse(text) as Data;
    return isMap(data) && field(data, "__proto__") === undefined ? data : undefined;
  } catch {
    // Not JSON: an annotation of another tool, which is kept.
    return undefined;
  }
}

/** Changes what the annotation says, if there is one. */
export function changePipelineSpec(draft: Draft, workflow: Workflow, change: (spec: DataMap) => DataMap): void {
  const spec = pipelineSpec(draft, workflow);
  if (!spec) return;
  const text = pythonJson(change(spec));
  if (text !== pythonJson(spec)) draft.set(specPath(workflow), text);
}
