import { literalOf, literalText } from "./literals.ts";
import {
  callOf,
  childOf,
  childrenOf,
  definitionOf,
  dottedName,
  endOfDefinition,
  parsePython,
  type PythonNode,
  type PythonTree,
  textOf,
  walk,
} from "./syntax.ts";

/**
 * Opens a program that was compiled from a Python function: the text before the function, the function, the text after it. Together they
 * are the program byte for byte, so editing the function leaves the rest as it is. Supports our own programs, those of the KFP SDK 0.x and
 * 1.x (with argparse) and those of the SDK 2.x (only the function after imports).
 */
export interface ProgramLens {
  readonly style: "argparse" | "kfp-v2";
  readonly prefix: string;
  /** From `def` to the end of the body, without annotations in the argparse style. */
  readonly source: string;
  readonly suffix: string;
  readonly functionName: string;
  /** The options of the argument parser, in order; empty for KFP v2. */
  readonly options: readonly ProgramOption[];
  /** How returned values are written: as one value, as fields of a tuple, or not at all. */
  readonly returns: "none" | "single" | "fields";
}

/** One option of the program's argument parser. */
export interface ProgramOption {
  readonly flag: string;
  /** The parameter of the function. */
  readonly dest: string;
  readonly required: boolean;
  /** The expression behind `type=`. */
  readonly reader: string;
}

/**
 * Opens the text of a program; undefined if it was not made from a function. `functionName`: the function that the arguments name
 * (`--function_to_execute` of KFP v2).
 */
export function readProgram(text: string, functionName?: string): ProgramLens | undefined {
  if (!/\bdef\b/.test(text)) return undefined;
  const tree = parsePython(text);
  if (tree.text.length !== text.length || text.startsWith("\ufeff")) return undefined;
  const definitions = childrenOf(tree.root).flatMap((statement) => {
    const definition = definitionOf(statement);
    const name = definition && childOf(definition.node, "VariableName");
    return definition && name ? [{ name: textOf(tree, name), node: definition.node }] : [];
  });
  const found = programCall(tree, new Set(definitions.map((one) => one.name)));
  const main = found ? definitions.findLast((one) => one.name === found.name) : mainOfV2(tree, definitions, functionName);
  if (!main) return undefined;
  const end = endOfDefinition(tree, main.node);
  return {
    style: found ? "argparse" : "kfp-v2",
    prefix: text.slice(0, main.node.from),
    source: text.slice(main.node.from, end),
    suffix: text.slice(end),
    functionName: main.name,
    options: found ? optionsOf(tree, main.node.to) : [],
    returns: found ? returnsOf(text.slice(end)) : "none",
  };
}

/** The program's index in a command: the last word after `sh -ec LAUNCHER` or `python3 -u -c`; undefined if there is none. */
export function programIndex(command: readonly unknown[]): number | undefined {
  for (let index = command.length - 1; index >= 3; index--) {
    const [a, b, c, program] = command.slice(index - 3, index + 1);
    if (typeof program !== "string" || !/\bdef\s/.test(program)) continue;
    const isLaunched =
      a === "sh" && (b === "-ec" || b === "-ce") && typeof c === "string" && c.includes("$0") && /python3?\b|executor_main/.test(c);
    if (isLaunched || (/^python3?$/.test(String(a)) && b === "-u" && c === "-c")) return index;
    if (/^python3?$/.test(String(b)) && c === "-c") return index;
  }
  return undefined;
}

/** The packages that the words before the program install, with shell quoting removed. */
export function packagesOf(command: readonly unknown[]): readonly string[] {
  const script = command.find((word) => typeof word === "string" && /pip install/.test(word) && /"\$0" "\$@"/.test(word));
  const first =
    typeof script === "string"
      ? /pip install((?:'[^']*'|"[^"]*"|[^|&\n'"]){0,4000}?)(?=\s+(?:\|\||&&)|\s*\)|$)/.exec(script)?.[1]
      : undefined;
  if (first === undefined) return [];
  return shellWords(first).filter((word) => !word.startsWith("-"));
}

function shellWords(text: string): readonly string[] {
  return [...text.matchAll(/(?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])+/g)].map(([word]) =>
    word.replace(
      /'([^']*)'|"([^"]*)"|\\(.)/g,
      (_, single?: string, double?: string, escaped?: string) => single ?? double ?? escaped ?? "",
    ),
  );
}

/** The call of the program: `f(**arguments)` after an `import argparse`. */
function programCall(tree: PythonTree, names: ReadonlySet<string>): { readonly name: string } | undefined {
  if (!/\bargparse\b/.test(tree.text)) return undefined;
  let found: { readonly name: string } | undefined;
  for (const statement of childrenOf(tree.root)) {
    if (statement.name !== "AssignStatement" && statement.name !== "ExpressionStatement") continue;
    walk(statement, (node) => {
      const call = callOf(tree, node);
      const name = call && dottedName(tree, call.callee);
      if (call && name?.length === 1 && names.has(name[0] as string) && call.list.length === 1 && call.list[0]?.star === "**") {
        found = { name: name[0] as string };
      }
    });
  }
  return found;
}

type Named = { readonly name: string; readonly node: PythonNode };

/** KFP v2: imports of kfp or typing, then the function; the arguments name it, else it is the last one. */
function mainOfV2(tree: PythonTree, definitions: readonly Named[], functionName: string | undefined): Named | undefined {
  if (functionName !== undefined) return definitions.findLast((one) => one.name === functionName);
  return /^[ \t]*import kfp\b|^from kfp(\.\w+)* import/m.test(tree.text) ? definitions.at(-1) : undefined;
}

function optionsOf(tree: PythonTree, from: number): readonly ProgramOption[] {
  return childrenOf(tree.root).flatMap((statement): ProgramOption[] => {
    const node = statement.from >= from && statement.name === "ExpressionStatement" ? statement.firstChild : null;
    const call = node && callOf(tree, node);
    if (!call || dottedName(tree, call.callee)?.at(-1) !== "add_argument") return [];
    const named = (name: string) => call.list.find((one) => one.name === name)?.value;
    const [first, dest, required, type] = [call.list[0]?.value, named("dest"), named("required"), named("type")];
    const flag = first && literalText(tree, first);
    const name = dest && literalText(tree, dest);
    if (flag === undefined || name === undefined || flag.startsWith("----")) return [];
    const value = required && literalOf(tree, required);
    return [{ flag, dest: name, required: value?.kind === "bool" && value.value, reader: type ? textOf(tree, type) : "str" }];
  });
}

function returnsOf(suffix: string): ProgramLens["returns"] {
  if (!suffix.includes("----output-paths")) return "none";
  return /^(\w+) = \[\1\]\s*$/m.test(suffix) || /^if not hasattr\(_outputs, '__getitem__'\)/m.test(suffix) ? "single" : "fields";
}
