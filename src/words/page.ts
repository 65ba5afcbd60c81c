import { type Language, type Section, speaker, type Values } from "./say.ts";
import { canvasWords } from "./sections/canvas.ts";
import { inspectorWords } from "./sections/inspector.ts";
import { libraryWords } from "./sections/library.ts";
import { shellWords } from "./sections/shell.ts";

/**
 * The words as the page takes them: what the frame, the panels and the canvas show at once; the sentences of edits and checks,
 * which are most of them, follow while the first text is being read.
 */
const atOnce: readonly Section[] = [shellWords, inspectorWords, canvasWords, libraryWords];

let known = atOnce;
const speakers = new Map<Language, Say>();

/** Says a code with its values in one language. */
export type Say = (code: string, values?: Values) => string;

/** The speaker of a language; the same function at each call until more words have come. */
export function say(language: Language): Say {
  const made = speakers.get(language) ?? speaker(known, language);
  speakers.set(language, made);
  return made;
}

/** Fetches the sentences that are not there at once. */
export async function fetchWords(): Promise<void> {
  const { sections } = await import("./index.ts");
  known = sections;
  speakers.clear();
}
