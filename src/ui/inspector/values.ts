import type { Data } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { Message } from "#editor/state.ts";
import type { Meaning } from "./typed-meaning.ts";

/** A value as text for a field: text as it is, everything else as JSON. */
export function displayValue(value: Data | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Parses typed text, keeping the existing type: a number stays a number if the text is one. */
export function typedLike(text: string, before: Data | undefined): Data {
  if (typeof before === "number" && /^-?\d+(\.\d+)?$/.test(text) && String(Number(text)) === text) return Number(text);
  if (typeof before === "boolean" && (text === "true" || text === "false")) return text === "true";
  if (typeof before === "object" && before !== null) {
    try {
      const value = JSON.parse(text) as Data;
      if (typeof value === "object") return value;
    } catch {
      return text;
    }
  }
  return text;
}

/** The edits that a text means. */
export function edits(...list: readonly Edit[]): Meaning {
  return { ok: true, edits: list };
}

/** Why a text cannot be used. */
export function refused(code: string, values: Message["values"] = {}): Meaning & { readonly ok: false } {
  return { ok: false, reason: { code, values } };
}
