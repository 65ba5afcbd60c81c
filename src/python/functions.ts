import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { humanName } from "#kubernetes/kfp-names.ts";
import type { ComponentInput, ComponentOutput, ComponentSpec, TypeSpec } from "#components/component-spec.ts";
import { type Annotation, isOutput, type Passing, readAnnotation } from "./annotations.ts";
import { checkFunction, checkModule } from "./checks.ts";
import { type Docstring, readDocstring } from "./docstring.ts";
import { diagnostic } from "./python-diagnostic.ts";
import type { PythonFunction, PythonOutput, PythonParameter } from "./function.ts";
import { serialize } from "./kfp-types.ts";
import { literalOf, stringOf } from "./literals.ts";
import { type PythonModule, readModule } from "./module.ts";
import { readReturns } from "./returns.ts";
import { type PackageText, readDecorator, settingsOfCalls, settingsOfDecorator, type Settings } from "./pipeline-decorators.ts";
import {
  childOf,
  childrenOf,
  type Definition,
  definitionOf,
  endOfDefinition,
  longestSource,
  type ParameterSyntax,
  parametersOf,
  parsePython,
  type PythonNode,
  type PythonTree,
  returnOf,
  spanOf,
  textOf,
} from "./syntax.ts";

/**
 * Parses Python text into components: the signature by the naming rules of the KFP v1 SDK, the docstring, the settings of decorators. The
 * text is never executed; what would fail is reported at its position.
 */

export type { PythonFunction, PythonOutput, PythonParameter } from "./function.ts";

/** All top-level functions of a text, in order, and the diagnostics about it. */
export function readFunctions(source: string): {
  readonly functions: readonly PythonFunction[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const tree = parsePython(source);
  const module = readModule(tree);
  const diagnostics: Diagnostic[] = [];
  const report = (found: Diagnostic) => void diagnostics.push(found);
  const calls = settingsOfCalls(module);

  const functions = childrenOf(tree.root).flatMap((statement) => {
    const definition = definitionOf(statement);
    const read = definition && readFunction(module, statement, definition, calls.byFunction);
    if (!definition || !read) return [];
    checkFunction(module, definition.node, read.syntax, read.fn, read.packages, report);
    return [read.fn];
  });
  if (tree.unread)
    report(diagnostic("python-unread", "error", { problem: tree.unread, size: source.length, limit: longestSource }, [0, 0]));
  else checkModule(module, functions, calls.lambdas, report);
  return { functions, diagnostics: inOrder(diagnostics) };
}

function readFunction(module: PythonModule, statement: PythonNode, definition: Definition, calls: ReadonlyMap<string, Settings>) {
  const { tree } = module;
  const { node } = definition;
  const nameNode = childOf(node, "VariableName");
  if (!nameNode) return undefined;
  const name = textOf(tree, nameNode);
  const settings: Settings = {};
  for (const one of definition.decorators) Object.assign(settings, settingsOfDecorator(module, one));
  const unreadSettings = settings.unread ?? [];
  Object.assign(settings, calls.get(name));
  const doc = docstringOf(tree, node);
  const syntax = parametersOf(tree, node);
  const annotations = syntax.map((parameter) => readAnnotation(module, parameter.annotation));
  const ports = portNames(syntax, annotations);
  const parameters = syntax.map((parameter, index) =>
    readParameter(module, parameter, annotations[index] as Annotation, ports[index] as string, doc),
  );
  const returned = readReturns(module, returnOf(node)?.annotation);
  const outputs = returnedOutputs(
    returned,
    parameters.filter((one) => isOutput(one.passing)).map((one) => one.portName),
  );
  const end = endOfDefinition(tree, node);
  const fn: PythonFunction = {
    name,
    span: [statement.from, end],
    nameSpan: spanOf(nameNode),
    sourceSpan: [node.from, end],
    source: tree.text.slice(node.from, end),
    decorators: definition.decorators.map((one) => readDecorator(module, one)),
    isAsync: childOf(node, "async") !== undefined,
    baseImage: settings.baseImage ?? settings.fallbackImage,
    packagesToInstall: settings.packagesToInstall?.map((one) => one.text),
    fallbackImage: settings.fallbackImage,
    unreadSettings,
    parameters,
    outputs,
    returns: returned.kind === "unreadable" ? "fields" : returned.kind,
    summary: doc.summary,
    description: doc.description,
    component: componentOf(name, doc, parameters, outputs, settings),
  };
  const packages: readonly PackageText[] = settings.packagesToInstall ?? [];
  return { fn, syntax, packages };
}

function readParameter(
  module: PythonModule,
  syntax: ParameterSyntax,
  annotation: Annotation,
  portName: string,
  doc: Docstring,
): PythonParameter {
  const { passing, type } = annotation;
  return {
    name: syntax.name,
    portName,
    passing,
    type,
    default: defaultOf(module, syntax, type),
    optional: syntax.fallback !== undefined,
    span: syntax.span,
    nameSpan: syntax.nameSpan,
    annotationSpan: syntax.annotation && spanOf(syntax.annotation),
    description: doc.parameters.get(syntax.name),
  };
}

function defaultOf(module: PythonModule, syntax: ParameterSyntax, type: TypeSpec | undefined): PythonParameter["default"] {
  if (!syntax.fallback) return undefined;
  const value = literalOf(module.tree, syntax.fallback, (name) => module.assigned.get(name));
  if (!value) return { kind: "unread", source: textOf(module.tree, syntax.fallback) };
  return value.kind === "none" ? { kind: "none" } : { kind: "text", text: serialize(value, type).text };
}

/** The port's name by KFP's rule: path styles drop `_path`, then all file styles drop `_file`; clashes get `_2`, `_3` … */
function portNames(parameters: readonly ParameterSyntax[], annotations: readonly Annotation[]): readonly string[] {
  const taken = { input: new Set<string>(), output: new Set<string>() };
  return parameters.map((parameter, index) => {
    const passing = annotations[index]?.passing ?? "value";
    return unique(portName(parameter.name, passing), isOutput(passing) ? taken.output : taken.input);
  });
}

/** The port for a parameter, before clashes are resolved. */
export function portName(parameter: string, passing: Passing): string {
  if (passing === "value") return parameter;
  const isPath = passing === "inputPath" || passing === "outputPath";
  const withoutPath = isPath && parameter.endsWith("_path") ? parameter.slice(0, -"_path".length) : parameter;
  return withoutPath.endsWith("_file") ? withoutPath.slice(0, -"_file".length) : withoutPath;
}

function unique(name: string, taken: Set<string>): string {
  let free = name;
  for (let index = 2; taken.has(free); index++) free = `${name}_${index}`;
  taken.add(free);
  return free;
}

function returnedOutputs(returned: ReturnType<typeof readReturns>, others: readonly string[]): readonly PythonOutput[] {
  const taken = new Set(others);
  switch (returned.kind) {
    case "single":
      return [{ name: unique("Output", taken), type: returned.type, span: returned.span }];
    case "fields":
      return returned.fields.map((field) => ({ name: unique(field.name, taken), type: field.type, span: field.span }));
    case "none":
    case "unreadable":
      return [];
  }
}

function componentOf(
  name: string,
  doc: Docstring,
  parameters: readonly PythonParameter[],
  outputs: readonly PythonOutput[],
  settings: Settings,
): ComponentSpec {
  const inputs = parameters
    .filter((one) => !isOutput(one.passing))
    .map((one): ComponentInput => ({
      name: one.portName,
      type: one.type,
      description: one.description,
      default: one.default?.kind === "text" ? one.default.text : undefined,
      optional: one.optional,
      rest: {},
    }));
  const files = parameters
    .filter((one) => isOutput(one.passing))
    .map((one): ComponentOutput => ({ name: one.portName, type: one.type, description: one.description, rest: {} }));
  return {
    name: settings.name ?? humanName(name),
    description: settings.description ?? doc.summary,
    metadata: settings.annotations && { annotations: settings.annotations },
    inputs,
    outputs: [...files, ...outputs.map((one): ComponentOutput => ({ name: one.name, type: one.type, rest: {} }))],
    implementation: { kind: "none" },
    rest: {},
  };
}

function docstringOf(tree: PythonTree, definition: PythonNode): Docstring {
  const body = childOf(definition, "Body");
  const first = body && childrenOf(body)[1];
  const node = first?.name === "ExpressionStatement" ? first.firstChild : undefined;
  const text = node?.name === "String" ? stringOf(textOf(tree, node)) : undefined;
  return readDocstring(text ?? "");
}

function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort((a, b) => (a.span?.[0] ?? 0) - (b.span?.[0] ?? 0));
}
