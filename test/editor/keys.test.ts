import { describe, expect, it } from "vitest";
import { commands } from "#editor/commands/all.ts";
import { commandFor, matches, neverBound, type Press, spelled } from "#editor/commands/keys.ts";

const press = (change: Partial<Press>): Press => ({
  key: "",
  code: "",
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...change,
});
const bound = commands.flatMap((command) => command.keys.map((keys) => ({ id: command.id, keys, scope: command.scope })));
/** Those that the page runs; the canvas runs its own (test/ui/canvas/canvas-keys.test.ts). */
const ofPage = bound.filter(({ scope }) => scope !== "boxes");

/** The press that a US keyboard sends for a shortcut. */
function pressOf(shortcut: string, mod: "ctrlKey" | "metaKey"): Press {
  const parts = shortcut.split(/\+(?=.)/);
  const name = parts.at(-1) as string;
  const codes: Readonly<Record<string, string>> = { "/": "Slash", "?": "Slash", "\\": "Backslash" };
  const code = /^[0-9]$/.test(name) ? `Digit${name}` : /^[A-Z]$/.test(name) ? `Key${name}` : (codes[name] ?? name);
  const shifted = parts.includes("Shift") || name === "?";
  return press({
    key: /^[A-Z]$/.test(name) ? (shifted ? name : name.toLowerCase()) : name,
    code,
    shiftKey: shifted,
    altKey: parts.includes("Alt"),
    ...(parts.includes("Mod") ? { [mod]: true } : {}),
  });
}

describe("shortcuts", () => {
  it.each(ofPage)("$keys runs $id with Ctrl and with Cmd", ({ id, keys }) => {
    for (const mod of ["ctrlKey", "metaKey"] as const) expect(commandFor(commands, pressOf(keys, mod), "canvas")?.id).toBe(id);
  });

  it.each(ofPage.filter(({ keys }) => /(^|\+)[A-Z]$/.test(keys)))("$keys runs $id while a Korean input method is on", ({ id, keys }) => {
    const typed = pressOf(keys, "ctrlKey");
    for (const key of ["ㅁ", "Process", "Unidentified"])
      expect(commandFor(commands, { ...typed, key, keyCode: 229 }, "canvas")?.id).toBe(id);
  });

  it("binds nothing that the browser keeps or people need in every page", () => {
    const forbidden = new Set(neverBound.map((keys) => keys.toLowerCase()));
    expect(bound.filter(({ keys }) => forbidden.has(keys.toLowerCase()))).toEqual([]);
  });

  it("gives no key to two commands", () => {
    const seen = bound.map(({ keys }) => keys.toLowerCase());
    expect(seen.filter((keys, index) => seen.indexOf(keys) !== index)).toEqual([]);
  });

  it("leaves text fields their own keys, except those that work everywhere", () => {
    expect(commandFor(commands, pressOf("Mod+Z", "ctrlKey"), "field")).toBeUndefined();
    expect(commandFor(commands, pressOf("Delete", "ctrlKey"), "field")).toBeUndefined();
    expect(commandFor(commands, pressOf("Mod+K", "ctrlKey"), "field")?.id).toBe("commands");
  });

  it("takes no press in a field while a syllable is being composed", () => {
    expect(commandFor(commands, { ...pressOf("Mod+K", "ctrlKey"), isComposing: true }, "field")).toBeUndefined();
    expect(commandFor(commands, { ...pressOf("Mod+K", "ctrlKey"), keyCode: 229 }, "field")).toBeUndefined();
  });

  it("lets canvas keys act in the canvas only", () => {
    expect(commandFor(commands, pressOf("Delete", "ctrlKey"), "page")).toBeUndefined();
    expect(commandFor(commands, pressOf("Delete", "ctrlKey"), "canvas")?.id).toBe("delete");
  });

  it("compares letters as written on other layouts, digits by their place", () => {
    expect(matches(press({ key: "z", code: "KeyW", ctrlKey: true }), "Mod+Z")).toBe(true);
    expect(matches(press({ key: "w", code: "KeyZ", ctrlKey: true }), "Mod+Z")).toBe(false);
    expect(matches(press({ key: "&", code: "Digit1" }), "1")).toBe(true);
    expect(matches(press({ key: "z", code: "KeyZ", ctrlKey: true, altGraph: true }), "Mod+Z")).toBe(false);
  });

  it("spells shortcuts as the system does", () => {
    expect(spelled("Mod+Shift+Z", true)).toBe("⌘⇧Z");
    expect(spelled("Mod+Shift+Z", false)).toBe("Ctrl+Shift+Z");
  });
});
