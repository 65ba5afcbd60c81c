import type { Reference } from "#pipeline/binding.ts";
import { namedReference } from "./reference-names.ts";

/**
 * Expressions (expr-lang: `{{=…}}`, fromExpression, valueFrom.expression, hook expressions). We do not evaluate them; we find the
 * member chains in them (`tasks['a-b'].outputs.parameters.p`), ignoring strings and comments.
 */

/** One step of a member chain. `start` and `end` enclose its name without dot, brackets or quotes. */
export interface ChainStep {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** "dot": `.name` (or the root); a quote: `['name']`; "index": `[0]` or a computed key, which has no name. */
  readonly style: "dot" | "'" | '"' | "`" | "index";
  /** Where the step with its dot or brackets begins and ends. */
  readonly from: number;
  readonly to: number;
}

const identifier = /[A-Za-z_$][\w$]*/y;
const roots = new Set(["tasks", "steps", "inputs", "outputs", "workflow", "item", "pod", "node", "retries", "lastRetry", "cronworkflow"]);

/** The member chains of an expression that begin with a variable of Argo, in order. */
export function chainsIn(source: string): readonly (readonly ChainStep[])[] {
  const chains: ChainStep[][] = [];
  let at = 0;
  while (at < source.length) {
    const past = pastQuiet(source, at);
    if (past !== at) {
      at = past;
      continue;
    }
    identifier.lastIndex = at;
    const root = identifier.exec(source)?.[0];
    if (root === undefined) {
      at = /\d/.test(source[at] as string) ? pastNumber(source, at) : at + 1;
      continue;
    }
    const end = at + root.length;
    if (!roots.has(root) || isMember(source, at)) {
      at = end;
      continue;
    }
    const chain: ChainStep[] = [{ name: root, start: at, end, style: "dot", from: at, to: end }];
    at = end;
    for (let step = stepAt(source, at); step !== undefined; step = stepAt(source, at)) {
      chain.push(step);
      at = step.to;
      if (step.style === "index") break;
    }
    // A computed key may hold chains of its own, so the search goes on inside its brackets.
    const last = chain.at(-1) as ChainStep;
    if (last.style === "index") at = last.start;
    chains.push(chain);
  }
  return chains;
}

/** The references of an expression, in order, without functions, literals and unknown names. */
export function referencesInExpression(source: string): readonly Reference[] {
  return chainsIn(source).map((chain) => {
    const names = chain.filter((step) => step.style !== "index").map((step) => step.name);
    return namedReference(names);
  });
}

/** Whether a name can follow a dot. */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}

/** Behind a string or comment that begins here, else `at`. */
function pastQuiet(source: string, at: number): number {
  const here = source[at];
  if (here === "'" || here === '"' || here === "`") {
    for (let i = at + 1; i < source.length; i++) {
      if (source[i] === "\\" && here !== "`") i++;
      else if (source[i] === here) return i + 1;
    }
    return source.length;
  }
  if (source.startsWith("//", at)) {
    const end = source.indexOf("\n", at);
    return end < 0 ? source.length : end;
  }
  if (source.startsWith("/*", at)) {
    const end = source.indexOf("*/", at + 2);
    return end < 0 ? source.length : end + 2;
  }
  return at;
}

function pastNumber(source: string, at: number): number {
  let end = at;
  while (end < source.length && /[\w.]/.test(source[end] as string) && !source.startsWith("..", end)) end++;
  return Math.max(end, at + 1);
}

/** Whether the name at `at` is a member of something else (`x.tasks`). */
function isMember(source: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && /\s/.test(source[before] as string)) before--;
  return source[before] === "." && source[before - 1] !== ".";
}

function stepAt(source: string, at: number): ChainStep | undefined {
  let here = pastBlanks(source, at);
  const optional = source.startsWith("?.", here);
  if (optional) here += 1;
  if (source[here] === "." && source[here + 1] !== ".") {
    const start = pastBlanks(source, here + 1);
    if (optional && source[start] === "[") return keyAt(source, at, start);
    identifier.lastIndex = start;
    const name = identifier.exec(source)?.[0];
    return name === undefined ? undefined : { name, start, end: start + name.length, style: "dot", from: at, to: start + name.length };
  }
  return source[here] === "[" ? keyAt(source, at, here) : undefined;
}

function keyAt(source: string, from: number, bracket: number): ChainStep | undefined {
  const start = pastBlanks(source, bracket + 1);
  const quote = source[start];
  if (quote === "'" || quote === '"' || quote === "`") {
    const end = pastQuiet(source, start) - 1;
    const close = pastBlanks(source, end + 1);
    if (source[end] === quote && source[close] === "]") {
      return { name: unescape(source.slice(start + 1, end), quote), start: start + 1, end, style: quote, from, to: close + 1 };
    }
  }
  const close = source.indexOf("]", bracket);
  return close < 0 ? undefined : { name: "", start, end: start, style: "index", from, to: close + 1 };
}

function pastBlanks(source: string, at: number): number {
  while (at < source.length && /\s/.test(source[at] as string)) at++;
  return at;
}

function unescape(text: string, quote: string): string {
  return quote === "`" ? text : text.replace(/\\(.)/g, "$1");
}
