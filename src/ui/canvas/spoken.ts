import { kindOf } from "#editor/kinds.ts";
import type { Box, Row } from "#editor/layout/box.ts";
import type { Values } from "#messages/say.ts";
import type { BoxProblem } from "./canvas-props.ts";

type Say = (code: string, values?: Values) => string;

/** The display name of a box: the task's title, or the label of the box for a graph's own ports. */
export function boxTitle(box: Box, say: Say): string {
  if (box.kind === "task") return box.title;
  if (box.kind === "outputs") return say("canvas.outputs");
  return box.outputs.some((row) => row.workflowParameter !== undefined) ? say("canvas.parameters") : box.title;
}

/** The name of a port as its row shows it: of a volume the path where it is mounted, or just "volume". */
export function shownName({ port }: Pick<Row, "port">, say: Say): string {
  return port.volume === "" ? say("canvas.volume") : port.volume || port.label;
}

/** A port's accessible name: `input data_input (artifact, dict)`. */
export function portName(row: Row, say: Say): string {
  const { side, port, shape } = row;
  return say(port.type ? "canvas.port" : "canvas.port-untyped", {
    side: say(`canvas.${side}`),
    name: shownName(row, say),
    kind: say(`canvas.${shape}`),
    type: port.type ?? "",
  });
}

/** The accessible description of a port: constant, source, or that it is not set. `titleOf` returns the name on the box of a task. */
export function portValue({ side, says, mark }: Row, say: Say, titleOf: (task: string) => string): string | undefined {
  switch (says.kind) {
    case "constant":
      return say("canvas.value-constant", { value: says.text });
    case "expression":
      return say("canvas.value-expression", { value: says.text });
    case "chip":
    case "wire":
      return say("canvas.value-from", { source: says.kind === "chip" ? says.text : titleOf(says.task) });
    case "missing":
      return say("canvas.needs-a-value");
    case "nothing":
      return side === "input" && mark === "hollow" ? say("canvas.not-set") : undefined;
  }
}

/** Code of a box' role description: the kind of a group or hook, else task. */
export function boxRole({ node }: Box): string {
  if (!node) return "canvas.role-ports";
  if (node.group) return `kind-${kindOf(node)}`;
  if (node.hook) return node.hook.owner === "" ? "kind-exit-handler" : "kind-hook";
  return "canvas.role-task";
}

/** "2 inputs, 1 not set. 1 output. 1 error." */
export function boxDescription(box: Box, problem: BoxProblem | undefined, say: Say): string {
  const open = box.inputs.filter((row) => row.mark === "missing").length;
  const parts: string[] = [];
  // The kind of a group is in its role description.
  if (box.node && !box.node.group) parts.push(say(`kind-${kindOf(box.node)}`));
  if (box.inputs.length > 0) parts.push(say("canvas.inputs-count", { n: box.inputs.length }));
  if (open > 0) parts.push(say("canvas.open-count", { n: open }));
  if (box.outputs.length > 0) parts.push(say("canvas.outputs-count", { n: box.outputs.length }));
  if (box.inside !== undefined) parts.push(say("canvas.inside", { n: box.inside }));
  if (problem) parts.push(problem.sentence);
  return parts.join(". ");
}
