import { takeStep } from "./size-limits.ts";
import { literalOf } from "./literals.ts";
import { placeOf } from "./module.ts";
import { operatorOf, sourceOf } from "./pipeline-components.ts";
import type { ArgumentText } from "./pipeline-tree.ts";
import { argumentTexts, leaveOut, type Meaning, taskOf } from "./pipeline-values.ts";
import { bare, callOf, childOf, dottedName, parametersOf, type PythonNode, spanOf, textOf } from "./syntax.ts";
import type { Emit, Reading } from "./pipeline-reading.ts";

/** Lets expressions place tasks: each call once, however often the expression is evaluated. */
export function withPlacing(start: Omit<Reading, "place" | "emit">): Reading {
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

/** A call and the chain after it: `op(x).after(y).set_memory_limit("1G")`. Returns the value of the whole expression. */
export function readCall(reading: Reading, node: PythonNode, variable: string | undefined, emit: Emit): Meaning | undefined {
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
