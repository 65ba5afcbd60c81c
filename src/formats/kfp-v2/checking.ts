import type { FormatChecking } from "#document/format.ts";
import { serverOfTarget, serverTargets } from "./schema/server-version.ts";
import { checkHeader } from "./check/torn-header.ts";
import { checkPipeline } from "./check/check.ts";

/** The rules of KFP v2. */
export const kfpV2Checking: FormatChecking = {
  format: "kfp-v2",
  targets: serverTargets,
  checkUnread: checkHeader,
  check: (workflow, { model, stream, options }) => checkPipeline(workflow, { model, stream, server: serverOfTarget(options.target) }),
};
