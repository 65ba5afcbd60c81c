import type { Data, Path } from "#data/data.ts";
import type { PortKind } from "#pipeline/model.ts";
import { chainsIn, type ChainStep, isIdentifier } from "./expression.ts";
import { tagsIn, textsIn } from "./references.ts";

/**
 * Renaming what references name, in place: only the name's own characters change, so spelling, blanks and everything around stay.
 * Both in simple tags (`{{tasks.a.outputs.result}}`) and in expressions (`tasks['a'].outputs.result`). Used by the edit planner.
 * The names in `depends` and `dependencies` are no references of this kind; depends.ts renames those.
 */
export type ReferenceChange =
  /** A call. `of` undefined: both `tasks.` and `steps.`. */
  | { readonly kind: "task"; readonly of?: "tasks" | "steps"; readonly from: string; readonly to: string }
  /** An output of a call, as its siblings and the graph's outputs name it. */
  | {
      readonly kind: "task-output";
      readonly of?: "tasks" | "steps";
      readonly task: string;
      readonly port: PortKind;
      readonly from: string;
      readonly to: string;
    }
  /** An input, inside its own template. */
  | { readonly kind: "input"; readonly port: PortKind; readonly from: string; readonly to: string }
  /** An output, inside its own template (`outputs.artifacts.A.path`). */
  | { readonly kind: "output"; readonly port: PortKind; readonly from: string; readonly to: string }
  | { readonly kind: "pipeline-parameter"; readonly from: string; readonly to: string }
  | { readonly kind: "global-output"; readonly port: PortKind; readonly from: string; readonly to: string }
  /** A key of the loop's item. */
  | { readonly kind: "item"; readonly from: string; readonly to: string };

/** A text with a call renamed in all its references. */
export function renameTaskIn(text: string, of: "tasks" | "steps" | undefined, from: string, to: string, expression = false): string {
  return renameInText(text, { kind: "task", of, from, to }, expression);
}

/** A text with a name changed in all its references. `expression`: the text is an expression as a whole, not text with tags. */
export function renameInText(text: string, change: ReferenceChange, expression = false): string {
  const paths = pathsBefore(change);
  if (expression && !text.includes("{{")) return renameInExpression(text, paths, change);
  if (!text.includes("{{") || !text.includes(change.from)) return text;
  let result = "";
  let at = 0;
  for (const tag of tagsIn(text)) {
    const inner = text.slice(tag.start + 2, tag.end - 2);
    const renamed = inner.startsWith("=") ? `=${renameInExpression(inner.slice(1), paths, change)}` : renameInTag(inner, paths, change);
    result += `${text.slice(at, tag.start)}{{${renamed}}}`;
    at = tag.end;
  }
  return result + text.slice(at);
}

/** The texts in the data which a change of name alters, with their paths and new texts. */
export function renamesInData(
  data: Data | undefined,
  path: Path,
  change: ReferenceChange,
): readonly { readonly path: Path; readonly text: string }[] {
  return textsIn(data, path).flatMap((found) => {
    const text = renameInText(found.text, change, found.expression);
    return text === found.text ? [] : [{ path: found.path, text }];
  });
}

type Steps = readonly string[];

/** The segments before the name in a reference; several where tasks and steps are both possible. */
function pathsBefore(change: ReferenceChange): readonly Steps[] {
  switch (change.kind) {
    case "task":
      return roots(change.of).map((root) => [root]);
    case "task-output":
      return roots(change.of).map((root) => [root, change.task, "outputs", `${change.port}s`]);
    case "input":
      return [["inputs", `${change.port}s`]];
    case "output":
      return [["outputs", `${change.port}s`]];
    case "pipeline-parameter":
      return [["workflow", "parameters"]];
    case "global-output":
      return [["workflow", "outputs", `${change.port}s`]];
    case "item":
      return [["item"]];
  }
}

function roots(of: "tasks" | "steps" | undefined): readonly string[] {
  return of === undefined ? ["tasks", "steps"] : [of];
}

function renameInTag(inner: string, paths: readonly Steps[], change: ReferenceChange): string {
  const start = inner.length - inner.trimStart().length;
  const variable = inner.trim();
  for (const path of paths) {
    const before = `${path.join(".")}.`;
    if (!variable.startsWith(before + change.from)) continue;
    const end = before.length + change.from.length;
    // `tasks.a` alone names nothing of a call, and `tasks.ab` is another one.
    const ends = end === variable.length ? change.kind !== "task" : variable[end] === ".";
    if (ends) return inner.slice(0, start + before.length) + change.to + inner.slice(start + end);
  }
  return inner;
}

function renameInExpression(source: string, paths: readonly Steps[], change: ReferenceChange): string {
  if (!source.includes(change.from)) return source;
  let result = "";
  let at = 0;
  for (const chain of chainsIn(source)) {
    const step = paths.map((path) => stepBehind(chain, path)).find((one) => one?.name === change.from);
    if (step === undefined) continue;
    const { start, end, text } = respelled(source, step, change.to);
    result += source.slice(at, start) + text;
    at = end;
  }
  return result + source.slice(at);
}

function stepBehind(chain: readonly ChainStep[], path: Steps): ChainStep | undefined {
  const step = chain[path.length];
  return step !== undefined && step.style !== "index" && path.every((name, index) => chain[index]?.name === name) ? step : undefined;
}

/** The new name at the step's place; a name that cannot follow a dot is written in brackets. */
function respelled(source: string, step: ChainStep, to: string): { readonly start: number; readonly end: number; readonly text: string } {
  if (step.style !== "dot") return { start: step.start, end: step.end, text: escaped(to, step.style) };
  if (isIdentifier(to)) return { start: step.start, end: step.end, text: to };
  const optional = source.slice(step.from, step.start).includes("?");
  return { start: step.from, end: step.to, text: `${optional ? "?." : ""}['${escaped(to, "'")}']` };
}

function escaped(name: string, quote: string): string {
  return quote === "`" ? name : name.replace(/[\\'"]/g, (sign) => (sign === "\\" || sign === quote ? `\\${sign}` : sign));
}
