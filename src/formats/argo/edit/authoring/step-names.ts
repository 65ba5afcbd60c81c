import type { Data, DataMap } from "#data/data.ts";
import type { Workflow } from "#pipeline/model.ts";
import { flavorOf } from "../../flavor/flavor-of.ts";
import { type NamePool, opName } from "../../kfp/lower/assign-names.ts";

// Names for what an edit adds: made by the rules of docs/spec/kfp-v1.md#names, unique among the names already in the file, whose
// names are sticky. What a name in another script loses is kept as display name.

/**
 * Gives a step its name: `task` and a number if nothing of the display name is allowed in a Kubernetes name. `outputs` says which
 * reference names the step would give out under a name; none of them may mean something else already.
 */
export function stepName(pool: NamePool, workflow: Workflow, human: string, outputs: (name: string) => readonly string[]): string {
  const taken = flavorOf(workflow).keepsNamesAcrossGroups ? referenceNames(workflow) : new Set<string>();
  for (;;) {
    const name = pool.give(opName(human));
    if (!outputs(name).some((output) => taken.has(output))) return name;
  }
}

/** Every name that travels through groups: pipeline parameters and outputs. One name must not mean two things in one graph. */
function referenceNames(workflow: Workflow): ReadonlySet<string> {
  return new Set(
    [
      ...workflow.parameters.map((one) => one.name),
      ...workflow.templates.flatMap((template) => template.outputs.map((output) => output.name)),
    ].filter((name) => !name.startsWith("mlpipeline-")),
  );
}

/** The display name that a step needs if its identifier cannot express the given name. */
export function displayNameFor(human: string, identifier: string): string | undefined {
  const plain = (text: string) =>
    text
      .normalize("NFC")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, "");
  const wanted = plain(human);
  const shown = plain(identifier);
  // The rules put an `n` before a leading digit and a number behind a name that is taken.
  const shows =
    wanted !== "" && (shown.startsWith(wanted) || shown.startsWith(`n${wanted}`)) && plain(opName(human)).length >= wanted.length;
  return shows ? undefined : human;
}

/** A mapping without the keys that are undefined. */
export function defined(data: Readonly<Record<string, Data | undefined>>): DataMap {
  return Object.fromEntries(Object.entries(data).filter((entry): entry is [string, Data] => entry[1] !== undefined));
}
