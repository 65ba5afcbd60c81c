import type { Data } from "#data/data.ts";
import type { Message } from "../message.ts";

export { bodyKinds, type Column, type Setting, type Shape, type Tab, type TextRule } from "#document/setting.ts";

/** The meaning of typed text: a value, nothing (the field was emptied), or an error with its reason and the likely intention. */
export type Typed =
  { readonly ok: true; readonly value: Data | undefined } | { readonly ok: false; readonly reason: Message; readonly suggest?: string };
