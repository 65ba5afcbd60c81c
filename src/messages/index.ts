import { type Language, type Section, speaker, type Values } from "./say.ts";
import { argoWords } from "./sections/argo.ts";
import { authoringWords } from "./sections/authoring.ts";
import { canvasWords } from "./sections/canvas.ts";
import { cliWords } from "./sections/cli.ts";
import { componentWords } from "./sections/component.ts";
import { editsWords } from "./sections/edits.ts";
import { filesWords } from "./sections/files.ts";
import { inspectorWords } from "./sections/inspector.ts";
import { kfpV2Words } from "./sections/kfp-v2.ts";
import { kfpV2EditsWords } from "./sections/kfp-v2-edits.ts";
import { libraryWords } from "./sections/library.ts";
import { lintCallWords } from "./sections/lint-calls.ts";
import { lintWords } from "./sections/lint.ts";
import { pythonEditorWords } from "./sections/python-editor.ts";
import { pythonWords } from "./sections/python.ts";
import { savingWords } from "./sections/saving.ts";
import { servedWords } from "./sections/served.ts";
import { settingsWords } from "./sections/settings.ts";
import { shellWords } from "./sections/shell.ts";
import { yamlWords } from "./sections/yaml.ts";

/** All sections of the message catalog. A code is in one section only; a test checks it. */
export const sections: readonly Section[] = [
  argoWords,
  authoringWords,
  canvasWords,
  cliWords,
  componentWords,
  editsWords,
  filesWords,
  inspectorWords,
  kfpV2Words,
  kfpV2EditsWords,
  libraryWords,
  lintCallWords,
  lintWords,
  pythonEditorWords,
  pythonWords,
  savingWords,
  servedWords,
  settingsWords,
  shellWords,
  yamlWords,
];

const speakers = new Map<Language, (code: string, values?: Values) => string>();

/** Renders messages in a language, with the whole catalog; the same function at each call. The page has its own (page.ts). */
export function say(language: Language): (code: string, values?: Values) => string {
  const made = speakers.get(language) ?? speaker(sections, language);
  speakers.set(language, made);
  return made;
}
