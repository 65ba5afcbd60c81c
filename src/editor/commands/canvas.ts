import { isGraph } from "#pipeline/template-kinds.ts";
import { currentGraph, selectedTasks } from "../actions.ts";
import type { EditorState } from "../state.ts";
import { type Command, reason } from "./command.ts";

// The keys of the canvas (docs/spec/interaction.md#shortcuts). The canvas runs them itself, with what it has under its focus (canvas-keys.ts
// in ui/canvas); the table says which keys there are, so that the shortcut sheet, menus and the command palette show the same.

const needsGraph = (state: EditorState) => (isGraph(currentGraph(state)) ? undefined : reason("why-no-graph"));
const needsTask = (state: EditorState) => (selectedTasks(state).length > 0 ? undefined : reason("why-select-task"));

/** A command that the canvas runs itself, for its focused box or its view. */
function onCanvas(
  id: string,
  group: Command["group"],
  keys: readonly string[],
  more: Pick<Command, "changes" | "unavailable" | "otherKeys"> = {},
): Command {
  return { id, group, keys, scope: "boxes", unavailable: needsGraph, ...more, run: ({ canvas }) => canvas?.run(id) };
}

/** What the canvas does with keys of its own and people can also choose by name. */
export const canvasCommands: readonly Command[] = [
  onCanvas("add", "edit", ["N", "/"], { changes: true }),
  onCanvas("open-task", "task", ["Enter"], { unavailable: needsTask }),
  onCanvas("open-in-inspector", "task", ["Mod+Enter"], { unavailable: needsTask }),
  onCanvas("expand-group", "task", ["E"], { unavailable: needsTask }),
  onCanvas("run-after", "task", ["Shift+C"], { changes: true, unavailable: needsTask }),
  onCanvas("list-wires", "task", ["W"], { unavailable: needsTask }),
  onCanvas("show-paths", "view", ["P"]),
  onCanvas("select-upstream", "edit", ["Shift+U"], { unavailable: needsTask }),
  onCanvas("select-downstream", "edit", ["Shift+D"], { unavailable: needsTask }),
  onCanvas("move-boxes", "edit", ["M"], { changes: true, unavailable: needsTask }),
  onCanvas("zoom-in", "view", ["+"], { otherKeys: ["="] }),
  onCanvas("zoom-out", "view", ["-"]),
  onCanvas("fit-selection", "view", ["2"], { otherKeys: ["Shift+2"] }),
];

/** A key that only makes sense where the focus is: in the shortcut sheet, but neither in menus nor in the command palette. */
export interface FocusKey {
  /** Its message is `key-ID`. */
  readonly id: string;
  readonly group: Command["group"];
  readonly keys: readonly string[];
  /** Further keys that are not displayed. */
  readonly otherKeys?: readonly string[];
}

/** The keys of the canvas that move the focus or depend on it. */
export const focusKeys: readonly FocusKey[] = [
  { id: "walk", group: "view", keys: ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"] },
  { id: "nudge", group: "edit", keys: ["Mod+ArrowLeft", "Mod+ArrowRight", "Mod+ArrowUp", "Mod+ArrowDown"] },
  { id: "inputs", group: "task", keys: ["I"] },
  { id: "outputs", group: "task", keys: ["O"] },
  { id: "first-box", group: "view", keys: ["Home"] },
  { id: "last-box", group: "view", keys: ["End"] },
  { id: "page-up", group: "view", keys: ["PageUp"] },
  { id: "page-down", group: "view", keys: ["PageDown"] },
  { id: "page-left", group: "view", keys: ["Shift+PageUp"] },
  { id: "page-right", group: "view", keys: ["Shift+PageDown"] },
  { id: "menu", group: "view", keys: ["Shift+F10"], otherKeys: ["ContextMenu"] },
  { id: "escape", group: "edit", keys: ["Escape"] },
];
