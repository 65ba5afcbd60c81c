import { type Data, type DataMap, field, textField } from "#data/data.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import { k8sName } from "#kubernetes/kfp-names.ts";
import { longestTemplateName, NamePool, opName } from "../../kfp/lower/assign-names.ts";

// Names for what an edit adds: made by the rules of docs/spec/kfp-v1.md#names, unique among the names already in the file, whose
// names are sticky. What a name in another script loses is kept as display name.

/** A pool in which every name that a new task or template could meet is taken: templates, tasks, the pipeline. */
export function namesTaken(workflow: Workflow): NamePool {
  const pool = new NamePool(longestTemplateName);
  for (const template of workflow.templates) {
    pool.reserve(template.name);
    for (const task of template.tasks) pool.reserve(task.name);
  }
  if (workflow.entrypoint !== undefined) pool.reserve(workflow.entrypoint);
  if (workflow.onExit !== undefined) pool.reserve(workflow.onExit);
  return pool;
}

/**
 * Gives a step its name: `task` and a number if nothing of the display name is allowed in a Kubernetes name. `outputs` says which
 * reference names the step would give out under a name; none of them may mean something else already.
 */
export function stepName(pool: NamePool, workflow: Workflow, human: string, outputs: (name: string) => readonly string[]): string {
  const taken = referenceNames(workflow);
  for (;;) {
    const name = pool.give(opName(human));
    if (!outputs(name).some((output) => taken.has(output))) return name;
  }
}

/** Every name that travels through KFP graphs: pipeline parameters and outputs. One name must not mean two things in one graph. */
function referenceNames(workflow: Workflow): ReadonlySet<string> {
  if (!workflow.traits.isSdkCompiled) return new Set();
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

/** The SDK version that the file says it was compiled by, for labels of new steps. */
export function sdkVersionOf(workflow: Workflow): string {
  const metadata: Data | undefined = field(workflow.rest, "metadata");
  const key = "pipelines.kubeflow.org/kfp_sdk_version";
  const message = textField(field(metadata, "labels"), key) ?? textField(field(metadata, "annotations"), key);
  return message !== undefined && message !== "" ? message : "1.8.22";
}

/** The names that a group asks for, by KFP's one counter for groups and items of literal lists (docs/spec/kfp-v1.md#group-names). */
export function groupNames(
  workflow: Workflow,
  prefix: string,
  own: string | undefined,
  literal: boolean,
): { readonly group: string; readonly item: string } {
  const pool = namesTaken(workflow);
  if (!workflow.traits.isSdkCompiled) {
    const plain =
      (own !== undefined && k8sName(own)) ||
      { condition: "condition", "for-loop": "loop", "exit-handler": "exit-handler", subgraph: "group" }[prefix] ||
      "group";
    return { group: pool.give(plain), item: "item" };
  }
  let counter = highestNumber(workflow);
  const item = literal ? `loop-item-param-${++counter}` : "";
  const cleaned = own === undefined ? "" : k8sName(own);
  const stem = cleaned === "" || prefix === "for-loop" || prefix === "exit-handler" ? prefix : `${prefix}-${cleaned}`;
  const taken = new Set(workflow.templates.flatMap((template) => [template.name, ...template.tasks.map((task) => task.name)]));
  do counter++;
  while (taken.has(numbered(stem, counter)));
  return { group: numbered(stem, counter), item };
}

function numbered(stem: string, n: number): string {
  const number = `-${n}`;
  return stem.slice(0, longestTemplateName - number.length).replace(/-+$/, "") + number;
}

/** The highest number that a group or a loop's item has in the file. */
function highestNumber(workflow: Workflow): number {
  const names = workflow.templates
    .filter((template) => template.kind === "dag")
    .flatMap((template: Template) => [template.name, ...template.inputs.map((input) => input.name)]);
  const numbers = names.map(
    (name) => /^(?:condition|for-loop|exit-handler|graph|subgraph|loop-item-param)(?:-.*)?-(\d{1,6})(?:-subvar-.*)?$/.exec(name)?.[1],
  );
  return Math.max(0, ...numbers.map((text) => Number(text ?? 0)));
}

/** A mapping without the keys that are undefined. */
export function defined(data: Readonly<Record<string, Data | undefined>>): DataMap {
  return Object.fromEntries(Object.entries(data).filter((entry): entry is [string, Data] => entry[1] !== undefined));
}
