import type { Message } from "#editor/state.ts";
import type { Edit } from "#pipeline/edit.ts";

/**
 * The meaning of typed text: edits, or why it cannot be used, the likely intention, and the edits if it is meant after all (an empty
 * value).
 */
export type Meaning =
  | { readonly ok: true; readonly edits: readonly Edit[] }
  | { readonly ok: false; readonly reason: Message; readonly suggest?: string; readonly anyway?: readonly Edit[] };
