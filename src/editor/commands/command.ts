import type { Editor } from "../editor.ts";
import type { Library } from "../library/library.ts";
import type { EditorState, Message } from "../state.ts";

/** What commands need of the canvas; undefined while there is none on the page. */
export interface CanvasActions {
  arrange(): Promise<void>;
  fit(): void;
  zoomTo(zoom: number): void;
  /** `box`: its id, as in the selection. */
  focusBox(box: string, where?: "nearest" | "center"): void;
  focus(): void;
  /** Runs what the canvas does for a command of canvas.ts. */
  run(id: CommandId): void;
  connectTo(box: string): void;
  renameInPlace(task: string): void;
}

/** The context in which a command runs. */
export interface CommandContext {
  readonly editor: Editor;
  readonly canvas: CanvasActions | undefined;
  readonly library?: Library;
}

/** Identifies a command; its message is `command-ID`. */
export type CommandId = string;

/** One thing the user can do. Toolbar, keyboard, menus and command palette read the same object, so they cannot drift apart. */
export interface Command {
  readonly id: CommandId;
  /** Sections of the command palette. */
  readonly group: "file" | "edit" | "task" | "view" | "settings";
  /** Such as `Mod+Shift+Z`; the first one is displayed. Mod is Ctrl or Cmd. */
  readonly keys: readonly string[];
  /** Further keys that are not displayed: for keyboards on which `keys` need Shift. */
  readonly otherKeys?: readonly string[];
  /** A key that the browser reports as an event of its own (the clipboard's): display only. */
  readonly displayKeys?: string;
  /** boxes: the canvas itself handles the keys; canvas: only while the focus is in the canvas; page: everywhere but in text fields; everywhere: in text fields too. */
  readonly scope: "boxes" | "canvas" | "page" | "everywhere";
  /** It changes the pipeline: not available while another tab edits that. */
  readonly changes?: boolean;
  /** Why it is not available now; undefined: it is. */
  readonly unavailable?: (state: EditorState) => Message | undefined;
  readonly run: (context: CommandContext) => void | Promise<void>;
}

/** A reason without values. */
export function reason(code: string): Message {
  return { code, values: {} };
}
