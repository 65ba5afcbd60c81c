import type { Workflow } from "#pipeline/model.ts";
import { kfpV1 } from "../kfp/flavor.ts";
import type { Flavor } from "./flavor.ts";
import { plain } from "./plain.ts";

/** The flavor of a workflow, which reading found. */
export function flavorOf({ traits }: Workflow): Flavor {
  return traits.isSdkCompiled ? kfpV1 : plain;
}
