/**
 * The public entry point of the compiler: open, read, change and print a text. The page, its worker and the command line use
 * the same functions and so get the same bytes. Everything is plain data; errors in the input are diagnostics, never exceptions.
 *
 *     const document = openDocument(text);
 *     const edited = editDocument(document, [{ kind: "rename-task", task: "train", name: "fit" }]);
 *     if (edited.ok) save(edited.document.text);
 *     else show(edited.refusal);
 */

/** Texts as documents. */
export { type Document, type Edited, type Undo, editDocument, openDocument, printFresh, replaceText, undoEdit } from "./document.ts";

/** Diagnostics: what would fail, and where. */
export { type Checkable, type CheckOptions, checkDocument } from "./checking.ts";

/** Edits as data: what they do to the data, and why one cannot be done. docs/edits.md lists them. */
export { planEdit, planEdits, refusal } from "./editing.ts";
export type { Plan, PlanOfMany } from "#document/edit-plan.ts";
export { diffOperations } from "#data/difference.ts";
export { layoutAnnotation, noteAnnotation } from "#formats/argo/edit/annotations.ts";
export type { Edit, Renames, SettingTarget, WireEnd } from "#pipeline/edit.ts";
export { applyOperations, type Operation } from "#data/operations.ts";

/** Kubeflow: components and whole pipelines to templates as the SDK writes them, and templates back to what they were made from. */
export {
  type ComponentTask,
  type DagReference,
  lowerComponent,
  type LoweredTask,
  type LoweringOptions,
} from "#formats/argo/kfp/lower/lower-component.ts";
export { type LoweredPipeline, lowerPipeline } from "#formats/argo/kfp/lower/lower-pipeline.ts";
export type { PipelinePlan, Stamps } from "#pipeline/pipeline-plan.ts";
export { type Lifted, liftTemplate } from "#formats/argo/kfp/lift/lift.ts";
export { componentReference } from "#components/component-yaml/reference.ts";
export { readComponent } from "#components/component-yaml/read.ts";
export { writeComponent } from "#components/component-yaml/write.ts";

/** The document's meaning. */
export { readModel } from "./readers.ts";
export { writeModel } from "./writers.ts";
export { graphOf } from "#pipeline/graph-of.ts";
export type { Model, Task, TaskId, Template, TemplateId, Workflow } from "#pipeline/model.ts";
export type { Data, DataMap, Path } from "#data/data.ts";
export type { Diagnostic, Fix, Level } from "#diagnostics/diagnostic.ts";
