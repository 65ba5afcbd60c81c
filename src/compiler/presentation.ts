import type { FormatPresentation } from "#document/format.ts";
import { argoPresentation } from "#formats/argo/settings/presentation.ts";
import { kfpV2Presentation } from "#formats/kfp-v2/settings.ts";
import type { FormatId } from "#pipeline/model.ts";

// Registers what the panels show for each format. The page loads this with the panels.

export const presentations: readonly FormatPresentation[] = [argoPresentation, kfpV2Presentation];

/** What the panels show for a format; undefined: nothing. */
export function presentationOf(format: FormatId): FormatPresentation | undefined {
  return presentations.find((one) => one.format === format);
}
