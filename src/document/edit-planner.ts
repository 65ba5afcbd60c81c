import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import type { Data } from "#data/data.ts";
import type { Operation } from "#data/operations.ts";
import type { Edit, Renames, WireEnd } from "#pipeline/edit.ts";
import { taskById, templateById, workflowOf } from "#pipeline/find-by-id.ts";
import type { FormatId, Model } from "#pipeline/model.ts";
import { type Draft, type Refused, startDraft } from "./edit-draft.ts";
import { labelOf } from "./edit-label.ts";
import type { EditLabel, Plan, PlanOfMany } from "./edit-plan.ts";
import { renamesOf } from "./edit-renames.ts";
import { refuse } from "./edit-targets.ts";
import type { EditPlannerOf, FormatEditing } from "./format.ts";
import type { ModelReader } from "./read-model.ts";
import { badShape } from "./validate-edit.ts";

/** Plans edits of documents: pure functions of model and data. `model` must be the model of `stream`. */
export interface EditPlanner {
  /** Plans one edit. One that is done already gives a plan without operations. Never throws for what a user can ask for. */
  readonly planEdit: (model: Model, stream: readonly Data[], edit: Edit) => Plan;
  /** Plans several edits as one step, each on the data that the ones before it leave; all or none. */
  readonly planEdits: (model: Model, stream: readonly Data[], edits: readonly Edit[]) => PlanOfMany;
  /** Why an edit cannot be done, or undefined if it can; menus ask before they offer. */
  readonly refusal: (model: Model, stream: readonly Data[], edit: Edit) => Diagnostic | undefined;
}

/** The planner of all edits that these formats can do. Every edit is planned by the format of the object that it changes. */
export function editPlanner(read: ModelReader, formats: readonly FormatEditing[]): EditPlanner {
  function planned(draft: Draft, edit: Edit): Refused | FormatEditing {
    const bad = badShape(edit);
    if (bad) return bad;
    const id = formatOf(draft.model, edit);
    const format = formats.find((one) => one.format === id) ?? (id === undefined ? formats[0] : undefined);
    const plan = format?.planners[edit.kind] as EditPlannerOf<Edit["kind"]> | undefined;
    if (!format || !plan) return refuse("edit-not-in-format", { kind: edit.kind, format: id ?? "" });
    return plan(draft, edit as never) ?? format;
  }

  function planEdit(model: Model, stream: readonly Data[], edit: Edit): Plan {
    const draft = startDraft(model, stream, planEdits);
    const format = planned(draft, edit);
    if ("refusal" in format) return { ok: false, refusal: format.refusal };
    format.pruneUnusedPorts?.(draft, edit);
    const moved = format.mayChangeIds ? draft.operations.some(format.mayChangeIds) : draft.operations.length > 0;
    return {
      ok: true,
      operations: draft.operations,
      stream: draft.stream(),
      label: labelOf(draft, edit),
      renames: moved ? renamesOf(model, read(draft.stream()).model, draft.operations) : { tasks: [], templates: [] },
      notices: draft.notices,
    };
  }

  function planEdits(model: Model, stream: readonly Data[], edits: readonly Edit[]): PlanOfMany {
    const operations: Operation[] = [];
    const labels: EditLabel[] = [];
    const renames: Renames[] = [];
    const notices: Diagnostic[] = [];
    let [data, current] = [stream, model];
    for (const [index, edit] of edits.entries()) {
      const plan = planEdit(current, data, edit);
      if (!plan.ok) return { ok: false, refusal: plan.refusal, index };
      operations.push(...plan.operations);
      labels.push(plan.label);
      renames.push(plan.renames);
      notices.push(...plan.notices);
      if (plan.operations.length === 0) continue;
      data = plan.stream;
      current = read(data).model;
    }
    return { ok: true, operations, labels, renames, notices, stream: data, model: current };
  }

  function refusal(model: Model, stream: readonly Data[], edit: Edit): Diagnostic | undefined {
    const format = planned(startDraft(model, stream, planEdits), edit);
    return "refusal" in format ? format.refusal : undefined;
  }

  return { planEdit, planEdits, refusal };
}

/** The format of the object that an edit changes; undefined if the document has no object. */
function formatOf(model: Model, edit: Edit): FormatId | undefined {
  const formats = new Set(model.objects.flatMap((object) => (object.kind === "workflow" ? [object.format] : [])));
  if (formats.size < 2) return [...formats][0];
  return formatNamed(model, edit) ?? workflowOf(model, "workflow" in edit ? edit.workflow : undefined)?.format ?? workflowOf(model)?.format;
}

/** The format of what an edit names: its task, else its graph or template. An edit never leads from one object into another. */
function formatNamed(model: Model, edit: Edit): FormatId | undefined {
  const named = "target" in edit ? { ...edit, ...edit.target } : edit;
  const ends = [...("to" in named && isEnd(named.to) ? [named.to] : []), ...("from" in named ? [named.from] : [])];
  const tasks = [
    ...("task" in named ? [named.task] : []),
    ...("tasks" in named ? named.tasks : []),
    ...ends.flatMap((end) => (end.task === "" ? [] : [end.task])),
  ];
  for (const task of tasks) {
    const found = taskById(model, task);
    if (found.kind === "found") return found.found.workflow.format;
  }
  const templates = [
    ...("graph" in named ? [named.graph] : []),
    ...("template" in named ? [named.template] : []),
    ...ends.flatMap((end) => (end.graph === undefined ? [] : [end.graph])),
  ];
  for (const template of templates) {
    const found = templateById(model, template);
    if (found.kind === "found") return found.found.workflow.format;
  }
  return undefined;
}

function isEnd(value: unknown): value is WireEnd {
  return typeof value === "object" && value !== null && "port" in value;
}
