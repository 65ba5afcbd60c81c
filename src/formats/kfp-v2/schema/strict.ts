import { type Data, type DataMap, field, isList, isMap, type Path } from "#data/data.ts";
import { type Field, fieldNamed, type FieldType, type Message, type Messages } from "./field.ts";
import { kubernetesMessages } from "./kubernetes-config.ts";
import { pipelineMessages } from "./pipeline-spec.ts";
import { isKnownBy, type Known, newestServer, type ServerVersion } from "./server-version.ts";

/**
 * What the server's parser of JSON (Go: protojson) refuses in a message, with the path of each. The rules are those of proto3's JSON
 * mapping: names in camelCase or as in the proto, enums by name or number, whole numbers also as text, null for "not set".
 */
export type SpecError = { readonly path: Path } & (
  | {
      readonly kind: "unknown-field";
      readonly key: string;
      readonly message: string;
      /** Servers that do know the field, if any does. */
      readonly known?: Known;
    }
  /** A field is given twice, by its JSON name and by its proto name. */
  | { readonly kind: "given-twice"; readonly key: string }
  | { readonly kind: "wrong-type"; readonly expected: string; readonly actual: string }
  /** Two members of a one-of. */
  | { readonly kind: "one-of"; readonly members: readonly string[] }
  | { readonly kind: "unknown-name"; readonly value: string; readonly allowed: readonly string[]; readonly known?: Known }
  | { readonly kind: "not-a-number"; readonly expected: string; readonly value: string }
  | { readonly kind: "not-a-duration"; readonly value: string }
);

/** When an error is reported: at the upload, or when a run is created. */
export type Stage = "upload" | "run";
export type StagedError = SpecError & { readonly stage: Stage };

/** Against which server a document is checked, and what precedes its paths. */
export interface StrictOptions {
  readonly server?: ServerVersion;
  readonly at?: Path;
}

/** What the server refuses in a pipeline spec: at the upload in general, in `deploymentSpec` (unknown keys allowed) when a run is created. */
export function checkPipelineSpec(data: Data, options: StrictOptions = {}): readonly StagedError[] {
  const at = options.at ?? [];
  const outer = check(pipelineMessages, "PipelineSpec", data, options, false);
  const deployment = field(data, "deploymentSpec") === undefined ? "deployment_spec" : "deploymentSpec";
  const inner = field(data, deployment);
  const executors = isMap(inner)
    ? check(pipelineMessages, "PipelineDeploymentConfig", inner, { ...options, at: [...at, deployment] }, true)
    : [];
  return [...outer.map(staged("upload")), ...executors.map(staged("run"))];
}

/**
 * What the server refuses in a platform spec: in general at the upload (the document is then dropped without a message), in the settings
 * of an executor when a run is created.
 */
export function checkPlatformSpec(data: Data, options: StrictOptions = {}): readonly StagedError[] {
  const at = options.at ?? [];
  const outer = check(pipelineMessages, "PlatformSpec", data, options, false);
  const inner = executorSettings(data).flatMap(([path, config]) =>
    check(kubernetesMessages, "KubernetesExecutorConfig", config, { ...options, at: [...at, ...path] }, false),
  );
  return [...outer.map(staged("upload")), ...inner.map(staged("run"))];
}

/** The Kubernetes settings of each executor in a platform spec, with their paths. */
export function executorSettings(data: Data): readonly (readonly [Path, Data])[] {
  const kubernetes = field(field(data, "platforms"), "kubernetes");
  const key = field(kubernetes, "deploymentSpec") === undefined ? "deployment_spec" : "deploymentSpec";
  const executors = field(field(kubernetes, key), "executors");
  if (!isMap(executors)) return [];
  return Object.entries(executors).map(([label, config]) => [["platforms", "kubernetes", key, "executors", label], config] as const);
}

const staged =
  (stage: Stage) =>
  (error: SpecError): StagedError => ({ ...error, stage });

function check(messages: Messages, name: string, data: Data, { server = newestServer, at = [] }: StrictOptions, lenient: boolean) {
  const checker = new Checker(messages, server, lenient);
  checker.message(name, data, at);
  return checker.errors;
}

class Checker {
  readonly errors: SpecError[] = [];
  readonly #messages: Messages;
  readonly #server: ServerVersion;
  readonly #lenient: boolean;

  constructor(messages: Messages, server: ServerVersion, lenient: boolean) {
    this.#messages = messages;
    this.#server = server;
    this.#lenient = lenient;
  }

  message(name: string, data: Data, path: Path): void {
    const message = this.#messages[name];
    if (message === undefined) throw new Error(`no message ${name}`);
    if (!isMap(data)) return void this.errors.push({ kind: "wrong-type", expected: "mapping", actual: kindOf(data), path });
    const seen = new Map<string, string>();
    const members = new Map<string, string[]>();
    for (const [key, value] of Object.entries(data)) {
      const found = this.#fieldOf(message, name, key, path);
      if (found === undefined) continue;
      const [jsonName, field] = found;
      const at = [...path, key];
      if (seen.has(jsonName)) this.errors.push({ kind: "given-twice", key, path: at });
      seen.set(jsonName, key);
      // null means "not set", but for a JSON value it is one.
      if (value === null && field.type.kind !== "value") continue;
      if (field.oneOf !== undefined) members.set(field.oneOf, [...(members.get(field.oneOf) ?? []), key]);
      this.#value(field.type, value, at);
    }
    for (const keys of members.values()) if (keys.length > 1) this.errors.push({ kind: "one-of", members: keys, path });
  }

  #fieldOf(message: Message, name: string, key: string, path: Path): readonly [string, Field] | undefined {
    const jsonName = fieldNamed(message, key);
    const field = jsonName === undefined ? undefined : message[jsonName];
    if (jsonName !== undefined && field !== undefined && isKnownBy(field, this.#server)) return [jsonName, field];
    if (!this.#lenient) {
      const known = field && { since: field.since, until: field.until };
      this.errors.push({
        kind: "unknown-field",
        key,
        message: name,
        path: [...path, key],
        ...(known && { known: withoutUndefined(known) }),
      });
    }
    return undefined;
  }

  #value(type: FieldType, value: Data, path: Path): void {
    const wrong = (expected: string) => void this.errors.push({ kind: "wrong-type", expected, actual: kindOf(value), path });
    switch (type.kind) {
      case "value":
        return;
      case "struct":
        return isMap(value) ? undefined : wrong("mapping");
      case "string":
        return typeof value === "string" ? undefined : wrong("text");
      case "bool":
        return typeof value === "boolean" ? undefined : wrong("true or false");
      case "int32":
      case "int64":
      case "double":
        return this.#number(type.kind, value, path);
      case "enum":
        return this.#name(type, value, path);
      case "duration":
        if (typeof value !== "string") return wrong("duration");
        return isDuration(value) ? undefined : void this.errors.push({ kind: "not-a-duration", value, path });
      case "message":
        return this.message(type.message, value, path);
      case "list":
        return isList(value) ? value.forEach((item, index) => this.#value(type.of, item, [...path, index])) : wrong("list");
      case "map":
        return isMap(value) ? this.#entries(type.of, value, path) : wrong("mapping");
    }
  }

  #entries(type: FieldType, map: DataMap, path: Path): void {
    for (const [key, value] of Object.entries(map)) this.#value(type, value, [...path, key]);
  }

  #number(kind: "int32" | "int64" | "double", value: Data, path: Path): void {
    if (typeof value !== "number" && typeof value !== "string")
      return void this.errors.push({
        kind: "wrong-type",
        expected: kind === "double" ? "number" : "whole number",
        actual: kindOf(value),
        path,
      });
    if (!isNumber(kind, value)) this.errors.push({ kind: "not-a-number", expected: kind, value: String(value), path });
  }

  #name(type: Extract<FieldType, { readonly kind: "enum" }>, value: Data, path: Path): void {
    if (typeof value === "number" && isNumber("int32", value)) return;
    if (typeof value !== "string") return void this.errors.push({ kind: "wrong-type", expected: "text", actual: kindOf(value), path });
    const known = type.known?.[value];
    if (Object.hasOwn(type.values, value) && isKnownBy(known ?? {}, this.#server)) return;
    const allowed = Object.keys(type.values).filter((name) => isKnownBy(type.known?.[name] ?? {}, this.#server));
    this.errors.push({ kind: "unknown-name", value, allowed, path, ...(known && { known }) });
  }
}

function withoutUndefined({ since, until }: Known): Known {
  return { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
}

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const limits = { int32: 2n ** 31n, int64: 2n ** 63n } as const;

function isNumber(kind: "int32" | "int64" | "double", value: number | string): boolean {
  const text = String(value);
  if (kind === "double") {
    if (typeof value === "number") return Number.isFinite(value);
    return ["NaN", "Infinity", "-Infinity"].includes(text) || (jsonNumber.test(text) && Number.isFinite(Number(text)));
  }
  if (typeof value === "string" && !jsonNumber.test(text)) return false;
  const number = Number(value);
  if (!Number.isInteger(number)) return false;
  // Long texts keep their digits, so that the limit of 64 bits is exact.
  const whole = /^-?\d+$/.test(text) ? BigInt(text) : BigInt(number);
  return whole >= -limits[kind] && whole < limits[kind];
}

const longestDuration = 315_576_000_000;

function isDuration(text: string): boolean {
  const [, whole] = /^-?(\d+)(?:\.\d{1,9})?s$/.exec(text) ?? [];
  return whole !== undefined && Number(whole) <= longestDuration;
}

function kindOf(value: Data): string {
  if (value === null) return "nothing";
  if (isList(value)) return "list";
  if (isMap(value)) return "mapping";
  return typeof value === "string" ? "text" : typeof value;
}
