import { type Language, type Section, createTranslate, type Values } from "./translate.ts";
import { argoMessages } from "./sections/argo.ts";
import { authoringMessages } from "./sections/authoring.ts";
import { canvasMessages } from "./sections/canvas.ts";
import { cliMessages } from "./sections/cli.ts";
import { componentMessages } from "./sections/component.ts";
import { editsMessages } from "./sections/edits.ts";
import { filesMessages } from "./sections/files.ts";
import { inspectorMessages } from "./sections/inspector.ts";
import { kfpV2Messages } from "./sections/kfp-v2.ts";
import { kfpV2EditsMessages } from "./sections/kfp-v2-edits.ts";
import { libraryMessages } from "./sections/library.ts";
import { lintCallMessages } from "./sections/lint-calls.ts";
import { lintMessages } from "./sections/lint.ts";
import { pythonEditorMessages } from "./sections/python-editor.ts";
import { pythonMessages } from "./sections/python.ts";
import { savingMessages } from "./sections/saving.ts";
import { servedMessages } from "./sections/served.ts";
import { settingsMessages } from "./sections/settings.ts";
import { shellWords } from "./sections/shell.ts";
import { yamlMessages } from "./sections/yaml.ts";

/** All sections of the message catalog. A code is in one section only; a test checks it. */
export const sections: readonly Section[] = [
  argoMessages,
  authoringMessages,
  canvasMessages,
  cliMessages,
  componentMessages,
  editsMessages,
  filesMessages,
  inspectorMessages,
  kfpV2Messages,
  kfpV2EditsMessages,
  libraryMessages,
  lintCallMessages,
  lintMessages,
  pythonEditorMessages,
  pythonMessages,
  savingMessages,
  servedMessages,
  settingsMessages,
  shellWords,
  yamlMessages,
];

const translates = new Map<Language, (code: string, values?: Values) => string>();

/** Renders messages in a language, with the whole catalog; the same function at each call. The page has its own (lazy-catalog.ts). */
export function translator(language: Language): (code: string, values?: Values) => string {
  const made = translates.get(language) ?? createTranslate(sections, language);
  translates.set(language, made);
  return made;
}
