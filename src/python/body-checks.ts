import type { Report } from "#diagnostics/diagnostic.ts";
import { diagnostic } from "./python-diagnostic.ts";
import type { PythonFunction, PythonParameter } from "./function.ts";
import { valueKind } from "./kfp-types.ts";
import { literalText } from "./literals.ts";
import { checkMetrics } from "./metrics.ts";
import type { PythonModule } from "./module.ts";
import { outsideOf } from "./scope.ts";
import { callOf, childOf, childrenOf, itemsOf, type PythonNode, splitByComma, textOf, walk } from "./syntax.ts";

/** Checks what a function's body does that will not work, or not as intended, in a container of its own. */
export function checkBody(module: PythonModule, node: PythonNode, fn: PythonFunction, report: Report): void {
  checkOutsideNames(module, node, fn, report);
  checkPaths(module, node, fn, report);
  checkReturns(node, fn, report);
  checkSubstitutions(module, fn, report);
  checkMetrics(module, node, report);
}

/** One diagnostic per name, at its first use. */
function checkOutsideNames(module: PythonModule, node: PythonNode, fn: PythonFunction, report: Report): void {
  const seen = new Set<string>();
  for (const { name, span } of outsideOf(module.tree, node).names) {
    if (seen.has(name)) continue;
    seen.add(name);
    const isOutside = module.names.has(name) || module.starImports.length > 0;
    const imported = module.imports.get(name);
    const code = imported !== undefined ? "python-outside-import" : isOutside ? "python-outside-name" : "python-unknown-name";
    report(
      diagnostic(code, "warning", { name, function: fn.name, ...(imported !== undefined && { import: importText(name, imported) }) }, span),
    );
  }
}

/** The import statement that binds `name` to `place`. */
function importText(name: string, location: string): string {
  if (location === name) return `import ${name}`;
  const cut = location.lastIndexOf(".");
  const last = location.slice(cut + 1);
  if (cut < 0) return `import ${location} as ${name}`;
  return `from ${location.slice(0, cut) || "."} import ${last}${last === name ? "" : ` as ${name}`}`;
}

const pathName = /(path|file|filename|dir|folder)$/i;
const reading = /^(open|Path|read_\w+|load\w*|ZipFile|imread|from_file|listdir|exists|isfile)$/;
const writing = /^(to_(csv|json|parquet|pickle|excel|feather|hdf|html)|save\w*|dump|imwrite|makedirs|write_\w+|mkdir)$/;

/** A parameter called `…_path` that is opened but passed by value: it holds the file's text, not its path. */
function checkPaths(module: PythonModule, node: PythonNode, fn: PythonFunction, report: Report): void {
  const candidates = fn.parameters.filter(
    (one) => one.passing === "value" && pathName.test(one.name) && ["untyped", "string"].includes(valueKind(one.type)),
  );
  if (candidates.length === 0) return;
  const found = new Map<PythonParameter, string>();
  walk(childOf(node, "Body") ?? node, (inner) => {
    const call = callOf(module.tree, inner);
    const callee = call && (call.callee.name === "MemberExpression" ? childOf(call.callee, "PropertyName") : call.callee);
    if (!call || !callee) return;
    const name = textOf(module.tree, callee);
    for (const parameter of candidates) {
      const isUsed = call.list.some((one) => one.value.name === "VariableName" && textOf(module.tree, one.value) === parameter.name);
      if (!isUsed || !(reading.test(name) || writing.test(name))) continue;
      const mode = name === "open" ? call.list.slice(1).map((one) => literalText(module.tree, one.value) ?? "")[0] : undefined;
      const isWritten = writing.test(name) || /^[wax]/.test(mode ?? "") || found.get(parameter) === "OutputPath";
      found.set(parameter, isWritten ? "OutputPath" : "InputPath");
    }
  });
  for (const [parameter, annotation] of found) {
    report(
      diagnostic("python-path-without-annotation", "warning", { parameter: parameter.name, annotation, function: fn.name }, parameter.span),
    );
  }
}

/** Compares declared outputs with what `return` gives. */
function checkReturns(node: PythonNode, fn: PythonFunction, report: Report): void {
  const returned: PythonNode[] = [];
  let yields: PythonNode | undefined;
  walk(childOf(node, "Body") ?? node, (inner) => {
    if (["FunctionDefinition", "ClassDefinition", "LambdaExpression"].includes(inner.name)) return false;
    if (inner.name === "ReturnStatement" && childrenOf(inner).length > 1) returned.push(inner);
    if (inner.name === "YieldStatement" || inner.name === "YieldExpression") yields ??= inner;
    return true;
  });
  const values = { function: fn.name, n: fn.outputs.length };
  if (yields) return report(diagnostic("python-generator", "warning", { function: fn.name }, [yields.from, yields.to]));
  const [first] = returned;
  const hasValue = first && !returned.every((one) => childrenOf(one)[1]?.name === "None");
  if (fn.outputs.length === 0 && fn.returns === "none" && first && hasValue) {
    report(diagnostic("python-return-unannotated", "warning", values, [first.from, first.to]));
  }
  if (fn.outputs.length > 0 && !first && !alwaysRaises(node)) report(diagnostic("python-return-missing", "warning", values, fn.nameSpan));
  for (const one of fn.returns === "fields" ? returned : []) {
    const count = countOf(one);
    if (count !== undefined && count !== fn.outputs.length)
      report(diagnostic("python-return-count", "warning", { ...values, actual: count }, [one.from, one.to]));
  }
}

/** A stub such as `raise NotImplementedError()` or `...` returns nothing to check. */
function alwaysRaises(node: PythonNode): boolean {
  const last = childrenOf(childOf(node, "Body") ?? node).at(-1);
  return last?.name === "RaiseStatement" || last?.firstChild?.name === "Ellipsis" || last?.name === "PassStatement";
}

/** The number of values that a `return` lists; undefined if it cannot be determined. */
function countOf(statement: PythonNode): number | undefined {
  const values = splitByComma(childrenOf(statement).slice(1));
  const [first] = values[0] ?? [];
  if (values.some((group) => group[0]?.name === "*")) return undefined;
  if (values.length > 1) return values.length;
  if (first?.name !== "TupleExpression" && first?.name !== "ArrayExpression") return undefined;
  return itemsOf(first).some((item) => item.name === "*") ? undefined : itemsOf(first).length;
}

const templateTag = /\{\{\s*(?:=|(?:inputs|outputs|tasks|steps|workflow|pod|item|node|retries|lastRetry)\b)[^\n{}]*(?:\}\})?/g;

/** Text in the code that Argo or Kubernetes replaces before Python sees it. */
function checkSubstitutions(module: PythonModule, fn: PythonFunction, report: Report): void {
  const [start, end] = fn.sourceSpan;
  const text = module.tree.text.slice(start, end);
  for (const found of text.matchAll(templateTag)) {
    report(diagnostic("python-template-tag", "warning", { text: found[0] }, [start + found.index, start + found.index + found[0].length]));
  }
  for (const found of text.matchAll(/\$\$+|\$\([A-Za-z_][A-Za-z0-9_.-]*\)/g)) {
    const code = found[0].startsWith("$(") ? "python-dollar-variable" : "python-dollar";
    const level = found[0].startsWith("$(") ? "info" : "warning";
    report(diagnostic(code, level, { text: found[0] }, [start + found.index, start + found.index + found[0].length]));
  }
}
