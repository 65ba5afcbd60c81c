import type { Command } from "./command.ts";

/** The relevant part of a keyboard event; plain data, so that tests can construct it. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly altGraph?: boolean;
  readonly isComposing?: boolean;
  readonly keyCode?: number;
}

/** The location of the focus. */
export type KeyScope = "canvas" | "page" | "field";

/** Keys that the browser or the system reserves, or that users need on every page: never bound (docs/spec/interaction.md#never-bound). */
export const neverBound: readonly string[] = [
  "Mod+W",
  "Mod+N",
  "Mod+T",
  "Mod+Shift+N",
  "Mod+Shift+T",
  "Mod+Shift+W",
  "Mod+Tab",
  "Mod+Q",
  "Alt+F4",
  "Mod+H",
  "Mod+M",
  "Mod+`",
  "Mod+,",
  ...[..."0123456789"].flatMap((digit) => [`Mod+${digit}`, `Alt+${digit}`]),
  "Mod+Shift+P",
  "Mod+R",
  "F5",
  "Mod+L",
  "Alt+D",
  "F11",
  "F12",
  "Mod+Shift+I",
  "Mod+Shift+J",
  "Mod+Shift+C",
  "Mod+P",
  "Mod+J",
  "Mod+Shift+Delete",
  "Alt+ArrowLeft",
  "Alt+ArrowRight",
  "F3",
  "F7",
  "Mod+=",
  "Mod++",
  "Mod+-",
  "Mod+Space",
  "Shift+Space",
  "Tab",
];

const codeOfSign: Readonly<Record<string, string>> = {
  "/": "Slash",
  "\\": "Backslash",
  "?": "Slash",
  "=": "Equal",
  "-": "Minus",
  "+": "Equal",
  ",": "Comma",
  ".": "Period",
  "`": "Backquote",
};

/**
 * Whether a press matches a shortcut. One ASCII letter or sign is compared by the character typed, so that AZERTY and Dvorak work; anything
 * else (Hangul, Cyrillic, `Process`) by the key's code; digits always by code. While AltGr is down nothing matches.
 */
export function matches(press: Press, shortcut: string): boolean {
  if (press.altGraph) return false;
  const parts = shortcut.split(/\+(?=.)/);
  const name = parts.at(-1) as string;
  const wants = new Set(parts.slice(0, -1));
  if (wants.has("Mod") !== (press.ctrlKey || press.metaKey) || wants.has("Alt") !== press.altKey) return false;
  const sign = name.length === 1 && !/[a-z0-9]/i.test(name);
  // A sign such as "?" is typed with Shift on many layouts and without on others.
  if (!(sign && plain(press.key)) && wants.has("Shift") !== press.shiftKey && !(sign && name === "?")) return false;
  if (/^[0-9]$/.test(name)) return press.code === `Digit${name}` || press.code === `Numpad${name}`;
  if (name.length > 1) return press.key === name || (!isNamed(press.key) && press.code === name);
  if (plain(press.key) && !press.altKey) {
    if (sign) return press.key === name && (!wants.has("Mod") || wants.has("Shift") === press.shiftKey);
    return press.key.toLowerCase() === name.toLowerCase();
  }
  if (isNamed(press.key)) return false;
  if (name === "?" && !press.shiftKey) return false;
  return press.code === (codeOfSign[name] ?? `Key${name.toUpperCase()}`);
}

function plain(key: string): boolean {
  return key.length === 1 && key >= " " && key <= "~";
}

/** Keys such as Enter or F2; `Process` and `Unidentified` mean that an input method has taken the letter. */
function isNamed(key: string): boolean {
  return key.length > 1 && key !== "Process" && key !== "Unidentified" && key !== "Dead";
}

/**
 * The command for a press, depending on the focus. In text fields a press during composition is never a command; on the canvas it may be.
 */
export function commandFor(commands: readonly Command[], press: Press, place: KeyScope): Command | undefined {
  if (place === "field" && (press.isComposing || press.keyCode === 229)) return undefined;
  const here = commands.filter(
    ({ scope }) => scope === "everywhere" || (place !== "field" && (scope === "page" || (scope === "canvas" && place === "canvas"))),
  );
  return here.find((command) => command.keys.some((keys) => matches(press, keys)));
}

/** A shortcut for display: ⌘⇧Z on a Mac, Ctrl+Shift+Z elsewhere. */
export function spelled(shortcut: string, mac: boolean): string {
  const arrows: Readonly<Record<string, string>> = {
    ArrowUp: "↑",
    ArrowDown: "↓",
    ArrowLeft: "←",
    ArrowRight: "→",
    Delete: mac ? "⌦" : "Del",
    Enter: "↵",
  };
  const parts = shortcut.split(/\+(?=.)/).map((part) => arrows[part] ?? part);
  if (!mac) return parts.map((part) => (part === "Mod" ? "Ctrl" : part)).join("+");
  const signs: Readonly<Record<string, string>> = { Mod: "⌘", Shift: "⇧", Alt: "⌥" };
  return parts.map((part) => signs[part] ?? part).join("");
}
