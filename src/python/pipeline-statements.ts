import type { Report } from "#diagnostics/diagnostic.ts";
import { boundIn, importedNames, placeOf, type PythonModule } from "./module.ts";
import { type FileComponents, sourceOf } from "./pipeline-components.ts";
import type { Statement } from "./pipeline-tree.ts";
import { leaveOut, type Meaning, type Names, taskOf, valueOf } from "./pipeline-values.ts";
import { bare, callOf, childOf, childrenOf, dottedName, type PythonNode, spanOf, splitByComma, textOf, walk } from "./syntax.ts";
import { readCall, withPlacing } from "./pipeline-calls.ts";
import { type Emit, forget, type Reading } from "./pipeline-reading.ts";
import { readBlock } from "./pipeline-blocks.ts";

/** Reads the statements of a pipeline function in order. Names have the meaning that they have at that line, as in Python. */
export function readStatements(
  module: PythonModule,
  components: FileComponents,
  definition: PythonNode,
  meanings: Map<string, Meaning>,
  report: Report,
): readonly Statement[] {
  const start = { module, components, sources: new Map(components.sources), meanings, report, next: 1, depth: 0 };
  return [...readSettings(withPlacing({ ...start, meanings: new Map() })), ...readBody(withPlacing(start), childOf(definition, "Body"))];
}

/** Settings outside of the function: `conf = dsl.PipelineConf()` followed by `conf.set_timeout(60)`. */
function readSettings(reading: Reading): readonly Statement[] {
  const statements: Statement[] = [];
  for (const [name, value] of reading.module.assigned) {
    const call = callOf(reading.module.tree, value);
    const dotted = call && dottedName(reading.module.tree, call.callee);
    if (dotted && placeOf(reading.module, dotted).at(-1) === "PipelineConf") reading.meanings.set(name, { kind: "settings" });
  }
  if (reading.meanings.size === 0) return [];
  walk(reading.module.tree.root, (node) => {
    if (node.name === "FunctionDefinition" || node.name === "ClassDefinition") return false;
    if (node.name !== "ExpressionStatement" || !node.firstChild) return true;
    let root: PythonNode = node.firstChild;
    while (root.firstChild && root.name !== "VariableName") root = root.firstChild;
    if (reading.meanings.has(textOf(reading.module.tree, root)))
      readCall(reading, node.firstChild, undefined, (one) => void statements.push(one));
    return false;
  });
  return statements;
}

function readBody(reading: Reading, body: PythonNode | undefined): readonly Statement[] {
  const statements: Statement[] = [];
  const outer = reading.emit;
  reading.emit = (one) => void statements.push(one);
  if (body) for (const node of childrenOf(body)) readStatement(reading, node, reading.emit);
  reading.emit = outer;
  return statements;
}

function readStatement(reading: Reading, node: PythonNode, emit: Emit): void {
  const names: Names = reading;
  switch (node.name) {
    case ":":
    case "PassStatement":
      return;
    case "ReturnStatement": {
      const [, value] = childrenOf(node);
      if (value && !assigned(reading, value, undefined, emit)) leaveOut(names, node);
      return;
    }
    case "StatementGroup":
      return childrenOf(node).forEach((child) => child.name !== ";" && readStatement(reading, child, emit));
    case "ImportStatement": {
      const imports = new Map([
        ...reading.module.imports,
        ...importedNames(reading.module.tree, node).map((one) => [one.local, one.from] as const),
      ]);
      reading.module = { ...reading.module, imports };
      return;
    }
    case "ExpressionStatement":
      return readExpression(reading, node, emit);
    case "AssignStatement":
      return readAssignment(reading, node, emit);
    case "WithStatement":
      return readWith(reading, node, emit);
    default:
      forget(reading, node);
      return leaveOut(names, node);
  }
}

function readExpression(reading: Reading, node: PythonNode, emit: Emit): void {
  const expression = node.firstChild;
  if (!expression || ["String", "ContinuedString", "Ellipsis"].includes(expression.name)) return;
  const call = callOf(reading.module.tree, expression);
  if (call?.callee.name === "VariableName" && textOf(reading.module.tree, call.callee) === "print") return;
  if (readCall(reading, expression, undefined, emit) === undefined) leaveOut(reading, node);
}

function readAssignment(reading: Reading, node: PythonNode, emit: Emit): void {
  const { tree } = reading.module;
  const children = childrenOf(node).filter((child) => child.name !== "TypeDef");
  const [target, operator, value, ...more] = children;
  // `x: int` binds nothing yet.
  const sign = children.findIndex((child) => child.name === "AssignOp");
  if (!target || !operator || sign < 0) return;
  const [targets, values] = [splitByComma(children.slice(0, sign)), splitByComma(children.slice(sign + 1))];
  const isEachNamed = targets.every(([one]) => one?.name === "VariableName") && [...targets, ...values].every((part) => part.length === 1);
  if (sign > 1 && targets.length === values.length && isEachNamed) {
    // `a, b = make(), make()`: each separately. The names are bound only when all values are known.
    const results = values.map(([one]) => assigned(reading, one as PythonNode, undefined, emit));
    targets.forEach(([one], index) => reading.meanings.set(textOf(tree, one as PythonNode), results[index] ?? { kind: "unknown" }));
    if (results.some((result) => !result)) leaveOut(reading, node);
    return;
  }
  if (!value || more.length > 0 || sign !== 1 || (target.name !== "VariableName" && target.name !== "MemberExpression")) {
    for (const name of boundIn(tree, node)) reading.meanings.set(name, { kind: "unknown" });
    return leaveOut(reading, node);
  }
  if (target.name === "MemberExpression") return readMemberAssignment(reading, node, target, value, emit);
  const name = textOf(tree, target);
  const source = sourceOf(reading.module, value);
  if (source) {
    reading.sources.set(name, source);
    reading.meanings.delete(name);
    return;
  }
  const meaning = assigned(reading, value, name, emit);
  if (!meaning) leaveOut(reading, node);
  reading.meanings.set(name, meaning ?? { kind: "unknown" });
}

/** The meaning of a name that is assigned this value; undefined if it is not understood. */
function assigned(reading: Reading, value: PythonNode, name: string | undefined, emit: Emit): Meaning | undefined {
  const result = readCall(reading, value, name, emit);
  if (result) return result.kind === "task" || result.kind === "settings" ? result : undefined;
  return valueMeaning(reading, value);
}

function valueMeaning(reading: Reading, node: PythonNode): Meaning | undefined {
  const task = taskOf(reading, bare(node));
  if (task !== undefined) return { kind: "task", task };
  const value = valueOf(reading, node);
  return value && { kind: "value", value };
}

/** `task.execution_options.caching_strategy.max_cache_staleness = "P0D"`. */
function readMemberAssignment(reading: Reading, node: PythonNode, target: PythonNode, value: PythonNode, emit: Emit): void {
  const dotted = dottedName(reading.module.tree, target);
  const meaning = dotted && reading.meanings.get(dotted[0] as string);
  const read = valueOf(reading, value);
  if (!dotted || meaning?.kind !== "task" || !read) return leaveOut(reading, node);
  emit({ kind: "assign", task: meaning.task, path: dotted.slice(1), value: read, span: spanOf(node) });
}

/** `with dsl.Condition(…):`, `with dsl.ParallelFor(…) as item:`, `with dsl.ExitHandler(…):`; several on one line are nested. */
function readWith(reading: Reading, node: PythonNode, emit: Emit): void {
  const children = childrenOf(node);
  const body = childOf(node, "Body");
  const heads = children.flatMap((child, index) => {
    const as = children[index + 1]?.name === "as" ? children[index + 2] : undefined;
    return child.name === "CallExpression" ? [{ call: child, as }] : [];
  });
  const inside = (at: number): readonly Statement[] => {
    const head = heads[at];
    if (!head) return readBody(reading, body);
    const statements: Statement[] = [];
    readBlock(
      reading,
      head.call,
      head.as,
      () => inside(at + 1),
      (one) => void statements.push(one),
    );
    return statements;
  };
  if (heads.length === 0) return leaveOut(reading, node);
  inside(0).forEach(emit);
}
