import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { compilePython } from "#compiler/python.ts";
import { componentPipelines } from "./component-pipelines.ts";
import { editedPipelines } from "./edited.ts";
import { pipelineFiles, pythonFiles, stamps } from "./pipelines.ts";

/**
 * Files that we write: the examples, and what the compiler makes of plans, Python pipelines and edits. Made ones go into `folder`.
 * Gives their paths.
 */
export function writtenFiles(root: string, corpus: string, folder: string): readonly string[] {
  return [
    ...examples(root),
    ...compiledPipelines(root, join(folder, "pipelines")),
    ...editedPipelines(root, join(folder, "edited")),
    ...componentPipelines(corpus, join(folder, "components")),
  ];
}

function examples(root: string): readonly string[] {
  const location = join(root, "examples");
  if (!existsSync(location)) return [];
  return readdirSync(location)
    .filter((name) => name.endsWith(".yaml"))
    .sort()
    .map((name) => join(location, name));
}

/** Every Python pipeline of the suite, those that are read in part included. */
function compiledPipelines(root: string, folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const files = [
    ...pipelineFiles(root),
    ...pythonFiles(join(root, "test/conformance/partial")),
    ...pythonFiles(join(root, "test/conformance/defects")),
  ];
  return files.flatMap((file) => {
    const { text } = compilePython(readFileSync(file, "utf8"), stamps);
    return text === undefined ? [] : [put(folder, `${basename(file, ".py")}.yaml`, text)];
  });
}

/** Writes a file and gives its path. */
function put(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
