import type { PythonValue } from "./python-value.ts";
import type { Value } from "./pipeline-tree.ts";
import type { PythonTree } from "./syntax.ts";

/**
 * Bounds for evaluating Python text. Twenty-eight lines of `x = x + x` make 256 MB of text, a list that holds itself twice has as many
 * items, and constants that name one another twice take as many steps: whatever grows beyond these bounds counts as not understood,
 * so that its line is reported like any other that is not.
 */

/** Most characters and items that one value may have, everything in it counted as often as it is written. */
export const heaviestValue = 1_000_000;
/** Most of the same in all arguments of a file together. An object in Kubernetes has at most about 1.5 MB. */
const heaviestFile = 8_000_000;
const deepestValue = 200;
/** A small text has these many steps, a longer one a step more for each character. */
const fewestSteps = 200_000;

interface Spent {
  steps: number;
  weight: number;
}

const spent = new WeakMap<PythonTree, Spent>();

function spentOf(tree: PythonTree): Spent {
  const found = spent.get(tree) ?? { steps: 0, weight: 0 };
  spent.set(tree, found);
  return found;
}

/** Counts one step of evaluation; false once a file has used up all of its steps. */
export function takeStep(tree: PythonTree): boolean {
  return ++spentOf(tree).steps <= fewestSteps + tree.text.length;
}

/** Counts a value that goes into the pipeline; false if the file's values are too large together. */
export function takeValue(tree: PythonTree, value: Value): boolean {
  const found = spentOf(tree);
  const weight = measureOf(value).weight;
  if (found.weight + weight > heaviestFile) return false;
  found.weight += weight;
  return true;
}

interface Measure {
  readonly weight: number;
  readonly depth: number;
}

// Values share their parts, so each object is measured once.
const measured = new WeakMap<object, Measure>();

/** Whether a value is small enough to be worked with. */
export function isBounded(value: Value | PythonValue): boolean {
  const { weight, depth } = measureOf(value);
  return weight <= heaviestValue && depth <= deepestValue;
}

/** Whether values are small enough together to be joined. */
export function areBounded(values: readonly (string | Value | PythonValue)[]): boolean {
  let weight = 0;
  for (const value of values) weight += typeof value === "string" ? value.length : measureOf(value).weight;
  return weight <= heaviestValue;
}

function measureOf(value: Value | PythonValue): Measure {
  const known = measured.get(value);
  if (known) return known;
  let weight = 1;
  let depth = 0;
  for (const part of partsOf(value)) {
    const inner = typeof part === "string" ? { weight: part.length, depth: 0 } : measureOf(part);
    weight += inner.weight;
    depth = Math.max(depth, inner.depth);
  }
  const found = { weight, depth: depth + 1 };
  measured.set(value, found);
  return found;
}

function partsOf(value: Value | PythonValue): readonly (string | Value | PythonValue)[] {
  switch (value.kind) {
    case "constant":
      return [value.value];
    case "str":
      return [value.value];
    case "text":
      return value.parts;
    case "list":
    case "tuple":
    case "set":
      return value.items;
    case "map":
    case "dict":
      return value.entries.flat();
    case "object":
      return value.arguments.map((one) => one.value);
    case "volume-after":
      return [value.volume];
    default:
      return [];
  }
}
