import type { Binding, Reference } from "#pipeline/binding.ts";
import { type Data, field, isList, isMap } from "#data/data.ts";
import type { PortKind } from "#pipeline/model.ts";
import { placeholdersIn } from "../syntax/placeholders.ts";
import { find, findText } from "./fields.ts";

/** Where values come from: inputs of tasks and outputs of graphs. */

/** The binding of one input of a task. Whatever has another form is an empty constant. */
export function readBinding(data: Data, kind: PortKind): Binding {
  return kind === "parameter" ? readParameter(data) : readArtifact(data);
}

function readParameter(data: Data): Binding {
  const selector = findText(data, "parameterExpressionSelector");
  const reference = parameterReference(data);
  if (reference) return { kind: "reference", reference, field: "value", ...(selector === undefined ? {} : { selector }) };
  const { value: given } = find(data, "runtimeValue", []);
  if (given === undefined) return { kind: "constant" };
  const runtime = findText(given, "runtimeParameter");
  if (runtime !== undefined) return { kind: "reference", reference: { kind: "pipeline-parameter", name: runtime }, field: "value" };
  if (isMap(given) && Object.hasOwn(given, "constant")) return constantOf(given.constant ?? null);
  const { value: old } = find(given, "constantValue", []);
  const text = findText(old, "stringValue");
  const number = find(old, "intValue", []).value ?? find(old, "doubleValue", []).value;
  if (text !== undefined) return constantOf(text);
  return number === undefined ? { kind: "constant" } : { kind: "constant", value: typeof number === "string" ? Number(number) : number };
}

function parameterReference(data: Data): Reference | undefined {
  const input = findText(data, "componentInputParameter");
  if (input !== undefined) return { kind: "graph-input", port: "parameter", name: input };
  const output = find(data, "taskOutputParameter", []).value;
  const task = findText(output, "producerTask");
  if (task !== undefined)
    return { kind: "task-output", task, of: "tasks", output: findText(output, "outputParameterKey") ?? "", port: "parameter" };
  const observed = findText(find(data, "taskFinalStatus", []).value, "producerTask");
  return observed === undefined ? undefined : { kind: "task-output", task: observed, of: "tasks", output: "status" };
}

function readArtifact(data: Data): Binding {
  const input = findText(data, "componentInputArtifact");
  if (input !== undefined) return { kind: "reference", reference: { kind: "graph-input", port: "artifact", name: input }, field: "from" };
  const output = find(data, "taskOutputArtifact", []).value;
  const task = findText(output, "producerTask");
  if (task === undefined) return { kind: "constant" };
  const reference: Reference = {
    kind: "task-output",
    task,
    of: "tasks",
    output: findText(output, "outputArtifactKey") ?? "",
    port: "artifact",
  };
  return { kind: "reference", reference, field: "from" };
}

/** A system value alone is a variable; further placeholders are resolved by `withOwnInputs`, as they name inputs of the same task. */
function constantOf(value: Data): Binding {
  if (typeof value !== "string") return { kind: "constant", value };
  const [only] = placeholdersIn(value);
  if (only?.kind === "system" && only.text === value)
    return { kind: "reference", reference: { kind: "variable", name: value }, field: "value" };
  return { kind: "constant", value };
}

/**
 * A constant text with placeholders of other inputs of the same task, as text with their references; `given` finds an input's binding.
 * Any other binding unchanged.
 */
export function withOwnInputs(binding: Binding, given: (name: string) => Binding | undefined): Binding {
  if (binding.kind !== "constant" || typeof binding.value !== "string") return binding;
  const text = binding.value;
  const parts: (string | Reference)[] = [];
  let end = 0;
  for (const placeholder of placeholdersIn(text)) {
    const source = placeholder.kind === "input-parameter" ? given(placeholder.name) : undefined;
    const reference: Reference | undefined =
      source?.kind === "reference"
        ? source.reference
        : placeholder.kind === "system"
          ? { kind: "variable", name: placeholder.text }
          : undefined;
    if (!reference) continue;
    if (placeholder.start > end) parts.push(text.slice(end, placeholder.start));
    parts.push(reference);
    end = placeholder.end;
  }
  if (parts.length === 0) return binding;
  return { kind: "text", parts: end < text.length ? [...parts, text.slice(end)] : parts, field: "value" };
}

/** The source of a graph's output: one output of a task inside, or the first of several that was made. */
export function readOutputSource(data: Data | undefined, kind: PortKind): Binding | undefined {
  const selectors =
    kind === "artifact"
      ? find(data, "artifactSelectors", []).value
      : find(find(data, "valueFromOneof", []).value, "parameterSelectors", []).value;
  const single = kind === "parameter" ? find(data, "valueFromParameter", []).value : undefined;
  const references = (single === undefined ? (isList(selectors) ? selectors : []) : [single]).flatMap((one): readonly Reference[] => {
    const task = findText(one, "producerSubtask");
    const output = findText(one, kind === "artifact" ? "outputArtifactKey" : "outputParameterKey");
    return task === undefined ? [] : [{ kind: "task-output", task, of: "tasks", output: output ?? "", port: kind }];
  });
  const [first, ...more] = references;
  if (first === undefined) return undefined;
  if (more.length === 0 && (kind === "artifact" || single !== undefined))
    return { kind: "reference", reference: first, field: kind === "artifact" ? "from" : "parameter" };
  return { kind: "one-of", references };
}

/** Every reference in the settings of an executor: names and values that come from parameters or other tasks. */
export function referencesInSettings(data: Data | undefined): readonly Reference[] {
  if (isList(data)) return data.flatMap(referencesInSettings);
  if (!isMap(data)) return [];
  const own = parameterReference(data);
  return [...(own ? [own] : []), ...Object.keys(data).flatMap((key) => referencesInSettings(field(data, key)))];
}
