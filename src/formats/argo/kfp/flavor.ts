import { byCodePoint, pythonJson, scalarText } from "#components/python-text.ts";
import { type Data, isList, isMap } from "#data/data.ts";
import { k8sCaseName } from "#kubernetes/kfp-names.ts";
import type { Flavor } from "../flavor/flavor.ts";
import { sortedIndex } from "../edit/paths-and-names.ts";
import { groupNames } from "./edit/group-names.ts";
import { claimVolumeName } from "./lower/volumes.ts";

/** Workflows as the SDK of KFP v1 compiles them: an edit leaves what the SDK would have written. docs/spec/kfp-v1.md */
export const kfpV1: Flavor = {
  indexFor: sortedIndex,
  inOrder: (items, nameOf) => [...items].sort((a, b) => byCodePoint(nameOf(a), nameOf(b))),
  keyAfterOutputs: () => "metadata",
  valueData: (value) => (isList(value) || isMap(value) ? pythonJson(value) : scalarText(value)),
  loopItems,
  groupNames,
  claimVolumeName,
  outputOfCopy: (output, from, to) => (output.startsWith(`${from}-`) ? to + output.slice(from.length) : output),
  isExitHandler: ({ name }) => /^exit-handler-\d+$/.test(name),
  hasCompiledSteps: true,
  keepsOnlyWhatIsUsed: true,
  passesParametersAsInputs: true,
  keepsNamesAcrossGroups: true,
  declaresItemAtOnce: false,
  hasPipelineSpec: true,
  keepsEmptyParameters: true,
  // The decoders of Kubeflow's and of older Argo let unknown fields pass, so a file compiled for them may hold some.
  unknownFieldLevel: "warning",
};

const itemKey = /^[a-zA-Z_][0-9a-zA-Z_]*$/;

/** All items with the same keys, which are cleaned. docs/spec/kfp-v1.md#loops */
function loopItems(items: readonly Data[]): readonly Data[] | undefined {
  const keys = (item: Data | undefined) => (isMap(item) ? Object.keys(item).sort(byCodePoint).join("\n") : undefined);
  if (items.length === 0) return undefined;
  if (items.some((item) => keys(item) !== keys(items[0]) || (isMap(item) && !Object.keys(item).every((key) => itemKey.test(key)))))
    return undefined;
  return items.map((item) =>
    isMap(item) ? Object.fromEntries(Object.entries(item).map(([key, value]) => [k8sCaseName(key) || key, value])) : item,
  );
}
