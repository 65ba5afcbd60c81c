import { openPython, stampsAt } from "#compiler/python.ts";
import type { PythonAnswer, PythonQuestion } from "#editor/ports.ts";

/**
 * Compiles the pipeline of a Python file to text; component files that it names are looked up by base name among the files opened with it.
 */
export function openPythonFile({ text, pipeline, now, beside }: PythonQuestion): PythonAnswer {
  const files = new Map(beside.map((file) => [lastName(file.name), file.text]));
  return openPython(text, stampsAt(new Date(now)), {
    ...(pipeline !== undefined && { pipeline }),
    load: (location) => (/^[a-z][a-z0-9+.-]*:\/\//i.test(location) ? undefined : files.get(lastName(location))),
  });
}

function lastName(path: string): string {
  return path.replace(/^.*[\\/]/, "");
}
