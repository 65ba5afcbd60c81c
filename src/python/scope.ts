import { boundIn, importedNames, targetNames } from "./module.ts";
import {
  childOf,
  childrenOf,
  parametersOf,
  type PythonNode,
  type PythonTree,
  returnOf,
  type Span,
  spanOf,
  textOf,
  walk,
} from "./syntax.ts";

/**
 * The names that a function uses from outside of itself. A component runs alone in its container: what is imported or defined around the
 * function is not there.
 */

/** A name that is read, but neither bound in the function nor built in. */
export interface FreeName {
  readonly name: string;
  readonly span: Span;
}

interface Scope {
  readonly names: ReadonlySet<string>;
  /** Names of a class body are not visible in its methods. */
  readonly isClass: boolean;
}

/** What a function uses from outside: names it reads, and inner functions whose annotations refer to such names. */
export interface Outside {
  /** One entry for each position. The function's own annotations and decorators do not count, since they are removed. */
  readonly names: readonly FreeName[];
  /** Inner functions whose annotations would fail; those annotations are removed, too. */
  readonly typed: readonly PythonNode[];
}

/** Finds what a function uses from outside of itself. */
export function outsideOf(tree: PythonTree, definition: PythonNode): Outside {
  const names: FreeName[] = [];
  const typed: PythonNode[] = [];
  const own = childOf(definition, "VariableName");
  const outer: Scope = { names: new Set(own ? [textOf(tree, own)] : []), isClass: false };
  visitFunction(tree, definition, [outer], { name: (one) => void names.push(one), typed: (node) => void typed.push(node) });
  return { names, typed };
}

interface Found {
  readonly name: (name: FreeName) => void;
  readonly typed: (definition: PythonNode) => void;
}

/** Whether an inner function's annotations refer to a name from outside. */
function hasOutsideTypes(tree: PythonTree, definition: PythonNode, scopes: readonly Scope[]): boolean {
  let outside = false;
  const found: Found = { name: () => void (outside = true), typed: () => undefined };
  for (const one of parametersOf(tree, definition)) if (one.annotation) visit(tree, one.annotation, scopes, found);
  const returned = returnOf(definition);
  if (returned) visit(tree, returned.annotation, scopes, found);
  return outside;
}

function visitFunction(tree: PythonTree, definition: PythonNode, scopes: readonly Scope[], found: Found): void {
  for (const parameter of parametersOf(tree, definition)) if (parameter.fallback) visit(tree, parameter.fallback, scopes, found);
  const body = childOf(definition, "Body");
  if (!body) return;
  const names = bindings(tree, body);
  for (const parameter of parametersOf(tree, definition)) names.add(parameter.name);
  visitChildren(tree, body, [...scopes.filter((scope) => !scope.isClass), { names, isClass: false }], found);
}

/** All names that statements of a body bind, including nested blocks, excluding functions and classes. */
function bindings(tree: PythonTree, body: PythonNode): Set<string> {
  const names = new Set<string>();
  const add = (list: readonly string[]) => list.forEach((name) => names.add(name));
  walk(body, (node) => {
    switch (node.name) {
      case "FunctionDefinition":
      case "ClassDefinition": {
        const name = childOf(node, "VariableName");
        if (name) names.add(textOf(tree, name));
        return false;
      }
      case "LambdaExpression":
        return false;
      case "ImportStatement":
        add(importedNames(tree, node).map((one) => one.local));
        return false;
      case "AssignStatement":
      case "UpdateStatement":
      case "ForStatement":
      case "WithStatement":
        add(boundIn(tree, node));
        return true;
      case "TryStatement":
        add(childrenOf(node).flatMap((child, index, all) => (all[index - 1]?.name === "as" ? targetNames(tree, child) : [])));
        return true;
      case "NamedExpression":
        if (node.firstChild) add(targetNames(tree, node.firstChild));
        return true;
      case "CapturePattern":
      case "AsPattern":
      case "StarPattern":
        add(childrenOf(node).flatMap((child) => targetNames(tree, child)));
        return true;
      case "MappingPattern":
        add(childrenOf(node).flatMap((child, index, all) => (all[index - 1]?.name === "**" ? targetNames(tree, child) : [])));
        return true;
      case "ScopeStatement":
        return false;
      default:
        return true;
    }
  });
  return names;
}

const comprehensions = new Set([
  "ComprehensionExpression",
  "ArrayComprehensionExpression",
  "SetComprehensionExpression",
  "DictionaryComprehensionExpression",
]);

function visit(tree: PythonTree, node: PythonNode, scopes: readonly Scope[], found: Found): void {
  switch (node.name) {
    case "VariableName": {
      const name = textOf(tree, node);
      if (!scopes.some((scope) => scope.names.has(name)) && !builtins.has(name)) found.name({ name, span: spanOf(node) });
      return;
    }
    case "FunctionDefinition":
      if (hasOutsideTypes(tree, node, scopes)) found.typed(node);
      return visitFunction(tree, node, scopes, found);
    case "ClassDefinition": {
      const bases = childOf(node, "ArgList");
      const body = childOf(node, "Body");
      if (bases) visit(tree, bases, scopes, found);
      if (body) visitChildren(tree, body, [...scopes, { names: bindings(tree, body), isClass: true }], found);
      return;
    }
    case "LambdaExpression": {
      const parameters = parametersOf(tree, node);
      for (const one of parameters) if (one.fallback) visit(tree, one.fallback, scopes, found);
      const names = new Set([...parameters.map((one) => one.name), ...lambdaNames(tree, node)]);
      const body = node.lastChild;
      if (body) visit(tree, body, [...scopes.filter((scope) => !scope.isClass), { names, isClass: false }], found);
      return;
    }
    case "Decorator": {
      const first = childOf(node, "VariableName");
      const list = childOf(node, "ArgList");
      if (first) visit(tree, first, scopes, found);
      if (list) visit(tree, list, scopes, found);
      return;
    }
    case "ArgList":
      return visitArguments(tree, node, scopes, found);
    case "AssignStatement":
      // The annotation of a local variable is never evaluated; one in a class body is.
      for (const child of childrenOf(node)) {
        if (child.name !== "TypeDef" || scopes.at(-1)?.isClass) visit(tree, child, scopes, found);
      }
      return;
    case "KeywordPattern":
      for (const child of childrenOf(node).slice(1)) visit(tree, child, scopes, found);
      return;
    case "ImportStatement":
    case "ScopeStatement":
    case "Comment":
      return;
    default:
      return visitChildren(tree, node, comprehensions.has(node.name) ? [...scopes, comprehensionScope(tree, node)] : scopes, found);
  }
}

function visitChildren(tree: PythonTree, node: PythonNode, scopes: readonly Scope[], found: Found): void {
  for (const child of childrenOf(node)) visit(tree, child, scopes, found);
}

/** Keyword names in a call or pattern are not reads; a generator as the only argument binds its own names. */
function visitArguments(tree: PythonTree, node: PythonNode, scopes: readonly Scope[], found: Found): void {
  const inner = childOf(node, "for") ? [...scopes, comprehensionScope(tree, node)] : scopes;
  for (const child of childrenOf(node)) {
    const isKeyword = child.name === "VariableName" && child.nextSibling?.name === "AssignOp" && textOf(tree, child.nextSibling) === "=";
    if (!isKeyword) visit(tree, child, inner, found);
  }
}

/** The names between `for` and `in` of a comprehension. */
function comprehensionScope(tree: PythonTree, node: PythonNode): Scope {
  const names = new Set<string>();
  let between = false;
  for (const child of childrenOf(node)) {
    if (child.name === "for") between = true;
    else if (child.name === "in") between = false;
    else if (between) targetNames(tree, child).forEach((name) => names.add(name));
  }
  return { names, isClass: false };
}

/** The names in a lambda's parameter list, which has no brackets around it. */
function lambdaNames(tree: PythonTree, node: PythonNode): readonly string[] {
  const list = childOf(node, "ParamList");
  if (!list) return [];
  return childrenOf(list).flatMap((child, index, all) =>
    child.name === "VariableName" && all[index - 1]?.name !== "AssignOp" ? [textOf(tree, child)] : [],
  );
}

const builtins = new Set(
  (
    "ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError BufferError BytesWarning " +
    "ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError Ellipsis " +
    "EncodingWarning EnvironmentError Exception ExceptionGroup FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit " +
    "IOError ImportError ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError " +
    "MemoryError ModuleNotFoundError NameError NotADirectoryError NotImplemented NotImplementedError OSError OverflowError " +
    "PendingDeprecationWarning PermissionError ProcessLookupError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning " +
    "StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError TypeError UnboundLocalError " +
    "UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError " +
    "__build_class__ __builtins__ __debug__ __doc__ __file__ __import__ __loader__ __name__ __package__ __spec__ __class__ abs aiter all anext " +
    "any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex copyright credits delattr dict dir divmod " +
    "enumerate eval exec exit filter float format frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len " +
    "license list locals map max memoryview min next object oct open ord pow print property quit range repr reversed round set setattr slice " +
    "sorted staticmethod str sum super tuple type vars zip True False None"
  ).split(" "),
);
