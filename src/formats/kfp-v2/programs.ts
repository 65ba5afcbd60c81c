import type { ComponentProgram, FormatPrograms } from "#document/format.ts";
import type { Template } from "#pipeline/model.ts";
import { changedComponent, componentOf, defaultImage } from "./python/component.ts";
import { readLens } from "./python/lens.ts";
import { readPackages } from "./python/packages.ts";

/** The Python functions in executors of KFP v2. */
export const kfpV2Programs: FormatPrograms = {
  format: "kfp-v2",
  style: "kfp-v2",
  defaultImage,
  programOf,
  componentOf,
  changedComponent,
};

function programOf(template: Template): ComponentProgram | undefined {
  const found = readLens(template);
  if (!found) return undefined;
  const { command, index, lens, image } = found;
  return {
    text: command[index] as string,
    lens,
    path: ["container", "command", index],
    image,
    command,
    packages: readPackages(command) ?? [],
  };
}
