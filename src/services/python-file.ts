import { openPython } from "#convert/from-python/compile.ts";
import { localTime, sdkVersion } from "#convert/from-python/stamps.ts";
import type { PythonAnswer, PythonQuestion } from "#editor/ports.ts";

/** The pipeline of a Python file as text; component files that it names are taken from the files that came with it, by their last name. */
export function openPythonFile({ text, pipeline, now, beside }: PythonQuestion): PythonAnswer {
  const files = new Map(beside.map((file) => [lastName(file.name), file.text]));
  return openPython(
    text,
    { sdkVersion, compiledAt: localTime(new Date(now)) },
    {
      ...(pipeline !== undefined && { pipeline }),
      load: (location) => (/^[a-z][a-z0-9+.-]*:\/\//i.test(location) ? undefined : files.get(lastName(location))),
    },
  );
}

function lastName(path: string): string {
  return path.replace(/^.*[\\/]/, "");
}
