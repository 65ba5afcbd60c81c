import type { CommandItem, ComponentInput, ComponentOutput, ComponentSpec } from "#components/component-spec.ts";
import { pythonJson } from "#components/python-text.ts";
import { isValueType, type ValueType, valueType } from "#components/type-names.ts";
import { type Data, type DataMap, isList, isMap } from "#data/data.ts";
import type { Refused } from "#document/edit-draft.ts";
import { refuse, uniqueName } from "#document/edit-targets.ts";
import type { PortKind } from "#pipeline/model.ts";
import { typedValue } from "../syntax/values.ts";

// A component.yaml as a component of a pipeline spec: ports typed by KFP 2, the command with its placeholders.

/** A port of the component by its name in component.yaml. */
export interface LoweredPort {
  readonly name: string;
  readonly kind: PortKind;
  /** The type of a parameter, the title of an artifact. */
  readonly type: string;
  readonly fallback?: Data;
}

/** What a component becomes: the message without its executor label, the executor, and its inputs by the names of component.yaml. */
export interface LoweredComponent {
  readonly component: DataMap;
  readonly executor: DataMap;
  readonly inputs: ReadonlyMap<string, LoweredPort>;
  /** Parameters that the command mentions: a task has to pass them, since some servers do not fill in defaults there. */
  readonly mentioned: ReadonlySet<string>;
}

/** Lowers a component; refused if it has no container, or if it does something that pipeline specs cannot say. */
export function lowerComponent(spec: ComponentSpec): LoweredComponent | Refused {
  const { implementation, name = "Component" } = spec;
  if (implementation.kind === "none") return refuse("authoring-component-empty", { name });
  if (implementation.kind === "graph") return refuse("edit-component-graph", { name });
  if (implementation.fileOutputs !== undefined) return refuse("edit-component-file-outputs", { name });
  const items = [...(implementation.command ?? []), ...(implementation.args ?? [])];
  const asFile = new Set(namesIn(items, "inputPath"));
  const asValue = new Set(namesIn(items, "inputValue"));
  const taken = new Set<string>();
  const nameOf = (human: string): string => {
    const free = uniqueName(portNameOf(human), (one) => taken.has(one));
    taken.add(free);
    return free;
  };
  const inputs = new Map(spec.inputs.map((input) => [input.name, lowerInput(input, nameOf(input.name), { asFile, asValue })]));
  const outputTaken = new Set<string>();
  const outputs = new Map(
    spec.outputs.map((output) => {
      const free = uniqueName(portNameOf(output.name), (one) => outputTaken.has(one));
      outputTaken.add(free);
      return [output.name, lowerOutput(output, free)];
    }),
  );
  const mentioned = new Set<string>();
  const texts = (list: readonly CommandItem[]): readonly string[] | undefined => {
    const all = list.map((item) => textsOf(item, { inputs, outputs, mentioned }));
    return all.every((one) => one !== undefined) ? all.flat() : undefined;
  };
  const [command, args] = [texts(implementation.command ?? []), texts(implementation.args ?? [])];
  if (!command || !args) return refuse("edit-component-placeholder", { name });
  const env = Object.entries(implementation.env ?? {}).map(([key, value]) => ({ name: key, value }));
  return {
    component: sortedKeys({
      ...definitions("inputDefinitions", spec.inputs, inputs),
      ...definitions("outputDefinitions", spec.outputs, outputs),
    }),
    executor: sortedKeys({
      container: {
        image: implementation.image,
        ...(command.length > 0 ? { command } : {}),
        ...(args.length > 0 ? { args } : {}),
        ...(env.length > 0 ? { env } : {}),
      },
    }),
    inputs,
    mentioned,
  };
}

/** The name of a port: what the SDK makes of the name in component.yaml. */
export function portNameOf(human: string): string {
  return (
    human
      .toLowerCase()
      .replace(/[^_0-9a-z]+/g, "_")
      .replace(/^_+|_+$/g, "") || "value"
  );
}

const parameterTypes: Readonly<Record<ValueType, string>> = {
  String: "STRING",
  Integer: "NUMBER_INTEGER",
  Float: "NUMBER_DOUBLE",
  Boolean: "BOOLEAN",
  JsonArray: "LIST",
  JsonObject: "STRUCT",
};

function lowerInput(
  input: ComponentInput,
  name: string,
  { asFile, asValue }: { readonly asFile: ReadonlySet<string>; readonly asValue: ReadonlySet<string> },
): LoweredPort {
  const value = valueType(input.type);
  const isFile = asFile.has(input.name) || (value === undefined && !asValue.has(input.name));
  if (isFile) return { name, kind: "artifact", type: titleOf(input.type) };
  const type = value === undefined ? "STRING" : parameterTypes[value];
  const fallback = input.default === undefined ? undefined : typedValue(input.default, type);
  return { name, kind: "parameter", type, ...(fallback?.ok ? { fallback: fallback.value } : {}) };
}

function lowerOutput(output: ComponentOutput, name: string): LoweredPort {
  const value = valueType(output.type);
  return value !== undefined && isValueType(output.type)
    ? { name, kind: "parameter", type: parameterTypes[value] }
    : { name, kind: "artifact", type: titleOf(output.type) };
}

/** The title of an artifact for a type of KFP 1. */
function titleOf(type: Data | undefined): string {
  const name = typeof type === "string" ? type : isMap(type) ? (Object.keys(type)[0] ?? "") : "";
  if (/^(system|google)\./.test(name)) return name;
  if (/^(Dataset|CSV|TSV|ApacheParquet)$/i.test(name)) return "system.Dataset";
  if (/^(ClassificationMetrics|SlicedClassificationMetrics|HTML|Markdown)$/.test(name)) return `system.${name}`;
  if (/^Metrics$/i.test(name)) return "system.Metrics";
  return /model/i.test(name) ? "system.Model" : "system.Artifact";
}

function definitions(
  key: "inputDefinitions" | "outputDefinitions",
  ports: readonly (ComponentInput | ComponentOutput)[],
  lowered: ReadonlyMap<string, LoweredPort>,
): DataMap {
  const of = (kind: PortKind): DataMap =>
    Object.fromEntries(
      ports.flatMap((port) => {
        const found = lowered.get(port.name);
        return found?.kind === kind ? [[found.name, definition(port, found)]] : [];
      }),
    );
  const [artifacts, parameters] = [of("artifact"), of("parameter")];
  const both = {
    ...(Object.keys(artifacts).length > 0 ? { artifacts } : {}),
    ...(Object.keys(parameters).length > 0 ? { parameters } : {}),
  };
  return Object.keys(both).length > 0 ? { [key]: both } : {};
}

function definition(port: ComponentInput | ComponentOutput, { kind, type, fallback }: LoweredPort): DataMap {
  const isOptional = "optional" in port && (port.optional || fallback !== undefined);
  return {
    ...(kind === "artifact" ? { artifactType: { schemaTitle: type, schemaVersion: "0.0.1" } } : { parameterType: type }),
    ...(fallback === undefined ? {} : { defaultValue: fallback }),
    ...(port.description === undefined || port.description === "" ? {} : { description: port.description }),
    ...(isOptional ? { isOptional } : {}),
  };
}

interface Ports {
  readonly inputs: ReadonlyMap<string, LoweredPort>;
  readonly outputs: ReadonlyMap<string, LoweredPort>;
  readonly mentioned: Set<string>;
}

/** An item of the command as arguments; undefined if pipeline specs have nothing for it. */
function textsOf(item: CommandItem, ports: Ports): readonly string[] | undefined {
  switch (item.kind) {
    case "text":
      return [item.text];
    case "inputValue":
    case "inputPath": {
      const input = ports.inputs.get(item.name);
      if (!input) return undefined;
      if (input.kind === "artifact") return [`{{$.inputs.artifacts['${input.name}'].path}}`];
      ports.mentioned.add(item.name);
      return [`{{$.inputs.parameters['${input.name}']}}`];
    }
    case "outputPath": {
      const output = ports.outputs.get(item.name);
      return output && [placeholderOf(output)];
    }
    case "concat": {
      const parts = item.items.map((one) => textsOf(one, ports));
      return parts.every((one) => one !== undefined) ? [parts.flat().join("")] : undefined;
    }
    case "if":
      return choiceTexts(item, ports);
    case "v2-only":
      return v2Texts(item.raw, ports);
  }
}

function placeholderOf({ kind, name }: LoweredPort): string {
  return kind === "parameter" ? `{{$.outputs.parameters['${name}'].output_file}}` : `{{$.outputs.artifacts['${name}'].path}}`;
}

function choiceTexts(item: Extract<CommandItem, { kind: "if" }>, ports: Ports): readonly string[] | undefined {
  const branch = (items: readonly CommandItem[]) => {
    const all = items.map((one) => textsOf(one, { ...ports, mentioned: new Set() }));
    return all.every((one) => one !== undefined) ? all.flat() : undefined;
  };
  const [then, otherwise] = [branch(item.then), branch(item.else ?? [])];
  if (!then || !otherwise) return undefined;
  if (item.cond.kind === "literal") return String(item.cond.value).toLowerCase() === "true" ? then : otherwise;
  const input = ports.inputs.get(item.cond.name);
  if (!input) return undefined;
  const form = { InputName: input.name, Then: then, ...(otherwise.length > 0 ? { Else: otherwise } : {}) };
  return [pythonJson({ IfPresent: form })];
}

function v2Texts(raw: Data, { inputs, outputs }: Ports): readonly string[] | undefined {
  if (!isMap(raw)) return undefined;
  if (Object.hasOwn(raw, "executorInput")) return ["{{$}}"];
  const input = typeof raw.inputUri === "string" ? inputs.get(raw.inputUri) : undefined;
  if (input?.kind === "artifact") return [`{{$.inputs.artifacts['${input.name}'].uri}}`];
  const output = typeof raw.outputUri === "string" ? outputs.get(raw.outputUri) : undefined;
  return output?.kind === "artifact" ? [`{{$.outputs.artifacts['${output.name}'].uri}}`] : undefined;
}

/** The names of inputs that items of one kind read, at any depth. */
function namesIn(items: readonly CommandItem[], kind: "inputPath" | "inputValue"): readonly string[] {
  return items.flatMap((item) => {
    if (item.kind === kind) return [item.name];
    if (item.kind === "concat") return namesIn(item.items, kind);
    if (item.kind === "if") return [...namesIn(item.then, kind), ...namesIn(item.else ?? [], kind)];
    return [];
  });
}

/** Data with all keys in the SDK's order, for what is new in a file. */
export function sortedKeys<T extends Data>(data: T): T {
  if (isList(data)) return data.map(sortedKeys) as unknown as T;
  if (!isMap(data)) return data;
  return Object.fromEntries(
    Object.keys(data)
      .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
      .map((key) => [key, sortedKeys(data[key] as Data)]),
  ) as T;
}
