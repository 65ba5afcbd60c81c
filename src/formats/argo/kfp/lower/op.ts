/**
 * A template in the making: its fields, what it takes and what it offers. Which outputs become parameters is known only when all
 * ops have been seen, so a draft is finished (`finishTemplate`) after the data flow is settled. docs/spec/kfp-v1.md#templates
 */
import { type Data, type DataMap, isMap } from "#data/data.ts";
import { byCodePoint } from "#components/python-text.ts";
import type { NamedReference, Uses } from "./used-references.ts";

/** One output of an op. */
export interface DraftOutput {
  /** As the component names it. */
  readonly output: string;
  /** Name in the file, such as `fit-Output-1`. */
  readonly name: string;
  /** Container: the path of its file; resource: a jsonPath. */
  readonly from: string;
  /** `mlpipeline-…`: an artifact only, nothing can be connected to it. */
  readonly reserved: boolean;
}

export interface Draft<R extends NamedReference> {
  readonly kind: "container" | "resource";
  readonly name: string;
  /** container or resource, volumes, metadata … without inputs and outputs. */
  readonly fields: DataMap;
  readonly uses: Uses<R>;
  /** Input artifacts, sorted as the SDK does. */
  readonly artifacts: readonly DataMap[];
  readonly outputs: readonly DraftOutput[];
}

/** The template. `isValue` says which outputs something downstream uses by value. */
export function finishTemplate<R extends NamedReference>(draft: Draft<R>, isValue: (output: DraftOutput) => boolean): DataMap {
  const inputs = compact({ parameters: draft.uses.parameters().map((name) => ({ name })), artifacts: draft.artifacts });
  return compact({
    name: draft.name,
    [draft.kind]: draft.fields[draft.kind],
    inputs,
    outputs: outputsOf(draft, isValue),
    ...without(draft.fields, draft.kind),
  });
}

function outputsOf<R extends NamedReference>(draft: Draft<R>, isValue: (output: DraftOutput) => boolean): DataMap {
  const sorted = [...draft.outputs].sort((a, b) => byCodePoint(a.name, b.name));
  if (draft.kind === "resource") return compact({ parameters: sorted.map(({ name, from }) => ({ name, valueFrom: { jsonPath: from } })) });
  const ordered = [...draft.outputs.filter((one) => one.reserved), ...sorted.filter((one) => !one.reserved)];
  return compact({
    parameters: sorted.filter((one) => !one.reserved && isValue(one)).map(({ name, from }) => ({ name, valueFrom: { path: from } })),
    artifacts: ordered.map(({ name, from }) => ({ name, path: from })),
  });
}

/** A mapping without absent values, empty mappings and empty lists; the SDK writes none of these above the container. */
export function compact(data: Readonly<Record<string, Data | undefined>>): DataMap {
  return Object.fromEntries(
    Object.entries(data).filter((entry): entry is [string, Data] => {
      const value = entry[1];
      if (value === undefined) return false;
      return !(Array.isArray(value) && value.length === 0) && !(isMap(value) && Object.keys(value).length === 0);
    }),
  );
}

/** A mapping without one key. */
export function without(data: DataMap, key: string): DataMap {
  return Object.fromEntries(Object.entries(data).filter(([name]) => name !== key));
}
