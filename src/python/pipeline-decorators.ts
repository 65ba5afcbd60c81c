import { literalOf, literalText, type PythonValue } from "./literals.ts";
import { type PythonModule, placeOf } from "./module.ts";
import {
  argumentsOf,
  type CallArgument,
  callOf,
  childOf,
  childrenOf,
  dottedName,
  type PythonNode,
  type Span,
  spanOf,
  textOf,
  walk,
} from "./syntax.ts";

/** A decorator as written: its dotted name, and those arguments that are literals. */
export interface PythonDecorator {
  readonly name: string;
  readonly arguments: Readonly<Record<string, PythonValue>>;
  readonly span: Span;
}

/** Settings in decorators and in `create_component_from_func(f, …)`. */
export interface Settings {
  readonly baseImage?: string;
  readonly packagesToInstall?: readonly PackageText[];
  readonly annotations?: Readonly<Record<string, string>>;
}

/** One entry of packages_to_install, with its position. */
export interface PackageText {
  readonly text: string;
  readonly span: Span;
}

/** Calls that create a component from a function, with their positional arguments after the function (KFP 1.8). */
const makers: Readonly<Record<string, readonly string[]>> = {
  create_component_from_func: ["output_component_file", "base_image", "packages_to_install", "annotations"],
  func_to_container_op: ["output_component_file", "base_image", "extra_code", "packages_to_install"],
  func_to_component_text: ["extra_code", "base_image", "packages_to_install"],
  func_to_component_file: ["output_component_file", "base_image", "extra_code", "packages_to_install"],
  component: [],
  lightweight_component: [],
  container_component: [],
};

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

function settingsOf(module: PythonModule, list: readonly CallArgument[]): Settings {
  const { tree } = module;
  const constants = (name: string) => module.assigned.get(name);
  const valueOf = (name: string) => list.find((one) => one.name === name)?.value;
  const [image, packages, annotations] = [valueOf("base_image"), valueOf("packages_to_install"), valueOf("annotations")];
  const baseImage = image && literalText(tree, image, constants);
  const listNode = packages?.name === "VariableName" ? module.assigned.get(textOf(tree, packages)) : packages;
  const packagesToInstall =
    listNode &&
    childrenOf(listNode).flatMap((item): PackageText[] => {
      const text = literalText(tree, item, constants);
      return text === undefined ? [] : [{ text, span: spanOf(item) }];
    });
  const named = annotations && literalOf(tree, annotations, constants);
  const pairs = named?.kind === "dict" ? named.entries : [];
  return {
    ...(baseImage !== undefined && { baseImage }),
    ...(packagesToInstall && packagesToInstall.length > 0 && { packagesToInstall }),
    ...(pairs.length > 0 && {
      annotations: Object.fromEntries(
        pairs.flatMap(([key, value]) =>
          key.kind === "str" && value.kind === "str" && key.value !== "__proto__" ? [[key.value, value.value]] : [],
        ),
      ),
    }),
  };
}
