import type { Data, DataMap } from "#data/data.ts";
import type { PortKind } from "#pipeline/model.ts";

/** Bindings of inputs and sources of outputs as data, keys in the SDK's order. */

/** A constant. */
export function constantBinding(value: Data): DataMap {
  return { runtimeValue: { constant: value } };
}

/** An input of the graph around the task. */
export function inputBinding(kind: PortKind, input: string): DataMap {
  return kind === "parameter" ? { componentInputParameter: input } : { componentInputArtifact: input };
}

/** An output of a sibling. */
export function outputBinding(kind: PortKind, task: string, output: string): DataMap {
  return kind === "parameter"
    ? { taskOutputParameter: { outputParameterKey: output, producerTask: task } }
    : { taskOutputArtifact: { outputArtifactKey: output, producerTask: task } };
}

/** An output of a task inside, as the source of an output of the graph. */
export function selector(kind: PortKind, task: string, output: string): DataMap {
  return kind === "parameter"
    ? { outputParameterKey: output, producerSubtask: task }
    : { outputArtifactKey: output, producerSubtask: task };
}

/** The source of an output of a graph: one output of a task inside, or the first of several that was made. */
export function outputSource(kind: PortKind, from: readonly { readonly task: string; readonly output: string }[]): DataMap {
  const selectors = from.map(({ task, output }) => selector(kind, task, output));
  if (kind === "artifact") return { artifactSelectors: selectors };
  const [only] = selectors;
  return selectors.length === 1 && only ? { valueFromParameter: only } : { valueFromOneof: { parameterSelectors: selectors } };
}
