import { type Data, type DataMap, sameData } from "#data/data.ts";
import type { RenamedPort } from "#pipeline/authoring-edit.ts";
import type { PortKind } from "#pipeline/model.ts";
import type { PythonFunction, PythonParameter } from "#python/function.ts";
import { typedValue } from "../syntax/values.ts";

// The ports of a component that runs a Python function, by the rules of the SDK 2 (kfp/dsl/component_factory.py).

/** A port of a function, with its definition as the SDK compiles it. */
export interface FunctionPort {
  readonly side: "input" | "output";
  readonly kind: PortKind;
  readonly name: string;
  readonly definition: DataMap;
}

/** What cannot become a port: the parameter (or `return`), and its annotation or default as written. */
export interface UnreadPort {
  readonly parameter: string;
  readonly annotation: string;
}

/** The ports of a function in the order of its signature, or the first annotation that has no counterpart in a pipeline spec. */
export function portsOf(fn: PythonFunction): { readonly ports: readonly FunctionPort[] } | { readonly unread: UnreadPort } {
  const ports: FunctionPort[] = [];
  for (const parameter of fn.parameters) {
    const annotation = annotationText(parameter);
    if (isEmbedded(annotation)) continue;
    const port = parameterPort(parameter, annotation);
    if (!port) return { unread: { parameter: parameter.name, annotation: annotation ?? "" } };
    ports.push(port);
  }
  for (const { name, type } of fn.outputs) {
    const read = typeof type === "string" ? typeNamed(type) : undefined;
    if (!read || read.side !== undefined) return { unread: { parameter: "return", annotation: typeof type === "string" ? type : "" } };
    ports.push({ side: "output", kind: read.kind, name, definition: read.definition });
  }
  return { ports };
}

function annotationText({ passing, type }: PythonParameter): string | undefined {
  const text = typeof type === "string" ? type : undefined;
  if (passing === "value") return text;
  const style = passing.charAt(0).toUpperCase() + passing.slice(1);
  return text === undefined ? style : `${style}(${text})`;
}

/** `EmbeddedInput[…]` is filled from the program itself and is no port. */
function isEmbedded(annotation: string | undefined): boolean {
  return annotation !== undefined && /^(?:\w+\.)*EmbeddedInput\[/.test(annotation);
}

function parameterPort(parameter: PythonParameter, annotation: string | undefined): FunctionPort | undefined {
  const read = annotation === undefined ? undefined : typeNamed(annotation);
  if (!read) return undefined;
  const { kind, side = "input" } = read;
  const description = parameter.description;
  const described = { ...read.definition, ...(description === undefined || description === "" ? {} : { description }) };
  if (side === "output") return { side, kind, name: parameter.name, definition: described };
  const isFilled = /^TASK_/.test(String(read.definition.parameterType));
  const fallback = kind === "parameter" ? defaultOf(parameter, String(read.definition.parameterType)) : {};
  if (!fallback || (kind === "artifact" && parameter.default !== undefined && parameter.default.kind !== "none")) return undefined;
  const isOptional = parameter.optional || isFilled;
  return {
    side,
    kind,
    name: parameter.name,
    definition: { ...described, ...fallback, ...(isOptional ? { isOptional } : {}) },
  };
}

/** The default as JSON of the type; undefined: an expression whose value is unknown, or a value of another type. */
function defaultOf({ default: written }: PythonParameter, type: string): DataMap | undefined {
  if (!written || written.kind === "none") return {};
  if (written.kind === "unread") return undefined;
  const typed = typedValue(written.text, type);
  return typed.ok ? { defaultValue: typed.value } : undefined;
}

interface ReadType {
  readonly kind: PortKind;
  /** Absent: the side is that of the annotation's place, an input for parameters. */
  readonly side?: "input" | "output";
  readonly definition: DataMap;
}

/** The meaning of a type as `readFunctions` spells it, such as `Integer`, `typing.List[int]` or `Input[Dataset]`. */
function typeNamed(text: string): ReadType | undefined {
  const plain = text.replace(/\b(?:[A-Za-z_]\w*\.)+(?=[A-Za-z_])/g, "").trim();
  const wrapped = /^(Input|Output)\[(.*)\]$/s.exec(plain);
  if (wrapped) {
    const artifact = artifactNamed(wrapped[2] as string);
    return artifact && { kind: "artifact", side: wrapped[1] === "Input" ? "input" : "output", definition: artifact };
  }
  const path = /^(Input|Output)Path(?:\((.*)\))?$/s.exec(plain);
  if (path) return pathNamed(path[1] === "Input" ? "input" : "output", path[2]);
  const type = parameterNamed(plain);
  if (type !== undefined) return { kind: "parameter", definition: { parameterType: type } };
  const artifact = artifactNamed(plain);
  return artifact && { kind: "artifact", definition: artifact };
}

/** A file: of a parameter's value, or of an artifact, which is of any type where the class is not one of the SDK. */
function pathNamed(side: "input" | "output", type: string | undefined): ReadType {
  const parameter = type === undefined ? undefined : parameterNamed(type);
  if (parameter !== undefined) return { kind: "parameter", side, definition: { parameterType: parameter } };
  return { kind: "artifact", side, definition: (type === undefined ? undefined : artifactNamed(type)) ?? artifactOf("Artifact") };
}

const parameters: Readonly<Record<string, string>> = {
  String: "STRING",
  Integer: "NUMBER_INTEGER",
  Float: "NUMBER_DOUBLE",
  Boolean: "BOOLEAN",
  JsonArray: "LIST",
  JsonObject: "STRUCT",
  List: "LIST",
  Dict: "STRUCT",
  PipelineTaskFinalStatus: "TASK_FINAL_STATUS",
  TaskConfig: "TASK_CONFIG",
};

function parameterNamed(text: string): string | undefined {
  if (Object.hasOwn(parameters, text)) return parameters[text];
  const generic = /^(List|list|Dict|dict)\[(.*)\]$/s.exec(text);
  if (!generic) return undefined;
  if (artifactNamed(text)) return undefined;
  return generic[1]?.toLowerCase() === "list" ? "LIST" : "STRUCT";
}

const artifacts = new Set([
  "Artifact",
  "Dataset",
  "Model",
  "Metrics",
  "ClassificationMetrics",
  "SlicedClassificationMetrics",
  "HTML",
  "Markdown",
]);

function artifactNamed(text: string): DataMap | undefined {
  const list = /^[Ll]ist\[(.*)\]$/s.exec(text);
  const name = (list?.[1] ?? text).replace(/^ForwardRef\('(.*)'\)$/, "$1");
  if (!artifacts.has(name)) return undefined;
  return { ...artifactOf(name), ...(list ? { isArtifactList: true } : {}) };
}

function artifactOf(name: string): DataMap {
  return { artifactType: { schemaTitle: `system.${name}`, schemaVersion: "0.0.1" } };
}

/** The ports that have a new name only: at the same position of the signature, with the same type, and both names on one side alone. */
export function renamedPorts(before: readonly FunctionPort[], after: readonly FunctionPort[]): readonly RenamedPort[] {
  if (before.length !== after.length) return [];
  const has = (ports: readonly FunctionPort[], { side, name }: FunctionPort) => ports.some((one) => one.side === side && one.name === name);
  return before.flatMap((old, index): readonly RenamedPort[] => {
    const now = after[index] as FunctionPort;
    const isSame = old.side === now.side && old.kind === now.kind && sameData(typeOf(old), typeOf(now));
    if (!isSame || old.name === now.name || has(after, old) || has(before, now)) return [];
    return [{ side: old.side, kind: old.kind, from: old.name, to: now.name }];
  });
}

function typeOf({ definition }: FunctionPort): Data {
  const { parameterType, artifactType, isArtifactList } = definition;
  return { type: parameterType ?? artifactType ?? null, isList: isArtifactList ?? false };
}
