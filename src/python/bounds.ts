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
export function takeValue(tree: PythonTree, value: Measured): boolean {
  const found = spentOf(tree);
  const weight = measureOf(value).weight;
  if (found.weight + weight > heaviestFile) return false;
  found.weight += weight;
  return true;
}

/** What PythonValue (python-value.ts) and Value (pipeline-tree.ts) are made of. */
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

// Values share their parts, so each object is measured once.
const measured = new WeakMap<object, Measure>();

/** Whether a value is small enough to be worked with. */
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

/** The texts and values within a value. */
function partsOf({ value, parts = [], items = [], entries = [], arguments: given = [], volume }: Measured): readonly (string | Measured)[] {
  const inner = typeof value === "string" || typeof value === "object" ? [value] : [];
  return [...inner, ...parts, ...items, ...entries.flat(), ...given.map((one) => one.value), ...(volume ? [volume] : [])];
}
