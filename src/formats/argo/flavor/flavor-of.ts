import type { Workflow } from "#pipeline/model.ts";
import { kfpV1 } from "../kfp/flavor.ts";
import type { Flavor } from "./flavor.ts";
import { kfpV1Traits, plainTraits } from "../traits.ts";
import { plain } from "./plain.ts";

const flavors: Readonly<Record<string, Flavor>> = { [plainTraits.variant]: plain, [kfpV1Traits.variant]: kfpV1 };

/** The flavor of a workflow, which reading found. */
export function flavorOf({ traits }: Workflow): Flavor {
  return flavors[traits.variant] ?? plain;
}
