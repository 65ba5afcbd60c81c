import { type Data, type DataMap, field, isList, isMap, listField, type Path, textField } from "#data/data.ts";
import type { InputPort, OutputPort, PortKind, Task, TaskId, Template, TemplateId, TemplateKind } from "#pipeline/model.ts";
import { parameterTypes } from "../schema/pipeline-spec.ts";
import { boundaryLabel } from "../syntax/boundary-names.ts";
import { readOutputSource } from "./bindings.ts";
import { find, findEntries, findText } from "./fields.ts";

/** A component: its ports, its tasks or its executor. */
export interface ComponentContext {
  readonly id: TemplateId;
  readonly name: string;
  readonly path: Path;
  /** The name to show, if it is not its key. */
  readonly displayName?: string | undefined;
  /** Keys of all tasks of the file, by which names of boundary ports are read. */
  readonly taskKeys: ReadonlySet<string>;
  /** Inputs that take the item of a loop, as `kind:name`. */
  readonly items: ReadonlySet<string>;
  /** What the component's label names: its executor, and the Kubernetes settings of that. */
  readonly executor: { readonly path: Path; readonly data: DataMap } | undefined;
  readonly platform: { readonly path: Path; readonly data: DataMap } | undefined;
  readonly readTask: (data: DataMap, at: { readonly id: TaskId; readonly key: string; readonly path: Path }) => Task;
}

/** A component as a template: a graph, or what runs. */
export function readComponent(data: DataMap, context: ComponentContext): Template {
  const { id, name, displayName, path, executor, platform } = context;
  const dag = find(data, "dag", path);
  const label = findText(data, "executorLabel");
  const body = executor?.data ?? {};
  const isGraph = isMap(dag.value);
  const tasks = findEntries(dag.value, "tasks", dag.path).map(({ key, value, path }) =>
    context.readTask(value, { id: `${id}/${key}` as TaskId, key, path }),
  );
  const pythonFunction = pythonFunctionOf(body);
  return {
    id,
    name,
    ...(displayName === undefined || displayName === name ? {} : { displayName }),
    path,
    kind: isGraph ? "dag" : kindOf(body),
    inputs: readInputs(data, context),
    outputs: readOutputs(data, isGraph ? dag.value : undefined, context),
    tasks,
    members: [],
    rest: isGraph ? {} : body,
    order: Object.keys(isGraph ? {} : body),
    ...(label === undefined || executor === undefined ? {} : { executor: { label, path: executor.path } }),
    ...(platform === undefined ? {} : { platform }),
    ...(pythonFunction === undefined ? {} : { pythonFunction }),
  };
}

function kindOf(executor: DataMap): TemplateKind {
  if (isMap(field(executor, "importer"))) return "importer";
  const container = field(executor, "container");
  if (!isMap(container)) return "unknown";
  return /^argostub\/(?:createpvc|deletepvc)$/.test(textField(container, "image") ?? "") ? "claim" : "container";
}

function pythonFunctionOf(executor: DataMap): string | undefined {
  const container = field(executor, "container");
  const isPython = listField(container, "command").some(
    (part) => typeof part === "string" && /\bkfp\.(?:v2\.)?(?:dsl|components)\.executor_main\b/.test(part),
  );
  if (!isPython) return undefined;
  const args = listField(container, "args");
  const name = args[args.indexOf("--function_to_execute") + 1];
  return args.includes("--function_to_execute") && typeof name === "string" ? name : undefined;
}

/** The type of a parameter by name; old files have it under `type`. */
export function parameterType(data: Data): string | undefined {
  const { value } = find(data, "parameterType", []);
  const type = typeof value === "number" ? parameterTypes[value] : value;
  return typeof type === "string" ? type : findText(data, "type");
}

function artifactType(data: Data): string | undefined {
  const { value } = find(data, "artifactType", []);
  return findText(value, "schemaTitle") ?? findText(value, "schemaUri");
}

function readInputs(data: DataMap, context: ComponentContext): readonly InputPort[] {
  const definitions = find(data, "inputDefinitions", context.path);
  return kinds.flatMap((kind) =>
    findEntries(definitions.value, `${kind}s`, definitions.path).map(({ key, value, path }): InputPort => {
      const isItem = context.items.has(`${kind}:${key}`);
      const fallback = find(value, "defaultValue", path);
      const literals = find(value, "literals", path).value;
      const isOptional = find(value, "isOptional", path).value === true;
      return {
        ...portOf(key, kind, value, path, context),
        required: !isItem && !isOptional && fallback.value === undefined,
        ...(fallback.value === undefined ? {} : { fallback: fallback.value }),
        ...(isList(literals) && literals.length > 0 ? { literals } : {}),
        ...(isItem ? { isItem: true } : {}),
      };
    }),
  );
}

function readOutputs(data: DataMap, dag: Data | undefined, context: ComponentContext): readonly OutputPort[] {
  const definitions = find(data, "outputDefinitions", context.path);
  const sources = find(dag, "outputs", []).value;
  return kinds.flatMap((kind) =>
    findEntries(definitions.value, `${kind}s`, definitions.path).map(({ key, value, path }): OutputPort => {
      const source = readOutputSource(field(find(sources, `${kind}s`, []).value, key), kind);
      return { ...portOf(key, kind, value, path, context), ...(source ? { source } : {}) };
    }),
  );
}

const kinds: readonly PortKind[] = ["parameter", "artifact"];

function portOf(name: string, kind: PortKind, data: DataMap, path: Path, { taskKeys }: ComponentContext) {
  const type = kind === "parameter" ? parameterType(data) : artifactType(data);
  const description = findText(data, "description");
  return {
    name,
    label: boundaryLabel(name, taskKeys),
    kind,
    ...(type === undefined ? {} : { type }),
    path,
    ...(description === undefined ? {} : { description }),
    ...(find(data, "isArtifactList", path).value === true ? { isList: true } : {}),
    rest: data,
    order: Object.keys(data),
  };
}
