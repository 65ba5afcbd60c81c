import type { PythonTree } from "./syntax.ts";

/**
 * Bounds for evaluating Python text. Twenty-eight lines of `x = x + x` make 256 MB of text, a list that contains itself twice doubles its
 * items, and constants that refer to one another twice double the steps: whatever exceeds these bounds counts as not understood, and its
 * line is reported like any other.
 */

/** The largest number of characters and items in one value, with nested values counted as often as they are written. */
export const heaviestValue = 1_000_000;
/** The same limit for all arguments of a file together. An object in Kubernetes has at most about 1.5 MB. */
const heaviestFile = 8_000_000;
const deepestValue = 200;
/** The number of steps for a small text; a longer one has one more per character. */
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

/** Counts one evaluation step; false once a file has used all of its steps. */
export function takeStep(tree: PythonTree): boolean {
  return ++spentOf(tree).steps <= fewestSteps + tree.text.length;
}

/** Counts a value that becomes part of the pipeline; false if the file's values are too large together. */
export function takeValue(tree: PythonTree, value: Measured): boolean {
  const found = spentOf(tree);
  const weight = measureOf(value).weight;
  if (found.weight + weight > heaviestFile) return false;
  found.weight += weight;
  return true;
}

/** The values that make up PythonValue (python-value.ts) and Value (pipeline-tree.ts). */
interface Measured {
  readonly kind: string;
  readonly value?: string | bigint | number | boolean | Measured;
  readonly parts?: readonly (string | Measured)[];
  readonly items?: readonly Measured[];
  readonly entries?: readonly (readonly [Measured, Measured])[];
  readonly arguments?: readonly { readonly value: Measured }[];
  readonly volume?: Measured;
}

interface Measure {
  readonly weight: number;
  readonly depth: number;
}

// Values share parts, so each object is measured once.
const measured = new WeakMap<object, Measure>();

/** Whether a value is small enough to be processed. */
export function isBounded(value: Measured): boolean {
  const { weight, depth } = measureOf(value);
  return weight <= heaviestValue && depth <= deepestValue;
}

/** Whether values are small enough together to be joined. */
export function areBounded(values: readonly (string | Measured)[]): boolean {
  let weight = 0;
  for (const value of values) weight += typeof value === "string" ? value.length : measureOf(value).weight;
  return weight <= heaviestValue;
}

function measureOf(value: Measured): Measure {
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

/** The texts and values inside a value. */
function partsOf({ value, parts = [], items = [], entries = [], arguments: given = [], volume }: Measured): readonly (string | Measured)[] {
  const inner = typeof value === "string" || typeof value === "object" ? [value] : [];
  return [...inner, ...parts, ...items, ...entries.flat(), ...given.map((one) => one.value), ...(volume ? [volume] : [])];
}
