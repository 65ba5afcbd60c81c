import { sections } from "#words/index.ts";
import { type Language, speaker, type Values } from "#words/say.ts";
import { cliWords } from "#words/sections/cli.ts";

/** All sentences of the product and those of the command line, which the page does without. */
export function sayInTerminal(language: Language): (code: string, values?: Values) => string {
  return speaker([...sections, cliWords], language);
}
