/**
 * Placeholders in commands, arguments and constants, such as `{{$.inputs.parameters['x']}}`. The launcher replaces them as text, so their
 * spelling is exact. docs/spec/kfp-v2.md lists the meaning of each.
 */
export type Placeholder = { readonly start: number; readonly end: number; readonly text: string } &
  /** `{{$}}`: the whole executor input. */
  (
    | { readonly kind: "executor-input" }
    | { readonly kind: "input-parameter"; readonly name: string }
    | { readonly kind: "input-artifact"; readonly name: string; readonly part: "path" | "uri" }
    | { readonly kind: "output-parameter"; readonly name: string }
    | { readonly kind: "output-artifact"; readonly name: string; readonly part: "path" | "uri" }
    /** Placeholders such as `{{$.pipeline_job_name}}`. */
    | { readonly kind: "system"; readonly name: SystemValue }
    /** The SDK or Vertex AI knows it, the Kubeflow backend does not replace it. */
    | { readonly kind: "unsupported" }
    | { readonly kind: "unknown" }
  );

/** Names of values that the backend knows of the run. */
export const systemValues = [
  "pipeline_job_name",
  "pipeline_job_resource_name",
  "pipeline_job_uuid",
  "pipeline_task_name",
  "pipeline_task_uuid",
  "pipeline_job_create_time_utc",
  "pipeline_job_schedule_time_utc",
  "workspace_path",
] as const;
export type SystemValue = (typeof systemValues)[number];

const pattern = /\{\{\$(?:\.[^{}]*)?\}\}/g;
const port = /^\{\{\$\.(inputs|outputs)\.(parameters|artifacts)\['([^']*)'\](?:\.([\w-]+))?(\['[^']*'\])?\}\}$/;

/** All placeholders of a text, in order. */
export function placeholdersIn(text: string): readonly Placeholder[] {
  if (!text.includes("{{$")) return [];
  return [...text.matchAll(pattern)].map((match) => {
    const [found] = match;
    return { ...read(found), start: match.index, end: match.index + found.length, text: found };
  });
}

type Meaning<One> = One extends unknown ? Omit<One, "start" | "end" | "text"> : never;

function read(text: string): Meaning<Placeholder> {
  if (text === "{{$}}") return { kind: "executor-input" };
  const system = systemValues.find((name) => text === `{{$.${name}}}`);
  if (system !== undefined) return { kind: "system", name: system };
  const [, side, list, name, part, key] = port.exec(text) ?? [];
  if (name === undefined)
    return { kind: /^\{\{\$\.(?:pipeline_root|outputs\.output_file|json_escape\[)/.test(text) ? "unsupported" : "unknown" };
  if (part === "metadata" && list === "artifacts") return { kind: "unsupported" };
  if (key !== undefined) return { kind: "unknown" };
  if (list === "artifacts") {
    if (part !== "path" && part !== "uri") return { kind: "unknown" };
    return { kind: side === "inputs" ? "input-artifact" : "output-artifact", name, part };
  }
  if (side === "inputs") return part === undefined ? { kind: "input-parameter", name } : { kind: "unknown" };
  return part === "output_file" ? { kind: "output-parameter", name } : { kind: "unknown" };
}

/** A command argument that is a JSON form: text with an optional input, or texts joined. */
export type JsonForm =
  | { readonly kind: "if-present"; readonly input: string; readonly then: readonly string[]; readonly otherwise: readonly string[] }
  | { readonly kind: "concat"; readonly parts: readonly (string | JsonForm)[] };

/** The JSON form that an argument is; undefined if it is plain text. */
export function jsonForm(argument: string): JsonForm | undefined {
  if (!argument.startsWith("{")) return undefined;
  try {
    return formOf(JSON.parse(argument) as unknown);
  } catch {
    return undefined;
  }
}

function formOf(data: unknown): JsonForm | undefined {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return undefined;
  const { IfPresent: condition, Concat: parts } = data as { readonly IfPresent?: unknown; readonly Concat?: unknown };
  if (Array.isArray(parts)) {
    const read = parts.map((part: unknown) => (typeof part === "string" ? part : formOf(part)));
    return read.every((part) => part !== undefined) ? { kind: "concat", parts: read } : undefined;
  }
  if (typeof condition !== "object" || condition === null) return undefined;
  const { InputName: input, Then: then, Else: otherwise } = condition as Readonly<Record<string, unknown>>;
  return typeof input === "string" ? { kind: "if-present", input, then: texts(then), otherwise: texts(otherwise) } : undefined;
}

function texts(value: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.filter((one) => typeof one === "string");
}
