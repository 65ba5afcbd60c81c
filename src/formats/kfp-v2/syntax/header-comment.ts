import { type Data, type DataMap, isList, isMap, valueAt } from "#data/data.ts";
import { floatText, quoted } from "#python/print-value.ts";
import { find, findEntries, findText } from "../read/fields.ts";
import { recogniseSpec } from "../read/recognise.ts";
import { parameterTypes } from "../schema/pipeline-spec.ts";
import type { Splice } from "#yaml/text-splice.ts";

// The comment that the SDK writes above a compiled pipeline: its name, description, inputs and outputs. docs/spec/kfp-v2.md

/** The names of types in the comment. */
const typeNames: Readonly<Record<string, string>> = {
  STRING: "str",
  NUMBER_INTEGER: "int",
  NUMBER_DOUBLE: "float",
  LIST: "list",
  STRUCT: "dict",
  BOOLEAN: "bool",
  TASK_FINAL_STATUS: "PipelineTaskFinalStatus",
  TASK_CONFIG: "TaskConfig",
};

/**
 * The splice that brings the comment at the top of a text up to date after an edit: the lines that change are replaced if they are as the
 * SDK wrote them for the data before it. None if somebody changed those lines, or the comment says the same of both.
 */
export function headerSplices(text: string, before: readonly Data[], after: readonly Data[]): readonly Splice[] {
  const lines = commentAbove(text);
  if (lines.length === 0) return [];
  const [old, fresh] = [headerOf(before), headerOf(after)];
  if (!old || !fresh || old.length !== lines.length) return [];
  let [start, end] = [0, 0];
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start++;
  while (end < old.length - start && end < fresh.length - start && old.at(-1 - end) === fresh.at(-1 - end)) end++;
  if (start + end === Math.max(old.length, fresh.length)) return [];
  const isChangedByHand = old.some((line, at) => at >= start && at < old.length - end && lines[at]?.replace(/\r?\n$/, "") !== line);
  if (isChangedByHand) return [];
  const offset = (count: number) => lines.slice(0, count).join("").length;
  const added = fresh.slice(start, fresh.length - end).map((line) => `${line}\n`);
  return [{ start: offset(start), end: offset(lines.length - end), text: added.join("") }];
}

/** The lines of comments with which a text begins, each with its line break. */
function commentAbove(text: string): readonly string[] {
  if (!text.startsWith("# PIPELINE DEFINITION")) return [];
  return /^(?:#[^\n]*\n)+/.exec(text)?.[0].match(/[^\n]*\n/g) ?? [];
}

/** The comment for the first pipeline of a stream, line by line; undefined if there is none, or it has what the SDK does not know. */
function headerOf(stream: readonly Data[]): readonly string[] | undefined {
  const document = stream.find((data) => recogniseSpec(data) !== undefined);
  const found = document === undefined ? undefined : recogniseSpec(document);
  const spec = document === undefined || found === undefined ? undefined : valueAt(document, found.spec);
  const info = find(spec, "pipelineInfo", []).value;
  const root = find(spec, "root", []).value;
  const name = findText(info, "name");
  if (name === undefined) return undefined;
  const description = findText(info, "description");
  return [
    "# PIPELINE DEFINITION",
    `# Name: ${name}`,
    ...(description ? `# Description: ${description.split(/\r\n|\r|\n/).join("\n#              ")}`.split("\n") : []),
    ...portLines("# Inputs:", find(root, "inputDefinitions", []).value),
    ...portLines("# Outputs:", find(root, "outputDefinitions", []).value),
  ].map(oneLine);
}

function portLines(heading: string, definitions: Data | undefined): readonly string[] {
  if (!isMap(definitions)) return [];
  const ports = [
    ...findEntries(definitions, "parameters", []).map(({ key, value }) => ({ key, text: parameterText(value) })),
    ...findEntries(definitions, "artifacts", []).map(({ key, value }) => ({ key, text: artifactText(value) })),
  ].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return [heading, ...ports.map(({ key, text }) => `#    ${key}: ${text}`)];
}

function parameterText(definition: DataMap): string {
  const { value } = find(definition, "parameterType", []);
  const type = typeof value === "number" ? parameterTypes[value] : value;
  const name = typeNames[String(type)] ?? String(type);
  const fallback = find(definition, "defaultValue", []).value;
  if (fallback === undefined) return name;
  // Text is put between quotes as it is, unlike text within a list.
  return `${name} [Default: ${typeof fallback === "string" ? `'${fallback}'` : pythonText(fallback)}]`;
}

function artifactText(definition: DataMap): string {
  return findText(find(definition, "artifactType", []).value, "schemaTitle") ?? "";
}

/** JSON data as Python prints what the protos hold, where every number is a float. */
function pythonText(data: Data): string {
  if (data === null) return "None";
  if (typeof data === "boolean") return data ? "True" : "False";
  if (typeof data === "number") return floatText(data);
  if (typeof data === "string") return quoted(data);
  if (isList(data)) return `[${data.map(pythonText).join(", ")}]`;
  return isMap(data)
    ? `{${Object.entries(data)
        .map(([key, value]) => `${quoted(key)}: ${pythonText(value)}`)
        .join(", ")}}`
    : String(data);
}

/** A line break within a name or a default would end the comment and tear the file, so it is written as `\n`. */
function oneLine(line: string): string {
  return line.replaceAll("\r", "\\r").replaceAll("\n", "\\n");
}
