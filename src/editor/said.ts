import type { Values } from "#messages/say.ts";

/** A sentence to be said: a code of the words layer and its values. */
export interface Said {
  readonly code: string;
  readonly values: Values;
}
