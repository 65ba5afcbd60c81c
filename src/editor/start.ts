import { openServed, openUnreadable, showServedProblem } from "./commands/served.ts";
import type { Editor } from "./editor.ts";
import { MissingPart, showFailure } from "./missing-part.ts";

/** Opens the first document: the file of the command line, else what was open here last, else an example, which is fetched only then. */
export async function startEditor(editor: Editor, example: () => Promise<{ readonly name: string; readonly text: string }>): Promise<void> {
  const served = await editor.outside.files.served().catch(() => undefined);
  if (isTaken(editor)) return;
  if (served && !("problem" in served)) return openServed(editor, served);
  if (!served || !(await openUnreadable(editor, served))) await openLast(editor, example);
  if (served) showServedProblem(editor, served);
}

/** Pauses between attempts to read the storage, in milliseconds: after a crash the browser may still be opening or repairing it. */
const pauses = [100, 200, 400, 800, 1_600] as const;

async function openLast(editor: Editor, example: () => Promise<{ readonly name: string; readonly text: string }>): Promise<void> {
  let failure: unknown;
  for (const pause of [0, ...pauses]) {
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    if (isTaken(editor)) return;
    try {
      failure = undefined;
      const kept = await editor.outside.storage.last();
      if (isTaken(editor)) return;
      if (kept !== undefined && (await editor.openKept(kept))) return;
      break;
    } catch (error) {
      failure = error;
      if (error instanceof MissingPart || isForbidden(error)) break;
    }
  }
  if (isTaken(editor)) return;
  const { name, text } = await example();
  if (isTaken(editor)) return;
  await editor.open(name, text, { firstVisit: true });
  // The example must not look as if the user's pipelines were gone.
  if (failure instanceof MissingPart) showFailure(editor, failure);
  else if (failure !== undefined && !isForbidden(failure)) {
    const reason = failure instanceof Error ? failure.message || failure.name : String(failure);
    editor.session({ refusal: { code: "editor-storage-unread", level: "error", values: { reason }, path: [] } });
  }
}

/** The browser has no storage for this page, such as in a private window: there are no pipelines that could be missing. */
function isForbidden(error: unknown): boolean {
  return error instanceof Error && error.name === "SecurityError";
}

/** Whether the user was faster: what they opened in the meantime stays. */
function isTaken(editor: Editor): boolean {
  const { document, status } = editor.store.getState();
  return document.id !== "" || status.opening !== undefined;
}
