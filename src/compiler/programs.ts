import type { ComponentProgram, FormatPrograms } from "#document/format.ts";
import type { FormatId, Template } from "#pipeline/model.ts";
import { argoPrograms } from "#formats/argo/programs.ts";
import { kfpV2Programs } from "#formats/kfp-v2/programs.ts";

// Registers what finds Python functions in components. The page loads this with the function editor.

const programs: readonly FormatPrograms[] = [argoPrograms, kfpV2Programs];

/** The Python program of a component of a format; undefined if it was not made from a Python function. */
export function programOf(template: Template, format: FormatId): ComponentProgram | undefined {
  return programs.find((one) => one.format === format)?.programOf(template);
}
