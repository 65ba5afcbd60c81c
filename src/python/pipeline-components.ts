import { literalText } from "./literals.ts";
import { type PythonModule, placeOf } from "./module.ts";
import { settingsOfCall } from "./pipeline-decorators.ts";
import type { ComponentSource, Operator } from "./pipeline-tree.ts";
import { bare, callOf, childOf, childrenOf, definitionOf, dottedName, type PythonNode, spanOf, textOf } from "./syntax.ts";

/**
 * The names of a file that are components: functions with a decorator, `create_component_from_func(f)`, component.yaml texts and addresses;
 * also small functions that only return a ContainerOp, as many v1 pipelines have them.
 */
export interface FileComponents {
  readonly sources: ReadonlyMap<string, ComponentSource>;
  /** Functions that return one operator, by name. */
  readonly makers: ReadonlyMap<string, { readonly definition: PythonNode; readonly returned: PythonNode }>;
  readonly functions: ReadonlyMap<string, { readonly definition: PythonNode; readonly decorators: readonly PythonNode[] }>;
}

const decoratorNames = new Set(["component", "create_component_from_func", "func_to_container_op", "lightweight_component"]);
const operators: ReadonlySet<string> = new Set<Operator>([
  "ContainerOp",
  "VolumeOp",
  "ResourceOp",
  "VolumeSnapshotOp",
  "kubernetes_resource_delete_op",
]);

/** Reads the components of a file. */
export function readComponents(module: PythonModule): FileComponents {
  const sources = new Map<string, ComponentSource>();
  const makers = new Map<string, { definition: PythonNode; returned: PythonNode }>();
  const functions = new Map<string, { definition: PythonNode; decorators: readonly PythonNode[] }>();
  for (const statement of childrenOf(module.tree.root)) {
    const found = definitionOf(statement);
    const name = found && childOf(found.node, "VariableName");
    if (!found || !name) continue;
    const text = textOf(module.tree, name);
    functions.set(text, { definition: found.node, decorators: found.decorators });
    if (found.decorators.some((one) => isComponentDecorator(module, one))) sources.set(text, { kind: "function", name: text });
    const returned = returnedOperator(module, found.node);
    if (returned && !found.decorators.some((one) => decoratorName(module, one) === "graph_component"))
      makers.set(text, { definition: found.node, returned });
  }
  for (const [name, value] of module.assigned) {
    const source = sourceOf(module, value);
    if (source) sources.set(name, source);
  }
  return { sources, makers, functions };
}

/** The last word of a decorator's name, with imports resolved. */
export function decoratorName(module: PythonModule, decorator: PythonNode): string | undefined {
  const words = childrenOf(decorator).filter((child) => child.name === "VariableName" || child.name === "PropertyName");
  return placeOf(
    module,
    words.map((word) => textOf(module.tree, word)),
  ).at(-1);
}

function isComponentDecorator(module: PythonModule, decorator: PythonNode): boolean {
  const name = decoratorName(module, decorator);
  if (name !== "partial") return name !== undefined && decoratorNames.has(name);
  const first = childOf(decorator, "ArgList")?.firstChild?.nextSibling;
  const dotted = first ? dottedName(module.tree, first) : undefined;
  return dotted !== undefined && decoratorNames.has(placeOf(module, dotted).at(-1) as string);
}

/** The component that a call such as `create_component_from_func(f)` or `load_component_from_text("…")` creates. */
export function sourceOf(module: PythonModule, node: PythonNode): ComponentSource | undefined {
  const call = callOf(module.tree, bare(node));
  const name = call && lastWord(module, call.callee);
  if (!call || name === undefined) return undefined;
  const [first] = call.list;
  if (name === "create_component_from_func" || name === "func_to_container_op") {
    const fn = first?.value.name === "VariableName" ? textOf(module.tree, first.value) : undefined;
    if (fn === undefined) return undefined;
    const settings = settingsOfCall(module, node);
    return {
      kind: "function",
      name: fn,
      settings: {
        image: settings.baseImage,
        packages: settings.packagesToInstall?.map((one) => one.text) ?? [],
        ...(settings.unread && { unread: settings.unread }),
      },
    };
  }
  const constants = (constant: string) => module.assigned.get(constant);
  const text = first && literalText(module.tree, first.value, constants);
  if (text === undefined) return undefined;
  switch (name === "load_component" ? `load_component_from_${first?.name ?? ""}` : name) {
    case "load_component_from_text":
      return { kind: "text", text };
    case "load_component_from_url":
      return { kind: "url", location: text, span: spanOf(node) };
    case "load_component_from_file":
    case "load_component_from_filename":
      return { kind: "file", location: text, span: spanOf(node) };
    default:
      return undefined;
  }
}

/** The SDK operator that a call creates. */
export function operatorOf(module: PythonModule, callee: PythonNode): Operator | undefined {
  const name = lastWord(module, callee);
  return name !== undefined && operators.has(name) ? (name as Operator) : undefined;
}

function lastWord(module: PythonModule, node: PythonNode): string | undefined {
  const dotted = dottedName(module.tree, node);
  return dotted && placeOf(module, dotted).at(-1);
}

/** The expression that a function returns, if that is all it does and it is built on an operator. */
function returnedOperator(module: PythonModule, definition: PythonNode): PythonNode | undefined {
  const statements = childrenOf(childOf(definition, "Body") ?? definition)
    .slice(1)
    .filter((one) => one.firstChild?.name !== "String");
  const [only] = statements;
  const returned = statements.length === 1 && only?.name === "ReturnStatement" ? childrenOf(only)[1] : undefined;
  for (let here = returned; here; here = here.firstChild ?? undefined) {
    const call = callOf(module.tree, here);
    if (call && operatorOf(module, call.callee)) return returned;
  }
  return undefined;
}
