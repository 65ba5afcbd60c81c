import { documentChecker } from "#document/check.ts";
import { argoChecking } from "#formats/argo/checking.ts";
import { componentChecking } from "#formats/component/checking.ts";
import { kfpV2Checking } from "#formats/kfp-v2/checking.ts";
import { readModel } from "./readers.ts";

// Registers the checking parts of the formats. The page loads this in its worker.

/** Everything there is to say about a document, each diagnostic with its path. */
export const checkDocument = documentChecker(readModel, [argoChecking, kfpV2Checking, componentChecking]);

export type { Checkable } from "#document/check.ts";
export type { CheckMode, CheckOptions, OtherModels } from "#document/format.ts";
