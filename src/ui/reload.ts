import type { Editor } from "#editor/editor.ts";

/** The longest that a reload waits for the last save, in milliseconds; what is unsaved then, the browser asks about. */
const patience = 3_000;

/** Saves what is at hand, then loads the page again. `load`: replaced by tests. */
export async function reloadPage(editor: Editor, load: () => void = () => location.reload()): Promise<void> {
  await Promise.race([editor.flush().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, patience))]);
  load();
}
