import { indexOfModel } from "./model-index.ts";
import type { Model, Task, Template, TaskId, TemplateId, Workflow } from "./model.ts";

/** Lookups by id or by an unambiguous bare name; for an unknown name the nearest existing one is returned as a suggestion. */
export type Found<Thing> =
  | { readonly kind: "found"; readonly found: Thing }
  /** The name is ambiguous; the ids, in file order. */
  | { readonly kind: "ambiguous"; readonly ids: readonly string[] }
  /** Nothing has this id or name; the nearest existing one, if one is near. */
  | { readonly kind: "none"; readonly nearest?: string };

/** A template with its workflow. */
export interface FoundTemplate {
  readonly workflow: Workflow;
  readonly template: Template;
}

/** A call with its graph template and workflow. */
export interface FoundTask {
  readonly workflow: Workflow;
  readonly template: Template;
  readonly task: Task;
}

/** All workflow-like objects of the model. */
export function workflowsOf(model: Model): readonly Workflow[] {
  return indexOfModel(model).workflows;
}

/** The workflow at an index of the stream; without an index the first. */
export function workflowOf(model: Model, index?: number): Workflow | undefined {
  const { workflows } = indexOfModel(model);
  return index === undefined ? workflows[0] : workflows.find((workflow) => workflow.path[0] === index);
}

/** A template by its id, or by its name if only one has it. */
export function templateById(model: Model, idOrName: string): Found<FoundTemplate> {
  const { templates } = indexOfModel(model);
  const exact = templates.get(idOrName as TemplateId);
  if (exact) return { kind: "found", found: exact };
  return oneOf(
    [...templates.values()],
    idOrName,
    (entry) => entry.template.name,
    (entry) => entry.template.id,
  );
}

/** A call by its id (`main/train`), or by its name (`train`) if only one has it. */
export function taskById(model: Model, idOrName: string): Found<FoundTask> {
  const { tasks } = indexOfModel(model);
  const exact = tasks.get(idOrName as TaskId);
  if (exact) return { kind: "found", found: exact };
  return oneOf(
    [...tasks.values()],
    idOrName,
    (entry) => entry.task.name,
    (entry) => entry.task.id,
  );
}

/** The calls that run a template, in file order. */
export function callersOf(model: Model, template: TemplateId): readonly FoundTask[] {
  return indexOfModel(model).callers.get(template) ?? [];
}

function oneOf<Entry>(
  entries: readonly Entry[],
  name: string,
  nameOf: (entry: Entry) => string,
  idOf: (entry: Entry) => string,
): Found<Entry> {
  const named = entries.filter((entry) => nameOf(entry) === name && name !== "");
  const [only] = named;
  if (only !== undefined && named.length === 1) return { kind: "found", found: only };
  if (named.length > 1) return { kind: "ambiguous", ids: named.map(idOf) };
  // A path is compared with paths, a bare name with names.
  const candidates = name.includes("/") ? entries.map(idOf) : [...entries.map(nameOf), ...entries.map(idOf)];
  const nearest = nearestName(name, candidates);
  return nearest === undefined ? { kind: "none" } : { kind: "none", nearest };
}

/** The candidate with the fewest typing mistakes, if they are few enough for its length (at most a third, at least one). */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    if (candidate === "" || Math.abs(candidate.length - name.length) >= least) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase(), least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other; counts up to `limit` only. */
function editDistance(a: string, b: string, limit: number): number {
  let [older, before]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((before[j] as number) + 1, (row[j - 1] as number) + 1, (before[j - 1] as number) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (older[j - 2] as number) + 1);
      row.push(cost);
    }
    if (Math.min(...row) >= limit) return limit;
    [older, before] = [before, row];
  }
  return before[b.length] as number;
}
