import type { Values } from "#messages/translate.ts";

/** A message to be rendered: a code of the catalog and its values. */
export interface Message {
  readonly code: string;
  readonly values: Values;
}
