import { isPythonFunction } from "#components/component-ports.ts";
import type { GraphNode } from "#pipeline/graph.ts";
import type { Template, TemplateKind, Workflow } from "#pipeline/model.ts";
import { isCreatedClaim } from "#pipeline/volume-ports.ts";
import { groupNames, type GroupName } from "./display-names.ts";

/**
 * The kind of a box. Canvas, inspector, outline, hover cards and accessible names all take label and icon from here, so that a kind
 * looks the same everywhere. The message of a kind has the code `kind-KIND`.
 */
export type Kind = "hook" | "exit-handler" | "loop" | "condition" | "python" | "claim" | "external" | "missing" | TemplateKind;

const compiled: Readonly<Record<GroupName["kind"], Kind>> = {
  condition: "condition",
  loop: "loop",
  branches: "condition",
  "exit-handler": "exit-handler",
  "sub-pipeline": "dag",
};

/** The kind of a box. A group is named after what it does (a loop, a condition); anything else after what it runs. */
export function kindOf(node: GraphNode): Kind {
  if (node.group && node.hook) return node.hook.owner === "" ? "exit-handler" : "hook";
  if (node.group && node.loop) return "loop";
  if (node.group && node.when) return "condition";
  if (node.group && node.groupKind) return compiled[node.groupKind];
  if (node.python) return "python";
  if (node.kind === "resource" && node.outputs.some((port) => port.volume !== undefined)) return "claim";
  return node.kind;
}

/** The kind of a template without a call: a compiled group by what it was compiled from, anything else by what it runs. */
export function kindOfTemplate(workflow: Workflow, template: Template): Kind {
  const group = groupNames(workflow).get(template.id);
  if (group) return compiled[group.kind];
  if (template.pythonFunction !== undefined || (template.component && isPythonFunction(template.component.spec))) return "python";
  return template.outputs.some((output) => isCreatedClaim(output, template)) ? "claim" : template.kind;
}
