import type { FormatPresentation } from "#document/format.ts";
import { argoPresentation } from "#formats/argo/settings/presentation.ts";
import { kfpV2Presentation } from "#formats/kfp-v2/settings.ts";

// Registers what the panels show for each format. The page loads this with the panels.

export const presentations: readonly FormatPresentation[] = [argoPresentation, kfpV2Presentation];
