import type { FormatPrograms } from "#document/format.ts";
import type { FormatId } from "#pipeline/model.ts";
import { argoPrograms } from "#formats/argo/programs.ts";
import { kfpV2Programs } from "#formats/kfp-v2/programs.ts";

// Registers what finds Python functions in components. The page loads this with the function editor.

const programs: readonly FormatPrograms[] = [argoPrograms, kfpV2Programs];

/** What finds and makes the Python functions of a format. */
export function programsOf(format: FormatId): FormatPrograms | undefined {
  return programs.find((one) => one.format === format);
}
