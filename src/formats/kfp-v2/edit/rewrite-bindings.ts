import { type Data, type DataMap, isList, isMap } from "#data/data.ts";
import { bindingOf, type Value } from "./group-ports.ts";
import { find } from "../read/fields.ts";
import { type FoundReference, referenceIn } from "./references.ts";

// Bindings that move to another graph: each reference is given another source, everything beside it stays.

/** What a reference becomes: a value of the other graph, a binding as data, or nothing (it is taken out). */
export type Rewritten = { readonly value: Value } | { readonly binding: DataMap } | "remove" | "keep";
export type Rewrite = (reference: Omit<FoundReference, "where" | "reader">) => Rewritten;

const sources = ["componentInputParameter", "taskOutputParameter", "componentInputArtifact", "taskOutputArtifact", "taskFinalStatus"];

/** The inputs of a task with rewritten bindings; `inputs` without any is left out. */
export function rewriteInputs(task: DataMap, rewrite: Rewrite): DataMap {
  const inputs = find(task, "inputs", []);
  if (!isMap(inputs.value)) return task;
  const lists = Object.entries(inputs.value).flatMap(([list, bindings]): [string, Data][] => {
    if (!isMap(bindings)) return [[list, bindings]];
    const entries = Object.entries(bindings).flatMap(([name, binding]): [string, Data][] => {
      const changed = rewriteOne(binding, rewrite);
      return changed === undefined ? [] : [[name, changed]];
    });
    return entries.length === 0 && Object.keys(bindings).length > 0 ? [] : [[list, Object.fromEntries(entries)]];
  });
  const { [inputs.key]: _, ...rest } = task;
  return lists.length === 0 ? rest : { ...task, [inputs.key]: Object.fromEntries(lists) };
}

function rewriteOne(binding: Data, rewrite: Rewrite): Data | undefined {
  const found = referenceIn(binding, []);
  if (!found || !isMap(binding)) return binding;
  const changed = rewrite(found);
  if (changed === "keep") return binding;
  if (changed === "remove") return undefined;
  return withSource(binding, "value" in changed ? bindingOf(changed.value) : changed.binding);
}

/** Settings of an executor with rewritten references, at any depth. */
export function rewriteSettings(data: Data, rewrite: Rewrite): Data {
  if (isList(data)) return data.map((item) => rewriteSettings(item, rewrite));
  if (!isMap(data)) return data;
  const inner = Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, sources.includes(key) ? value : rewriteSettings(value, rewrite)]),
  );
  const found = referenceIn(data, []);
  const changed = found ? rewrite(found) : "keep";
  if (changed === "keep" || changed === "remove") return inner;
  return withSource(inner, "value" in changed ? bindingOf(changed.value) : changed.binding);
}

/** The message with another source; a selector of a field and whatever else is beside it stay, keys in the SDK's order. */
function withSource(message: DataMap, source: DataMap): DataMap {
  const spellings = new Set(sources.flatMap((name) => [name, find({}, name, []).key, snake(name)]));
  const kept = Object.entries(message).filter(([key]) => !spellings.has(key));
  return Object.fromEntries([...kept, ...Object.entries(source)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
