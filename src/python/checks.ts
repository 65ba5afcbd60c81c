import type { Report } from "#diagnostics/diagnostic.ts";
import { isOutput, readAnnotation } from "./annotations.ts";
import { checkBody } from "./body-checks.ts";
import { diagnostic } from "./python-diagnostic.ts";
import type { PythonFunction, PythonParameter } from "./function.ts";
import { serialize } from "./kfp-types.ts";
import { literalOf } from "./literals.ts";
import type { PythonModule } from "./module.ts";
import { checkNames } from "./name-checks.ts";
import { checkPackages } from "./package-checks.ts";
import { readReturns } from "./returns.ts";
import type { PackageText } from "./pipeline-decorators.ts";
import { lineEnd, lineOf, type ParameterSyntax, type PythonNode, returnOf, type Span, textOf, walk } from "./syntax.ts";

/**
 * Reports mistakes in a text of Python functions, each at its position: first what makes the text unreadable, then mistakes in signatures.
 * Mistakes in bodies are in body-checks.ts, names of ports in name-checks.ts.
 */

/** Reports what would fail in one function. */
export function checkFunction(
  module: PythonModule,
  node: PythonNode,
  syntax: readonly ParameterSyntax[],
  fn: PythonFunction,
  packages: readonly PackageText[],
  report: Report,
): void {
  if (fn.isAsync) report(diagnostic("python-async", "error", { function: fn.name }, fn.nameSpan));
  const before: Before = { names: new Set(), hasDefault: false };
  syntax.forEach((one, index) => {
    checkParameter(module, one, fn.parameters[index] as PythonParameter, before, fn, report);
    before.names.add(one.name);
    before.hasDefault ||= one.fallback !== undefined;
  });
  checkReturnAnnotation(module, node, fn, report);
  checkNames(fn, report);
  checkBody(module, node, fn, report);
  checkPackages(module, node, fn, packages, report);
}

/** Reports what is wrong with the text as a whole. */
export function checkModule(module: PythonModule, functions: readonly PythonFunction[], lambdas: readonly Span[], report: Report): void {
  for (const span of lambdas) report(diagnostic("python-lambda", "error", {}, span));
  checkSyntax(module, report);
  if (functions.length === 0 && lambdas.length === 0)
    report(diagnostic("python-no-function", "error", {}, [0, lineEnd(module.tree.text, 0)]));
  const seen = new Set<string>();
  for (const fn of functions) {
    if (seen.has(fn.name)) report(diagnostic("python-duplicate-function", "warning", { function: fn.name }, fn.nameSpan));
    seen.add(fn.name);
  }
}

/** One diagnostic for each line that cannot be read. */
function checkSyntax(module: PythonModule, report: Report): void {
  const { tree } = module;
  const lines = new Set<number>();
  walk(tree.root, (node) => {
    // Python 3.10 allows parentheses around all items of `with`; this parser does not.
    if (node.name === "WithStatement" && /^with\s*\(/.test(textOf(tree, node))) return false;
    // `1.` is a number, which the parser reads as a number with an unnamed attribute.
    if (node.name === "MemberExpression" && node.firstChild?.name === "Number") return false;
    if (!node.type.isError && node.name !== "PrintStatement") return true;
    const line = lineOf(tree.text, node.from);
    if (lines.has(line)) return false;
    lines.add(line);
    report(diagnostic(node.type.isError ? "python-syntax" : "python-print", "error", { line }, wordAt(tree.text, node.from, node.to)));
    return false;
  });
}

/** A range that can be underlined: the node's own text on its line, else the word that begins there, else the character before. */
function wordAt(text: string, from: number, to: number): Span {
  const end = Math.min(to, lineEnd(text, from));
  if (end > from) return [from, end];
  const word = /^(?:[\p{L}\p{N}_]+|[^\s])/u.exec(text.slice(from, from + 80))?.[0].length ?? 0;
  if (word > 0) return [from, from + word];
  const before = text.slice(0, from).trimEnd().length;
  return [Math.max(0, before - 1), before];
}

/** The text before a parameter in its list. */
interface Before {
  readonly names: Set<string>;
  hasDefault: boolean;
}

function checkParameter(
  module: PythonModule,
  syntax: ParameterSyntax,
  parameter: PythonParameter,
  before: Before,
  fn: PythonFunction,
  report: Report,
): void {
  const values = { function: fn.name, parameter: syntax.name };
  if (syntax.star) return report(diagnostic("python-star-args", "error", { ...values, parameter: syntax.star + syntax.name }, syntax.span));
  if (syntax.positionalOnly) report(diagnostic("python-positional-only", "error", values, syntax.nameSpan));
  if (before.names.has(syntax.name)) report(diagnostic("python-duplicate-parameter", "error", values, syntax.nameSpan));
  if (!syntax.fallback && !syntax.keywordOnly && before.hasDefault)
    report(diagnostic("python-default-order", "error", values, syntax.span));
  const v2 = readAnnotation(module, syntax.annotation).artifactOfV2;
  if (v2 !== undefined)
    report(diagnostic("python-v2-artifact", "error", { ...values, annotation: v2 }, parameter.annotationSpan ?? syntax.span));
  checkDefault(module, syntax, parameter, values, report);
}

function checkDefault(
  module: PythonModule,
  syntax: ParameterSyntax,
  parameter: PythonParameter,
  values: { readonly function: string; readonly parameter: string },
  report: Report,
): void {
  if (!syntax.fallback) return;
  const span: Span = [syntax.fallback.from, syntax.fallback.to];
  if (isOutput(parameter.passing)) return report(diagnostic("python-output-default", "error", values, span));
  const value = literalOf(module.tree, syntax.fallback, (name) => module.assigned.get(name));
  if (parameter.passing !== "value") {
    if (value?.kind !== "none") report(diagnostic("python-file-default", "error", values, span));
    return;
  }
  if (syntax.fallback.name === "LambdaExpression") return report(diagnostic("python-lambda", "error", {}, span));
  if (!value)
    return report(diagnostic("python-default-unread", "warning", { ...values, value: textOf(module.tree, syntax.fallback) }, span));
  if (value.kind === "none") return;
  const { fits, text } = serialize(value, parameter.type);
  const type = typeof parameter.type === "string" ? parameter.type : JSON.stringify(parameter.type ?? "any");
  if (!fits) report(diagnostic("python-default-type", "error", { ...values, value: text, type }, span));
  if (value.kind === "list" || value.kind === "dict" || value.kind === "set")
    report(diagnostic("python-mutable-default", "info", values, span));
}

function checkReturnAnnotation(module: PythonModule, node: PythonNode, fn: PythonFunction, report: Report): void {
  const returned = readReturns(module, returnOf(node)?.annotation);
  if (returned.kind === "unreadable") report(diagnostic("python-return-unreadable", "error", { function: fn.name }, returned.span));
}
