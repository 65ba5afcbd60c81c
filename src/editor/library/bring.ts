import { openAll } from "../commands/file.ts";
import type { Editor } from "../editor.ts";
import type { Point } from "../layout/places.ts";
import { shownGraph } from "../actions.ts";
import { isGraph } from "../shown.ts";
import { placeComponent, type Workbench, writePython } from "./add.ts";
import { folderBounds, isComponentFolderFile } from "./folder.ts";
import { largestText, type NamedText } from "./library.ts";

interface BringOptions {
  readonly at?: Point;
  /** The text comes from no file: a pipeline of it is unsaved from the start. */
  readonly begun?: boolean;
}

/**
 * Takes in what was dropped, chosen or pasted, and decides by its content (interaction.md, §9): pipelines are opened, components go
 * into the library and, if it is one alone, onto the canvas, Python goes into the function editor. Nothing in it is run or fetched.
 */
export async function bringIn(bench: Workbench, files: readonly NamedText[], options: BringOptions = {}): Promise<void> {
  const { editor, library } = bench;
  if (!library) return openAll(editor, files);
  const components: NamedText[] = [];
  for (const file of files) {
    if (file.text.length > largestText || file.text.slice(0, 8_192).includes("\u0000")) {
      await openAll(editor, [file]);
      continue;
    }
    const what = await library.recognise(file.text);
    switch (what.kind) {
      case "components":
      case "broken-component":
      case "library":
        components.push(file);
        break;
      case "python": {
        const isOpen = what.pipeline && (await openPipelineFile(editor, file));
        if (!isOpen) writePython(editor, { text: file.text, at: options.at });
        break;
      }
      case "pipeline":
        if (options.begun) await editor.open(file.name, file.text, { begun: true });
        else await openAll(editor, [file]);
        if (files.length > 1) await editor.flush();
        break;
      case "nothing":
        if (files.length === 1 && !isComponentFolderFile(file.name)) editor.session({ refusal: { code: "library-nothing", level: "info", values: { name: file.name }, place: [] } });
        break;
    }
  }
  if (components.length > 0) await bringComponents(bench, components, files.length === 1, options.at);
}

/** Opens the pipeline that a Python file defines; false if it defines none. What could not be read is told. */
async function openPipelineFile(editor: Editor, file: NamedText): Promise<boolean> {
  // The Python parser comes along only now.
  const { compilePython } = await import("#compiler/python/compile.ts");
  const compiledAt = new Date(editor.outside.now()).toISOString().replace("Z", "000");
  const { text, findings } = compilePython(file.text, { sdkVersion: "1.8.22", compiledAt });
  if (text === undefined) return false;
  await editor.open(file.name.replace(/^.*\//, "").replace(/(\.py|\.yaml)?$/, ".yaml"), text, { begun: true });
  const [first] = findings.filter(({ level }) => level !== "info");
  if (first) editor.session({ refusal: first });
  return true;
}

async function bringComponents({ editor, library }: Workbench, files: readonly NamedText[], isAlone: boolean, at: Point | undefined): Promise<void> {
  if (!library) return;
  const taken = await library.bring(files);
  const [entry] = taken;
  const report = library.store.getState().report;
  if (taken.length > 0 || (report?.remarks.length ?? 0) > 0) editor.session((now) => ({ panels: { ...now.panels, left: "palette" } }));
  if (isAlone && entry && taken.length === 1 && isGraph(shownGraph(editor.store.getState()))) placeComponent(editor, library, entry, at);
}

/** A file of the browser, as far as it is needed here. */
interface FolderFile {
  readonly name: string;
  readonly size: number;
  readonly webkitRelativePath?: string;
  text(): Promise<string>;
}

/** Takes the components of a folder in, each into a group named after its own folder. What is no component is passed over. */
export async function bringFolder({ editor, library }: Workbench, files: readonly FolderFile[]): Promise<void> {
  if (!library) return;
  const wanted = files.filter((file) => isComponentFolderFile(file.webkitRelativePath || file.name) && file.size <= folderBounds.bytes).slice(0, folderBounds.files);
  const found: NamedText[] = [];
  for (const file of wanted) {
    const text = await file.text();
    const { kind } = await library.recognise(text);
    if (kind === "components" || kind === "library" || kind === "broken-component") found.push({ name: file.webkitRelativePath || file.name, text });
  }
  await library.bring(found);
  editor.session((now) => ({ panels: { ...now.panels, left: "palette" } }));
}
