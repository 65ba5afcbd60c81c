import type { Editor } from "../editor.ts";
import { countUnfinished } from "../field-drafts.ts";
import type { TextFile } from "../ports.ts";
import { writeServed } from "./served.ts";

/**
 * Opens files one by one, each as a pipeline of its own; the last one is shown and all are stored in the browser. `isNew`: the texts come
 * from no file.
 */
export async function openAll(editor: Editor, files: readonly TextFile[], options: { readonly isNew?: boolean } = {}): Promise<void> {
  for (const { name, text, encoding } of files) {
    // Files that were read contain none; pasted text may.
    const nul = text.indexOf("\0");
    if (nul >= 0) {
      const line = text.slice(0, nul).split("\n").length;
      editor.session({ refusal: { code: "editor-not-text", level: "error", values: { name, line }, path: [] } });
      continue;
    }
    await editor.open(name, text, { isNew: options.isNew, ...(encoding && { encoding }) });
    if (files.length > 1) await editor.flush();
  }
}

/** Exports the text: if something in it would be refused it asks once, else it downloads. */
export async function exportFile(editor: Editor): Promise<void> {
  await editor.settledText();
  const { session } = editor.store.getState();
  // The diagnostics shown may be about the text before the last edit.
  const diagnostics = await editor.outside.text.check();
  const doubtful = countUnfinished(session) > 0 || diagnostics.some(({ level }) => level === "error");
  if (doubtful) editor.session(({ panels }) => ({ panels: { ...panels, dialog: "export" } }));
  else await exportNow(editor);
}

/** Exports without a question: to the file that the command line serves, else as a download. */
export async function exportNow(editor: Editor): Promise<void> {
  const text = await editor.settledText();
  const { fileName: name, isServed, encoding } = editor.store.getState().document;
  // Another pipeline opened in the meantime must not overwrite the served file.
  if (editor.outside.files.save && isServed) return writeServed(editor, text);
  editor.outside.files.download(name, text, encoding);
  editor.exported(text);
  editor.toast("toast-exported", { name });
}

/** Writes the served file; without one it reports that the pipeline is stored in this browser. */
export async function saveInPlace(editor: Editor): Promise<void> {
  const text = await editor.settledText();
  await editor.flush();
  if (editor.outside.files.save && editor.store.getState().document.isServed) await writeServed(editor, text);
  else editor.toast("toast-kept");
}

/** Copies the whole text. */
export async function copyYaml(editor: Editor): Promise<void> {
  const text = await editor.settledText();
  const copied = await editor.outside.files.copy(text);
  editor.toast(copied ? "toast-copied" : "toast-not-copied");
}
