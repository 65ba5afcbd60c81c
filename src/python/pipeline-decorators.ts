import type { PythonDecorator } from "./function.ts";
import { literalOf, type PythonValue } from "./literals.ts";
import { type PythonModule, placeOf } from "./module.ts";
import { constantOfModule } from "./pipeline-values.ts";
import {
  argumentsOf,
  type CallArgument,
  callOf,
  childOf,
  childrenOf,
  dottedName,
  itemsOf,
  type PythonNode,
  type Span,
  spanOf,
  textOf,
  walk,
} from "./syntax.ts";

/** Settings in decorators and in `create_component_from_func(f, …)`. */
export interface Settings {
  readonly baseImage?: string;
  readonly packagesToInstall?: readonly PackageText[];
  readonly annotations?: Readonly<Record<string, string>>;
  /** Set by `@dsl.python_component`: the component's name and description, and the image if no call gives one. */
  readonly name?: string;
  readonly description?: string;
  readonly fallbackImage?: string;
  /** Settings that are not a constant, or that are not supported. */
  readonly unread?: readonly Span[];
}

/** One entry of packages_to_install, with its position. */
export interface PackageText {
  readonly text: string;
  readonly span: Span;
}

/** Calls that create a component from a function, with their positional arguments after the function (KFP 1.8). */
const makers: Readonly<Record<string, readonly string[]>> = {
  create_component_from_func: ["output_component_file", "base_image", "packages_to_install", "annotations"],
  func_to_container_op: [
    "output_component_file",
    "base_image",
    "extra_code",
    "packages_to_install",
    "modules_to_capture",
    "use_code_pickling",
    "annotations",
  ],
  func_to_component_text: ["extra_code", "base_image", "packages_to_install"],
  func_to_component_file: ["output_component_file", "base_image", "extra_code", "packages_to_install"],
  component: [],
  lightweight_component: [],
  container_component: [],
};

/** The positional arguments of `@dsl.python_component` (KFP 1.8: dsl/_component.py). */
const namingParameters = ["name", "description", "base_image", "target_component_file"];
/** Settings that do not change the component. */
const withoutEffect = new Set(["func", "output_component_file", "target_component_file", "install_kfp_package", "kfp_package_path"]);

/** Reads a decorator. */
export function readDecorator(module: PythonModule, node: PythonNode): PythonDecorator {
  const { tree } = module;
  const name = childrenOf(node)
    .filter((child) => child.name === "VariableName" || child.name === "PropertyName")
    .map((child) => textOf(tree, child))
    .join(".");
  const list = argumentsOf(tree, childOf(node, "ArgList")).flatMap((one, index) => {
    const value = literalOf(tree, one.value, (constant) => module.assigned.get(constant));
    return value ? [[one.name ?? String(index), value] as const] : [];
  });
  return { name, arguments: Object.fromEntries(list.filter(([key]) => key !== "__proto__")), span: spanOf(node) };
}

/** The settings in a function's own decorators. */
export function settingsOfDecorator(module: PythonModule, node: PythonNode): Settings {
  const name = childrenOf(node).filter((child) => child.name === "VariableName" || child.name === "PropertyName");
  const list = argumentsOf(module.tree, childOf(node, "ArgList"));
  const path = placeOf(
    module,
    name.map((child) => textOf(module.tree, child)),
  );
  const last = path.at(-1) ?? "";
  if (Object.hasOwn(makers, last)) return settingsOf(module, list);
  if (last === "python_component") return namingOf(module, withNames(list, namingParameters));
  // @functools.partial(create_component_from_func, base_image=…)
  return last === "partial" && list[0] && makerOf(module, list[0].value) ? settingsOf(module, list.slice(1)) : {};
}

/** The settings in the module's calls: function name → settings, for `op = create_component_from_func(f, base_image=…)`. */
export function settingsOfCalls(module: PythonModule): {
  readonly byFunction: ReadonlyMap<string, Settings>;
  readonly lambdas: readonly Span[];
} {
  const byFunction = new Map<string, Settings>();
  const lambdas: Span[] = [];
  walk(module.tree.root, (node) => {
    const call = callOf(module.tree, node);
    const positional = call && makerOf(module, call.callee);
    const first = call?.list.find((one, index) => (one.name === undefined && index === 0) || one.name === "func");
    if (!call || !positional || !first) return true;
    if (first.value.name === "LambdaExpression" || isLambda(module, first.value)) lambdas.push(spanOf(first.value));
    const name = first.value.name === "VariableName" ? textOf(module.tree, first.value) : undefined;
    const settings = settingsOf(
      module,
      withNames(
        call.list.filter((one) => one !== first),
        positional,
      ),
    );
    if (name !== undefined) byFunction.set(name, { ...byFunction.get(name), ...settings });
    return true;
  });
  return { byFunction, lambdas };
}

/** The settings in one call such as `create_component_from_func(f, base_image=…)`. */
export function settingsOfCall(module: PythonModule, node: PythonNode): Settings {
  const call = callOf(module.tree, node);
  const positional = call && makerOf(module, call.callee);
  return call && positional ? settingsOf(module, withNames(call.list.slice(1), positional)) : {};
}

function isLambda(module: PythonModule, node: PythonNode): boolean {
  return node.name === "VariableName" && module.assigned.get(textOf(module.tree, node))?.name === "LambdaExpression";
}

function makerOf(module: PythonModule, node: PythonNode): readonly string[] | undefined {
  const dotted = dottedName(module.tree, node);
  const last = dotted && placeOf(module, dotted).at(-1);
  return last !== undefined && Object.hasOwn(makers, last) ? makers[last] : undefined;
}

function withNames(list: readonly CallArgument[], positional: readonly string[]): readonly CallArgument[] {
  return list.map((one, index) => (one.name === undefined && one.star === undefined ? { ...one, name: positional[index] } : one));
}

/** The settings of `@dsl.python_component`. */
function namingOf(module: PythonModule, list: readonly CallArgument[]): Settings {
  const { baseImage, unread: others = [] } = settingsOf(
    module,
    list.filter((one) => one.name !== "name" && one.name !== "description"),
  );
  const unread = [...others];
  const textOfSetting = (name: string) => {
    const found = list.find((one) => one.name === name);
    const value = found && constantOfModule(module, found.value);
    if (found && value?.kind !== "str" && value?.kind !== "none") unread.push(spanOf(found.value));
    return value?.kind === "str" && value.value !== "" ? value.value : undefined;
  };
  const [name, description] = [textOfSetting("name"), textOfSetting("description")?.trim()];
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(baseImage !== undefined && { fallbackImage: baseImage }),
    ...(unread.length > 0 && { unread }),
  };
}

function settingsOf(module: PythonModule, list: readonly CallArgument[]): Settings {
  const settings: { -readonly [Name in keyof Settings]: Settings[Name] } = {};
  const unread: Span[] = [];
  for (const { name, value: node, star } of list) {
    if (name !== undefined && withoutEffect.has(name)) continue;
    const value = star ? undefined : constantOfModule(module, node);
    // An empty value means the default, as in the SDK.
    const isEmpty = value && isFalse(value);
    if (isEmpty) continue;
    if (name === "base_image" && value?.kind === "str") settings.baseImage = value.value;
    else if (name === "annotations" && value && annotationsOf(value)) settings.annotations = annotationsOf(value);
    else if (name === "packages_to_install" && value && packagesOf(module, node, value))
      settings.packagesToInstall = packagesOf(module, node, value);
    else unread.push(spanOf(node));
  }
  return { ...settings, ...(unread.length > 0 && { unread }) };
}

/** Whether Python takes a value for false. */
function isFalse(value: PythonValue): boolean {
  switch (value.kind) {
    case "none":
      return true;
    case "bool":
    case "str":
      return !value.value;
    case "int":
    case "float":
      return Number(value.value) === 0;
    case "list":
    case "tuple":
    case "set":
      return value.items.length === 0;
    case "dict":
      return value.entries.length === 0;
  }
}

/** A list of texts with the position of each, if it is written as a list; undefined for anything but texts. */
function packagesOf(module: PythonModule, node: PythonNode, value: PythonValue): readonly PackageText[] | undefined {
  if (value.kind !== "list" && value.kind !== "tuple") return undefined;
  const list = node.name === "VariableName" ? (module.assigned.get(textOf(module.tree, node)) ?? node) : node;
  const items = list.name === "ArrayExpression" || list.name === "TupleExpression" ? itemsOf(list) : [];
  const packages = value.items.map((item, index) =>
    item.kind === "str" ? { text: item.value, span: spanOf(items[index] ?? node) } : undefined,
  );
  return packages.every((one) => one !== undefined) ? packages : undefined;
}

function annotationsOf(value: PythonValue): Readonly<Record<string, string>> | undefined {
  if (value.kind !== "dict") return undefined;
  const pairs = value.entries.map(([key, text]) =>
    key.kind === "str" && text.kind === "str" && key.value !== "__proto__" ? ([key.value, text.value] as const) : undefined,
  );
  return pairs.every((pair) => pair !== undefined) ? Object.fromEntries(pairs) : undefined;
}
