import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import type { PythonOrigin, PythonProblem } from "#editor/ports.ts";

/** A Python origin as any version has stored it: `remarks` with a `finding` each are the `problems` with a `diagnostic` of now. */
export type StoredPython =
  | PythonOrigin
  | (Omit<PythonOrigin, "problems"> & {
      readonly remarks: readonly (Omit<PythonProblem, "diagnostic"> & {
        readonly finding: Omit<Diagnostic, "path"> & { readonly place: Diagnostic["path"] };
      })[];
    });

/** Reads the Python origin of a stored pipeline, also of one that an older version stored. */
export function readStoredPython(stored: StoredPython): PythonOrigin {
  if ("problems" in stored) return stored;
  const { remarks, ...rest } = stored;
  return {
    ...rest,
    problems: remarks.map(({ finding: { place, ...diagnostic }, ...line }) => ({ ...line, diagnostic: { ...diagnostic, path: place } })),
  };
}
