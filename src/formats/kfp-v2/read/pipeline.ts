import { type Data, type DataMap, field, isMap, type Path, valueAt } from "#data/data.ts";
import type { PipelineArtifact, PipelineParameter, Task, TaskId, Template, TemplateId, Workflow } from "#pipeline/model.ts";
import { rememberComponent } from "./remember-component.ts";
import { find, findEntries, findText } from "./fields.ts";
import { withGroupKinds } from "./groups.ts";
import { isCompanion, recogniseSpec } from "./recognise.ts";
import { readTask, type TaskContext } from "./task.ts";

/** A pipeline spec with its platform spec as a pipeline: `root` is the template at which it begins. docs/spec/kfp-v2.md */
export interface ReadPipeline {
  readonly object: Workflow;
  readonly diagnostics: readonly never[];
  /** Indexes of the documents that belong to it. */
  readonly companions: readonly number[];
}

/** Reads the pipeline spec in the document at `index`; `first`: ids of its templates need no number. Throws if it has none. */
export function readPipeline(stream: readonly Data[], { index, first }: { readonly index: number; readonly first: boolean }): ReadPipeline {
  const document = stream[index];
  const found = document === undefined ? undefined : recogniseSpec(document);
  if (found === undefined || !isMap(document)) throw new Error(`document ${index} is no pipeline spec`);
  const companions = companionsOf(stream, index);
  const platforms = platformPath(stream, [index, ...(found.platform ?? [])], found.platform !== undefined, companions);
  const object = new PipelineReader(stream, [index, ...found.spec], platforms, first ? "" : `@${index}`).read(found.resource, document);
  return { object, diagnostics: [], companions };
}

/** Companions belong to the nearest pipeline before them; those before the first one belong to it. */
function companionsOf(stream: readonly Data[], index: number): readonly number[] {
  const owners = stream.flatMap((data, at) => (recogniseSpec(data) ? [at] : []));
  return stream.flatMap((data, at) => {
    if (at === index || !isCompanion(data)) return [];
    const owner = owners.findLast((one) => one < at) ?? owners[0];
    return owner === index ? [at] : [];
  });
}

function platformPath(stream: readonly Data[], own: Path, isOwn: boolean, companions: readonly number[]): Path | undefined {
  if (isOwn) return own;
  const index = companions.find((one) => isMap(field(stream[one], "platforms")));
  return index === undefined ? undefined : [index];
}

class PipelineReader {
  readonly #stream: readonly Data[];
  readonly #place: Path;
  readonly #spec: Data | undefined;
  readonly #suffix: string;
  readonly #executors: ReadonlyMap<string, { readonly path: Path; readonly data: DataMap }>;
  readonly #platform: { readonly path: Path; readonly data: DataMap } | undefined;
  readonly #settings: ReadonlyMap<string, { readonly path: Path; readonly data: DataMap }>;
  readonly #components: ReadonlyMap<string, { readonly path: Path; readonly data: DataMap }>;

  constructor(stream: readonly Data[], path: Path, platform: Path | undefined, suffix: string) {
    this.#stream = stream;
    this.#place = path;
    this.#spec = valueAt(stream as Data, path);
    this.#suffix = suffix;
    const deployment = find(this.#spec, "deploymentSpec", path);
    this.#executors = byKey(findEntries(deployment.value, "executors", deployment.path));
    this.#platform = this.#readPlatform(platform);
    this.#settings = this.#readSettings();
    this.#components = byKey(findEntries(this.#spec, "components", path));
  }

  #readPlatform(platform: Path | undefined) {
    if (platform === undefined) return undefined;
    const platforms = find(valueAt(this.#stream as Data, platform), "platforms", platform);
    const { value, path } = find(platforms.value, "kubernetes", platforms.path);
    return isMap(value) ? { path, data: value } : undefined;
  }

  #readSettings() {
    const deployment = find(this.#platform?.data, "deploymentSpec", this.#platform?.path ?? []);
    return byKey(findEntries(deployment.value, "executors", deployment.path));
  }

  read(resource: Workflow["resource"], document: DataMap): Workflow {
    const info = find(this.#spec, "pipelineInfo", this.#place).value;
    const root = find(this.#spec, "root", this.#place);
    const entrypoint = freeName("root", this.#components);
    const data = isMap(root.value) ? root.value : undefined;
    const bodies = [...(data ? [data] : []), ...[...this.#components.values()].map((one) => one.data)];
    const taskKeys = new Set(bodies.flatMap((body) => findEntries(find(body, "dag", []).value, "tasks", []).map(({ key }) => key)));
    const items = itemInputs(bodies);
    const titles = taskNames(bodies);
    const allKeys = [...taskKeys].join("\n");
    const read = (body: DataMap, name: string, path: Path): Template => {
      const label = findText(body, "executorLabel");
      return rememberComponent(body, {
        id: `${name}${this.#suffix}` as TemplateId,
        name,
        path,
        taskKeys,
        allKeys,
        displayName: titles.get(name),
        items: items.get(name) ?? none,
        executor: label === undefined ? undefined : this.#executors.get(label),
        platform: label === undefined ? undefined : this.#settings.get(label),
        readTask: (task, at) => this.#readTask(task, at),
      });
    };
    const templates = withGroupKinds(
      [
        ...(data ? [read(data, entrypoint, root.path)] : []),
        ...[...this.#components].map(([name, component]) => read(component.data, name, component.path)),
      ],
      entrypoint,
    );
    const name = findText(info, "name");
    const entry = data ? templates[0] : undefined;
    return {
      kind: "workflow",
      resource,
      path: this.#place.slice(0, 1),
      specPath: this.#place,
      ...(this.#platform === undefined ? {} : { platform: this.#platform }),
      ...(name === undefined ? {} : { name }),
      title: findText(info, "displayName") || name || resource,
      format: "kfp-v2",
      traits: { variant: "kfp-v2", hasFreeTitle: true, itemInput: "declared", hasFixedEntry: true, hasParameterTypes: true },
      ...(entry ? { entrypoint } : {}),
      parameters: entry ? parametersOf(entry) : [],
      artifacts: entry ? artifactsOf(entry) : [],
      templates,
      rest: document,
      specRest: {},
      order: { object: Object.keys(document), spec: isMap(this.#spec) ? Object.keys(this.#spec) : [] },
    };
  }

  #readTask(data: DataMap, at: { readonly id: TaskId; readonly key: string; readonly path: Path }): Task {
    const component = this.#components.get(findText(find(data, "componentRef", []).value, "name") ?? "")?.data;
    const label = findText(component, "executorLabel");
    const settings = label === undefined ? undefined : this.#settings.get(label)?.data;
    const known = tasks.get(data);
    const location = at.path.join("/");
    if (known?.id === at.id && known.location === location && known.component === component && known.settings === settings)
      return known.task;
    const context: TaskContext = { ...at, declared: component && declaredInputs(component), settings };
    const task = readTask(data, context);
    tasks.set(data, { id: at.id, location, component, settings, task });
    return task;
  }
}

/** Tasks by their data, so that an edit leaves all others the same objects: the canvas compares by identity. */
const tasks = new WeakMap<
  DataMap,
  {
    readonly id: TaskId;
    readonly location: string;
    readonly component: DataMap | undefined;
    readonly settings: DataMap | undefined;
    readonly task: Task;
  }
>();
const none: ReadonlySet<string> = new Set();

function declaredInputs(component: DataMap): ReadonlySet<string> {
  const definitions = find(component, "inputDefinitions", []).value;
  return new Set(
    (["parameter", "artifact"] as const).flatMap((kind) => findEntries(definitions, `${kind}s`, []).map(({ key }) => `${kind}:${key}`)),
  );
}

/**
 * The name of the only task of each component, by the component's key: the SDK makes a component for every task and names it after the
 * task's key, which nobody wrote. A component of several tasks has no other name than its key.
 */
function taskNames(bodies: readonly DataMap[]): ReadonlyMap<string, string | undefined> {
  const names = new Map<string, string | undefined>();
  for (const body of bodies)
    for (const { key, value: task } of findEntries(find(body, "dag", []).value, "tasks", [])) {
      const component = findText(find(task, "componentRef", []).value, "name");
      if (component === undefined) continue;
      const name = findText(find(task, "taskInfo", []).value, "name") || key;
      names.set(component, names.has(component) ? undefined : name);
    }
  return names;
}

/** The inputs of each component that take the item of a loop, by the component's key. */
function itemInputs(bodies: readonly DataMap[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const body of bodies)
    for (const { value: task } of findEntries(find(body, "dag", []).value, "tasks", [])) {
      const component = findText(find(task, "componentRef", []).value, "name");
      for (const kind of ["parameter", "artifact"] as const) {
        const item = findText(find(task, `${kind}Iterator`, []).value, "itemInput");
        if (component === undefined || item === undefined) continue;
        const items = found.get(component) ?? new Set();
        found.set(component, items.add(`${kind}:${item}`));
      }
    }
  return found;
}

function parametersOf({ inputs }: Template): readonly PipelineParameter[] {
  return inputs
    .filter((input) => input.kind === "parameter")
    .map(({ name, path, type, description, fallback, literals, required, rest, order }) => ({
      name,
      path,
      ...(type === undefined ? {} : { type }),
      ...(description === undefined ? {} : { description }),
      ...(fallback === undefined ? {} : { value: fallback }),
      ...(required || fallback !== undefined ? {} : { optional: true }),
      ...(literals === undefined ? {} : { literals }),
      rest,
      order,
    }));
}

function artifactsOf({ inputs }: Template): readonly PipelineArtifact[] {
  return inputs.filter((input) => input.kind === "artifact").map(({ name, path, rest, order }) => ({ name, path, rest, order }));
}

/** A component may be called like the template that we make of `root`. */
function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}#${count}`;
  return free;
}

function byKey(entries: ReturnType<typeof findEntries>): ReadonlyMap<string, { readonly path: Path; readonly data: DataMap }> {
  return new Map(entries.map(({ key, value, path }) => [key, { path, data: value }]));
}
