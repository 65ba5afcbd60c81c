import { type Data, type DataMap, isList, isMap, type Path } from "#data/data.ts";
import type { PortKind, Workflow } from "#pipeline/model.ts";
import { find, findText } from "../read/fields.ts";
import { entriesAt, fieldAt, fieldPath, type Reading } from "./field-operations.ts";

// Everything that refers to an output of a task or to an input of a graph, with its path in the current data.

/** One reference: in an input of a task, in an output of the graph, or in the settings of an executor. */
export interface FoundReference {
  readonly kind: PortKind;
  readonly source:
    | { readonly of: "task"; readonly task: string; readonly output: string; readonly isStatus?: boolean }
    | { readonly of: "graph"; readonly input: string };
  /** Path of the message that holds the reference, such as `…/inputs/parameters/x` or `…/parameterSelectors/0`. */
  readonly path: Path;
  /** Path of the text that names the task, and of the one that names its output or the graph's input. */
  readonly taskPath?: Path;
  readonly namePath?: Path;
  /** The key of the task whose input or setting it is; undefined for an output of the graph. */
  readonly reader?: string;
  readonly where: "argument" | "output" | "setting";
}

/** The reference in one binding, `place` its path. */
export function referenceIn(data: Data, path: Path): Omit<FoundReference, "where" | "reader"> | undefined {
  for (const kind of ["parameter", "artifact"] as const) {
    const name = kind === "parameter" ? "Parameter" : "Artifact";
    const input = find(data, `componentInput${name}`, path);
    if (typeof input.value === "string") return { kind, source: { of: "graph", input: input.value }, path, namePath: input.path };
    const output = find(data, `taskOutput${name}`, path);
    const task = findText(output.value, "producerTask");
    if (task === undefined) continue;
    const key = find(output.value, `output${name}Key`, output.path);
    return {
      kind,
      source: { of: "task", task, output: typeof key.value === "string" ? key.value : "" },
      path,
      taskPath: find(output.value, "producerTask", output.path).path,
      namePath: key.path,
    };
  }
  const status = find(data, "taskFinalStatus", path);
  const task = findText(status.value, "producerTask");
  if (task === undefined) return undefined;
  const taskPath = find(status.value, "producerTask", status.path).path;
  return { kind: "parameter", source: { of: "task", task, output: "", isStatus: true }, path, taskPath };
}

/** All references within the graph of a component whose message is at `graph`. */
export function referencesIn(draft: Reading, graph: Path, settings: SettingsOf): readonly FoundReference[] {
  return [
    ...entriesAt(draft, graph, "dag", "tasks").flatMap(({ key, value, path }) => [
      ...taskReferences(value, path, key),
      ...settings(value).flatMap(({ data, path: at }) => settingReferences(data, at, key)),
    ]),
    ...outputReferences(draft, graph),
  ];
}

/** The Kubernetes settings of the executor that a task runs, with their path. */
export type SettingsOf = (task: DataMap) => readonly { readonly data: Data; readonly path: Path }[];

/** The references in the inputs of a task. */
export function taskReferences(task: DataMap, path: Path, key: string): readonly FoundReference[] {
  const inputs = find(task, "inputs", path);
  return (["parameters", "artifacts"] as const).flatMap((list) => {
    const map = find(inputs.value, list, inputs.path);
    if (!isMap(map.value)) return [];
    return Object.entries(map.value).flatMap(([name, binding]): FoundReference[] => {
      const found = referenceIn(binding, [...map.path, name]);
      return found ? [{ ...found, reader: key, where: "argument" }] : [];
    });
  });
}

/** The references in the Kubernetes settings of the executor that a task runs. */
export function settingReferences(data: Data, path: Path, key: string): readonly FoundReference[] {
  if (isList(data)) return data.flatMap((item, index) => settingReferences(item, [...path, index], key));
  if (!isMap(data)) return [];
  const own = referenceIn(data, path);
  const inner = Object.entries(data).flatMap(([name, value]) => settingReferences(value, [...path, name], key));
  return own ? [{ ...own, reader: key, where: "setting" }, ...inner] : inner;
}

/** The references in the outputs of a graph. */
export function outputReferences(draft: Reading, graph: Path): readonly FoundReference[] {
  return (["parameter", "artifact"] as const).flatMap((kind) =>
    entriesAt(draft, graph, "dag", "outputs", `${kind}s`).flatMap(({ value, path }) =>
      selectorsIn(value, kind, path).flatMap(({ data, path: at }): FoundReference[] => {
        const task = find(data, "producerSubtask", at);
        const name = find(data, kind === "parameter" ? "outputParameterKey" : "outputArtifactKey", at);
        if (typeof task.value !== "string") return [];
        const output = typeof name.value === "string" ? name.value : "";
        return [
          {
            kind,
            source: { of: "task", task: task.value, output },
            path: at,
            taskPath: task.path,
            namePath: name.path,
            where: "output",
          },
        ];
      }),
    ),
  );
}

function selectorsIn(value: DataMap, kind: PortKind, path: Path): readonly { readonly data: Data; readonly path: Path }[] {
  if (kind === "parameter") {
    const single = find(value, "valueFromParameter", path);
    if (single.value !== undefined) return [{ data: single.value, path: single.path }];
    const choice = find(value, "valueFromOneof", path);
    return itemsOf(find(choice.value, "parameterSelectors", choice.path));
  }
  return itemsOf(find(value, "artifactSelectors", path));
}

function itemsOf({ value, path }: { readonly value: Data | undefined; readonly path: Path }) {
  return isList(value) ? value.map((data, index) => ({ data, path: [...path, index] })) : [];
}

/** Finds the settings of the executor of each task of a pipeline, in the current data. */
export function settingsFinder(draft: Reading, workflow: Workflow, platform: Path | undefined): SettingsOf {
  if (platform === undefined) return () => [];
  const executors = fieldPath(draft, fieldPath(draft, platform, "platforms"), "kubernetes", "deploymentSpec", "executors");
  const components = fieldPath(draft, workflow.specPath, "components");
  return (task) => {
    const component = findText(find(task, "componentRef", []).value, "name");
    if (component === undefined) return [];
    const label = fieldAt(draft, [...components, component], "executorLabel");
    const path = typeof label === "string" ? [...executors, label] : undefined;
    const data = path && draft.at(path);
    return data === undefined || path === undefined ? [] : [{ data, path }];
  };
}
