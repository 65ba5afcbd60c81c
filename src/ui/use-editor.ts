import { createContext, useContext, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import type { CanvasHandle } from "./canvas/canvas-props.ts";
import type { Editor } from "#editor/editor.ts";
import type { Command } from "#editor/commands/command.ts";
import type { Library } from "#editor/library/library.ts";
import type { EditorState } from "#editor/state.ts";
import { say, type Say, watchWords } from "#words/page.ts";

/** What every part of the page may reach: the editor, and the canvas while it is there. */
export interface Page {
  readonly editor: Editor;
  readonly canvas: { current: CanvasHandle | null };
  /** The user's components; absent where none are kept. */
  readonly library?: Library;
}

export const PageContext = createContext<Page | undefined>(undefined);

/** The page; a part rendered outside of it is a mistake of ours. */
export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error("this part needs a PageContext around it");
  return page;
}

/** The editor itself, for doing things. */
export function useEditor(): Editor {
  return usePage().editor;
}

/** A part of the editor's state; the component renders again only when that part is another. */
export function useEditorState<Part>(part: (state: EditorState) => Part): Part {
  return useStore(usePage().editor.store, part);
}

/** The speaker of the language chosen. */
export function useSay(): Say {
  const language = useEditorState((state) => state.session.language);
  return useSyncExternalStore(watchWords, () => say(language));
}

/** Runs commands with the page around them. */
export function useRun(): (command: Command) => void {
  const page = usePage();
  return (command) => runCommand(page, command);
}

/** Runs a command if it is available; a canvas command needs the canvas. */
export function runCommand(page: Page, command: Command): void {
  if (command.unavailable?.(page.editor.store.getState())) return;
  void command.run({ editor: page.editor, canvas: page.canvas.current ?? undefined, library: page.library });
}
