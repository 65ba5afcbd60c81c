import { copiedText, fragmentOf, mayBeFragment, pasteFragment } from "#editor/clipboard.ts";
import { removeTasks, selectedTasks, currentGraph } from "#editor/actions.ts";
import { whenMade } from "#editor/dispatch.ts";
import { bringIn } from "#editor/library/bring-files.ts";
import { readFiles } from "#editor/library/read-files.ts";
import { isGraph } from "#pipeline/template-kinds.ts";
import type { Page } from "./use-editor.ts";

/**
 * Listens to clipboard events (docs/spec/interaction.md#clipboard-events): they come from keys and menus alike, need no permission, and
 * work on plain http. Copy and cut act on the selected tasks while the focus is on the canvas; selected text and text fields keep theirs.
 * Returns an unsubscribe function.
 */
export function listenToClipboard(page: Page): () => void {
  const copy = (event: ClipboardEvent) => {
    if (event.defaultPrevented || !isOnCanvas() || isField(event.target) || hasSelectedText()) return;
    const { editor } = page;
    const text = copiedText(editor.store.getState());
    if (text === undefined) return;
    event.preventDefault();
    event.clipboardData?.setData("text/plain", text);
    const n = selectedTasks(editor.store.getState()).length;
    if (event.type === "cut") removeTasks(editor, editor.store.getState().session.selection);
    else editor.toast("toast-tasks-copied", { n });
  };
  const paste = (event: ClipboardEvent) => {
    if (event.defaultPrevented || isField(event.target)) return;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    // File managers put the files themselves beside their names.
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) {
      event.preventDefault();
      const { editor, library, canvas } = page;
      void readFiles(files).then((read) => bringIn({ editor, library }, read, { at: canvas.current?.middle(), chosen: true }));
      return;
    }
    if (text.trim() === "") return;
    event.preventDefault();
    void takeIn(page, text);
  };
  document.addEventListener("copy", copy);
  document.addEventListener("cut", copy);
  document.addEventListener("paste", paste);
  return () => {
    document.removeEventListener("copy", copy);
    document.removeEventListener("cut", copy);
    document.removeEventListener("paste", paste);
  };
}

/**
 * The content of pasted text decides (docs/spec/interaction.md#paste-and-drop): tasks and templates go into the graph shown, everything
 * else is handled like a drop.
 */
async function takeIn({ editor, library, canvas }: Page, text: string): Promise<void> {
  const at = canvas.current?.middle();
  if (mayBeFragment(text) && isGraph(currentGraph(editor.store.getState())) && editor.outside.text.read) {
    const fragment = fragmentOf((await editor.outside.text.read(text)).stream);
    if (fragment) {
      whenMade(pasteFragment(editor, fragment, at), (first) => canvas.current?.focusBox(first));
      return;
    }
  }
  await bringIn({ editor, library }, [{ name: "pasted.yaml", text }], { at, isNew: true });
}

function isOnCanvas(): boolean {
  return document.activeElement?.closest("#canvas") !== null;
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, dialog, [contenteditable]") !== null;
}

function hasSelectedText(): boolean {
  const selection = getSelection();
  return selection !== null && !selection.isCollapsed && selection.toString().trim() !== "";
}
