import { outsideOf } from "./scope.ts";
import { childOf, endOfDefinition, parametersOf, parsePython, type PythonNode, type PythonTree, returnOf, walk } from "./syntax.ts";

/** A function's text for a program: from its `def` on, without annotations, whose types do not exist in the container. */

/** The first function in a text without the annotations in its signature; nothing else is changed. */
export function withoutSignatureTypes(source: string): string {
  const tree = parsePython(source);
  const definition = firstDefinition(tree);
  return definition ? cut(source, signatureTypes(tree, definition)) : source;
}

/** The text of a function for a program: from its `def` to its end, without annotations, with plain line breaks. */
export function programSource(source: string): string {
  const tree = parsePython(source);
  const definition = firstDefinition(tree);
  if (!definition) return source;
  const cuts = [definition, ...outsideOf(tree, definition).typed].flatMap((one) => signatureTypes(tree, one));
  return cut(source, cuts, definition.from, endOfDefinition(tree, definition)).replace(/\r\n?/g, "\n").trimEnd();
}

/** The first function definition of a text. */
export function firstDefinition(tree: PythonTree): PythonNode | undefined {
  let found: PythonNode | undefined;
  walk(tree.root, (node) => {
    if (!found && node.name === "FunctionDefinition") found = node;
    return found === undefined;
  });
  return found;
}

type Cut = readonly [start: number, end: number];

/** The ranges of the annotations in a signature, including the spaces before them but not those before a default. */
function signatureTypes(tree: PythonTree, definition: PythonNode): readonly Cut[] {
  const parameters = parametersOf(tree, definition).flatMap((one): Cut[] =>
    one.typeDefinition ? [[one.nameSpan[1], one.typeDefinition.to]] : [],
  );
  const returned = returnOf(definition);
  const list = childOf(definition, "ParamList");
  return returned && list ? [...parameters, [list.to, returned.typeDefinition.to]] : parameters;
}

/** The text between `start` and `end` without the cuts. */
function cut(text: string, cuts: readonly Cut[], start = 0, end = text.length): string {
  let out = "";
  let at = start;
  for (const [from, to] of [...cuts].sort((a, b) => a[0] - b[0])) {
    if (from < at) continue;
    out += text.slice(at, from);
    at = to;
  }
  return out + text.slice(at, end);
}
