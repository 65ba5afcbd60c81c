import type { Editor } from "#editor/editor.ts";

/** The longest time that a reload waits for the last save, in milliseconds; about what is unsaved then, the browser asks. */
const patience = 3_000;

/** Saves the current pipeline, then reloads the page. `load`: replaced by tests. */
export async function reloadPage(editor: Editor, load: () => void = () => location.reload()): Promise<void> {
  await Promise.race([editor.flush().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, patience))]);
  load();
}
