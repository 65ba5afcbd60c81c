import type { Data } from "#data/data.ts";
import type { TypeSpec } from "#components/component-spec.ts";
import { literalOf, type PythonValue } from "./literals.ts";
import { repr } from "./print-value.ts";
import { type PythonModule, placeOf } from "./module.ts";
import { bare, callOf, childrenOf, dottedName, itemsOf, type PythonNode, stripQuotes, subscriptOf, textOf } from "./syntax.ts";

/**
 * Annotations of a parameter or of a return: how a value is passed, and its type. The text of the type follows the KFP v1 SDK
 * (components/_data_passing.py, _python_op.py): `str` is `String`, text is taken literally.
 */

/** How a parameter is passed to its function. */
export type Passing = "value" | "inputPath" | "inputTextFile" | "inputBinaryFile" | "outputPath" | "outputTextFile" | "outputBinaryFile";

/** Whether a parameter with this passing style is an output of the component. */
export function isOutput(passing: Passing): boolean {
  return passing.startsWith("output");
}

/** The meaning of an annotation. */
export interface Annotation {
  readonly passing: Passing;
  /** undefined: any. */
  readonly type?: TypeSpec;
  /** True for `Optional[X]` and `X | None`. */
  readonly optional: boolean;
  /** The name of a KFP v2 artifact annotation such as `Input[Dataset]`, which v1 does not have. */
  readonly artifactOfV2?: string;
}

const styles: Readonly<Record<string, Passing>> = {
  InputPath: "inputPath",
  InputTextFile: "inputTextFile",
  InputBinaryFile: "inputBinaryFile",
  OutputPath: "outputPath",
  OutputTextFile: "outputTextFile",
  OutputBinaryFile: "outputBinaryFile",
};

const builtinTypes: Readonly<Record<string, string>> = {
  str: "String",
  int: "Integer",
  float: "Float",
  bool: "Boolean",
  list: "JsonArray",
  dict: "JsonObject",
};

const typingNames = new Set(
  "Any AnyStr Callable ClassVar Deque DefaultDict Dict Final FrozenSet Generator Generic Hashable Iterable Iterator List Literal Mapping MutableMapping NamedTuple NoReturn Optional OrderedDict Sequence Set Text Tuple Type TypeVar Union".split(
    " ",
  ),
);

/** Reads an annotation; without one it is a value of any type. */
export function readAnnotation(module: PythonModule, node: PythonNode | undefined): Annotation {
  if (!node) return { passing: "value", optional: false };
  const inner = withoutOptional(module, bare(node));
  const optional = inner !== bare(node);
  const call = callOf(module.tree, inner);
  const styled = styleOf(module, call ? call.callee : inner);
  if (styled) {
    const argument = call?.list.find((one) => one.name === undefined || one.name === "type")?.value;
    return { passing: styled, type: argument && typeOf(module, argument), optional };
  }
  const subscript = subscriptOf(inner);
  const base = subscript && placeOf(module, dottedName(module.tree, subscript.base) ?? []);
  const last = base?.at(-1);
  if (subscript && (last === "Input" || last === "Output")) {
    return { passing: "value", type: typeOf(module, inner), optional, artifactOfV2: textOf(module.tree, inner) };
  }
  return { passing: "value", type: typeOf(module, inner), optional };
}

function styleOf(module: PythonModule, node: PythonNode): Passing | undefined {
  const dotted = dottedName(module.tree, node);
  const last = dotted && placeOf(module, dotted).at(-1);
  return last !== undefined && Object.hasOwn(styles, last) ? styles[last] : undefined;
}

/** X for `Optional[X]`, `Union[X, None]`, `X | None`; otherwise the node itself. */
function withoutOptional(module: PythonModule, node: PythonNode): PythonNode {
  const subscript = subscriptOf(node);
  if (subscript) {
    const base = placeOf(module, dottedName(module.tree, subscript.base) ?? []).at(-1);
    const [first, second] = subscript.items;
    if (base === "Optional" && first && !second) return bare(first);
    if (base === "Union" && subscript.items.length === 2) return otherThanNone(first, second) ?? node;
  }
  if (node.name !== "BinaryExpression") return node;
  const [left, operator, right] = childrenOf(node);
  return operator && textOf(module.tree, operator) === "|" ? (otherThanNone(left, right) ?? node) : node;
}

function otherThanNone(left: PythonNode | undefined, right: PythonNode | undefined): PythonNode | undefined {
  if (right?.name === "None" && left) return bare(left);
  return left?.name === "None" && right ? bare(right) : undefined;
}

/** The KFP type of a type expression; undefined for none and for `None`. */
export function typeOf(module: PythonModule, node: PythonNode): TypeSpec | undefined {
  const here = bare(withoutOptional(module, bare(node)));
  const literal = literalOf(module.tree, here, (name) => (module.classes.has(name) ? undefined : module.assigned.get(name)));
  if (literal?.kind === "str") return literal.value === "" ? undefined : literal.value;
  if (literal?.kind === "dict" || literal?.kind === "list") return dataOf(literal);
  if (literal) return undefined;
  const call = callOf(module.tree, here);
  const dotted = dottedName(module.tree, call ? call.callee : here);
  if (!dotted) return genericText(module, here);
  const path = placeOf(module, dotted);
  const last = path.at(-1) as string;
  if (path.length === 1 && Object.hasOwn(builtinTypes, last)) return builtinTypes[last];
  if (path[0] === "typing" || (path.length === 1 && typingNames.has(last) && !module.names.has(last))) return `typing.${last}`;
  return last;
}

/** The text of a generic type as Python prints it: `typing.List[int]`. */
function genericText(module: PythonModule, node: PythonNode): string {
  const here = bare(node);
  if (here.name === "None") return "NoneType";
  if (here.name === "Ellipsis" || here.name === "...") return "...";
  if (here.name === "ArrayExpression")
    return `[${itemsOf(here)
      .map((item) => genericText(module, item))
      .join(", ")}]`;
  if (here.name === "String") return `ForwardRef('${stripQuotes(textOf(module.tree, here))}')`;
  const subscript = subscriptOf(here);
  if (subscript && placeOf(module, dottedName(module.tree, subscript.base) ?? []).at(-1) === "Literal")
    return literalTypeText(module, subscript.items);
  if (subscript) return `${genericText(module, subscript.base)}[${subscript.items.map((item) => genericText(module, item)).join(", ")}]`;
  const dotted = dottedName(module.tree, here);
  if (!dotted) return textOf(module.tree, here).replace(/\s+/g, " ");
  const path = placeOf(module, dotted);
  const last = path.at(-1) as string;
  return path.length === 1 && typingNames.has(last) ? `typing.${last}` : path.join(".");
}

/** `typing.Literal['a', 1]`: the values as Python writes them. */
function literalTypeText(module: PythonModule, items: readonly PythonNode[]): string {
  const values = items.map((item) => {
    const value = literalOf(module.tree, item);
    return value ? repr(value) : textOf(module.tree, item);
  });
  return `typing.Literal[${values.join(", ")}]`;
}

/** A literal as plain data; integers beyond the safe range become text. */
export function dataOf(value: PythonValue): Data {
  switch (value.kind) {
    case "none":
      return null;
    case "bool":
    case "float":
    case "str":
      return value.value;
    case "int":
      return Number.isSafeInteger(Number(value.value)) ? Number(value.value) : value.value.toString();
    case "list":
    case "tuple":
    case "set":
      return value.items.map(dataOf);
    case "dict":
      return Object.fromEntries(
        value.entries
          .filter(([key]) => key.kind === "str" && key.value !== "__proto__")
          .map(([key, item]) => [key.kind === "str" ? key.value : "", dataOf(item)]),
      );
  }
}
