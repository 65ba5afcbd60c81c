import { chainRenames } from "#document/edit-plan.ts";
import { placesChange } from "./edit-log.ts";
import { loadPart } from "./missing-part.ts";
import { isNamedAfter, titleFor, titleOf } from "./pipeline-name.ts";
import { renamePositions } from "./positions.ts";
import type { DocumentStorage, EditLog, Kept, LogChange, LoggedStep, Save } from "./ports.ts";
import { countShownTasks, startingView, workflowAt } from "./view.ts";

/** What renaming needs of the browser. */
interface Stored {
  readonly storage: Pick<DocumentStorage, "read" | "readLog" | "keep" | "rename">;
  readonly now: () => number;
}

/**
 * Renames a stored pipeline that no page edits. If the file is named after the pipeline, the title in its text follows by the same edit as in
 * an open pipeline: it is a step of the history, and it is saved only on the revision that was read.
 */
export async function renameStored({ storage, now }: Stored, id: string, fileName: string): Promise<void> {
  // Somebody may save it between reading and saving; then the edit is made again on what was saved.
  for (let round = 0; round < 3; round++) {
    const [kept, log] = await Promise.all([storage.read(id), storage.readLog(id).catch(() => undefined)]);
    const save = kept && (await titleChange(kept, log, { fileName, at: now() }));
    if (!save) return storage.rename(id, fileName);
    const answer = await storage.keep(save);
    if (answer.ok || answer.why === "incomplete") return;
  }
  await storage.rename(id, fileName);
}

/** The save that renames file and title; undefined if only the file is renamed. */
async function titleChange(
  kept: Kept,
  log: EditLog | undefined,
  { fileName, at }: { readonly fileName: string; readonly at: number },
): Promise<Save | undefined> {
  // Text that was typed and is not committed replaces the whole text when the pipeline is opened.
  if (kept.drafts?.text !== undefined) return undefined;
  const { openDocument, editDocument } = await loadPart(() => import("#compiler/document.ts"));
  const document = openDocument(kept.text);
  const { workflow: index } = startingView(document.model);
  const workflow = workflowAt(document.model, index);
  if (!workflow || !isNamedAfter(kept.fileName, titleOf(workflow))) return undefined;
  const title = titleFor(fileName, workflow);
  if (title === undefined || title === titleOf(workflow)) return undefined;
  const edited = editDocument(document, [{ kind: "rename-workflow", name: title, workflow: index }]);
  if (!edited.ok || edited.labels[0] === undefined) return undefined;
  // The template of a new pipeline's graph is named after it.
  const places = renamePositions(kept.places, chainRenames(edited.renames));
  const moved = placesChange(kept.places, places);
  const step: LoggedStep = {
    label: edited.labels[0],
    at,
    parts: [{ forth: edited.splices, back: edited.undo.splices }],
    before: { ...startingView(document.model), places: moved.before },
    after: { ...startingView(edited.document.model), places: moved.after },
  };
  const { text, model } = edited.document;
  const { exported, python, encoding } = kept;
  return {
    id: kept.id,
    base: kept.revision,
    at,
    body: {
      fileName,
      text,
      exported,
      places,
      tasks: countShownTasks(model),
      ...(python && { python }),
      ...(encoding && { encoding }),
    },
    log: appended(log, step),
  };
}

/** The log with one step more; steps that were undone are dropped, as after any edit. */
function appended(log: EditLog | undefined, step: LoggedStep): LogChange {
  const { first, done } = log ?? { first: 0, done: 0 };
  return { first, done: done + 1, from: done, steps: [step] };
}
