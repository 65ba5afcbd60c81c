import type { Report } from "#diagnostics/diagnostic.ts";
import { type Data, type DataMap, field, isMap, type Path, textField } from "#data/data.ts";
import type { Call, Hook } from "#pipeline/model.ts";
import { readArguments } from "./binding.ts";
import { referencesInExpression } from "../syntax/expression.ts";
import { readTextField, without, wrongType } from "./read-context.ts";

/** Lifecycle hooks of a call or of the workflow. */

/** The hooks of a `hooks` mapping; `carried` is the value as read if it is no mapping or contains anything but mappings. */
export function readHooks(
  data: Data | undefined,
  path: Path,
  report: Report,
): { readonly hooks: readonly Hook[]; readonly carried?: Data } {
  if (data === undefined) return { hooks: [] };
  if (!isMap(data)) {
    if (data !== null) wrongType(report, path, "mapping", data);
    return { hooks: [], carried: data };
  }
  const hooks: Hook[] = [];
  let usual = true;
  for (const [name, hook] of Object.entries(data)) {
    if (isMap(hook)) hooks.push(readHook(name, hook, [...path, name], report));
    else {
      wrongType(report, [...path, name], "mapping", hook);
      usual = false;
    }
  }
  return usual ? { hooks } : { hooks, carried: data };
}

/** The hook of `onExit`, which names a template only. */
export function readExitHook(data: DataMap, path: Path): Hook | undefined {
  const template = textField(data, "onExit");
  if (template === undefined || template === "") return undefined;
  return { name: "onExit", path: [...path, "onExit"], call: { kind: "template", name: template }, arguments: [], rest: {}, order: [] };
}

function readHook(name: string, data: DataMap, path: Path, report: Report): Hook {
  const { call, key } = readCall(data, path, report);
  const expression = readTextField(data, "expression", path, report);
  const { items, carried } = readArguments(data, path, report);
  const typed = new Set<string>();
  if (key) typed.add(key);
  if (expression !== undefined) typed.add("expression");
  if (carried === undefined) typed.add("arguments");
  const hook = { name, path, call, arguments: items, rest: without(data, typed), order: Object.keys(data) };
  if (expression === undefined) return hook;
  const references = referencesInExpression(expression).filter((one) => one.kind !== "variable");
  return references.length === 0 ? { ...hook, expression } : { ...hook, expression, references };
}

/** What a call runs by `template` or `templateRef`, and that key. (Inline templates are read by task.ts.) */
export function readCall(data: DataMap, path: Path, report: Report): { readonly call: Call; readonly key?: "template" | "templateRef" } {
  const template = readTextField(data, "template", path, report);
  if (template !== undefined && template !== "") return { call: { kind: "template", name: template }, key: "template" };
  const raw = field(data, "templateRef");
  if (isMap(raw)) {
    const name = readTextField(raw, "name", [...path, "templateRef"], report) ?? "";
    const inner = readTextField(raw, "template", [...path, "templateRef"], report) ?? "";
    return { call: { kind: "reference", name, template: inner, clusterScope: raw.clusterScope === true, raw }, key: "templateRef" };
  }
  if (raw !== undefined && raw !== null) wrongType(report, [...path, "templateRef"], "mapping", raw);
  return { call: { kind: "none" } };
}
