import { openServed, openUnreadable, tellServedProblem } from "./commands/served.ts";
import type { Editor } from "./editor.ts";

/** Opens the first document: the file of the command line, else what was open here last, else an example, which is fetched only then. */
export async function startEditor(editor: Editor, example: () => Promise<{ readonly name: string; readonly text: string }>): Promise<void> {
  const served = await editor.outside.files.served().catch(() => undefined);
  if (isTaken(editor)) return;
  if (served && !("problem" in served)) return openServed(editor, served);
  if (!served || !(await openUnreadable(editor, served))) await openLast(editor, example);
  if (served) tellServedProblem(editor, served);
}

async function openLast(editor: Editor, example: () => Promise<{ readonly name: string; readonly text: string }>): Promise<void> {
  const kept = await editor.outside.storage.last().catch(() => undefined);
  if (isTaken(editor)) return;
  if (kept !== undefined && (await editor.openKept(kept).catch(() => false))) return;
  if (isTaken(editor)) return;
  const { name, text } = await example();
  if (isTaken(editor)) return;
  await editor.open(name, text, { firstVisit: true });
}

/** Whether the user was faster: what they opened in the meantime stays. */
function isTaken(editor: Editor): boolean {
  const { document, status } = editor.store.getState();
  return document.id !== "" || status.opening !== undefined;
}
