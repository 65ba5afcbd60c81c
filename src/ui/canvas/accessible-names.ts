import { kindOf } from "#editor/task-kind.ts";
import type { Box } from "#editor/layout/box.ts";
import type { Row } from "#editor/layout/box-rows.ts";
import type { Values } from "#messages/translate.ts";
import type { BoxProblem } from "./canvas-props.ts";
import { typeLabel } from "#compiler/readers.ts";

type Translate = (code: string, values?: Values) => string;

/** The display name of a box: the task's title, or the label of the box for a graph's own ports. */
export function boxTitle(box: Box, t: Translate): string {
  if (box.kind === "task") return box.title;
  if (box.kind === "outputs") return t("canvas.outputs");
  return box.outputs.some((row) => row.workflowParameter !== undefined) ? t("canvas.parameters") : box.title;
}

/** The name of a port as its row shows it: of a volume the path where it is mounted, or just "volume". */
export function displayName({ port }: Pick<Row, "port">, t: Translate): string {
  return port.volume === "" ? t("canvas.volume") : port.volume || port.label;
}

/** A port's accessible name: `input data_input (artifact, dict)`. */
export function portName(row: Row, t: Translate): string {
  const { side, port, shape } = row;
  return t(port.type ? "canvas.port" : "canvas.port-untyped", {
    side: t(`canvas.${side}`),
    name: displayName(row, t),
    kind: t(`canvas.${shape}`),
    type: port.type === undefined ? "" : typeLabel(port.type),
  });
}

/** The accessible description of a port: constant, source, or that it is not set. `titleOf` returns the name on the box of a task. */
export function portValue({ side, content, mark }: Row, t: Translate, titleOf: (task: string) => string): string | undefined {
  switch (content.kind) {
    case "constant":
      return t("canvas.value-constant", { value: content.text });
    case "expression":
      return t("canvas.value-expression", { value: content.text });
    case "chip":
    case "wire":
      return t("canvas.value-from", { source: content.kind === "chip" ? content.text : titleOf(content.task) });
    case "missing":
      return t("canvas.needs-a-value");
    case "nothing":
      return side === "input" && mark === "hollow" ? t("canvas.not-set") : undefined;
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
export function boxDescription(box: Box, problem: BoxProblem | undefined, t: Translate): string {
  const open = box.inputs.filter((row) => row.mark === "missing").length;
  const parts: string[] = [];
  // The kind of a group is in its role description.
  if (box.node && !box.node.group) parts.push(t(`kind-${kindOf(box.node)}`));
  if (box.inputs.length > 0) parts.push(t("canvas.inputs-count", { n: box.inputs.length }));
  if (open > 0) parts.push(t("canvas.open-count", { n: open }));
  if (box.outputs.length > 0) parts.push(t("canvas.outputs-count", { n: box.outputs.length }));
  if (box.inside !== undefined) parts.push(t("canvas.inside", { n: box.inside }));
  if (problem) parts.push(problem.message);
  return parts.join(". ");
}
