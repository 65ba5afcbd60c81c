/**
 * Reads a component.yaml (KFP ComponentSpec v1) from plain data. What the typed fields cannot represent exactly, such as a default that is
 * a number or an unknown field, is carried in `rest`, so `writeComponent` returns the same data. Called by the palette, by the Argo reader
 * for the component_spec annotation, and by the command line.
 */
import {
  type Diagnostic,
  type DiagnosticCode,
  diagnosticOf,
  type DiagnosticValues,
  type Level,
  type Report,
} from "#diagnostics/diagnostic.ts";
import type { ComponentImplementation, ComponentInput, ComponentOutput, ComponentSpec, TypeSpec } from "../component-spec.ts";
import { type Data, type DataMap, field, isList, isMap, type Path } from "#data/data.ts";
import { checkComponent } from "./check.ts";
import { readItems } from "./command.ts";
import { numberText, scalarText } from "../python-text.ts";

/** The result of reading: `component` is undefined only if the data is not a mapping. */
export interface ReadComponent {
  readonly component?: ComponentSpec;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a ComponentSpec. `place` is the path of the data in its document. Never throws; diagnostics are collected. */
export function readComponent(data: Data, path: Path = []): ReadComponent {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (found) => void diagnostics.push({ ...found, path: [...path, ...found.path] });
  if (!isMap(data)) {
    report(diagnostic("component-not-a-mapping", "error", [], { actual: kindOf(data) }));
    return { diagnostics };
  }
  if (isDeeperThan(data, deepest)) {
    report(diagnostic("component-too-deep", "error", [], { limit: deepest }));
    return { diagnostics };
  }
  const component = readSpec(data, report);
  checkComponent(component, report);
  return { component, diagnostics };
}

/** Deeper data is refused as a whole: all later code may then recurse without exhausting the stack. */
const deepest = 500;

/** Whether data is nested deeper than a number of levels; without recursion. */
function isDeeperThan(data: Data, levels: number): boolean {
  let level: readonly Data[] = [data];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true;
    level = level.flatMap((one): readonly Data[] => (isList(one) ? one : isMap(one) ? Object.values(one) : []));
  }
  return false;
}

const specKeys = new Set(["name", "description", "metadata", "inputs", "outputs", "implementation", "version"]);

function readSpec(data: DataMap, report: Report): ComponentSpec {
  const rest = new Rest(data, specKeys, [], report);
  const name = rest.text("name");
  const description = rest.text("description");
  const version = rest.text("version");
  const metadata = rest.map("metadata");
  if (metadata) checkMetadata(metadata, report);
  const inputs = readPorts(rest, "inputs", readInput);
  const outputs = readPorts(rest, "outputs", readOutput);
  const implementation = readImplementation(rest, report);
  return { name, description, metadata, inputs, outputs, implementation, version, rest: rest.left() };
}

function checkMetadata(metadata: DataMap, report: Report): void {
  for (const key of ["annotations", "labels"]) {
    const entries = field(metadata, key);
    if (entries === undefined || entries === null) continue;
    if (!isMap(entries)) report(wrongType(["metadata", key], key, "mapping", entries));
    else
      for (const [name, value] of Object.entries(entries))
        if (typeof value !== "string") report(wrongType(["metadata", key, name], name, "text", value));
  }
}

function readPorts<Port>(rest: Rest, key: "inputs" | "outputs", read: (data: DataMap, rest: Rest) => Port): readonly Port[] {
  const list = rest.list(key);
  if (!list) return [];
  const ports = list.flatMap((item, index) => {
    if (isMap(item)) return [read(item, rest.inner(item, [key, index], portKeys[key]))];
    rest.report(wrongType([key, index], key, "mapping", item));
    return [];
  });
  // A list that the typed ports cannot represent (empty, or with items that are no ports) is kept as it is, too.
  if (ports.length !== list.length || list.length === 0) rest.keep(key);
  return ports;
}

const portKeys = {
  inputs: new Set(["name", "type", "description", "default", "optional", "annotations"]),
  outputs: new Set(["name", "type", "description", "annotations"]),
};

function readInput(data: DataMap, rest: Rest): ComponentInput {
  const name = readPortName(rest);
  const type = readType(rest);
  const description = rest.text("description");
  const given = field(data, "default");
  const text = given === undefined || given === null ? undefined : defaultText(given, type);
  if (given !== undefined && typeof given !== "string") rest.keep("default");
  if (given !== undefined && given !== null && text === undefined)
    rest.report(wrongType([...rest.path, "default"], "default", "text, number or boolean", given));
  const optional = field(data, "optional");
  if (optional !== undefined && optional !== true) rest.keep("optional");
  if (optional !== undefined && optional !== null && typeof optional !== "boolean")
    rest.report(wrongType([...rest.path, "optional"], "optional", "boolean", optional));
  rest.carry("annotations");
  return { name, type, description, default: text, optional: optional === true, rest: rest.left() };
}

function readOutput(_: DataMap, rest: Rest): ComponentOutput {
  const name = readPortName(rest);
  const type = readType(rest);
  const description = rest.text("description");
  rest.carry("annotations");
  return { name, type, description, rest: rest.left() };
}

function readPortName(rest: Rest): string {
  const name = field(rest.data, "name");
  if (typeof name === "string") return name;
  if (name !== undefined) rest.keep("name");
  // YAML reads a port called `yes` or `1` as another type; the SDK refuses it, its text is what the author meant.
  if (typeof name === "number" || typeof name === "boolean") rest.report(wrongType([...rest.path, "name"], "name", "text", name));
  return typeof name === "number" || typeof name === "boolean" ? scalarText(name) : "";
}

function readType(rest: Rest): TypeSpec | undefined {
  const type = field(rest.data, "type");
  if (type === undefined) return undefined;
  if (type === null) {
    rest.keep("type");
    return undefined;
  }
  if (typeof type === "string" || isMap(type) || isList(type)) return type;
  rest.report(wrongType([...rest.path, "type"], "type", "text, mapping or list", type));
  rest.keep("type");
  return undefined;
}

const implementationKeys = new Set(["container", "graph"]);
const containerKeys = new Set(["image", "command", "args", "env", "fileOutputs"]);

function readImplementation(spec: Rest, report: Report): ComponentImplementation {
  const data = field(spec.data, "implementation");
  if (data === undefined || data === null) {
    if (data === null) spec.keep("implementation");
    report(diagnostic("component-no-implementation", "error", [], {}));
    return { kind: "none" };
  }
  if (!isMap(data)) {
    report(wrongType(["implementation"], "implementation", "mapping", data));
    spec.keep("implementation");
    return { kind: "none" };
  }
  const rest = spec.inner(data, ["implementation"], implementationKeys);
  const container = field(data, "container");
  const graph = field(data, "graph");
  const known = isMap(container) ? "container" : isMap(graph) ? "graph" : undefined;
  if (isMap(container) && graph !== undefined) rest.keep("graph");
  if (!isMap(container) && container !== undefined) {
    report(wrongType(["implementation", "container"], "container", "mapping", container));
    rest.keep("container");
  }
  if (!known) {
    if (graph !== undefined) report(wrongType(["implementation", "graph"], "graph", "mapping", graph));
    if (container === undefined && graph === undefined) report(diagnostic("component-no-implementation", "error", ["implementation"], {}));
    spec.keep("implementation");
    return { kind: "none" };
  }
  const left = rest.left();
  if (Object.keys(left).length > 0) spec.set("implementation", left);
  if (known === "graph") return { kind: "graph", graph: graph as DataMap };
  return readContainer(spec.inner(container as DataMap, ["implementation", "container"], containerKeys));
}

function readContainer(rest: Rest): ComponentImplementation {
  const image = rest.text("image");
  if (image === "") rest.keep("image");
  // The SDK requires the key only; a container without a name of an image is refused by the cluster.
  if (image === undefined || image.trim() === "")
    rest.report(diagnostic("component-no-image", image === undefined ? "error" : "cluster", rest.path, {}));
  const items = (key: "command" | "args") => {
    const list = rest.list(key);
    return list && readItems(list, [...rest.path, key], rest.report);
  };
  const command = items("command");
  const args = items("args");
  // Argo's executor must know the program to wrap; an image's own entrypoint is not visible to it.
  if (command === undefined || command.length === 0)
    rest.report(diagnostic("component-no-command", "warning", rest.path, { image: image ?? "" }));
  const env = rest.textMap("env");
  const fileOutputs = rest.textMap("fileOutputs");
  return { kind: "container", image: image ?? "", command, args, env, fileOutputs, rest: rest.left() };
}

/** A default as text, as the SDK makes it: numbers typed Float get a decimal point, booleans are Python's words. */
function defaultText(value: Data, type: TypeSpec | undefined): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return numberText(value, type === "Float");
  return typeof value === "boolean" ? scalarText(value) : undefined;
}

/** Reads the keys of one mapping and collects what no typed field represents. */
class Rest {
  private readonly kept: Record<string, Data> = {};
  constructor(
    readonly data: DataMap,
    known: ReadonlySet<string>,
    readonly path: Path,
    readonly report: Report,
  ) {
    for (const key of Object.keys(data)) {
      // A key of this name would change the prototype of copies made of the mapping.
      if (key === "__proto__") report(diagnostic("component-key-dropped", "warning", path, { key }));
      else if (!known.has(key)) {
        report(diagnostic("component-key-unknown", "warning", [...path, key], { key: shortened(key) }));
        this.keep(key);
      }
    }
  }

  inner(data: DataMap, path: Path, known: ReadonlySet<string>): Rest {
    return new Rest(data, known, path, this.report);
  }

  keep(key: string): void {
    this.kept[key] = this.data[key] as Data;
  }

  set(key: string, value: Data): void {
    this.kept[key] = value;
  }

  /** Keeps a known key that has no typed field. */
  carry(key: string): void {
    if (Object.hasOwn(this.data, key)) this.keep(key);
  }

  text(key: string): string | undefined {
    const value = field(this.data, key);
    if (value === undefined || typeof value === "string") return value;
    this.keep(key);
    if (value !== null) this.report(wrongType([...this.path, key], key, "text", value));
    return typeof value === "number" || typeof value === "boolean" ? scalarText(value) : undefined;
  }

  list(key: string): readonly Data[] | undefined {
    const value = field(this.data, key);
    if (value === undefined || isList(value)) return value;
    this.keep(key);
    if (value !== null) this.report(wrongType([...this.path, key], key, "list", value));
    return undefined;
  }

  map(key: string): DataMap | undefined {
    const value = field(this.data, key);
    if (value === undefined || isMap(value)) return value;
    this.keep(key);
    if (value !== null) this.report(wrongType([...this.path, key], key, "mapping", value));
    return undefined;
  }

  textMap(key: string): Readonly<Record<string, string>> | undefined {
    const map = this.map(key);
    if (!map) return undefined;
    const entries = Object.entries(map).filter(([name]) => name !== "__proto__");
    const wrong = entries.filter(([, value]) => typeof value !== "string");
    for (const [name, value] of wrong) this.report(wrongType([...this.path, key, name], name, "text", value));
    if (wrong.length > 0) this.keep(key);
    const texts = entries.flatMap(([name, value]): [string, string][] => {
      if (typeof value === "string") return [[name, value]];
      return typeof value === "number" || typeof value === "boolean" ? [[name, scalarText(value)]] : [];
    });
    return Object.fromEntries(texts);
  }

  left(): DataMap {
    return this.kept;
  }
}

function diagnostic<Code extends DiagnosticCode>(code: Code, level: Level, path: Path, values: DiagnosticValues<Code>): Diagnostic {
  return diagnosticOf(code, values, { level, path });
}

function wrongType(path: Path, key: string, expected: string, actual: Data): Diagnostic {
  return diagnostic("component-field-type", "error", path, { key: shortened(key), expected, actual: kindOf(actual) });
}

/** The type of a value in YAML terms. */
function kindOf(value: Data): string {
  if (value === null) return "nothing";
  if (isList(value)) return "list";
  if (isMap(value)) return "mapping";
  return typeof value === "string" ? "text" : typeof value;
}

/** Names in diagnostics stay readable even if the file holds a megabyte where a name belongs. */
function shortened(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
