import type { Report } from "#diagnostics/diagnostic.ts";
import { calculated } from "./arithmetic.ts";
import { areBounded, isBounded, takeStep, takeValue } from "./size-limits.ts";
import { diagnostic } from "./python-diagnostic.ts";
import { literalOf, literalText, type PythonValue, stringOf } from "./literals.ts";
import { json, repr } from "./print-value.ts";
import { type PythonModule, placeOf } from "./module.ts";
import type { ArgumentText, Value } from "./pipeline-tree.ts";
import {
  argumentsOf,
  bare,
  type CallArgument,
  callOf,
  childOf,
  childrenOf,
  dottedName,
  itemsOf,
  lineOf,
  type PythonNode,
  spanOf,
  splitByComma,
  subscriptOf,
  textOf,
} from "./syntax.ts";

/** The meaning of a name at one point of a pipeline function. */
export type Meaning =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "task"; readonly task: number }
  /** `dsl.get_pipeline_conf()`. */
  | { readonly kind: "settings" }
  /** Something that was not understood; expressions that use it are not understood either. */
  | { readonly kind: "unknown" };

/** The names at one point of a pipeline function. */
export interface Names {
  readonly module: PythonModule;
  readonly meanings: ReadonlyMap<string, Meaning>;
  readonly report: Report;
  /** Places the task that a call within an expression creates, as in `use(make(1).output)`; undefined if it creates none. */
  readonly place: (call: PythonNode) => number | undefined;
}

const deepest = 60;

/** The value of an expression; undefined if it is not understood. */
export function valueOf(names: Names, node: PythonNode, depth = 0): Value | undefined {
  if (depth > deepest || !takeStep(names.module.tree)) return undefined;
  const value = readValue(names, node, depth);
  return value && isBounded(value) ? value : undefined;
}

function readValue(names: Names, node: PythonNode, depth: number): Value | undefined {
  const here = bare(node);
  const { tree } = names.module;
  const inner = (of: PythonNode) => valueOf(names, of, depth + 1);
  switch (here.name) {
    case "VariableName": {
      const meaning = names.meanings.get(textOf(tree, here));
      if (meaning?.kind === "task") return { kind: "output", task: meaning.task };
      if (meaning) return meaning.kind === "value" ? meaning.value : undefined;
      const name = textOf(tree, here);
      const constant = names.module.assigned.get(name);
      const location = names.module.imports.get(name)?.split(".").at(-1);
      if (!constant && location !== undefined && Object.hasOwn(sdkConstants, location)) return sdkConstants[location];
      return constant && inner(constant);
    }
    case "MemberExpression":
      return memberOf(names, here, inner) ?? constantOf(names, here);
    case "FormatString":
      return formatted(names, here, inner);
    case "ContinuedString": {
      const parts = childrenOf(here).map(inner);
      return parts.every((part) => part !== undefined) ? textFrom(parts) : undefined;
    }
    case "BinaryExpression":
      return constantOf(names, here) ?? joined(names, here, inner);
    case "ArrayExpression":
    case "TupleExpression": {
      const items = itemsOf(here).map((item) => (item.name === "*" ? undefined : inner(item)));
      return constantOf(names, here) ?? (items.every((item) => item !== undefined) ? { kind: "list", items } : undefined);
    }
    case "DictionaryExpression":
      return constantOf(names, here) ?? mapOf(here, inner);
    case "CallExpression": {
      const made = calledOf(names, here, inner);
      const task = made ? undefined : names.place(here);
      return task === undefined ? made : { kind: "output", task };
    }
    default:
      return constantOf(names, here);
  }
}

/** The value of an expression outside of functions, such as an image made of constants; undefined if it is not known. */
export function constantOfModule(module: PythonModule, node: PythonNode): PythonValue | undefined {
  const value = valueOf({ module, meanings: new Map(), report: () => undefined, place: () => undefined }, node);
  return value && plainOf(value);
}

function plainOf(value: Value): PythonValue | undefined {
  if (value.kind === "constant") return value.value;
  if (value.kind !== "list") return undefined;
  const items = value.items.map(plainOf);
  return items.every((item) => item !== undefined) ? { kind: "list", items } : undefined;
}

function constantOf(names: Names, node: PythonNode): Value | undefined {
  const value = literalOf(names.module.tree, node, (name) => (names.meanings.has(name) ? undefined : names.module.assigned.get(name)));
  return value && { kind: "constant", value };
}

const text = (value: string): Value => ({ kind: "constant", value: { kind: "str", value } });
const mode = (value: string): Value => ({ kind: "constant", value: { kind: "list", items: [{ kind: "str", value }] } });

/** Constants of kfp.dsl (SDK 1.8: dsl/_volume_op.py, dsl/__init__.py). */
const sdkConstants: Readonly<Record<string, Value>> = {
  VOLUME_MODE_RWO: mode("ReadWriteOnce"),
  VOLUME_MODE_RWM: mode("ReadWriteMany"),
  VOLUME_MODE_ROM: mode("ReadOnlyMany"),
  RUN_ID_PLACEHOLDER: text("{{workflow.uid}}"),
  EXECUTION_ID_PLACEHOLDER: text("{{pod.name}}"),
};

/** The task that a name refers to or that a call creates. */
export function taskOf(names: Names, node: PythonNode): number | undefined {
  if (node.name === "CallExpression") return names.place(node);
  const meaning = node.name === "VariableName" ? names.meanings.get(textOf(names.module.tree, node)) : undefined;
  return meaning?.kind === "task" ? meaning.task : undefined;
}

/** `task.output`, `task.outputs["x"]`, `task.volume`, `task.pvolume`, `task.pvolumes["/mnt"]`, `item.key`. */
function memberOf(names: Names, node: PythonNode, inner: (of: PythonNode) => Value | undefined): Value | undefined {
  const { tree } = names.module;
  const subscript = subscriptOf(node);
  if (subscript) {
    const key = subscript.items[0] && literalText(tree, subscript.items[0], (name) => names.module.assigned.get(name));
    const property = subscript.base.name === "MemberExpression" ? childOf(subscript.base, "PropertyName") : undefined;
    const task = property && subscript.base.firstChild ? taskOf(names, subscript.base.firstChild) : undefined;
    const word = property && textOf(tree, property);
    const base = task === undefined ? inner(subscript.base) : undefined;
    const part = partOf(base, subscript.items[0] && literalOf(tree, subscript.items[0], (name) => names.module.assigned.get(name)));
    if (part || key === undefined) return part;
    if (task !== undefined && word === "outputs") return { kind: "output", task, output: key };
    if (task !== undefined && word === "pvolumes") return { kind: "mounted", task, path: key };
    return keyOf(base, key);
  }
  const property = childOf(node, "PropertyName");
  if (!property || !node.firstChild) return undefined;
  const word = textOf(tree, property);
  if (Object.hasOwn(sdkConstants, word)) return sdkConstants[word];
  const task = taskOf(names, node.firstChild);
  if (task !== undefined && word === "output") return { kind: "output", task };
  if (task !== undefined && word === "volume") return { kind: "volume", task };
  if (task !== undefined && word === "pvolume") return { kind: "mounted", task };
  if (task !== undefined && word === "snapshot") return snapshotOf(task);
  return task === undefined ? keyOf(inner(node.firstChild), word) : undefined;
}

/** The data source of a VolumeOp: the object that refers to the snapshot of a VolumeSnapshotOp. */
function snapshotOf(task: number): Value {
  const argument = (name: string, value: Value) => ({ name, value, span: [0, 0] as const });
  const fields = [
    argument("api_group", text("snapshot.storage.k8s.io")),
    argument("kind", text("VolumeSnapshot")),
    argument("name", { kind: "output", task, output: "name" }),
  ];
  return { kind: "object", name: "V1TypedLocalObjectReference", arguments: fields };
}

/** `CONFIG["image"]`, `SIZES[0]`: a part of a constant. */
function partOf(value: Value | undefined, key: PythonValue | undefined): Value | undefined {
  if (value?.kind !== "constant" || !key) return undefined;
  const { value: whole } = value;
  if (whole.kind === "dict") {
    const found = whole.entries.findLast(([name]) => repr(name) === repr(key));
    return found && { kind: "constant", value: found[1] };
  }
  const item = key.kind === "int" && (whole.kind === "list" || whole.kind === "tuple") ? whole.items.at(Number(key.value)) : undefined;
  return item && { kind: "constant", value: item };
}

function keyOf(value: Value | undefined, key: string): Value | undefined {
  return value?.kind === "item" && value.key === undefined ? { ...value, key } : undefined;
}

function formatted(names: Names, node: PythonNode, inner: (of: PythonNode) => Value | undefined): Value | undefined {
  const { tree } = names.module;
  const token = textOf(tree, node);
  const [, prefix = "", quote = ""] = /^([a-zA-Z]*)("""|'''|"|')/.exec(token) ?? [];
  const plainPrefix = prefix.replace(/f/i, "");
  const parts: (string | Value)[] = [];
  let at = node.from + prefix.length + quote.length;
  const plain = (end: number) => {
    const text = stringOf(plainPrefix + quote + tree.text.slice(at, end).replaceAll("{{", "{").replaceAll("}}", "}") + quote);
    if (text !== undefined && text !== "") parts.push(text);
  };
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== "FormatReplacement") continue;
    plain(child.from);
    at = child.to;
    const expressions = childrenOf(child).filter((one) => !["{", "}", "FormatSelfDoc"].includes(one.name));
    const value = expressions.length === 1 && expressions[0] ? inner(expressions[0]) : undefined;
    if (!value) return undefined;
    parts.push(value);
  }
  plain(node.to - quote.length);
  return textFrom(parts);
}

/** Texts and values concatenated; text alone is a constant. undefined: too large. */
function textFrom(parts: readonly (string | Value)[]): Value | undefined {
  if (!areBounded(parts)) return undefined;
  const flat = parts.flatMap((part): readonly (string | Value)[] => {
    if (typeof part === "string") return [part];
    if (part.kind === "text") return part.parts;
    return part.kind === "constant" && part.value.kind === "str" ? [part.value.value] : [part];
  });
  const merged: (string | Value)[] = [];
  for (const part of flat) {
    const last = merged.at(-1);
    if (typeof part === "string" && typeof last === "string") merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  const [only] = merged;
  if (merged.length === 0) return { kind: "constant", value: { kind: "str", value: "" } };
  return merged.length === 1 && typeof only === "string"
    ? { kind: "constant", value: { kind: "str", value: only } }
    : { kind: "text", parts: merged };
}

/** `"a" + x` and `"a %s" % x`. */
function joined(names: Names, node: PythonNode, inner: (of: PythonNode) => Value | undefined): Value | undefined {
  const [left, operator, right] = childrenOf(node);
  if (!left || !operator || !right) return undefined;
  const sign = textOf(names.module.tree, operator);
  if (sign === "%") {
    const pattern = literalText(names.module.tree, left);
    const values = (right.name === "TupleExpression" ? itemsOf(right) : [right]).map(inner);
    const pieces = pattern?.split("%s") ?? [];
    const [a, b] = pattern === undefined ? [inner(left), inner(right)] : [];
    if (a?.kind === "constant" && b?.kind === "constant") {
      const rest = calculated(sign, a.value, b.value);
      return rest && { kind: "constant", value: rest };
    }
    if (pattern === undefined || pieces.some((piece) => piece.includes("%")) || pieces.length !== values.length + 1) return undefined;
    return interleaved(pieces, values);
  }
  const [a, b] = [inner(left), inner(right)];
  if (a?.kind === "constant" && b?.kind === "constant") {
    const reckoned = calculated(sign, a.value, b.value);
    if (reckoned) return { kind: "constant", value: reckoned };
  }
  const isText = (value: Value) => value.kind === "text" || (value.kind === "constant" && value.value.kind === "str");
  return sign === "+" && a && b && (isText(a) || isText(b)) ? textFrom([a, b]) : undefined;
}

function interleaved(pieces: readonly string[], values: readonly (Value | undefined)[]): Value | undefined {
  if (!values.every((value) => value !== undefined)) return undefined;
  return textFrom(
    pieces.flatMap((piece, index) => (index < values.length ? [piece, values[index] as Value] : [piece])).filter((part) => part !== ""),
  );
}

function mapOf(node: PythonNode, inner: (of: PythonNode) => Value | undefined): Value | undefined {
  const entries: [Value, Value][] = [];
  for (const [key, colon, value] of splitByComma(childrenOf(node).slice(1))) {
    const [left, right] = key && colon?.name === ":" && value ? [inner(key), inner(value)] : [];
    if (!left || !right) return undefined;
    entries.push([left, right]);
  }
  return { kind: "map", entries };
}

/** `"{}".format(x)`, `volume.after(task)`, `str(x)`, and objects of the SDK or of Kubernetes created in place. */
function calledOf(names: Names, node: PythonNode, inner: (of: PythonNode) => Value | undefined): Value | undefined {
  const { tree } = names.module;
  const call = callOf(tree, node);
  if (!call) return undefined;
  if (call.callee.name === "MemberExpression" && call.callee.firstChild) {
    const method = childOf(call.callee, "PropertyName");
    const word = method && textOf(tree, method);
    // The type of a reference is not part of the pipeline; without it anything fits.
    if (word === "ignore_type" && call.list.length === 0) return inner(call.callee.firstChild);
    if (word === "after") {
      const volume = inner(call.callee.firstChild);
      if (!volume || !["volume", "mounted", "volume-after", "object"].includes(volume.kind)) return undefined;
      const tasks = call.list.map((one) => taskOf(names, one.value));
      return tasks.every((task) => task !== undefined) ? { kind: "volume-after", volume, tasks } : undefined;
    }
    const pattern = word === "format" ? literalText(tree, call.callee.firstChild) : undefined;
    if (pattern !== undefined) {
      const pieces = pattern.split(/\{\d*\}/);
      const isPlain = !pieces.some((piece) => /[{}]/.test(piece)) && pieces.length === call.list.length + 1 && !/\{\d\}/.test(pattern);
      return isPlain && call.list.every((one) => one.name === undefined)
        ? interleaved(
            pieces,
            call.list.map((one) => inner(one.value)),
          )
        : undefined;
    }
  }
  const dotted = dottedName(tree, call.callee);
  const name = dotted && placeOf(names.module, dotted).at(-1);
  if (name === "dumps" && dotted && placeOf(names.module, dotted)[0] === "json" && call.list.length > 0)
    return dumped(names, call.list, inner);
  const fallback = dotted && environmentDefault(names, dotted, call.list);
  if (fallback) return inner(fallback);
  if (name === "str" && call.list.length === 1 && call.list[0]) return inner(call.list[0].value);
  if (name === undefined || dotted === undefined || names.meanings.has(dotted[0] as string) || !isObject(names, dotted, name))
    return undefined;
  const list = argumentTexts(names, call.list);
  return list.length === call.list.length ? { kind: "object", name, arguments: list } : undefined;
}

/** The default in `os.environ.get("NAME", default)` and `os.getenv("NAME", default)`: the value where the variable is not set. */
function environmentDefault(names: Names, dotted: readonly string[], list: readonly CallArgument[]): PythonNode | undefined {
  const path = placeOf(names.module, dotted).join(".");
  if (path !== "os.environ.get" && path !== "os.getenv") return undefined;
  const [, second, ...more] = list;
  return second && more.length === 0 && !second.star && (second.name === undefined || second.name === "default") ? second.value : undefined;
}

/** `json.dumps({…})` of a constant, with sorted keys if requested. */
function dumped(names: Names, list: ReturnType<typeof argumentsOf>, inner: (of: PythonNode) => Value | undefined): Value | undefined {
  const [first, ...options] = list;
  const value = first && first.name === undefined && !first.star ? inner(first.value) : undefined;
  const sorted = options.every((one) => one.name === "sort_keys" && textOf(names.module.tree, one.value) === "True");
  const written = value?.kind === "constant" && sorted ? json(value.value, options.length > 0) : undefined;
  return written === undefined ? undefined : text(written);
}

/** Kubernetes objects (`V1…`), volumes of the SDK, and helpers imported from kfp such as `use_k8s_secret`. */
function isObject(names: Names, dotted: readonly string[], name: string): boolean {
  const [root] = placeOf(names.module, dotted);
  // A component is not a value that can be passed on.
  if (/^(create_component_from_func|func_to_|load_component)/.test(name)) return false;
  return (
    /^V1[A-Z]/.test(name) ||
    ["PipelineVolume", "Sidecar", "UserContainer", "InitContainer", "PipelineParam", "KubernetesVolume"].includes(name) ||
    root === "kfp"
  );
}

/** The arguments that are understood; others are reported and left out. */
export function argumentTexts(names: Names, list: ReturnType<typeof argumentsOf>): readonly ArgumentText[] {
  return list.flatMap((one, index): ArgumentText[] => {
    const value = one.star ? undefined : valueOf(names, one.value);
    if (!value || !takeValue(names.module.tree, value)) {
      leaveOut(names, one.value);
      return [];
    }
    return [{ name: one.name, position: one.name === undefined ? index : undefined, value, span: spanOf(one.value) }];
  });
}

/** Reports something that is not understood. */
export function leaveOut(names: Pick<Names, "module" | "report">, node: PythonNode): void {
  const text = textOf(names.module.tree, node).split("\n")[0]?.trim() ?? "";
  const short = text.length > 80 ? `${text.slice(0, 79)}…` : text;
  names.report(
    diagnostic("python-pipeline-left-out", "warning", { line: lineOf(names.module.tree.text, node.from), text: short }, spanOf(node)),
  );
}
