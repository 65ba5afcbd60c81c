import { createContext, useContext, useSyncExternalStore } from "react";
import { flushSync } from "react-dom";
import { useStore } from "zustand";
import type { CanvasHandle } from "./canvas/canvas-props.ts";
import type { Editor } from "#editor/editor.ts";
import type { Command } from "#editor/commands/command.ts";
import type { Library } from "#editor/library/library.ts";
import type { EditorState } from "#editor/state.ts";
import { refuseIfLocked, currentGraph } from "#editor/actions.ts";
import { showFailure } from "#editor/missing-part.ts";
import { holdKeys } from "./held-keys.ts";
import { translator, type Translate, watchMessages } from "#messages/lazy-catalog.ts";

/** What every part of the page can access: the editor, and the canvas while it is mounted. */
export interface Page {
  readonly editor: Editor;
  readonly canvas: { current: CanvasHandle | null };
  /** The user's components; absent if none are stored. */
  readonly library?: Library;
}

export const PageContext = createContext<Page | undefined>(undefined);

/** The page. Throws outside of its provider. */
export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error("this part needs a PageContext around it");
  return page;
}

/** The editor itself, for actions. */
export function useEditor(): Editor {
  return usePage().editor;
}

/** A part of the editor's state; the component renders again only when that part changes. */
export function useEditorState<Part>(part: (state: EditorState) => Part): Part {
  return useStore(usePage().editor.store, part);
}

/** `say` in the selected language. */
export function useTranslate(): Translate {
  const language = useEditorState((state) => state.session.language);
  return useSyncExternalStore(watchMessages, () => translator(language));
}

/** Runs commands with the page around them. */
export function useRun(): (command: Command) => void {
  const page = usePage();
  return (command) => runCommand(page, command);
}

/**
 * Runs a command if it is available; a canvas command needs the canvas. The focus follows what the command created, restored or opened.
 */
export function runCommand(page: Page, command: Command): void {
  const { editor, canvas } = page;
  const before = editor.store.getState();
  const why = command.unavailable?.(before);
  if (why) {
    if (command.changes) refuseIfLocked(editor);
    return;
  }
  const done = Promise.resolve(command.run({ editor, canvas: canvas.current ?? undefined, library: page.library })).catch(
    (error: unknown) => showFailure(editor, error),
  );
  if (command.id === "new") {
    // Keys pressed while it opens are for the new pipeline.
    const release = holdKeys();
    const focused = document.activeElement;
    void done.finally(() => {
      flushSync(() => undefined);
      // A user who has moved on in the meantime is not interrupted.
      if (document.activeElement === focused || document.activeElement === document.body) canvas.current?.focus();
      release();
    });
    return;
  }
  const came = cameBy(before, editor.store.getState());
  // A user who presses the button Undo may press it again.
  const keeps = (command.id === "undo" || command.id === "redo") && isElsewhere() && !command.unavailable?.(editor.store.getState());
  if (came !== undefined && !keeps) canvas.current?.focusBox(came);
}

/** The box that a command created, restored or selected; undefined if there is none. */
function cameBy(before: EditorState, now: EditorState): string | undefined {
  const selected = now.session.selection;
  const known = new Set<string>(currentGraph(before)?.tasks.map(({ id }) => id));
  const came =
    now.session.graph === before.session.graph
      ? (currentGraph(now)?.tasks.filter(({ id }) => !known.has(id)) ?? []).map(({ id }): string => id)
      : [];
  return selected.find((id) => came.includes(id)) ?? came[0] ?? (selected === before.session.selection ? undefined : selected[0]);
}

/** Whether something outside of the canvas has the focus. */
function isElsewhere(): boolean {
  const active = document.activeElement;
  return active !== null && active !== document.body && active.closest('[role="application"]') === null;
}
