import { isGraph } from "#pipeline/template-kinds.ts";
import { openAll } from "../commands/file.ts";
import type { Editor } from "../editor.ts";
import type { Point } from "../layout/geometry.ts";
import { currentGraph } from "../actions.ts";
import { showFailure } from "../missing-part.ts";
import { placeComponent, type Workbench, writePython } from "./place-entry.ts";
import { largestText, type NamedText } from "./library.ts";
import { openPythonPipeline } from "./python-pipeline.ts";
import type { ReadFile, UndecodedFile } from "../ports.ts";
import { type ByteFile, isText, readFiles, refuseUndecoded } from "./read-files.ts";

interface BringOptions {
  readonly at?: Point;
  /** The text comes from no file: its pipeline is unsaved from the start. */
  readonly isNew?: boolean;
  /** Opened explicitly: unknown content is opened as text. */
  readonly chosen?: boolean;
}

/**
 * Imports what was dropped, chosen or pasted, and decides by its content (docs/spec/interaction.md#paste-and-drop): pipelines are opened,
 * components go into the library and, if it is a single one, onto the canvas, the pipelines of Python files are opened, Python functions go
 * into the function editor. Nothing in it is run or fetched.
 */
export async function bringIn(bench: Workbench, read: readonly ReadFile[], options: BringOptions = {}): Promise<void> {
  const { editor, library } = bench;
  const files = read.filter(isText);
  const undecoded = read.filter((file): file is UndecodedFile => !isText(file));
  refuseUndecoded(editor, undecoded);
  if (!library) return openAll(editor, files, options);
  const components: NamedText[] = [];
  for (const file of files) {
    if (file.text.length > largestText || file.text.includes("\0")) {
      await openAll(editor, [file]);
      continue;
    }
    if (await whileReading(editor, file.name, () => bringOne({ editor, library }, file, { files, options }))) components.push(file);
  }
  if (components.length > 0) await bringComponents(bench, components, files.length === 1, options.at);
}

/**
 * Shows the name of a file as being opened while it is recognised, compiled and opened. A failure is reported; undefined is returned then.
 */
async function whileReading<Result>(editor: Editor, name: string, work: () => Promise<Result>): Promise<Result | undefined> {
  const setReading = (reading: string | undefined) => editor.store.setState(({ status }) => ({ status: { ...status, reading } }));
  setReading(name);
  try {
    return await work();
  } catch (error) {
    showFailure(editor, error);
    return undefined;
  } finally {
    setReading(undefined);
  }
}

/** Everything that was imported together, and how. */
interface Brought {
  readonly files: readonly NamedText[];
  readonly options: BringOptions;
}

/** Imports one of the files; returns true if it is one of components, which are imported together. */
async function bringOne(bench: Required<Workbench>, file: NamedText, { files, options }: Brought): Promise<boolean> {
  const { editor, library } = bench;
  const what = await library.recognise(file.text);
  switch (what.kind) {
    case "components":
    case "broken-component":
    case "library":
      return true;
    case "python": {
      if (what.pipeline)
        await bringPython(editor, [file, ...files.filter((one) => one !== file)], { ...options, hasFunctions: what.functions });
      else writePython(editor, { text: file.text, at: options.at });
      if (files.length > 1) await editor.flush();
      break;
    }
    case "pipeline":
      await openAll(editor, [file], options);
      if (files.length > 1) await editor.flush();
      break;
    case "nothing":
      if (options.chosen) await openAll(editor, [file], options);
      else if (files.length === 1 && !isComponentFolderFile(file.name))
        editor.session({ refusal: { code: "library-nothing", level: "info", values: { name: file.name }, path: [] } });
      break;
  }
  return false;
}

/** Lets the user choose files and imports them. */
export async function chooseFiles(bench: Workbench): Promise<void> {
  await bringIn(bench, await bench.editor.outside.files.choose(), { chosen: true });
}

/** Opens the pipeline of a Python file; a file of functions alone goes into the function editor. */
async function bringPython(
  editor: Editor,
  files: readonly NamedText[],
  options: BringOptions & { readonly hasFunctions: boolean },
): Promise<void> {
  const message = await openPythonPipeline(editor, files);
  if (!message) return;
  if (options.hasFunctions) return writePython(editor, { text: files[0]?.text ?? "", at: options.at });
  const [first] = message;
  if (first) editor.session({ refusal: first });
}

async function bringComponents(
  { editor, library }: Workbench,
  files: readonly NamedText[],
  isAlone: boolean,
  at: Point | undefined,
): Promise<void> {
  if (!library) return;
  const taken = await library.bring(files);
  const [entry] = taken;
  const report = library.store.getState().report;
  if (taken.length > 0 || (report?.problems.length ?? 0) > 0) editor.session((now) => ({ panels: { ...now.panels, left: "palette" } }));
  if (isAlone && entry && taken.length === 1 && isGraph(currentGraph(editor.store.getState()))) placeComponent(editor, library, entry, at);
}

/** A file of a folder, reduced to what is needed here. */
interface FolderFile extends ByteFile {
  readonly size: number;
  readonly webkitRelativePath?: string;
}

/** Imports the components of a folder, each into a group named after its own folder. Other files are skipped. */
export async function bringFolder({ editor, library }: Workbench, files: readonly FolderFile[]): Promise<void> {
  if (!library) return;
  const wanted = files
    .filter((file) => isComponentFolderFile(file.webkitRelativePath || file.name) && file.size <= folderBounds.bytes)
    .slice(0, folderBounds.files);
  const found: NamedText[] = [];
  for (const file of wanted) {
    const [read] = await readFiles([file]);
    const name = file.webkitRelativePath || file.name;
    // Only a file whose name suggests a component justifies a question about its encoding.
    if (read && !isText(read)) {
      if (/component[^/]*$/i.test(name)) refuseUndecoded(editor, [{ ...read, name }]);
      continue;
    }
    const { kind } = await library.recognise(read?.text ?? "");
    if (read && (kind === "components" || kind === "library" || kind === "broken-component")) found.push({ name, text: read.text });
  }
  await library.bring(found);
  editor.session((now) => ({ panels: { ...now.panels, left: "palette" } }));
}

/** Files of a folder that may contain a component; most of a folder usually does not. */
function isComponentFolderFile(name: string): boolean {
  return /\.(ya?ml|json|py)$/i.test(name) && !/(^|\/)(\.|node_modules\/|__pycache__\/)/.test(name);
}

/** The maximum number of files read from one folder, and the maximum size of each. */
const folderBounds = { files: 2_000, bytes: 2_000_000 } as const;
