import type { PortKind, Template, Workflow } from "#pipeline/model.ts";
import { addItem, type Draft } from "#document/edit-draft.ts";
import { declarePort } from "../../edit/ports.ts";
import { indexByName, sortedIndex } from "../../edit/paths-and-names.ts";
import { callsOf } from "#document/edit-targets.ts";
import { writeArgument } from "../../edit/write-argument.ts";
import { kfpV1 } from "../flavor.ts";

/**
 * How a graph of a KFP file says a pipeline parameter: as an input, which is declared here and in every graph around it, up to the
 * entrypoint (docs/spec/kfp-v1.md#parameters-as-files, #group-ports). Undefined if the graph is not reached by single calls from the
 * entrypoint.
 */
export function parameterIn(
  draft: Draft,
  workflow: Workflow,
  graph: Template,
  parameter: string,
  kind: PortKind,
  seen: readonly string[] = [],
): string | undefined {
  const text = `{{inputs.${kind}s.${parameter}}}`;
  const declare = () => {
    if (indexByName(draft.at([...graph.path, "inputs", `${kind}s`]), parameter) < 0)
      declarePort(draft, graph, { direction: "input", port: kind, name: parameter }, { name: parameter }, kfpV1);
  };
  if (graph.name === workflow.entrypoint) {
    declare();
    if (kind === "artifact") declareFile(draft, workflow, parameter);
    return text;
  }
  const [call, ...others] = callsOf(draft.model, graph);
  if (!call || others.length > 0 || seen.includes(graph.id)) return undefined;
  const outer = parameterIn(draft, workflow, call.graph, parameter, kind, [...seen, graph.id]);
  if (outer === undefined) return undefined;
  declare();
  const given = [...call.task.path, "arguments", `${kind}s`];
  if (indexByName(draft.at(given), parameter) < 0)
    writeArgument(draft, call.task.path, kind, { name: parameter, [kind === "parameter" ? "value" : "from"]: outer }, kfpV1);
  return text;
}

/** The artifact of the workflow that holds a parameter's text. */
function declareFile(draft: Draft, workflow: Workflow, parameter: string): void {
  const list = [...workflow.specPath, "arguments", "artifacts"];
  const item = { name: parameter, raw: { data: `{{workflow.parameters.${parameter}}}` } };
  if (indexByName(draft.at(list), parameter) < 0) addItem(draft, list, item, sortedIndex(draft.at(list), parameter));
}
