import { setPanel } from "../actions.ts";
import type { Editor } from "../editor.ts";
import type { PythonOrigin, PythonProblem } from "../ports.ts";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import type { NamedText } from "./library.ts";

/**
 * Opens the pipeline defined by a Python file (the first of the files; the others came with it) as a document named after the file. If
 * there are several pipelines, the user chooses. What could not be read is reported with the document; nothing is guessed. Returns the
 * diagnostics about a file that defines no pipeline.
 */
export async function openPythonPipeline(
  editor: Editor,
  files: readonly NamedText[],
  pipeline?: string,
): Promise<readonly Diagnostic[] | undefined> {
  const [file, ...beside] = files;
  const { text: textService } = editor.outside;
  if (!file || !textService.python) return [];
  // A byte order mark is not part of the program.
  const source = file.text.replace(/^\ufeff/, "");
  const answer = await textService.python({ text: source, now: editor.outside.now(), beside, ...(pipeline !== undefined && { pipeline }) });
  if (answer.text === undefined) return answer.diagnostics;
  if (pipeline === undefined && answer.pipelines.length > 1) {
    editor.session({ choosing: { files, names: answer.pipelines } });
    setPanel(editor, "dialog", "choose-pipeline");
    return undefined;
  }
  const fileName = file.name.replace(/^.*[\\/]/, "");
  const problems = answer.diagnostics.filter(({ level }) => level !== "info").map((diagnostic) => problemOf(source, diagnostic));
  const python: PythonOrigin = { fileName: fileName.replace(/\.ya?ml$/i, ".py"), problems };
  await editor.open(fileName.replace(/(\.(py|ya?ml|txt))?$/i, ".yaml"), answer.text, { isNew: true, python });
  return undefined;
}

/** Opens the chosen pipeline of a file with several. */
export async function choosePipeline(editor: Editor, name: string): Promise<void> {
  const { choosing } = editor.store.getState().session;
  setPanel(editor, "dialog", undefined);
  editor.session({ choosing: undefined });
  if (choosing) await openPythonPipeline(editor, choosing.files, name);
}

/** The number of lines of the Python file that are missing or different in the pipeline. */
export function linesLeftOut(python: PythonOrigin | undefined): number {
  return new Set(python?.problems.filter(({ diagnostic }) => isLeftOut(diagnostic)).map(({ line }) => line)).size;
}

/** Removes the notice about the Python file; its diagnostics stay in Problems. */
export function closePythonNotice(editor: Editor): void {
  editor.store.setState(({ document }) => ({
    document: document.python ? { ...document, python: { ...document.python, isSeen: true } } : document,
  }));
}

function isLeftOut(diagnostic: Diagnostic): boolean {
  return diagnostic.level === "error" || diagnostic.code === "python-pipeline-left-out";
}

function problemOf(text: string, diagnostic: Diagnostic): PythonProblem {
  const at = diagnostic.span?.[0] ?? 0;
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", at);
  const source = text.slice(start, end < 0 ? undefined : end).trimEnd();
  return {
    diagnostic,
    line: text.slice(0, at).split("\n").length,
    column: at - start + 1,
    source: source.length > 200 ? `${source.slice(0, 199)}…` : source,
  };
}
