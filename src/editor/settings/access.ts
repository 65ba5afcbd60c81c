import { type Data, type DataMap, field, isMap, type Path, sameData, startsWith, valueAt } from "#data/data.ts";
import type { Edit, SettingTarget } from "#pipeline/edit.ts";
import type { FormatId, PipelineTraits, Template, TemplateKind, Workflow } from "#pipeline/model.ts";
import { layoutAnnotationKey } from "../layout-annotation.ts";
import { pythonJson } from "#components/python-text.ts";
import { bodyKinds, type Setting } from "./setting.ts";
import { fits, holdsTag } from "./value-text.ts";
import { presentationOf, presentations } from "#compiler/presentation.ts";
import type { ResourcePatch } from "#document/format.ts";

/** The holder of settings: a template (reached through a call, or by itself), or a pipeline. All data is as read. */
export type Holder =
  | {
      readonly area: "task";
      readonly target: SettingTarget;
      readonly kind: TemplateKind;
      readonly data: Data;
      readonly spec: Data;
      readonly traits: PipelineTraits;
      readonly format: FormatId;
      readonly name: string;
    }
  | {
      readonly area: "pipeline";
      readonly index: number;
      readonly data: Data;
      readonly spec: Data;
      readonly specKey: Path;
      readonly traits: PipelineTraits;
      readonly format: FormatId;
      readonly name: string;
    };

/** The value of a setting in one holder. */
export interface Reading {
  readonly value: Data | undefined;
  /** odd: the form cannot represent it, so it is shown as YAML. inherited: the pipeline sets it for all tasks. */
  readonly state: "absent" | "set" | "odd" | "inherited";
  /** The value is in a patch beside the resources, as the text of a reference. */
  readonly patched?: boolean;
}

/** The template of a task as a holder. */
export function templateHolder(
  stream: readonly Data[],
  workflow: Workflow,
  template: Template,
  target: SettingTarget = { kind: "template", template: template.id },
): Holder {
  return {
    area: "task",
    target,
    kind: template.kind,
    data: templateData(stream, workflow, { template, target }),
    spec: valueAt(stream, workflow.specPath) ?? {},
    traits: workflow.traits,
    format: workflow.format,
    name: template.name,
  };
}

/**
 * Where the panels keep what is not in the body of a template or in the spec: its section of the platform document, the task that runs it,
 * and the component itself.
 */
export const PLATFORM = "platform";
export const CALL = "task";
export const COMPONENT = "component";

/**
 * The data to which paths of settings lead. A template with an executor: the executor, with its section of the platform document under
 * `platform` and the template itself under `component`. Of a file whose templates have executors, the task that runs the template is under
 * `task`.
 */
function templateData(
  stream: readonly Data[],
  workflow: Workflow,
  { template, target }: { readonly template: Template; readonly target: SettingTarget },
): Data {
  const own = valueAt(stream, template.path) ?? {};
  if (!hasExecutors(workflow)) return own;
  const executor = template.executor && valueAt(stream, template.executor.path);
  const call = target.kind === "task" ? taskPath(workflow, target.task) : undefined;
  return {
    ...(isMap(executor) ? executor : {}),
    ...(template.platform ? { [PLATFORM]: template.platform.data } : {}),
    ...(isMap(executor) ? { [COMPONENT]: own } : {}),
    ...(call === undefined ? {} : { [CALL]: valueAt(stream, call) ?? {} }),
  };
}

function hasExecutors(workflow: Workflow): boolean {
  return workflow.templates.some(({ executor }) => executor !== undefined);
}

function taskPath(workflow: Workflow, id: string): Path | undefined {
  for (const { tasks } of workflow.templates) for (const task of tasks) if (task.id === id) return task.path;
  return undefined;
}

/** All of a holder that its panel shows as one YAML: without the task and the interface, which have fields of their own. */
export function wholeOf(holder: Holder, path: Path): Data | undefined {
  const whole = valueAt(holder.data, path);
  return path.length === 0 && holder.area === "task" && isMap(whole) && (CALL in whole || COMPONENT in whole)
    ? Object.fromEntries(Object.entries(whole).filter(([key]) => key !== CALL && key !== COMPONENT))
    : whole;
}

/** The edits that write what `wholeOf` returned, changed. */
export function wholeEdits(holder: Holder, path: Path, value: DataMap): readonly Edit[] {
  const whole = valueAt(holder.data, path);
  const isWhole = path.length === (holder.area === "task" ? 0 : holder.specKey.length);
  const isSplit = isWhole && isMap(whole) && (CALL in whole || COMPONENT in whole || PLATFORM in whole || PLATFORM in value);
  if (!isSplit || !hasPlatform(holder)) return [set(holder, path, value)];
  const { [PLATFORM]: platform, ...own } = value;
  const old = field(whole, PLATFORM);
  const place = [...path, PLATFORM];
  return [
    set(holder, path, own),
    ...(platform === undefined ? (old === undefined ? [] : [removal(holder, place)]) : [set(holder, place, platform)]),
  ];
}

/** Whether the file may have a platform document, to whose part of a template or pipeline paths with `platform` lead. */
function hasPlatform(holder: Holder): boolean {
  return holder.format === "kfp-v2";
}

/** A pipeline as a holder. What the platform document says of Kubernetes is in its spec under `platform`. */
export function pipelineHolder(stream: readonly Data[], workflow: Workflow): Holder {
  const index = Number(workflow.path[0] ?? 0);
  const specKey = workflow.specPath.slice(1);
  return {
    area: "pipeline",
    index,
    data: withPlatform(valueAt(stream, workflow.path) ?? {}, specKey, workflow.platform?.data),
    spec: valueAt(stream, workflow.specPath) ?? {},
    specKey,
    traits: workflow.traits,
    format: workflow.format,
    name: workflow.title,
  };
}

function withPlatform(data: Data, [step, ...rest]: Path, platform: DataMap | undefined): Data {
  if (platform === undefined || !isMap(data)) return data;
  if (step === undefined) return { ...data, [PLATFORM]: platform };
  return { ...data, [step]: withPlatform(data[String(step)] ?? {}, rest, platform) };
}

/** Whether the setting applies to a holder at all. */
export function applies(setting: Setting, holder: Holder): boolean {
  if (setting.within === "call" && field(holder.data, CALL) === undefined) return false;
  if (setting.area !== holder.area || (setting.variant !== undefined && setting.variant !== holder.traits.variant)) return false;
  if (setting.otherServers && readingOf(setting, holder).state === "absent") return false;
  if (holder.area === "pipeline") return true;
  const kinds: readonly TemplateKind[] = setting.kinds ?? (setting.within === "body" ? bodyKinds : leafKinds);
  return kinds.includes(holder.kind);
}

const leafKinds: readonly TemplateKind[] = ["container", "script", "resource", "suspend", "http", "data", "containerSet", "plugin"];

/** The keys from the holder's data to the setting. For JSON text: to the text. */
export function pathOf(setting: Setting, holder: Holder): Path {
  const path = setting.path.map((step) => (step === "*gpu" ? gpuResource(holder) : step));
  switch (setting.within) {
    case "body":
      return [holder.area === "task" ? holder.kind : "container", ...path];
    case "call":
      return [CALL, ...path];
    case "metadata":
      return ["metadata", ...path];
    case "spec":
      return [...(holder.area === "pipeline" ? holder.specKey : []), ...path];
    default:
      return path;
  }
}

/** The resource name under which a container requests GPUs; NVIDIA's if it requests none. */
export function gpuResource(holder: Holder): string {
  const resources = field(field(holder.data, holder.area === "task" ? holder.kind : "container"), "resources");
  for (const side of ["limits", "requests"]) {
    const amounts = field(resources, side);
    const found = isMap(amounts) ? Object.keys(amounts).find(isGpu) : undefined;
    if (found !== undefined) return found;
  }
  const patched = holder.area === "task" ? patchedAmounts(holder)?.find(([, name]) => isGpu(name)) : undefined;
  return patched?.[1] ?? "nvidia.com/gpu";
}

function isGpu(name: string): boolean {
  return /gpu|\/mig-|\/i915$|\/xe$/i.test(name);
}

/** The value of a setting in a holder. */
export function readingOf(setting: Setting, holder: Holder): Reading {
  const at = valueAt(holder.data, pathOf(setting, holder));
  const value = setting.json ? valueAt(jsonIn(at), setting.json) : at;
  if (value === undefined || value === null) {
    const patched = holder.area === "task" ? patchedValue(setting, holder) : undefined;
    if (patched !== undefined) return { value: patched, state: "set", patched: true };
    const inherited = inheritedValue(setting, holder);
    return inherited === undefined || inherited === null ? { value: undefined, state: "absent" } : { value: inherited, state: "inherited" };
  }
  return { value, state: fits(setting.shape, value) ? "set" : "odd" };
}

/** The pipeline's value for all tasks. Argo: templateDefaults, then fields of the spec that its pods get. */
export function inheritedValue(setting: Setting, holder: Holder): Data | undefined {
  if (holder.area !== "task" || setting.within === "object" || setting.json) return undefined;
  return (
    valueAt(field(holder.spec, "templateDefaults"), pathOf(setting, holder)) ?? (setting.inherits && valueAt(holder.spec, setting.inherits))
  );
}

/** The edits that write a value; undefined removes the setting. */
export function writeEdits(setting: Setting, holder: Holder, value: Data | undefined): readonly Edit[] {
  const path = pathOf(setting, holder);
  if (setting.json) return jsonEdits(setting, holder, value);
  const patching = holder.area === "task" && isResource(setting) ? presentationOf(holder.format)?.resourcePatch : undefined;
  if (patching) {
    const key = [String(path.at(-2)), String(path.at(-1))] as const;
    const patch = field(holder.data, patching.field);
    const isPatched = patchedValue(setting, holder) !== undefined;
    if (typeof value === "string" && holdsTag(value)) {
      return [...unset(holder, path), set(holder, [patching.field], patching.with(patch, key, value))];
    }
    if (isPatched) {
      const rest = patching.without(patch, key);
      return [
        rest === undefined ? removal(holder, [patching.field]) : set(holder, [patching.field], rest),
        ...(value === undefined ? [] : [set(holder, path, value)]),
      ];
    }
  }
  return [...alongEdits(setting, holder, value), ...(value === undefined ? unset(holder, path) : [set(holder, path, value)])];
}

/** The edits of the field without which a setting has no effect. */
function alongEdits({ along }: Setting, holder: Holder, value: Data | undefined): readonly Edit[] {
  if (!along) return [];
  if (value === undefined) return unset(holder, along.path);
  return valueAt(holder.data, along.path) === undefined ? [set(holder, along.path, along.value)] : [];
}

/** Whether a tool keeps a label or annotation for itself: the SDK what the component is, Dagwright where the boxes are. */
export function isToolKey(key: string): boolean {
  return key === layoutAnnotationKey || presentations.some(({ isToolKey }) => isToolKey?.(key));
}

/** Whether somebody has set it: what tools write by themselves is not counted. */
export function isChanged(setting: Setting, reading: Pick<Reading, "value"> & { readonly state: string }): boolean {
  if (reading.state === "mixed" || reading.state === "odd") return true;
  return reading.state === "set" && !(setting.shape.kind === "map" && isMap(reading.value) && Object.keys(reading.value).every(isToolKey));
}

/** The edits that reset a setting to its default. Labels and annotations of tools stay. */
export function resetEdits(setting: Setting, holder: Holder): readonly Edit[] {
  const { value } = readingOf(setting, holder);
  const kept = setting.shape.kind === "map" && isMap(value) ? Object.entries(value).filter(([key]) => isToolKey(key)) : [];
  return writeEdits(setting, holder, kept.length > 0 ? Object.fromEntries(kept) : undefined);
}

/** The edits that write a value below a setting, such as one cell of a list of rows. */
export function writeBelow(setting: Setting, holder: Holder, below: Path, value: Data | undefined): readonly Edit[] {
  const path = [...pathOf(setting, holder), ...below];
  return value === undefined ? unset(holder, path) : [set(holder, path, value)];
}

/** Renames the key of a mapping in place; the order of the others is kept. */
export function renameKey(setting: Setting, holder: Holder, from: string, to: string): readonly Edit[] {
  const path = pathOf(setting, holder);
  const map = valueAt(holder.data, path);
  if (!isMap(map) || from === to) return [];
  return [set(holder, path, Object.fromEntries(Object.entries(map).map(([key, value]) => [key === from ? to : key, value])))];
}

/** Sets a path of the holder's data. */
export function set(holder: Holder, path: Path, value: Data): Edit {
  return { kind: "set-setting", ...addressed(holder, path), value };
}

/** Removes a path of the holder's data. */
export function removal(holder: Holder, path: Path): Edit {
  return { kind: "unset-setting", ...addressed(holder, path) };
}

function unset(holder: Holder, path: Path): readonly Edit[] {
  if (valueAt(holder.data, path) === undefined) return [];
  // The body of a template stays, emptied: it determines the kind of the template.
  const body = path.length === 2 && holder.area === "task" && path[0] === holder.kind ? field(holder.data, holder.kind) : undefined;
  return isMap(body) && Object.keys(body).length === 1 ? [set(holder, [path[0] as string], {})] : [removal(holder, path)];
}

function addressed(holder: Holder, path: Path): { readonly target: SettingTarget; readonly path: Path } {
  if (holder.area === "task") {
    const { target } = holder;
    const isOfCall = target.kind === "task" && path[0] === CALL && field(holder.data, CALL) !== undefined;
    return isOfCall ? { target: { kind: "call", task: target.task }, path: path.slice(1) } : { target, path };
  }
  const spec = holder.specKey;
  if (startsWith(path, spec)) return { target: { kind: "workflow", workflow: holder.index, part: "spec" }, path: path.slice(spec.length) };
  if (path[0] === "metadata") return { target: { kind: "workflow", workflow: holder.index, part: "metadata" }, path: path.slice(1) };
  return { target: { kind: "workflow", workflow: holder.index, part: "object" }, path };
}

/** Whether it is an amount of a resource, which some formats cannot fill from a reference: then one is written to a patch. */
export function isResource(setting: Setting): boolean {
  return setting.within === "body" && setting.path[0] === "resources" && setting.path.length === 3;
}

function patchedValue(setting: Setting, holder: Holder): Data | undefined {
  if (!isResource(setting)) return undefined;
  const path = pathOf(setting, holder);
  return patchedAmounts(holder)?.find(([side, name]) => side === path.at(-2) && name === path.at(-1))?.[2];
}

/** The amounts of resources that the holder has in a patch. */
function patchedAmounts(holder: Holder): ReturnType<ResourcePatch["read"]> {
  const patching = presentationOf(holder.format)?.resourcePatch;
  return patching?.read(field(holder.data, patching.field));
}

/** The data of a JSON text; undefined if it is none. */
export function jsonIn(text: Data | undefined): Data | undefined {
  if (typeof text !== "string" || text.length > 1_000_000) return undefined;
  try {
    return JSON.parse(text) as Data;
  } catch {
    return undefined;
  }
}

function jsonEdits(setting: Setting, holder: Holder, value: Data | undefined): readonly Edit[] {
  const path = pathOf(setting, holder);
  const key = String(setting.json?.[0] ?? "");
  const before = jsonIn(valueAt(holder.data, path));
  const map: DataMap = isMap(before) ? before : {};
  const after = value === undefined ? Object.fromEntries(Object.entries(map).filter(([name]) => name !== key)) : { ...map, [key]: value };
  if (sameData(map, after)) return [];
  // The SDK's own spacing; its order of keys is kept.
  return [
    set(
      holder,
      path,
      `{${Object.entries(after)
        .map(([name, one]) => `${pythonJson(name)}: ${pythonJson(one)}`)
        .join(", ")}}`,
    ),
  ];
}
