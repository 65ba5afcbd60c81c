import { parser } from "@lezer/python";

/**
 * The syntax tree of Python text, with the queries that this folder needs about nodes; no semantics. The text is parsed and never executed;
 * a text with mistakes gives a tree with error nodes.
 */

/** Characters in the text [start, end). */
export type Span = readonly [start: number, end: number];

type Tree = ReturnType<typeof parser.parse>;
/** A node of the tree. */
export type PythonNode = Tree["topNode"];

/** A parsed text. */
export interface PythonTree {
  readonly text: string;
  readonly root: PythonNode;
  /** Why nothing of the text was read; then `root` is empty. */
  readonly unread?: "size" | "depth";
}

/** The longest text that is read, in characters; a function embedded in a workflow must fit into about 1 MB anyway. */
export const longestSource = 800_000;

/** Parses Python text within limits of size and depth; a text that exceeds them is not read at all. */
export function parsePython(text: string): PythonTree {
  if (text.length > longestSource) return unreadTree(text, "size");
  // A byte order mark would count as a letter of the first word.
  const read = text.replace(/^\ufeff/, "\n");
  // Lines for the notebook (`!pip install …`, `%matplotlib inline`) are not Python; they are read as comments.
  try {
    const tree = parsed(read.replace(/^[%!](?=[%!a-zA-Z])/gm, "#"));
    if (tree && !isTooDeep(tree)) return { text: read, root: tree.topNode };
  } catch {
    // The parser itself fails on some chains of 100,000 links, such as f()()()….
  }
  return unreadTree(read, "depth");
}

function unreadTree(text: string, unread: "size" | "depth"): PythonTree {
  return { text, root: parser.parse("").topNode, unread };
}

/** The number of symbols that may be open at once: brackets, blocks, unary operators. Python itself reads 200 nested brackets. */
const mostWaiting = 2_000;

/** The tree of a text; undefined as soon as it nests so deeply that the parser would need unbounded memory. */
function parsed(text: string): Tree | undefined {
  const parse = parser.startParse(text);
  for (;;) {
    const tree = parse.advance();
    if (tree) return tree;
    // The parser's internal stacks, with three numbers for each symbol. They are not part of its documented interface.
    const { stacks } = parse as { readonly stacks?: readonly { readonly stack: readonly number[] }[] };
    if (stacks?.some(({ stack }) => stack.length > mostWaiting * 3)) return undefined;
  }
}

/** Far deeper than Python itself would read, so that no reader below runs out of stack. */
const deepest = 1500;

function isTooDeep(tree: Tree): boolean {
  let depth = 0;
  let most = 0;
  tree.iterate({
    enter: () => {
      most = Math.max(most, ++depth);
    },
    leave: () => {
      depth--;
    },
  });
  return most > deepest;
}

/** The text of a node. */
export function textOf(tree: PythonTree, node: PythonNode): string {
  return tree.text.slice(node.from, node.to);
}

/** The range of a node in the text. */
export function spanOf(node: PythonNode): Span {
  return [node.from, node.to];
}

/** All children, in order, without comments. */
export function childrenOf(node: PythonNode): readonly PythonNode[] {
  const children: PythonNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (child.name !== "Comment") children.push(child);
  return children;
}

/** The first child with one of these names. */
export function childOf(node: PythonNode, ...names: readonly string[]): PythonNode | undefined {
  return childrenOf(node).find((child) => names.includes(child.name));
}

/** Visits a node and all below it; `enter` returns false to skip what is below. */
export function walk(node: PythonNode, enter: (node: PythonNode) => boolean | void): void {
  node.cursor().iterate((here) => enter(here.node));
}

/** One argument of a call: `value`, `name=value`, `*value` or `**value`. */
export interface CallArgument {
  readonly name?: string;
  readonly star?: "*" | "**";
  readonly value: PythonNode;
}

/** The arguments of an `ArgList`, in order. */
export function argumentsOf(tree: PythonTree, list: PythonNode | undefined): readonly CallArgument[] {
  if (!list) return [];
  return splitByComma(childrenOf(list).slice(1)).flatMap((group): CallArgument[] => {
    const [first, second, third] = group;
    if (!first) return [];
    if ((first.name === "*" || first.name === "**") && second) return [{ star: first.name, value: second }];
    if (first.name === "VariableName" && second?.name === "AssignOp" && third) return [{ name: textOf(tree, first), value: third }];
    return [{ value: first }];
  });
}

/** The items between the brackets of a list, tuple, set or subscript. */
export function itemsOf(node: PythonNode): readonly PythonNode[] {
  return splitByComma(childrenOf(node).filter((child) => !brackets.has(child.name))).flatMap((group) => group.slice(0, 1));
}

const brackets = new Set(["(", ")", "[", "]", "{", "}"]);

/** Groups of nodes between commas; a closing bracket is dropped. */
export function splitByComma(nodes: readonly PythonNode[]): readonly (readonly PythonNode[])[] {
  const groups: PythonNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === ",") groups.push([]);
    else if (node.name !== ")" && node.name !== "]" && node.name !== "}") groups.at(-1)?.push(node);
  }
  return groups.filter((group) => group.length > 0);
}

/** The callee and arguments of a call; undefined for anything else. */
export function callOf(
  tree: PythonTree,
  node: PythonNode,
): { readonly callee: PythonNode; readonly list: readonly CallArgument[] } | undefined {
  if (node.name !== "CallExpression" || !node.firstChild) return undefined;
  return { callee: node.firstChild, list: argumentsOf(tree, childOf(node, "ArgList")) };
}

/** The parts of a dotted name such as `kfp.components.InputPath`; undefined if the node is something else. */
export function dottedName(tree: PythonTree, node: PythonNode): readonly string[] | undefined {
  if (node.name === "VariableName") return [textOf(tree, node)];
  if (node.name === "None") return ["None"];
  if (node.name !== "MemberExpression" || !node.firstChild) return undefined;
  const property = childOf(node, "PropertyName");
  const before = dottedName(tree, node.firstChild);
  return property && before ? [...before, textOf(tree, property)] : undefined;
}

/** `List[int]` as its base and the nodes between the brackets; undefined if the node is no subscript. */
export function subscriptOf(node: PythonNode): { readonly base: PythonNode; readonly items: readonly PythonNode[] } | undefined {
  if (node.name !== "MemberExpression" || !node.firstChild || !childOf(node, "[")) return undefined;
  const children = childrenOf(node);
  const open = children.findIndex((child) => child.name === "[");
  return { base: node.firstChild, items: splitByComma(children.slice(open + 1)).flatMap((group) => group.slice(0, 1)) };
}

/** The node without the parentheses around it. */
export function bare(node: PythonNode): PythonNode {
  const inner = node.name === "ParenthesizedExpression" ? childrenOf(node)[1] : undefined;
  return inner ? bare(inner) : node;
}

/** A top-level or nested `def` with its decorators, if it has any. */
export interface Definition {
  readonly node: PythonNode;
  readonly decorators: readonly PythonNode[];
}

/** The function definition a statement holds, decorated or not. */
export function definitionOf(statement: PythonNode): Definition | undefined {
  if (statement.name === "FunctionDefinition") return { node: statement, decorators: [] };
  if (statement.name !== "DecoratedStatement") return undefined;
  const node = childOf(statement, "FunctionDefinition");
  return node && { node, decorators: childrenOf(statement).filter((child) => child.name === "Decorator") };
}

/** One parameter as written: the text pieces only. */
export interface ParameterSyntax {
  readonly name: string;
  readonly nameSpan: Span;
  /** From the name to the end of annotation and default. */
  readonly span: Span;
  readonly star?: "*" | "**";
  /** True if a `/` follows it. */
  readonly positionalOnly: boolean;
  /** True if a `*` precedes it. */
  readonly keywordOnly: boolean;
  readonly annotation?: PythonNode;
  /** The `: annotation`, including the colon. */
  readonly typeDefinition?: PythonNode;
  readonly fallback?: PythonNode;
}

/** The parameters of a function definition. */
export function parametersOf(tree: PythonTree, definition: PythonNode): readonly ParameterSyntax[] {
  const list = childOf(definition, "ParamList");
  if (!list) return [];
  const slash = slashIn(tree, list);
  const groups = splitByComma(childrenOf(list).slice(1));
  const starred = groups.find((group) => group[0]?.name === "*")?.[0]?.to ?? Infinity;
  return groups.flatMap((group): ParameterSyntax[] => {
    const first = group[0];
    const star = first?.name === "*" || first?.name === "**" ? first.name : undefined;
    const name = group.find((node) => node.name === "VariableName");
    if (!name) return [];
    const typeDefinition = group.find((node) => node.name === "TypeDef");
    const assign = group.findIndex((node) => node.name === "AssignOp");
    const fallback = assign < 0 ? undefined : group[assign + 1];
    const end = fallback ?? typeDefinition ?? name;
    return [
      {
        name: textOf(tree, name),
        nameSpan: spanOf(name),
        span: [(first ?? name).from, end.to],
        star,
        positionalOnly: slash !== undefined && name.from < slash,
        keywordOnly: name.from > starred,
        annotation: typeDefinition && childrenOf(typeDefinition)[1],
        typeDefinition,
        fallback,
      },
    ];
  });
}

/** The `/` of a parameter list has no node of its own: it is alone between two commas or before the bracket. */
function slashIn(tree: PythonTree, list: PythonNode): number | undefined {
  const children = childrenOf(list);
  for (let index = 0; index + 1 < children.length; index++) {
    const [here, next] = [children[index] as PythonNode, children[index + 1] as PythonNode];
    if (here.name === "," && /^\s*\/\s*$/.test(tree.text.slice(here.to, next.from))) return here.to;
  }
  return undefined;
}

/** The `-> annotation` of a definition. */
export function returnOf(definition: PythonNode): { readonly typeDefinition: PythonNode; readonly annotation: PythonNode } | undefined {
  const typeDefinition = childOf(definition, "TypeDef");
  const annotation = typeDefinition && childrenOf(typeDefinition).at(-1);
  return typeDefinition && annotation && !annotation.type.isError ? { typeDefinition, annotation } : undefined;
}

/**
 * The end of a definition: after its last statement and a comment on that line, and after following comment lines that are indented deeper
 * than the `def`.
 */
export function endOfDefinition(tree: PythonTree, definition: PythonNode): number {
  const indent = columnOf(tree.text, definition.from);
  const body = childOf(definition, "Body") ?? definition;
  const last = body.lastChild;
  let end = lineEnd(
    tree.text,
    Math.max(last && last.name === "Comment" ? last.to : lastStatementEnd(body), definition.firstChild?.to ?? 0),
  );
  for (let at = end; at < tree.text.length;) {
    const next = lineEnd(tree.text, at + (tree.text.startsWith("\r\n", at) ? 2 : 1));
    const line = tree.text.slice(at, next).replace(/^\r?\n/, "");
    if (line.trim() === "") {
      at = next;
      if (next >= tree.text.length) break;
      continue;
    }
    const blanks = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    if (!line.trimStart().startsWith("#") || blanks <= indent) break;
    end = at = next;
  }
  return end;
}

function lastStatementEnd(body: PythonNode): number {
  let node: PythonNode = body;
  // A compound statement's node may include the blank lines after it; the last leaf does not.
  for (let child = node.lastChild; child; child = node.lastChild) node = child;
  return node.to;
}

/** The end of the line that contains `at`, before its line break. */
export function lineEnd(text: string, at: number): number {
  const found = text.indexOf("\n", at);
  if (found < 0) return text.length;
  return text[found - 1] === "\r" ? found - 1 : found;
}

/** The number of characters before `at` in its line. */
export function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf("\n", at - 1) + 1);
}

/** The number of the line that contains `at`, from 1. */
export function lineOf(text: string, at: number): number {
  const starts = startsOf(text);
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

// One text is queried many times in a row, once for each diagnostic.
let latest: { readonly text: string; readonly starts: readonly number[] } = { text: "", starts: [0] };

function startsOf(text: string): readonly number[] {
  if (latest.text !== text) {
    const starts = [0];
    for (let index = text.indexOf("\n"); index >= 0; index = text.indexOf("\n", index + 1)) starts.push(index + 1);
    latest = { text, starts };
  }
  return latest.starts;
}

/** A string token without its quotes, for display. */
export function stripQuotes(token: string): string {
  return token.replace(/^[a-zA-Z]*("""|'''|"|')/, "").replace(/("""|'''|"|')$/, "");
}
