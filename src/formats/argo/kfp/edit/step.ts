import type { ComponentInput, ComponentSpec } from "#components/component-spec.ts";
import { type Data, type DataMap, isList, isMap, type Path, sameData, textField } from "#data/data.ts";
import type { Template } from "#pipeline/model.ts";
import { byCodePoint, pythonJson } from "#components/python-text.ts";
import { defaultAsText } from "#components/type-names.ts";
import { k8sCaseName } from "#kubernetes/kfp-names.ts";
import { referencesInData } from "../../syntax/references.ts";
import { diffOperations } from "#data/difference.ts";
import { addItem, type Draft, removePruned } from "#document/edit-draft.ts";
import { inputPath, renderContainer, inputUse } from "./render.ts";
import { indexByName, sortedIndex } from "../../edit/paths-and-names.ts";
import { callsOf, type FoundTask, uniqueName } from "#document/edit-targets.ts";
import { writeArgument } from "../../edit/write-argument.ts";
import { flavorOf } from "../../flavor/flavor-of.ts";
import { kfpV1 } from "../flavor.ts";
import { annotation } from "../annotation-keys.ts";

// A step that the KFP SDK made from a component. Constants are written into its command line, so giving an input another source
// changes the container's text, the template's inputs, an annotation and the call's argument in one go (docs/spec/kfp-v1.md#inputs).

/** What an input of a step is fed with. `name` is the Argo name of the input on the template. */
export type StepSource =
  | { readonly kind: "constant"; readonly text: string }
  | { readonly kind: "value"; readonly name: string; readonly value: string }
  | { readonly kind: "file"; readonly name: string; readonly data: DataMap }
  | { readonly kind: "none" };

/** A step whose container is what its component makes of its arguments. */
export interface Step extends FoundTask {
  readonly callee: Template;
  readonly spec: ComponentSpec;
}

/**
 * The call as a step that can be lowered again: made from a component, called once, and its container as the component makes it.
 * Anything else is undefined, and its constants cannot be distinguished from the text around them.
 */
export function stepOf(draft: Draft, found: FoundTask): Step | undefined {
  const { workflow, callee } = found;
  if (!flavorOf(workflow).hasCompiledSteps || !callee?.component || callee.kind !== "container") return undefined;
  if (callsOf(draft.model, callee).length !== 1) return undefined;
  const rendered = renderContainer(callee.component.spec, givenTexts(draft, callee));
  const container = draft.at([...callee.path, "container"]);
  if (!rendered || !isMap(container)) return undefined;
  const same = sameData(container.command ?? [], rendered.command) && sameData(container.args ?? [], rendered.args);
  return same ? { ...found, callee, spec: callee.component.spec } : undefined;
}

/** The text that each given input has on the command line; of a file input only that it is given. */
function givenTexts(draft: Draft, template: Template): Readonly<Record<string, string>> {
  const { spec, constants } = template.component as NonNullable<Template["component"]>;
  const text: Record<string, string> = { ...constants };
  for (const input of spec.inputs) {
    if (!Object.hasOwn(text, input.name) && fileInput(draft, template, input.name) !== undefined) text[input.name] = "";
  }
  return text;
}

function fileInput(draft: Draft, template: Template, input: string): Path | undefined {
  const path = template.component && inputPath(template.component.spec, input);
  const list = [...template.path, "inputs", "artifacts"];
  const found = draft.at(list);
  const index = isList(found) ? found.findIndex((item) => path !== undefined && textField(item, "path") === path) : -1;
  return index < 0 ? undefined : [...list, index];
}

/** The component's input that a port name means: its own name, or the Argo name by which it is fed now. */
export function stepInput(draft: Draft, step: Step, port: string): ComponentInput | undefined {
  const { spec } = step;
  const constants = step.callee.component?.constants ?? {};
  return (
    spec.inputs.find((input) => input.name === port) ??
    spec.inputs.find((input) => constants[input.name] === `{{inputs.parameters.${port}}}`) ??
    spec.inputs.find((input) => {
      const path = fileInput(draft, step.callee, input.name);
      return path !== undefined && textField(draft.at(path), "name") === port;
    })
  );
}

/**
 * The name of an input file for a reference: two files of one step that are fed by one output need two names (docs/spec/kfp-v1.md#inputs).
 */
export function freeName(template: Template, reference: string, input: string): string {
  return uniqueName(reference, (name) =>
    template.inputs.some((one) => one.kind === "artifact" && one.name === name && one.label !== input),
  );
}

/** What feeds a step's input when nothing is given: its default as a constant, or nothing. */
export function defaultSource(input: ComponentInput): StepSource {
  return input.default === undefined ? { kind: "none" } : { kind: "constant", text: defaultAsText(input.type, input.default) };
}

/** Feeds one input of a step from another source. */
export function feedStep(draft: Draft, step: Step, input: ComponentInput, source: StepSource): void {
  const { callee, spec } = step;
  const constants = callee.component?.constants ?? {};
  const use = inputUse(spec, input.name);
  const before = valueName(constants[input.name]);
  const text: Record<string, string> = { ...givenTexts(draft, callee) };
  delete text[input.name];
  if (source.kind !== "none")
    text[input.name] = source.kind === "constant" ? source.text : source.kind === "value" ? `{{inputs.parameters.${source.name}}}` : "";
  const moved = source.kind === "value" ? makeWay(draft, step, input, source.name) : {};
  Object.assign(text, moved);
  const rendered = renderContainer(spec, text);
  if (rendered) changeCommand(draft, callee, rendered);
  changeAnnotation(draft, callee, { ...moved, [input.name]: use.value ? text[input.name] : undefined });
  const oldFile = fileInput(draft, callee, input.name);
  const oldName = oldFile && textField(draft.at(oldFile), "name");
  if (use.path) changeFile(draft, step, input.name, source, oldFile);
  if (use.value) changeValue(draft, callee, source, before);
  changeArguments(
    draft,
    step,
    source,
    [before, oldName].filter((name) => name !== undefined),
  );
}

/** `X` of `{{inputs.parameters.X}}`. */
function valueName(text: string | undefined): string | undefined {
  return text === undefined ? undefined : /^\{\{inputs\.parameters\.([^{}]+)\}\}$/.exec(text)?.[1];
}

function changeCommand(
  draft: Draft,
  template: Template,
  rendered: { readonly command: readonly string[]; readonly args: readonly string[] },
): void {
  for (const key of ["command", "args"] as const) {
    const path = [...template.path, "container", key];
    const old = draft.at(path);
    if (old !== undefined) draft.take(diffOperations(old, rendered[key], path));
    else if (rendered[key].length > 0) draft.set(path, rendered[key]);
  }
}

/**
 * Inputs that wait for a wire under the name which another input is now fed by: they wait under another name, or the wire would feed
 * them as well. Gives their new texts.
 */
function makeWay(draft: Draft, { task, callee }: Step, input: ComponentInput, name: string): Readonly<Record<string, string>> {
  if (indexByName(draft.at([...task.path, "arguments", "parameters"]), name) >= 0) return {};
  const waiting = Object.entries(callee.component?.constants ?? {}).filter(
    ([other, text]) => other !== input.name && valueName(text) === name,
  );
  if (waiting.length === 0) return {};
  const list = [...callee.path, "inputs", "parameters"];
  const free = uniqueName(name, (wanted) => wanted === name || indexByName(draft.at(list), wanted) >= 0);
  addItem(draft, list, { name: free }, sortedIndex(draft.at(list), free));
  return Object.fromEntries(waiting.map(([other]) => [other, `{{inputs.parameters.${free}}}`]));
}

function changeAnnotation(draft: Draft, template: Template, changes: Readonly<Record<string, string | undefined>>): void {
  const all: Readonly<Record<string, string | undefined>> = { ...template.component?.constants, ...changes };
  const next = Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
  const path = [...template.path, "metadata", "annotations", annotation.arguments];
  if (Object.keys(next).length > 0) draft.set(path, pythonJson(next));
  else if (draft.at(path) !== undefined) draft.remove(path);
}

function changeValue(draft: Draft, template: Template, source: StepSource, before: string | undefined): void {
  const list = [...template.path, "inputs", "parameters"];
  const wanted = source.kind === "value" ? source.name : undefined;
  if (wanted === before) return;
  const have = indexByName(draft.at(list), wanted ?? "");
  const old = before === undefined ? -1 : indexByName(draft.at(list), before);
  const goes = before !== undefined && old >= 0 && !stillRead(draft, template, before);
  if (wanted !== undefined && have < 0) {
    // The removed item is replaced by the new one, so only one line changes.
    if (goes && keepsOrder(draft.at(list), old, wanted)) {
      draft.set([...list, old, "name"], wanted);
      return;
    }
    addItem(
      draft,
      list,
      { name: wanted },
      sortedIndex(draft.at(list), wanted),
      draft.at([...template.path, "inputs"]) === undefined ? beforeInputs(draft, template) : "artifacts",
    );
  }
  const now = before === undefined ? -1 : indexByName(draft.at(list), before);
  if (goes && now >= 0) removePruned(draft, [...list, now], template.path);
}

/** Whether a list that is sorted by name stays so when the item at `index` gets another name; one that is not need not. */
function keepsOrder(list: Data | undefined, index: number, name: string): boolean {
  const names = isList(list) ? list.map((item) => textField(item, "name") ?? "") : [];
  const sorted = (all: readonly string[]) => all.every((one, at) => at === 0 || byCodePoint(all[at - 1] as string, one) <= 0);
  return !sorted(names) || sorted(names.map((one, at) => (at === index ? name : one)));
}

function beforeInputs(draft: Draft, template: Template): string | undefined {
  return ["outputs", "metadata"].find((key) => draft.at([...template.path, key]) !== undefined);
}

/** Whether the template still names an input parameter anywhere (another placeholder, a setting). */
function stillRead(draft: Draft, template: Template, name: string): boolean {
  return referencesInData(draft.at(template.path)).some(
    ({ reference }) => reference.kind === "graph-input" && reference.port === "parameter" && reference.name === name,
  );
}

function changeFile(draft: Draft, { callee, spec }: Step, input: string, source: StepSource, old: Path | undefined): void {
  const list = [...callee.path, "inputs", "artifacts"];
  const path = inputPath(spec, input) ?? "";
  if (source.kind === "none" || source.kind === "value") {
    if (old) removePruned(draft, old, callee.path);
    return;
  }
  const item: DataMap =
    source.kind === "file" ? { name: source.name, path } : { name: constantName(callee, input), path, raw: { data: source.text } };
  if (old) draft.take(diffOperations(draft.at(old) as Data, item, old));
  else addItem(draft, list, item, fileIndex(draft.at(list), spec, input), beforeInputs(draft, callee));
}

/** docs/spec/kfp-v1.md#templates: input files are in the order of the component's input names. */
function fileIndex(list: Data | undefined, spec: ComponentSpec, input: string): number | undefined {
  if (!isList(list)) return undefined;
  const later = spec.inputs.filter((one) => byCodePoint(one.name, input) > 0).map((one) => inputPath(spec, one.name));
  const index = list.findIndex((item) => later.includes(textField(item, "path")));
  return index < 0 ? undefined : index;
}

/** docs/spec/kfp-v1.md#inputs: a constant file is called like its input. */
function constantName(template: Template, input: string): string {
  const taken = (name: string) => template.inputs.some((one) => one.kind === "artifact" && one.name === name && one.label !== input);
  return uniqueName(k8sCaseName(input) || "input", taken);
}

function changeArguments(draft: Draft, step: Step, source: StepSource, old: readonly string[]): void {
  const { task, callee } = step;
  const fed = argumentOf(source);
  const declared = (kind: "parameter" | "artifact", name: string) =>
    indexByName(draft.at([...callee.path, "inputs", `${kind}s`]), name) >= 0;
  for (const kind of ["parameter", "artifact"] as const) {
    const list = [...task.path, "arguments", `${kind}s`];
    for (const name of old) {
      const index = indexByName(draft.at(list), name);
      if (index < 0 || declared(kind, name) || (fed?.kind === kind && fed.item.name === name)) continue;
      // Likewise, the removed argument is replaced by the new one.
      if (
        fed?.kind === kind &&
        indexByName(draft.at(list), String(fed.item.name)) < 0 &&
        keepsOrder(draft.at(list), index, String(fed.item.name))
      ) {
        draft.take(diffOperations(draft.at([...list, index]) as Data, fed.item, [...list, index]));
      } else removePruned(draft, [...list, index], task.path);
    }
  }
  if (fed) writeArgument(draft, task.path, fed.kind, fed.item, kfpV1);
}

function argumentOf(source: StepSource): { readonly kind: "parameter" | "artifact"; readonly item: DataMap } | undefined {
  if (source.kind === "value") return { kind: "parameter", item: { name: source.name, value: source.value } };
  return source.kind === "file" ? { kind: "artifact", item: { name: source.name, ...source.data } } : undefined;
}
