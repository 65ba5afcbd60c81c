import type { AnyValues, DataPath, Diagnostic, DiagnosticDetails } from "#diagnostics/diagnostic.ts";
import type { PythonOrigin, PythonProblem } from "#editor/ports.ts";

/** A Python origin as any version has stored it: `remarks` with a `finding` each are the `problems` with a `diagnostic` of now. */
export type StoredPython =
  | PythonOrigin
  | (Omit<PythonOrigin, "problems"> & {
      readonly remarks: readonly (Omit<PythonProblem, "diagnostic"> & {
        readonly finding: StoredDiagnostic & { readonly place: DataPath };
      })[];
    });

/** A diagnostic of an older version, without its path. */
type StoredDiagnostic = Omit<DiagnosticDetails, "path"> & { readonly code: string; readonly values: AnyValues };

/** Reads the Python origin of a stored pipeline, also of one that an older version stored. */
export function readStoredPython(stored: StoredPython): PythonOrigin {
  if ("problems" in stored) return stored;
  const { remarks, ...rest } = stored;
  return {
    ...rest,
    problems: remarks.map(({ finding: { place, ...diagnostic }, ...line }) => ({
      ...line,
      // A code that this version does not have any more is shown as the code.
      diagnostic: { ...diagnostic, path: place } as unknown as Diagnostic,
    })),
  };
}
