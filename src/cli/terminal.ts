/** The terminal as commands see it; tests pass in one of their own. */
import type { Language, Values } from "#messages/translate.ts";
import type { NamedEncoding } from "#yaml/text-encoding.ts";

export interface Terminal {
  /** All of standard input, as bytes. */
  readonly input: () => Promise<Uint8Array>;
  /** Writes a result to standard output; bytes if it is not UTF-8. */
  readonly out: (text: string | Uint8Array) => void;
  /** Writes a line for a person to standard error. */
  readonly tell: (line: string) => void;
  readonly t: (code: string, values?: Values) => string;
  readonly language: Language;
  /** The encoding for files that are not UTF-8, if the user named one. */
  readonly encoding?: NamedEncoding;
  /** Resolves when the user wants a running command to end. */
  readonly interrupted: () => Promise<void>;
}

/** Exit codes; scripts rely on them. */
export const exit = { good: 0, diagnostics: 1, usage: 2 } as const;

/** Wrong usage: reported with the message of its code; the command ends with 2. */
export class UsageError extends Error {
  readonly code: string;
  readonly values: Values;
  constructor(code: string, values: Values = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}
