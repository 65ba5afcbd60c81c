import type { Report } from "#diagnostics/diagnostic.ts";
import { takeStep } from "./size-limits.ts";
import { literalOf, literalText } from "./literals.ts";
import { boundIn, importedNames, placeOf, type PythonModule, targetNames } from "./module.ts";
import { type FileComponents, operatorOf, sourceOf } from "./pipeline-components.ts";
import type { ArgumentText, ComponentSource, Statement } from "./pipeline-tree.ts";
import { argumentTexts, leaveOut, type Meaning, type Names, taskOf, valueOf } from "./pipeline-values.ts";
import {
  bare,
  callOf,
  childOf,
  childrenOf,
  dottedName,
  parametersOf,
  type PythonNode,
  spanOf,
  splitByComma,
  textOf,
  walk,
} from "./syntax.ts";

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

/** Lets expressions place tasks: each call once, however often the expression is evaluated. */
function withPlacing(start: Omit<Reading, "place" | "emit">): Reading {
  const placed = new Map<string, Meaning | undefined>();
  const reading: Reading = {
    ...start,
    emit: () => undefined,
    place: (call) => {
      const key = `${call.from}-${call.to}`;
      if (!placed.has(key)) placed.set(key, readCall(reading, call, undefined, reading.emit));
      const meaning = placed.get(key);
      return meaning?.kind === "task" ? meaning.task : undefined;
    },
  };
  return reading;
}

/** The state of one reading; `meanings` and `sources` change from line to line. */
interface Reading {
  module: PythonModule;
  readonly components: FileComponents;
  readonly sources: Map<string, ComponentSource>;
  readonly meanings: Map<string, Meaning>;
  readonly report: Report;
  /** The number of the next task, condition or loop. */
  next: number;
  depth: number;
  /** Receives the tasks that expressions place. */
  emit: Emit;
  readonly place: Names["place"];
}

type Emit = (statement: Statement) => void;

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

/** A call and the chain after it: `op(x).after(y).set_memory_limit("1G")`. Returns the value of the whole expression. */
function readCall(reading: Reading, node: PythonNode, variable: string | undefined, emit: Emit): Meaning | undefined {
  const here = bare(node);
  const call = callOf(reading.module.tree, here);
  if (!call || reading.depth > 100 || !takeStep(reading.module.tree)) return undefined;
  reading.depth++;
  try {
    return makeTask(reading, here, call, variable, emit) ?? callMethod(reading, here, call, variable, emit);
  } finally {
    reading.depth--;
  }
}

type Call = NonNullable<ReturnType<typeof callOf>>;

function makeTask(reading: Reading, node: PythonNode, call: Call, variable: string | undefined, emit: Emit): Meaning | undefined {
  const { tree } = reading.module;
  const name = call.callee.name === "VariableName" ? textOf(tree, call.callee) : undefined;
  const isShadowed = name !== undefined && reading.meanings.has(name);
  const of = name !== undefined && !isShadowed ? reading.sources.get(name) : sourceOf(reading.module, call.callee);
  if (of) {
    const list = argumentTexts(reading, call.list);
    const id = reading.next++;
    emit({ kind: "task", id, variable, of, arguments: list, span: spanOf(node) });
    return { kind: "task", task: id };
  }
  const operator = isShadowed ? undefined : operatorOf(reading.module, call.callee);
  if (operator) {
    const list = argumentTexts(reading, call.list);
    const id = reading.next++;
    emit({ kind: "operator", id, variable, operator, arguments: list, span: spanOf(node) });
    return { kind: "task", task: id };
  }
  const maker = name !== undefined && !isShadowed ? reading.components.makers.get(name) : undefined;
  if (maker) return callMaker(reading, maker, call, variable, emit);
  const dotted = dottedName(tree, call.callee);
  return dotted && placeOf(reading.module, dotted).at(-1) === "get_pipeline_conf" ? { kind: "settings" } : undefined;
}

/** A function that only returns an operator: its returned expression, with the arguments in place of the parameters. */
function callMaker(
  reading: Reading,
  maker: { readonly definition: PythonNode; readonly returned: PythonNode },
  call: Call,
  variable: string | undefined,
  emit: Emit,
): Meaning | undefined {
  const given = argumentTexts(reading, call.list);
  const parameters = parametersOf(reading.module.tree, maker.definition);
  const meanings = new Map<string, Meaning>();
  parameters.forEach((one, index) => {
    const argument = given.find((each) => each.name === one.name || each.position === index);
    const fallback = one.fallback && literalOf(reading.module.tree, one.fallback, (name) => reading.module.assigned.get(name));
    const value = argument?.value ?? (fallback && ({ kind: "constant", value: fallback } as const));
    meanings.set(one.name, value ? { kind: "value", value } : { kind: "unknown" });
  });
  const inside = withPlacing({ ...reading, meanings });
  inside.emit = emit;
  const result = readCall(inside, maker.returned, variable, emit);
  reading.next = inside.next;
  return result;
}

/** `task.after(x)`, `task.set_…(…)`, `task.container.set_…(…)`, `task.apply(…)`, `conf.set_…(…)`. */
function callMethod(reading: Reading, node: PythonNode, call: Call, variable: string | undefined, emit: Emit): Meaning | undefined {
  const { tree } = reading.module;
  const path: string[] = [];
  let receiver: PythonNode = call.callee;
  while (receiver.name === "MemberExpression" && receiver.firstChild) {
    const property = childOf(receiver, "PropertyName");
    if (!property) return undefined;
    path.unshift(textOf(tree, property));
    receiver = receiver.firstChild;
  }
  if (path.length === 0) return undefined;
  const base =
    receiver.name === "VariableName" ? reading.meanings.get(textOf(tree, receiver)) : readCall(reading, receiver, variable, emit);
  const name = path.join(".");
  if (base?.kind === "settings") {
    const list = argumentTexts(reading, call.list);
    if (list.length === call.list.length) emit({ kind: "pipeline-setting", name, arguments: list, span: spanOf(node) });
    return base;
  }
  if (base?.kind !== "task") return undefined;
  if (name === "delete") {
    // Deleting what a resource step has created is a step of its own.
    const made = (output: string) => ({ kind: "output", task: base.task, output }) as const;
    const given = argumentTexts(reading, call.list).map((one) =>
      one.name === undefined ? { ...one, name: "flags", position: undefined } : one,
    );
    const id = reading.next++;
    const list = [
      { name: "name", value: made("name"), span: spanOf(node) },
      { name: "kind", value: made("manifest"), span: spanOf(node) },
      ...given,
    ];
    emit({ kind: "operator", id, variable, operator: "kubernetes_resource_delete_op", arguments: list, span: spanOf(node) });
    return { kind: "task", task: id };
  }
  if (name === "after") {
    const tasks = call.list.flatMap((one) => {
      const task = taskOf(reading, one.value);
      if (task === undefined) leaveOut(reading, one.value);
      return task === undefined ? [] : [task];
    });
    if (tasks.length > 0) emit({ kind: "after", task: base.task, tasks, span: spanOf(node) });
  } else if (/^(container\.)?(set_|add_|apply$|with_|ignore_type$)/.test(name)) {
    const list: readonly ArgumentText[] = argumentTexts(reading, call.list);
    // A setting with a missing part could mean something else.
    if (list.length === call.list.length) emit({ kind: "setting", task: base.task, name, arguments: list, span: spanOf(node) });
  } else {
    leaveOut(reading, node);
  }
  return base;
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

function readBlock(reading: Reading, node: PythonNode, as: PythonNode | undefined, inside: () => readonly Statement[], emit: Emit): void {
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

/** Names bound by a part that is not understood are not understood either; names it deletes are gone. */
function forget(reading: Reading, node: PythonNode): void {
  walk(node, (inner) => {
    if (inner.name === "DeleteStatement")
      for (const name of childrenOf(inner).flatMap((child) => targetNames(reading.module.tree, child)))
        reading.meanings.set(name, { kind: "unknown" });
    for (const name of boundIn(reading.module.tree, inner)) reading.meanings.set(name, { kind: "unknown" });
  });
}

function isComparison(sign: string | undefined): sign is "==" | "!=" | "<" | "<=" | ">" | ">=" {
  return sign !== undefined && ["==", "!=", "<", "<=", ">", ">="].includes(sign);
}
