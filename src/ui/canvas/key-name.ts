/** One key press, named so that it means the same on every keyboard: `Mod+Shift+ArrowLeft`, `C`, `1`, `Delete`. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  getModifierState?(key: "AltGraph"): boolean;
}

const BY_CODE: Readonly<Record<string, string>> = {
  Slash: "/",
  Minus: "-",
  Equal: "=",
  NumpadAdd: "+",
  NumpadSubtract: "-",
  Backslash: "\\",
  Period: ".",
  Comma: ",",
};

/**
 * The name of a key press (docs/spec/interaction.md#key-matching, #modifiers): an ASCII letter or sign counts as itself, so AZERTY and
 * Dvorak work; anything else (Hangul, Cyrillic, an active input method) counts by its position on the keyboard. Digits always count by
 * position. Ctrl and Cmd are equal. Empty while AltGr is held, which types signs.
 */
export function keyName(press: Press): string {
  if (press.getModifierState?.("AltGraph")) return "";
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(press.code)?.[1];
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1];
  let name: string;
  if (digit !== undefined) name = digit;
  else if (/^[!-~]$/.test(press.key) && !press.altKey) name = press.key.toUpperCase();
  else if (press.key === " " || press.code === "Space") name = "Space";
  else if (letter !== undefined) name = letter;
  else if (Object.hasOwn(BY_CODE, press.code) && !/^[A-Z]\w+$/.test(press.key)) name = BY_CODE[press.code]!;
  else name = press.key;
  // A sign that needs Shift on this keyboard is named by itself; letters, digits and named keys include Shift.
  const shift = press.shiftKey && (name.length > 1 || /[A-Z0-9]/.test(name));
  return `${press.ctrlKey || press.metaKey ? "Mod+" : ""}${press.altKey ? "Alt+" : ""}${shift ? "Shift+" : ""}${name}`;
}
