import { literalOf, literalText } from "./literals.ts";
import { placeOf } from "./module.ts";
import type { Statement } from "./pipeline-tree.ts";
import { leaveOut, taskOf, valueOf } from "./pipeline-values.ts";
import { bare, callOf, childrenOf, dottedName, type PythonNode, spanOf, textOf } from "./syntax.ts";
import { type Emit, forget, type Reading } from "./pipeline-reading.ts";

/** Reads the head of a `with`; `inside` reads its body. A block that is not understood is left out with its body. */
export function readBlock(
  reading: Reading,
  node: PythonNode,
  as: PythonNode | undefined,
  inside: () => readonly Statement[],
  emit: Emit,
): void {
  const { tree } = reading.module;
  const call = callOf(tree, node);
  const dotted = call && dottedName(tree, call.callee);
  const word = dotted && placeOf(reading.module, dotted).at(-1);
  const at = (name: string, position: number) => {
    const positional = call?.list[position];
    return (call?.list.find((one) => one.name === name) ?? (positional?.name === undefined ? positional : undefined))?.value;
  };
  const nameNode = at("name", 1);
  const constants = (constant: string) => (reading.meanings.has(constant) ? undefined : reading.module.assigned.get(constant));
  const name = nameNode && literalText(tree, nameNode, constants);
  const span = spanOf(node);
  if (as) reading.meanings.set(textOf(tree, as), { kind: "unknown" });
  if (word === "Condition" || word === "If") {
    const comparison = at("condition", 0);
    const [left, operator, right] = comparison ? childrenOf(bare(comparison)) : [];
    const sign = operator && textOf(tree, operator);
    const [a, b] = [left && valueOf(reading, left), right && valueOf(reading, right)];
    if (a && b && isComparison(sign)) {
      return emit({ kind: "condition", id: reading.next++, left: a, operator: sign, right: b, name, body: inside(), span });
    }
  }
  if (word === "ParallelFor") {
    const list = at("loop_args", 0) ?? at("items", 0);
    const items = list && valueOf(reading, list);
    const limit =
      call?.list.find((one) => one.name === "parallelism")?.value ?? call?.list.filter((one) => one.name === undefined)[1]?.value;
    const parallelism = limit && literalOf(tree, limit, constants);
    // Without its limit the loop would be a different one.
    if (items && (!limit || parallelism?.kind === "int" || parallelism?.kind === "none")) {
      const id = reading.next++;
      if (as) reading.meanings.set(textOf(tree, as), { kind: "value", value: { kind: "item", loop: id } });
      const count = parallelism?.kind === "int" ? Number(parallelism.value) : undefined;
      return emit({ kind: "loop", id, items, item: as && textOf(tree, as), parallelism: count, body: inside(), span });
    }
  }
  if (word === "SubGraph") {
    const limit = at("parallelism", 0);
    const count = limit && literalOf(tree, limit, constants);
    if (!limit || count?.kind === "int") {
      const parallelism = count?.kind === "int" ? Number(count.value) : undefined;
      return emit({ kind: "sub-graph", id: reading.next++, parallelism, body: inside(), span });
    }
  }
  if (word === "ExitHandler") {
    const task = at("exit_op", 0) ?? at("exit_task", 0);
    const number = task && taskOf(reading, task);
    if (number !== undefined) return emit({ kind: "exit-handler", id: reading.next++, task: number, name, body: inside(), span });
  }
  // The tasks of a block that is not understood would run at another time or not at all, so they are left out with it.
  leaveOut(reading, node);
  forget(reading, node.parent ?? node);
}

function isComparison(sign: string | undefined): sign is "==" | "!=" | "<" | "<=" | ">" | ">=" {
  return sign !== undefined && ["==", "!=", "<", "<=", ">", ">="].includes(sign);
}
