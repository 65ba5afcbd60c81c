import type { Report } from "#diagnostics/diagnostic.ts";
import type { Binding, Reference } from "#pipeline/binding.ts";
import { type DataMap, field, isList, isMap, type Path } from "#data/data.ts";
import type { Call, Loop, Ordering, Task, TaskId, Template } from "#pipeline/model.ts";
import { readArguments } from "./binding.ts";
import { isPlain, namesInDepends, parseDepends } from "../syntax/depends.ts";
import { readCall, readExitHook, readHooks } from "./hooks.ts";
import { readName, readTextField, without, wrongType } from "./read-context.ts";
import { readText, referencesInData } from "../syntax/references.ts";
import { readCondition } from "../syntax/when.ts";

/** A call: a dag's task or a step. */

/** Reads an inline template; passed in by template.ts, so that the two files do not import each other. */
export type ReadInline = (data: DataMap, path: Path, id: TaskId, report: Report) => Template;

/** The path of a call, and the reader of its inline template. */
export interface CallContext {
  readonly id: TaskId;
  readonly path: Path;
  /** The group of a step; undefined in a dag. */
  readonly stage?: number;
  readonly readInline: ReadInline;
}

/** One call. */
export function readTask(data: DataMap, { id, path, stage, readInline }: CallContext, report: Report): Task {
  const typed = new Set<string>();
  const { name, exact } = readName(data, path, report);
  if (exact) typed.add("name");
  const call = readBody(data, id, path, typed, readInline, report);
  const args = readArguments(data, path, report);
  if (args.carried === undefined) typed.add("arguments");
  const order = stage === undefined ? readOrdering(data, path, typed, report) : noOrder;
  const when = readTextField(data, "when", path, report);
  if (when !== undefined) typed.add("when");
  const loop = readLoop(data, path, typed, report);
  const { hooks, carried } = readHooks(field(data, "hooks"), [...path, "hooks"], report);
  if (carried === undefined) typed.add("hooks");
  const exitHook = readExitHook(data, path);
  const rest = without(data, typed);
  const others = otherReferences(call, data, rest);
  return {
    id,
    name,
    path,
    call,
    arguments: args.items,
    order,
    ...(stage === undefined ? {} : { stage }),
    ...(when === undefined ? {} : { when: readCondition(when) }),
    ...(loop === undefined ? {} : { loop }),
    hooks,
    ...(exitHook === undefined ? {} : { exitHook }),
    ...(others.length === 0 ? {} : { otherReferences: others }),
    rest,
    keys: Object.keys(data),
  };
}

function readBody(data: DataMap, id: TaskId, path: Path, typed: Set<string>, readInline: ReadInline, report: Report): Call {
  const { call, key } = readCall(data, path, report);
  if (key) typed.add(key);
  if (call.kind !== "none") return call;
  const inline = field(data, "inline");
  if (isMap(inline)) {
    typed.add("inline");
    return { kind: "inline", template: readInline(inline, [...path, "inline"], id, report) };
  }
  if (inline !== undefined && inline !== null) wrongType(report, [...path, "inline"], "mapping", inline);
  return call;
}

const noOrder: Ordering = { after: [], style: "none", plain: true };

function readOrdering(data: DataMap, path: Path, typed: Set<string>, report: Report): Ordering {
  const formula = readTextField(data, "depends", path, report);
  if (formula !== undefined && formula.trim() !== "") {
    typed.add("depends");
    return { after: namesInDepends(formula), style: "depends", formula, plain: isPlain(parseDepends(formula)) };
  }
  const list = field(data, "dependencies");
  if (list === undefined || list === null) return noOrder;
  if (!isList(list)) {
    wrongType(report, [...path, "dependencies"], "list", list);
    return noOrder;
  }
  const names = list.filter((name) => typeof name === "string");
  list.forEach((name, index) => typeof name !== "string" && wrongType(report, [...path, "dependencies", index], "text", name));
  const once = [...new Set(names)];
  if (once.length === list.length) typed.add("dependencies");
  return { after: once.map((task) => ({ task, results: [] })), style: "dependencies", plain: true };
}

function readLoop(data: DataMap, path: Path, typed: Set<string>, report: Report): Loop | undefined {
  const items = field(data, "withItems");
  if (isList(items) && items.length > 0) {
    typed.add("withItems");
    return { kind: "items", items, references: referencesOf(items) };
  }
  if (items !== undefined && items !== null && !isList(items)) wrongType(report, [...path, "withItems"], "list", items);
  const param = readTextField(data, "withParam", path, report);
  if (param !== undefined && param !== "") {
    typed.add("withParam");
    return { kind: "param", source: readText(param, "withParam") };
  }
  const raw = field(data, "withSequence");
  if (isMap(raw)) {
    typed.add("withSequence");
    return { kind: "sequence", raw, references: referencesOf(raw) };
  }
  if (raw !== undefined && raw !== null) wrongType(report, [...path, "withSequence"], "mapping", raw);
  return undefined;
}

/** The references of a loop's data; the data itself is in the loop, so the binding does not repeat it. */
function referencesOf(data: Parameters<typeof referencesInData>[0]): Binding {
  const references = referencesInData(data).map((found) => found.reference);
  return references.length === 0 ? { kind: "constant" } : { kind: "location", value: {}, references };
}

/** References to the graph around the call in an inline template's body, in templateRef or in `rest`. */
function otherReferences(call: Call, data: DataMap, rest: DataMap): readonly Reference[] {
  const found = referencesInData(rest).map((one) => one.reference);
  if (call.kind === "reference") found.push(...referencesInData(call.raw).map((one) => one.reference));
  if (call.kind === "inline")
    found.push(
      ...referencesInData(field(data, "inline"))
        .map((one) => one.reference)
        .filter((one) => leadsOut(one, call.template)),
    );
  return found;
}

/** Whether a reference inside an inline template means something of the graph around it. A graph draws its own references itself. */
function leadsOut(reference: Reference, inline: Template): boolean {
  switch (reference.kind) {
    case "task-output":
      return !inline.tasks.some((task) => task.name === reference.task);
    case "graph-input":
      return !inline.inputs.some((input) => input.kind === reference.port && input.name === reference.name);
    case "item":
      return false;
    default:
      return inline.kind !== "dag" && inline.kind !== "steps";
  }
}
