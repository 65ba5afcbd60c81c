import { documentChecker } from "#document/check.ts";
import type { FormatChecking } from "#document/format.ts";
import { argoChecking } from "#formats/argo/checking.ts";
import { componentChecking } from "#formats/component/checking.ts";
import { kfpV2Checking } from "#formats/kfp-v2/checking.ts";
import { readModel } from "./readers.ts";

// Registers the checking parts of the formats. The page loads this in its worker.

const formats: readonly FormatChecking[] = [argoChecking, kfpV2Checking, componentChecking];

/** The targets for which a document can be checked. */
export const checkTargets: readonly string[] = formats.flatMap(({ targets }) => targets ?? []);

/** Everything there is to say about a document, each diagnostic with its path. */
export const checkDocument = documentChecker(readModel, formats);

export type { Checkable } from "#document/check.ts";
export type { CheckMode, CheckOptions, OtherModels } from "#document/format.ts";
