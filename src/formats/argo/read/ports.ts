import type { Report } from "#diagnostics/diagnostic.ts";
import { type Data, type DataMap, field, isMap, type Path, textField } from "#data/data.ts";
import type { InputPort, OutputPort, PortKind, TemplateComponent } from "#pipeline/model.ts";
import { typeText } from "#components/type-names.ts";
import { locationKeys, readArtifactSource, readValueFrom } from "./binding.ts";
import { type PortLists, readPortLists } from "./port-lists.ts";
import { readName, without } from "./read-context.ts";
import { describeInputs, type DescribeInput, describeOutputs, type DescribeOutput } from "../kfp/read/described-ports.ts";

/** Inputs and outputs of a template, with the names and types that a KFP component gives them. */

/** What the ports of one template are read with. */
export interface PortContext {
  readonly template: string;
  /** dag or steps: outputs say where their value comes from. */
  readonly composite: boolean;
  readonly kfp: boolean;
  readonly component?: TemplateComponent;
}

/** The inputs of a template. */
export function readInputs(data: DataMap, path: Path, context: PortContext, report: Report): PortLists<InputPort> {
  const described = describeInputs(context.component);
  return readPortLists(field(data, "inputs"), [...path, "inputs"], report, (kind, port, at, report) =>
    readInput(kind, port, at, described, report),
  );
}

function readInput(kind: PortKind, data: DataMap, path: Path, described: DescribeInput, report: Report): InputPort {
  const { name, exact } = readName(data, path, report);
  const typed = new Set(exact ? ["name"] : []);
  const fallbackKey = kind === "artifact" ? undefined : ["value", "default"].find((key) => Object.hasOwn(data, key));
  if (fallbackKey) typed.add(fallbackKey);
  const description = textField(data, "description");
  if (description !== undefined) typed.add("description");
  const component = described(kind, name, data);
  const location = kind === "artifact" ? locationKeys.find((key) => isMap(field(data, key))) : undefined;
  return {
    name,
    label: component?.name ?? name,
    kind,
    ...optional("type", typeText(component?.type)),
    path,
    ...optional("description", description ?? component?.description),
    required: kind === "artifact" ? location === undefined && data.optional !== true : !givesValue(data),
    ...(fallbackKey ? { fallback: data[fallbackKey] as Data } : {}),
    ...optional("location", location),
    rest: without(data, typed),
    order: Object.keys(data),
  };
}

function givesValue(data: DataMap): boolean {
  return ["value", "default", "valueFrom"].some((key) => (field(data, key) ?? null) !== null);
}

/** The outputs of a template. */
export function readOutputs(data: DataMap, path: Path, context: PortContext, report: Report): PortLists<OutputPort> {
  const described = describeOutputs(context);
  const lists = readPortLists(field(data, "outputs"), [...path, "outputs"], report, (kind, port, at, report) =>
    readOutput(kind, port, at, context, described, report),
  );
  if (!context.kfp) return lists;
  const parameters = new Set(lists.items.filter((port) => port.kind === "parameter").map((port) => port.name));
  return {
    ...lists,
    items: lists.items.map((port) => (port.kind === "artifact" && parameters.has(port.name) ? { ...port, twin: true } : port)),
  };
}

function readOutput(
  kind: PortKind,
  data: DataMap,
  path: Path,
  context: PortContext,
  described: DescribeOutput,
  report: Report,
): OutputPort {
  const { name, exact } = readName(data, path, report);
  const typed = new Set(exact ? ["name"] : []);
  const bound = context.composite ? readSource(kind, data, path, report) : undefined;
  bound?.keys.forEach((key) => typed.add(key));
  const description = textField(data, "description");
  if (description !== undefined) typed.add("description");
  const globalName = textField(data, "globalName");
  if (globalName !== undefined) typed.add("globalName");
  const component = described(name, data);
  return {
    name,
    label: component?.name ?? name,
    kind,
    ...optional("type", typeText(component?.type)),
    path,
    ...optional("description", description ?? component?.description),
    ...optional("source", bound?.binding),
    ...optional("globalName", globalName),
    rest: without(data, typed),
    order: Object.keys(data),
  };
}

function readSource(kind: PortKind, data: DataMap, path: Path, report: Report) {
  if (kind === "artifact") return readArtifactSource(data, path, report);
  const valueFrom = field(data, "valueFrom");
  return isMap(valueFrom) ? readValueFrom(valueFrom) : undefined;
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]?: Value });
}
