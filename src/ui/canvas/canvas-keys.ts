import { commands } from "#editor/commands/all.ts";
import { focusKeys } from "#editor/commands/canvas.ts";
import type { Direction } from "./navigation.ts";

/** What keys do on the canvas (docs/spec/interaction.md#shortcuts). */
export interface KeyActions {
  move(direction: Direction, extend: boolean): void;
  nudge(direction: Direction, steps: number): void;
  /** Whether arrows carry the selection now (move mode). */
  readonly carrying: boolean;
  carry(direction: Direction, steps: number): void;
  beginCarry(): void;
  endCarry(keep: boolean): void;
  open(inspector: boolean): void;
  leave(): void;
  /** Expands a group in place, or collapses it. */
  expand(): void;
  listWires(): void;
  runAfter(): void;
  paths(): void;
  selectAlong(direction: "up" | "down"): void;
  rename(): void;
  remove(join: boolean): void;
  selectAll(): void;
  connect(): void;
  ports(side: "input" | "output"): void;
  /** The focus is on a port of the focused box. */
  readonly onPort: boolean;
  portMove(step: number): void;
  portSide(): void;
  portOpen(): void;
  portClear(): void;
  portLeave(): void;
  ends(last: boolean): void;
  page(direction: Direction): void;
  zoom(steps: number): void;
  zoomTo(zoom: number): void;
  fit(selection: boolean): void;
  quickAdd(): void;
  arrange(): void;
  menu(): void;
  /** One step of the Escape ladder; false: nothing was left to close. */
  escape(): boolean;
}

const ARROWS: Readonly<Record<string, Direction>> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

/** Runs the action of a key; false if it has none here, so that the page and the browser handle it. */
export function runKey(name: string, actions: KeyActions): boolean {
  const [plain, mod, shift] = [name.replace(/^(Mod\+|Shift\+)+/, ""), name.startsWith("Mod+"), name.includes("Shift+")];
  const arrow = ARROWS[plain];
  if (arrow && !name.includes("Alt+")) {
    runArrow(arrow, mod, shift, actions);
    return true;
  }
  if (actions.carrying && (name === "Enter" || name === "Escape")) {
    actions.endCarry(name === "Enter");
    return true;
  }
  if (actions.onPort && runOnPort(name, actions)) return true;
  const id = idByKey.get(name);
  return id !== undefined && runOnCanvas(id, actions);
}

function runArrow(arrow: Direction, mod: boolean, shift: boolean, actions: KeyActions): void {
  const steps = shift ? 8 : 1;
  if (actions.carrying) actions.carry(arrow, steps);
  else if (mod) actions.nudge(arrow, steps);
  else if (actions.onPort) {
    if (arrow === "up" || arrow === "down") actions.portMove(arrow === "down" ? 1 : -1);
    else actions.portSide();
  } else actions.move(arrow, shift);
}

function runOnPort(name: string, actions: KeyActions): boolean {
  if (name === "Enter" || name === "Space" || name === "C") actions.portOpen();
  else if (name === "Delete" || name === "Backspace") actions.portClear();
  else if (name === "Escape") actions.portLeave();
  else return false;
  return true;
}

/** What the canvas does for a command or a key of the table, by its id. */
const does: Readonly<Record<string, (actions: KeyActions) => void | boolean>> = {
  "open-task": (actions) => actions.open(false),
  "open-in-inspector": (actions) => actions.open(true),
  "leave-group": (actions) => actions.leave(),
  rename: (actions) => actions.rename(),
  delete: (actions) => actions.remove(false),
  "delete-join": (actions) => actions.remove(true),
  "select-all": (actions) => actions.selectAll(),
  connect: (actions) => actions.connect(),
  "run-after": (actions) => actions.runAfter(),
  "expand-group": (actions) => actions.expand(),
  "list-wires": (actions) => actions.listWires(),
  "show-paths": (actions) => actions.paths(),
  "select-upstream": (actions) => actions.selectAlong("up"),
  "select-downstream": (actions) => actions.selectAlong("down"),
  "move-boxes": (actions) => actions.beginCarry(),
  add: (actions) => actions.quickAdd(),
  "zoom-in": (actions) => actions.zoom(1),
  "zoom-out": (actions) => actions.zoom(-1),
  "zoom-100": (actions) => actions.zoomTo(1),
  fit: (actions) => actions.fit(false),
  "fit-selection": (actions) => actions.fit(true),
  arrange: (actions) => actions.arrange(),
  inputs: (actions) => actions.ports("input"),
  outputs: (actions) => actions.ports("output"),
  "first-box": (actions) => actions.ends(false),
  "last-box": (actions) => actions.ends(true),
  "page-up": (actions) => actions.page("up"),
  "page-down": (actions) => actions.page("down"),
  "page-left": (actions) => actions.page("left"),
  "page-right": (actions) => actions.page("right"),
  menu: (actions) => actions.menu(),
  escape: (actions) => actions.escape(),
};

/** Keys by name, from the tables of commands and of focus keys. */
const idByKey: ReadonlyMap<string, string> = new Map(
  [...commands, ...focusKeys]
    .filter(({ id }) => Object.hasOwn(does, id))
    .flatMap((one) => [...one.keys, ...(one.otherKeys ?? [])].map((key) => [key, one.id] as const)),
);

/** The ids of what the canvas does with keys, for tests. */
export const canvasIds: readonly string[] = Object.keys(does);

/** Runs what the canvas does for a command; false if it has nothing to do. Throws for a command that is not the canvas's. */
export function runOnCanvas(id: string, actions: KeyActions): boolean {
  const action = does[id];
  if (action === undefined) throw new Error(`the canvas has no command ${id}`);
  return action(actions) !== false;
}
