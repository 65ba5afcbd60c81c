import type { Said } from "#editor/state.ts";
import type { Edit } from "#model/edit.ts";

/** What typed text means: edits, or why it cannot be used and what may have been meant. */
export type Meaning =
  { readonly ok: true; readonly edits: readonly Edit[] } | { readonly ok: false; readonly reason: Said; readonly suggest?: string };
