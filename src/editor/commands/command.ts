import type { Editor } from "../editor.ts";
import type { Library } from "../library/library.ts";
import type { EditorState, Said } from "../state.ts";

/** What commands ask of the canvas; undefined while none is on the page. */
export interface CanvasHands {
  arrange(): Promise<void>;
  fit(): void;
  zoomTo(zoom: number): void;
  focusBox(box: never, where?: "nearest" | "center"): void;
  focus(): void;
  connectTo(box: never): void;
  renameInPlace(task: never): void;
}

/** What a command works with. */
export interface CommandContext {
  readonly editor: Editor;
  readonly canvas: CanvasHands | undefined;
  readonly library?: Library;
}

/** Names one command; its sentence is `command-ID` in the words layer. */
export type CommandId = string;

/** One thing the user can do. Toolbar, keyboard, menus and the command palette all read this same object, so they cannot drift apart. */
export interface Command {
  readonly id: CommandId;
  /** Sections of the command palette. */
  readonly group: "file" | "edit" | "task" | "view" | "settings";
  /** Such as `Mod+Shift+Z`; the first one is shown. Mod is Ctrl and Cmd alike. */
  readonly keys: readonly string[];
  /** A key that the browser tells as an event of its own (the clipboard's): only shown. */
  readonly shownKeys?: string;
  /** canvas: only while focus is inside the canvas; page: everywhere but in text fields; everywhere: in text fields too. */
  readonly scope: "canvas" | "page" | "everywhere";
  /** Why it cannot be done just now; undefined: it can. */
  readonly unavailable?: (state: EditorState) => Said | undefined;
  readonly run: (context: CommandContext) => void | Promise<void>;
}

/** Makes a reason without values. */
export function reason(code: string): Said {
  return { code, values: {} };
}
