import type { FormatChecking } from "#document/format.ts";
import { checkPipeline } from "./check/check.ts";

/** The rules of KFP v2. */
export const kfpV2Checking: FormatChecking = {
  format: "kfp-v2",
  check: (workflow, { model, stream }) => checkPipeline(workflow, { model, stream }),
};
