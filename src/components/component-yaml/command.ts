/** Reads and writes the items of `command` and `args`: text and placeholders. docs/spec/kfp-v1.md#placeholders */
import {
  type Diagnostic,
  type DiagnosticCode,
  diagnosticOf,
  type DiagnosticValues,
  type Level,
  type Report,
} from "#diagnostics/diagnostic.ts";
import type { CommandItem, IfCondition } from "../component-spec.ts";
import { type Data, type DataMap, field, isList, isMap, type Path } from "#data/data.ts";
import { scalarText } from "../python-text.ts";

/** Placeholders deeper than this are kept unread; nobody writes them, and unbounded nesting would exhaust the stack. */
const deepest = 64;
const v2Placeholders = new Set(["inputUri", "outputUri", "inputMetadata", "outputMetadata", "inputOutputPortName", "executorInput"]);

/** Reads a list of command items; `place` is the list's path. */
export function readItems(items: readonly Data[], path: Path, report: Report, depth = 0): readonly CommandItem[] {
  return items.map((item, index) => readItem(item, [...path, index], report, depth));
}

function readItem(item: Data, path: Path, report: Report, depth: number): CommandItem {
  if (typeof item === "string") return { kind: "text", text: item };
  if (typeof item === "number" || typeof item === "boolean") return { kind: "text", text: scalarText(item), raw: item };
  const keys = isMap(item) ? Object.keys(item) : [];
  const key = keys[0];
  if (!isMap(item) || keys.length !== 1 || key === undefined) return unknownItem(item, keys.join(", "), path, report);
  if (depth >= deepest) {
    report(problem("component-placeholder-too-deep", "error", path, { limit: deepest }));
    return { kind: "v2-only", raw: item };
  }
  const value = item[key] as Data;
  switch (key) {
    case "inputValue":
    case "inputPath":
    case "outputPath":
      return typeof value === "string" ? { kind: key, name: value } : unknownItem(item, key, path, report);
    case "concat":
      return isList(value)
        ? { kind: "concat", items: readItems(value, [...path, key], report, depth + 1) }
        : unknownItem(item, key, path, report);
    case "if":
      return readIf(item, value, path, report, depth);
    default:
      if (!v2Placeholders.has(key)) return unknownItem(item, key, path, report);
      report(problem("component-v2-placeholder", "warning", path, { placeholder: key }));
      return { kind: "v2-only", raw: item };
  }
}

function readIf(item: DataMap, body: Data, path: Path, report: Report, depth: number): CommandItem {
  const cond = readCondition(field(body, "cond"));
  const then = field(body, "then");
  const otherwise = field(body, "else");
  const strange = isMap(body) && Object.keys(body).some((key) => key !== "cond" && key !== "then" && key !== "else");
  if (!cond || then === undefined || then === null || otherwise === null || strange) return unknownItem(item, "if", path, report);
  const branch = (value: Data, key: string) =>
    isList(value) ? readItems(value, [...path, "if", key], report, depth + 1) : [readItem(value, [...path, "if", key], report, depth + 1)];
  const single = [...(isList(then) ? [] : ["then" as const]), ...(otherwise === undefined || isList(otherwise) ? [] : ["else" as const])];
  return {
    kind: "if",
    cond,
    then: branch(then, "then"),
    ...(otherwise !== undefined && { else: branch(otherwise, "else") }),
    ...(single.length > 0 && { single }),
  };
}

function readCondition(cond: Data | undefined): IfCondition | undefined {
  if (typeof cond === "string" || typeof cond === "boolean") return { kind: "literal", value: cond };
  if (!isMap(cond) || Object.keys(cond).length !== 1) return undefined;
  const isPresent = field(cond, "isPresent");
  if (typeof isPresent === "string") return { kind: "isPresent", name: isPresent };
  const inputValue = field(cond, "inputValue");
  return typeof inputValue === "string" ? { kind: "inputValue", name: inputValue } : undefined;
}

function unknownItem(item: Data, name: string, path: Path, report: Report): CommandItem {
  report(problem("component-placeholder-unknown", "error", path, { placeholder: name.slice(0, 80) }));
  return { kind: "v2-only", raw: item };
}

/** Writes command items as the data they were read from. */
export function writeItems(items: readonly CommandItem[]): readonly Data[] {
  return items.map(writeItem);
}

function writeItem(item: CommandItem): Data {
  switch (item.kind) {
    case "text":
      return item.raw ?? item.text;
    case "inputValue":
    case "inputPath":
    case "outputPath":
      return { [item.kind]: item.name };
    case "concat":
      return { concat: writeItems(item.items) };
    case "if": {
      const branch = (items: readonly CommandItem[], key: "then" | "else"): Data => {
        const only = items[0];
        return item.single?.includes(key) && items.length === 1 && only ? writeItem(only) : writeItems(items);
      };
      return {
        if: { cond: writeCondition(item.cond), then: branch(item.then, "then"), ...(item.else && { else: branch(item.else, "else") }) },
      };
    }
    case "v2-only":
      return item.raw;
  }
}

function writeCondition(cond: IfCondition): Data {
  return cond.kind === "literal" ? cond.value : { [cond.kind]: cond.name };
}

/** Every port that a list of items refers to, with the kind of reference and the item's path; depth first, in order. */
export function portsNamed(items: readonly CommandItem[], path: Path = []): readonly PortUse[] {
  return items.flatMap((item, index): readonly PortUse[] => {
    const here = [...path, index];
    switch (item.kind) {
      case "inputValue":
      case "inputPath":
      case "outputPath":
        return [{ how: item.kind, name: item.name, path: here }];
      case "concat":
        return portsNamed(item.items, [...here, "concat"]);
      case "if":
        return [
          ...(item.cond.kind === "literal" ? [] : [{ how: item.cond.kind, name: item.cond.name, path: [...here, "if", "cond"] }]),
          ...branchPorts(item, "then", here),
          ...branchPorts(item, "else", here),
        ];
      case "text":
      case "v2-only":
        return [];
    }
  });
}

function branchPorts(item: Extract<CommandItem, { kind: "if" }>, key: "then" | "else", here: Path): readonly PortUse[] {
  const uses = portsNamed(item[key] ?? [], [...here, "if", key]);
  if (!item.single?.includes(key)) return uses;
  // A branch written as one item has no index in its path.
  return uses.map((use) => ({ ...use, path: [...use.path.slice(0, here.length + 2), ...use.path.slice(here.length + 3)] }));
}

/** One reference to a port in a command. */
export interface PortUse {
  readonly how: "inputValue" | "inputPath" | "outputPath" | "isPresent";
  readonly name: string;
  readonly path: Path;
}

function problem<Code extends DiagnosticCode>(code: Code, level: Level, path: Path, values: DiagnosticValues<Code>): Diagnostic {
  return diagnosticOf(code, values, { level, path });
}
