import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { humanName } from "#kubernetes/kfp-names.ts";
import { readAnnotation } from "./annotations.ts";
import { readDocstring } from "./docstring.ts";
import { diagnostic } from "./python-diagnostic.ts";
import type { PythonFunction } from "./function.ts";
import { readFunctions } from "./functions.ts";
import { serialize } from "./kfp-types.ts";
import { literalOf, stringOf } from "./literals.ts";
import { type PythonModule, readModule } from "./module.ts";
import { decoratorName, type FileComponents, readComponents } from "./pipeline-components.ts";
import { readStatements } from "./pipeline-statements.ts";
import type { ComponentSource, PipelineParameterText, PythonPipeline } from "./pipeline-tree.ts";
import { constantOfModule, leaveOut, type Meaning } from "./pipeline-values.ts";
import {
  argumentsOf,
  callOf,
  childOf,
  childrenOf,
  endOfDefinition,
  parametersOf,
  parsePython,
  type PythonNode,
  textOf,
  walk,
} from "./syntax.ts";

/** A Python file that defines pipelines. */
export interface PipelineFile {
  readonly pipelines: readonly PythonPipeline[];
  /** The functions that are components of the pipelines, by name. */
  readonly functions: ReadonlyMap<string, PythonFunction>;
  /** Components by their names in the file. */
  readonly components: ReadonlyMap<string, ComponentSource>;
  readonly diagnostics: readonly Diagnostic[];
}

const mostReported = 1_000;

/**
 * Reads the `@dsl.pipeline` functions of a file as data. The file is never run: what cannot be understood is left out and reported with its
 * line, as are problems in the functions that become components.
 */
export function readPipelineFile(source: string): PipelineFile {
  const module = readModule(parsePython(source));
  const components = readComponents(module);
  const diagnostics: Diagnostic[] = [];
  // A part may be visited twice; it is reported once.
  const reported = new Set<string>();
  const report = (found: Diagnostic) => {
    const key = `${found.code} ${found.span?.[0]}`;
    // Nobody reads a hundred thousand reports after the first thousand.
    if (!reported.has(key) && reported.size < mostReported) diagnostics.push(found);
    reported.add(key);
  };
  const pipelines = pipelineFunctions(module, components).map(([name, decorator]) =>
    readPipeline(module, components, name, decorator, report),
  );
  if (pipelines.length === 0 && !module.tree.unread) report(diagnostic("python-no-pipeline", "error", {}, [0, 0]));

  for (const definition of graphComponents(module, components)) leaveOut({ module, report }, definition);

  const used = new Set([...components.sources.values()].flatMap((one) => (one.kind === "function" ? [one.name] : [])));
  const read = readFunctions(source);
  const functions = new Map(read.functions.filter((one) => used.has(one.name)).map((one) => [one.name, one]));
  const spans = [...functions.values()].map((one) => one.span);
  const inComponents = read.diagnostics.filter(
    (one) => one.code === "python-syntax" || one.code === "python-unread" || spans.some(([start, end]) => isWithin(one, start, end)),
  );
  return { pipelines, functions, components: components.sources, diagnostics: [...diagnostics, ...inComponents] };
}

/** Functions with `@graph_component`: groups that may call themselves; these are not read. */
function graphComponents(module: PythonModule, components: FileComponents): readonly PythonNode[] {
  return [...components.functions.values()]
    .filter((one) => one.decorators.some((decorator) => decoratorName(module, decorator) === "graph_component"))
    .map((one) => one.definition);
}

function isWithin(found: Diagnostic, start: number, end: number): boolean {
  return found.span !== undefined && found.span[0] >= start && found.span[1] <= end;
}

/** Functions with `@dsl.pipeline`; if there are none, functions passed to a compiler or client. */
function pipelineFunctions(module: PythonModule, components: FileComponents): readonly (readonly [name: string, decorator?: PythonNode])[] {
  const decorated = [...components.functions].flatMap(([name, one]) => {
    const decorator = one.decorators.find((each) => decoratorName(module, each) === "pipeline");
    return decorator ? [[name, decorator] as const] : [];
  });
  if (decorated.length > 0) return decorated;
  const names = new Set<string>();
  walk(module.tree.root, (node) => {
    const call = callOf(module.tree, node);
    const method = call && childOf(call.callee, "PropertyName");
    const first = call?.list.find((one) => one.name === undefined || one.name === "pipeline_func");
    if (!method || !first || !/^(compile|create_run_from_pipeline_func)$/.test(textOf(module.tree, method))) return;
    const name = textOf(module.tree, first.value);
    if (components.functions.has(name)) names.add(name);
  });
  return [...names].map((name) => [name] as const);
}

function readPipeline(
  module: PythonModule,
  components: FileComponents,
  functionName: string,
  decorator: PythonNode | undefined,
  report: (found: Diagnostic) => void,
): PythonPipeline {
  const { tree } = module;
  const definition = components.functions.get(functionName)?.definition as PythonNode;
  const constants = (name: string) => module.assigned.get(name);
  const list = argumentsOf(tree, decorator && childOf(decorator, "ArgList"));
  const message = (name: string, position: number) => {
    const found = list.find((one) => one.name === name) ?? (list[position]?.name === undefined ? list[position] : undefined);
    if (!found) return undefined;
    const value = constantOfModule(module, found.value);
    if (value?.kind !== "str" && value?.kind !== "none") leaveOut({ module, report }, found.value);
    return value?.kind === "str" ? value.value : undefined;
  };
  const doc = docstringOf(module, definition);
  const parameters = parametersOf(tree, definition).map((one): PipelineParameterText => {
    const { type } = readAnnotation(module, one.annotation);
    const value = one.fallback && literalOf(tree, one.fallback, constants);
    const unread = one.fallback && !value ? ({ kind: "unread", source: textOf(tree, one.fallback) } as const) : undefined;
    const text =
      value && (value.kind === "none" ? ({ kind: "none" } as const) : ({ kind: "text", text: serialize(value, type).text } as const));
    return { name: one.name, type, default: text ?? unread, description: doc.parameters.get(one.name), span: one.span };
  });
  const meanings = new Map<string, Meaning>(
    parameters.map((one) => [one.name, { kind: "value", value: { kind: "parameter", name: one.name } }]),
  );
  return {
    name: message("name", 0) ?? humanName(functionName),
    // SDK: an empty description counts as none.
    description: (message("description", 1) || doc.summary)?.trim(),
    functionName,
    span: [definition.from, endOfDefinition(tree, definition)],
    parameters,
    statements: readStatements(module, components, definition, meanings, report),
  };
}

function docstringOf(module: PythonModule, definition: PythonNode) {
  const body = childOf(definition, "Body");
  const first = body && childrenOf(body)[1]?.firstChild;
  return readDocstring(first?.name === "String" ? (stringOf(textOf(module.tree, first)) ?? "") : "");
}
