import { isList, isMap } from "#data/data.ts";
import { k8sName } from "#kubernetes/kfp-names.ts";
import { namesTaken } from "../edit/names-taken.ts";
import type { Flavor } from "./flavor.ts";

const groupWords = { condition: "condition", "for-loop": "loop", "exit-handler": "exit-handler", subgraph: "group" } as const;

/** Workflows that people and other tools wrote: an edit adds at the end, with plain names, and removes only what it was asked to. */
export const plain: Flavor = {
  indexFor: () => undefined,
  inOrder: (items) => items,
  keyAfterOutputs: (template) => template.kind,
  valueData: (value) => (isList(value) || isMap(value) ? JSON.stringify(value) : value),
  loopItems: (items) => (items.length === 0 ? undefined : items),
  groupNames: (workflow, { kind, own }) => ({
    group: namesTaken(workflow).give((own !== undefined && k8sName(own)) || groupWords[kind]),
    item: "item",
  }),
  claimVolumeName: (claim) => k8sName(claim).slice(0, 63) || "volume",
  outputOfCopy: (output) => output,
  isExitHandler: () => false,
  hasCompiledSteps: false,
  keepsOnlyWhatIsUsed: false,
  passesParametersAsInputs: false,
  keepsNamesAcrossGroups: false,
  declaresItemAtOnce: true,
  hasPipelineSpec: false,
  keepsEmptyParameters: false,
  unknownFieldLevel: "error",
};
