/** The file that the command line serves: saving it in place, and recovery when that fails. */
import { setPanel } from "../actions.ts";
import type { Editor } from "../editor.ts";
import type { Kept, SaveHow, ServedFile, ServedProblem } from "../ports.ts";

/** Errors that pass by themselves: the save is retried until it succeeds. */
const passing: ReadonlySet<ServedProblem["problem"]> = new Set(["no-space", "busy", "offline"]);
const retries = new WeakMap<Editor, ReturnType<typeof setTimeout>>();

/** Seconds until the next attempt: 1, 2, 4 … 30. */
export function secondsUntil(attempt: number): number {
  return Math.min(30, 2 ** attempt);
}

/** The id under which the browser stores the data of a served file: the same for the same path. */
export function keptId(key: string): string {
  return `file-${key}`;
}

/**
 * Writes the text to the served file, over the text that was opened or exported last. Reports the outcome, and the reason if nothing was
 * written.
 */
export async function writeServed(editor: Editor, text: string, how: Partial<SaveHow> = {}): Promise<void> {
  stopRetrying(editor);
  await attempt(editor, text, { base: editor.store.getState().document.exported, ...how }, 0);
}

async function attempt(editor: Editor, text: string, how: SaveHow, count: number): Promise<void> {
  const { id, fileName: name } = editor.store.getState().document;
  const result = (await editor.outside.files.save?.(text, how)) ?? { problem: "failed" as const };
  // Another pipeline was opened in the meantime: the message would be about that one.
  if (editor.store.getState().document.id !== id) return;
  if (result === "written") {
    if (editor.store.getState().session.servedProblem) dismiss(editor);
    editor.exported(text);
    editor.toast("toast-written", { name });
    return;
  }
  // A message that was closed stays closed while retries continue.
  if (count === 0 || editor.store.getState().session.servedProblem) tell(editor, result);
  if (!passing.has(result.problem)) return;
  const again = () => {
    if (editor.store.getState().document.id === id) void attempt(editor, text, how, count + 1);
  };
  retries.set(editor, setTimeout(again, secondsUntil(count) * 1000));
}

function stopRetrying(editor: Editor): void {
  clearTimeout(retries.get(editor));
  retries.delete(editor);
}

/** Shows an error of the served file with the available actions. */
function tell(editor: Editor, problem: ServedProblem): void {
  editor.session(({ panels }) => ({ servedProblem: problem, panels: { ...panels, dialog: "served-file" } }));
}

function dismiss(editor: Editor): void {
  editor.session({ servedProblem: undefined });
  if (editor.store.getState().session.panels.dialog === "served-file") setPanel(editor, "dialog", undefined);
}

/** The actions that the message about the served file offers. */
export type ServedAnswer = "reload" | "overwrite" | "write-again" | "retry" | "save-as" | "keep";

/** The actions for an error; those that lose nothing come first. */
export function answersTo({ problem, text }: ServedProblem): readonly ServedAnswer[] {
  switch (problem) {
    case "changed":
      return text === undefined ? ["save-as", "keep"] : ["save-as", "reload", "overwrite"];
    case "gone":
      return ["save-as", "write-again"];
    case "read-only":
      return ["save-as", "overwrite"];
    case "busy":
    case "no-space":
    case "offline":
    case "failed":
      return ["save-as", "retry"];
    case "no-token":
    case "not-permitted":
    case "not-text":
      return ["save-as", "keep"];
  }
}

/** Runs the action chosen in the message about the served file. */
export async function answerServed(editor: Editor, answer: ServedAnswer): Promise<void> {
  const { session, document } = editor.store.getState();
  const problem = session.servedProblem;
  const text = await editor.settledText();
  if (answer === "save-as") {
    // The message stays: the file itself is unchanged.
    editor.outside.files.download(document.fileName, text);
    return;
  }
  stopRetrying(editor);
  dismiss(editor);
  switch (answer) {
    case "reload":
      if (problem?.text === undefined) return;
      // One step of the history, so that the former text can be restored.
      await editor.replaceText(problem.text, { label: { code: "step-reload", values: {} } });
      return editor.exported(problem.text);
    case "overwrite":
      return writeServed(editor, text, problem?.problem === "read-only" ? { overwriteReadOnly: true } : { base: problem?.text });
    case "write-again":
      return writeServed(editor, text, { base: undefined });
    case "retry":
      return writeServed(editor, text);
    case "keep":
      return;
  }
}

/**
 * Opens the served file. Edits made here before and never exported are shown again; if the file's text has changed since those edits began,
 * the user is asked which version to continue with.
 */
export async function openServed(editor: Editor, { name, text, key }: ServedFile): Promise<void> {
  const id = keptId(key);
  const { storage } = editor.outside;
  const [kept, log] = await Promise.all([storage.read(id).catch(() => undefined), storage.readLog(id).catch(() => undefined)]);
  if (!kept) return editor.open(name, text, { served: true, id });
  if (!isUnexported(kept)) {
    const { drafts: _, ...rest } = kept;
    // The steps of the history belong to the text that was edited here.
    const same = kept.text === text;
    return editor.open(name, text, { served: true, kept: { ...rest, fileName: name, text, exported: text }, ...(same && { log }) });
  }
  await editor.open(name, kept.text, { served: true, kept, log });
  if (editor.store.getState().document.id !== id) return;
  if (kept.exported === text) editor.toast("toast-unexported", { name });
  else tell(editor, { problem: "changed", name, text });
}

/** Per editor, the text on disk that was last reported as changed; undefined: the file was reported as gone. */
const noticed = new WeakMap<Editor, string | undefined>();

/**
 * Checks whether somebody else has changed or removed the served file, and reports it once; called when the page regains the focus. The
 * file is compared with what was opened or exported last, so edits on this page are no change.
 */
export async function lookAtServed(editor: Editor): Promise<void> {
  const { document, session } = editor.store.getState();
  if (!document.isServed || session.servedProblem) return;
  const found = await editor.outside.files.served().catch(() => undefined);
  const now = editor.store.getState();
  // Another pipeline was opened, or this one exported, while the file was read.
  if (!found || now.document.id !== document.id || now.document.exported !== document.exported || now.session.servedProblem) return;
  if ("problem" in found) {
    if (found.problem !== "gone" || (noticed.has(editor) && noticed.get(editor) === undefined)) return;
    noticed.set(editor, undefined);
    return tell(editor, found);
  }
  if (found.text === document.exported || found.text === now.document.text || noticed.get(editor) === found.text) return;
  noticed.set(editor, found.text);
  tell(editor, { problem: "changed", name: found.name, text: found.text });
}

/** Opens the edited version of a served file that cannot be read now; false if there is none here. */
export async function openUnreadable(editor: Editor, { key }: ServedProblem): Promise<boolean> {
  if (key === undefined) return false;
  const { storage } = editor.outside;
  const [kept, log] = await Promise.all([
    storage.read(keptId(key)).catch(() => undefined),
    storage.readLog(keptId(key)).catch(() => undefined),
  ]);
  if (kept) await editor.open(kept.fileName, kept.text, { served: true, kept, log });
  return kept !== undefined;
}

function isUnexported({ text, exported, drafts }: Kept): boolean {
  return text !== exported || drafts !== undefined;
}

export { tell as showServedProblem };
