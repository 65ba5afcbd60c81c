import type { Values } from "#messages/say.ts";

/** A message to be rendered: a code of the catalog and its values. */
export interface Said {
  readonly code: string;
  readonly values: Values;
}
