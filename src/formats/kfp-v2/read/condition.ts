import type { Condition, ConditionTree, Operand, Reference } from "#pipeline/binding.ts";
import { type Cel, type CelInput, inputOf, inputsIn, parseCel } from "../syntax/cel.ts";

/**
 * A condition of a task. It reads the task's own inputs; what they are bound to is what people want to see, so references are those of
 * the bindings. `resolve` gives the reference behind an input, if it has one.
 */
export function readCondition(text: string, resolve: (input: CelInput) => Reference | undefined): Condition {
  const parsed = parseCel(text);
  if (!parsed.ok) return { text, references: [] };
  const named = (input: CelInput): Reference => resolve(input) ?? { kind: "variable", name: input.name };
  const references = inputsIn(parsed.tree).map(named);
  const tree = treeOf(parsed.tree, named);
  return { text, references, ...(tree ? { tree } : {}), parts: partsOf(text, parsed.tree, named) };
}

type Named = (input: CelInput) => Reference;
const comparisons = ["==", "!=", "<", "<=", ">", ">="] as const;
const casts = new Set(["int", "double", "string", "bool"]);

function treeOf(cel: Cel, named: Named): ConditionTree | undefined {
  if (cel.kind === "unary" && cel.operator === "!") {
    const of = treeOf(cel.of, named);
    return of && { kind: "not", of };
  }
  if (cel.kind !== "binary") return undefined;
  if (cel.operator === "&&" || cel.operator === "||") {
    const [left, right] = [treeOf(cel.left, named), treeOf(cel.right, named)];
    return left && right && { kind: cel.operator === "&&" ? "and" : "or", left, right };
  }
  const operator = comparisons.find((one) => one === cel.operator);
  const [left, right] = [operandOf(cel.left, named), operandOf(cel.right, named)];
  return operator && left && right && { kind: "compare", operator, left, right };
}

function operandOf(cel: Cel, named: Named): Operand | undefined {
  const bare = withoutCasts(cel);
  if (bare.kind === "literal") return { text: String(bare.value), quoted: typeof bare.value === "string" };
  const input = inputOf(bare);
  return input && { reference: named(input), quoted: false };
}

function withoutCasts(cel: Cel): Cel {
  const inner = cel.kind === "call" && cel.target === undefined && casts.has(cel.name) && cel.args.length === 1 ? cel.args[0] : undefined;
  return inner ? withoutCasts(inner) : cel;
}

/** The text with references in place of inputs and of their casts. */
function partsOf(text: string, tree: Cel, named: Named): readonly (string | Reference)[] {
  const parts: (string | Reference)[] = [];
  let end = 0;
  const visit = (cel: Cel): void => {
    const input = inputOf(withoutCasts(cel));
    if (input) {
      if (cel.span[0] > end) parts.push(text.slice(end, cel.span[0]));
      parts.push(named(input));
      end = cel.span[1];
    } else for (const child of childrenInOrder(cel)) visit(child);
  };
  visit(tree);
  return end < text.length ? [...parts, text.slice(end)] : parts;
}

function childrenInOrder(cel: Cel): readonly Cel[] {
  switch (cel.kind) {
    case "binary":
      return [cel.left, cel.right];
    case "unary":
      return [cel.of];
    case "call":
      return cel.target ? [cel.target, ...cel.args] : cel.args;
    case "index":
      return [cel.of];
    default:
      return [];
  }
}
