import { childOf, childrenOf, definitionOf, type PythonNode, type PythonTree, splitByComma, textOf, walk } from "./syntax.ts";

/**
 * What a module defines outside of its functions: imports, constants, classes, functions. Annotations and decorators are resolved through
 * these names (`from kfp.components import InputPath as In`).
 */
export interface PythonModule {
  readonly tree: PythonTree;
  /** Local name → its imported origin, such as `np` → `numpy`, `In` → `kfp.components.InputPath`. */
  readonly imports: ReadonlyMap<string, string>;
  /** Name → the expression assigned to it at the top level; the last assignment counts. */
  readonly assigned: ReadonlyMap<string, PythonNode>;
  readonly classes: ReadonlyMap<string, PythonNode>;
  /** Every name that the top level binds, functions included. */
  readonly names: ReadonlySet<string>;
  /** Modules of which everything is imported (`from x import *`). */
  readonly starImports: readonly string[];
}

/** Reads the top level of a module; blocks such as `if` and `try` count as top level too. */
export function readModule(tree: PythonTree): PythonModule {
  const imports = new Map<string, string>();
  const assigned = new Map<string, PythonNode>();
  const classes = new Map<string, PythonNode>();
  const names = new Set<string>();
  const starImports: string[] = [];
  walk(tree.root, (node) => {
    switch (node.name) {
      case "ImportStatement":
        for (const found of importedNames(tree, node)) {
          if (found.local === "*") starImports.push(found.from);
          else imports.set(found.local, found.from);
        }
        return false;
      case "AssignStatement": {
        const [target, operator, value] = childrenOf(node).filter((child) => child.name !== "TypeDef");
        if (target?.name === "VariableName" && operator?.name === "AssignOp" && value) assigned.set(textOf(tree, target), value);
        for (const name of boundIn(tree, node)) names.add(name);
        return false;
      }
      case "ClassDefinition": {
        const name = childOf(node, "VariableName");
        if (name) classes.set(textOf(tree, name), node);
        if (name) names.add(textOf(tree, name));
        return false;
      }
      case "FunctionDefinition": {
        const name = definitionOf(node) && childOf(node, "VariableName");
        if (name) names.add(textOf(tree, name));
        return false;
      }
      case "ExpressionStatement":
      case "LambdaExpression":
        return false;
      case "ForStatement":
      case "WithStatement":
        for (const name of boundIn(tree, node)) names.add(name);
        return true;
      default:
        return true;
    }
  });
  for (const name of imports.keys()) names.add(name);
  return { tree, imports, assigned, classes, names, starImports };
}

/** The names that an assignment, `for` or `with` itself binds. */
export function boundIn(tree: PythonTree, node: PythonNode): readonly string[] {
  const children = childrenOf(node);
  switch (node.name) {
    case "AssignStatement": {
      const last = children.findLastIndex((child) => child.name === "AssignOp");
      return children.slice(0, last < 0 ? children.length : last).flatMap((child) => targetNames(tree, child));
    }
    case "UpdateStatement":
      return children[0] ? targetNames(tree, children[0]) : [];
    case "ForStatement": {
      const into = children.findIndex((child) => child.name === "in");
      return children.slice(0, into < 0 ? 0 : into).flatMap((child) => targetNames(tree, child));
    }
    case "WithStatement":
      return children.flatMap((child, index) => (children[index - 1]?.name === "as" ? targetNames(tree, child) : []));
    default:
      return [];
  }
}

/** The names in an assignment's target; `a.b` and `a[b]` bind nothing. */
export function targetNames(tree: PythonTree, node: PythonNode): readonly string[] {
  if (node.name === "VariableName") return [textOf(tree, node)];
  if (["TupleExpression", "ArrayExpression", "ParenthesizedExpression"].includes(node.name)) {
    return childrenOf(node).flatMap((child) => targetNames(tree, child));
  }
  return [];
}

/** The names that an import statement binds: local name and dotted origin. */
export function importedNames(tree: PythonTree, node: PythonNode): readonly { readonly local: string; readonly from: string }[] {
  const children = childrenOf(node).filter((child) => child.name !== "(" && child.name !== ")");
  const importAt = children.findIndex((child) => child.name === "import");
  const isFrom = children[0]?.name === "from";
  const prefix = isFrom
    ? children
        .slice(1, importAt)
        .map((child) => textOf(tree, child))
        .join("")
    : "";
  return splitByComma(children.slice(importAt + 1)).map((group) => {
    const as = group.findIndex((child) => child.name === "as");
    const path = group
      .slice(0, as < 0 ? undefined : as)
      .map((child) => textOf(tree, child))
      .join("");
    const alias = as < 0 ? undefined : group[as + 1];
    const from = isFrom ? `${prefix}${prefix.endsWith(".") ? "" : "."}${path}` : path;
    if (path === "*") return { local: "*", from: prefix };
    if (alias) return { local: textOf(tree, alias), from };
    // `import a.b` binds `a`.
    return isFrom ? { local: path, from } : { local: path.split(".")[0] as string, from: path.split(".")[0] as string };
  });
}

/** The dotted origin of a dotted name, with imports resolved: `comp.InputPath` → `kfp.components.InputPath`. */
export function placeOf(module: PythonModule, dotted: readonly string[]): readonly string[] {
  const [first = "", ...rest] = dotted;
  const imported = module.imports.get(first);
  return imported === undefined ? dotted : [...imported.split(".").filter(Boolean), ...rest];
}
