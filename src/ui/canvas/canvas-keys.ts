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
export function runKey(name: string, does: KeyActions): boolean {
  const [plain, mod, shift] = [name.replace(/^(Mod\+|Shift\+)+/, ""), name.startsWith("Mod+"), name.includes("Shift+")];
  const arrow = ARROWS[plain];
  if (arrow && !name.includes("Alt+")) {
    runArrow(arrow, mod, shift, does);
    return true;
  }
  if (does.carrying && (name === "Enter" || name === "Escape")) {
    does.endCarry(name === "Enter");
    return true;
  }
  if (does.onPort && runOnPort(name, does)) return true;
  const action = plainKeys[name];
  if (!action) return false;
  return action(does) !== false;
}

function runArrow(arrow: Direction, mod: boolean, shift: boolean, does: KeyActions): void {
  const steps = shift ? 8 : 1;
  if (does.carrying) does.carry(arrow, steps);
  else if (mod) does.nudge(arrow, steps);
  else if (does.onPort) {
    if (arrow === "up" || arrow === "down") does.portMove(arrow === "down" ? 1 : -1);
    else does.portSide();
  } else does.move(arrow, shift);
}

function runOnPort(name: string, does: KeyActions): boolean {
  if (name === "Enter" || name === "Space" || name === "C") does.portOpen();
  else if (name === "Delete" || name === "Backspace") does.portClear();
  else if (name === "Escape") does.portLeave();
  else return false;
  return true;
}

const plainKeys: Readonly<Record<string, (does: KeyActions) => void | boolean>> = {
  Enter: (does) => does.open(false),
  "Mod+Enter": (does) => does.open(true),
  "Shift+Enter": (does) => does.leave(),
  F2: (does) => does.rename(),
  Delete: (does) => does.remove(false),
  Backspace: (does) => does.remove(false),
  "Mod+Delete": (does) => does.remove(true),
  "Mod+Backspace": (does) => does.remove(true),
  "Mod+A": (does) => does.selectAll(),
  C: (does) => does.connect(),
  "Shift+C": (does) => does.runAfter(),
  E: (does) => does.expand(),
  W: (does) => does.listWires(),
  P: (does) => does.paths(),
  "Shift+U": (does) => does.selectAlong("up"),
  "Shift+D": (does) => does.selectAlong("down"),
  I: (does) => does.ports("input"),
  O: (does) => does.ports("output"),
  M: (does) => does.beginCarry(),
  N: (does) => does.quickAdd(),
  "/": (does) => does.quickAdd(),
  Home: (does) => does.ends(false),
  End: (does) => does.ends(true),
  PageUp: (does) => does.page("up"),
  PageDown: (does) => does.page("down"),
  "Shift+PageUp": (does) => does.page("left"),
  "Shift+PageDown": (does) => does.page("right"),
  "+": (does) => does.zoom(1),
  "=": (does) => does.zoom(1),
  "-": (does) => does.zoom(-1),
  "0": (does) => does.zoomTo(1),
  "1": (does) => does.fit(false),
  "2": (does) => does.fit(true),
  "Shift+0": (does) => does.zoomTo(1),
  "Shift+1": (does) => does.fit(false),
  "Shift+2": (does) => does.fit(true),
  "Shift+L": (does) => does.arrange(),
  ContextMenu: (does) => does.menu(),
  "Shift+F10": (does) => does.menu(),
  Escape: (does) => does.escape(),
};
