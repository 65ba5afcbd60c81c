import type { GroupOperand } from "#pipeline/authoring-edit.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import { writeReference } from "../../syntax/references.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { isRefused, refuse } from "#document/edit-targets.ts";
import { findSource } from "../find-source.ts";
import { addTwin } from "../../kfp/edit/output-twins.ts";
import { parameterIn } from "../../kfp/edit/parameter-in-graph.ts";
import { declareItem } from "./loop-item.ts";
import { flavorOf } from "../../flavor/flavor-of.ts";

/** What a condition compares or a loop runs over, as the call of the group writes it. */
export interface DescribedOperand {
  readonly text: string;
  /** The reference name, from which a loop's item has its name; undefined for plain text. */
  readonly name?: string;
}

/** An operand as text in a graph. `loop`: KFP reads pipeline parameters of a loop from the workflow, of a condition through inputs. */
export function sayOperand(
  draft: Draft,
  workflow: Workflow,
  graph: Template,
  operand: GroupOperand,
  use: "condition" | "loop",
): DescribedOperand | Refused {
  if ("text" in operand) return sayText(operand.text, use, graph);
  if ("task" in operand) return sayOutput(draft, workflow, graph, operand);
  const { parameter } = operand;
  const input = graph.inputs.find((one) => one.kind === "parameter" && (one.name === parameter || one.label === parameter));
  if (workflow.parameters.some((one) => one.name === parameter)) {
    const through =
      use === "condition" && flavorOf(workflow).passesParametersAsInputs
        ? parameterIn(draft, workflow, graph, parameter, "parameter")
        : undefined;
    return { text: through ?? `{{workflow.parameters.${parameter}}}`, name: parameter };
  }
  if (!input && !declareItem(draft, workflow, graph, parameter))
    return refuse("authoring-operand-unknown", { name: parameter }, graph.path);
  const name = input?.name ?? parameter;
  return { text: `{{inputs.parameters.${name}}}`, name };
}

function sayText(text: string, use: "condition" | "loop", graph: Template): DescribedOperand | Refused {
  // Argo puts the values in and evaluates the text then; a quotation mark in it would end the operand.
  return use === "condition" && text.includes('"') ? refuse("authoring-operand-quote", { text }, graph.path) : { text };
}

/** An output is read as a value, so its producer gives it as one from now on. */
function sayOutput(
  draft: Draft,
  workflow: Workflow,
  graph: Template,
  operand: { readonly task: string; readonly output: string },
): DescribedOperand | Refused {
  const source = findSource(draft, { task: operand.task, port: operand.output }, workflow, graph);
  if (source === "pipeline-parameter") return refuse("authoring-operand-unknown", { name: operand.output }, graph.path);
  if (isRefused(source)) return source;
  if (source.asValue) return { text: writeReference(source.asValue), name: source.name };
  const producer = source.sibling?.callee;
  if (!producer || !source.output || !source.asFile || !addTwin(draft, producer, source.output.name, flavorOf(workflow))) {
    return refuse("edit-no-value", { out: source.port.label, from: source.owner }, graph.path);
  }
  return { text: writeReference({ ...source.asFile, port: "parameter" }), name: source.name };
}
