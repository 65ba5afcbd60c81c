import { type Data, type DataMap, field, isList, isMap, listField, type Path, textField } from "#data/data.ts";
import type { InputPort, OutputPort, PortKind, Task, TaskId, Template, TemplateId, TemplateKind } from "#pipeline/model.ts";
import { parameterTypes } from "../schema/pipeline-spec.ts";
import { borderLabel } from "../syntax/names.ts";
import { readOutputSource } from "./bindings.ts";
import { find, findEntries, findText } from "./fields.ts";

/** A component: its ports, its tasks or its executor. */
export interface ComponentContext {
  readonly id: TemplateId;
  readonly name: string;
  readonly place: Path;
  /** Keys of all tasks of the file, by which names of border ports are read. */
  readonly taskKeys: ReadonlySet<string>;
  /** Inputs that take the item of a loop, as `kind:name`. */
  readonly items: ReadonlySet<string>;
  /** The executor with this label, and its Kubernetes settings. */
  readonly executorOf: (label: string) => { readonly place: Path; readonly data: Data | undefined } | undefined;
  readonly platformOf: (label: string) => { readonly place: Path; readonly data: DataMap } | undefined;
  readonly readTask: (data: DataMap, at: { readonly id: TaskId; readonly key: string; readonly place: Path }) => Task;
}

/** A component as a template: a graph, or what runs. */
export function readComponent(data: DataMap, context: ComponentContext): Template {
  const { id, name, place } = context;
  const dag = find(data, "dag", place);
  const label = findText(data, "executorLabel");
  const executor = label === undefined ? undefined : context.executorOf(label);
  const platform = label === undefined ? undefined : context.platformOf(label);
  const body = isMap(executor?.data) ? executor.data : {};
  const isGraph = isMap(dag.value);
  const tasks = findEntries(dag.value, "tasks", dag.place).map(({ key, value, place }) =>
    context.readTask(value, { id: `${id}/${key}` as TaskId, key, place }),
  );
  const pythonFunction = pythonFunctionOf(body);
  return {
    id,
    name,
    place,
    kind: isGraph ? "dag" : kindOf(body),
    inputs: readInputs(data, context),
    outputs: readOutputs(data, isGraph ? dag.value : undefined, context),
    tasks,
    members: [],
    rest: isGraph ? {} : body,
    order: Object.keys(isGraph ? {} : body),
    ...(label === undefined || executor === undefined ? {} : { executor: { label, place: executor.place } }),
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
  const definitions = find(data, "inputDefinitions", context.place);
  return kinds.flatMap((kind) =>
    findEntries(definitions.value, `${kind}s`, definitions.place).map(({ key, value, place }): InputPort => {
      const isItem = context.items.has(`${kind}:${key}`);
      const fallback = find(value, "defaultValue", place);
      const literals = find(value, "literals", place).value;
      const isOptional = find(value, "isOptional", place).value === true;
      return {
        ...portOf(key, kind, value, place, context),
        required: !isItem && !isOptional && fallback.value === undefined,
        ...(fallback.value === undefined ? {} : { fallback: fallback.value }),
        ...(isList(literals) && literals.length > 0 ? { literals } : {}),
        ...(isItem ? { isItem: true } : {}),
      };
    }),
  );
}

function readOutputs(data: DataMap, dag: Data | undefined, context: ComponentContext): readonly OutputPort[] {
  const definitions = find(data, "outputDefinitions", context.place);
  const sources = find(dag, "outputs", []).value;
  return kinds.flatMap((kind) =>
    findEntries(definitions.value, `${kind}s`, definitions.place).map(({ key, value, place }): OutputPort => {
      const source = readOutputSource(field(find(sources, `${kind}s`, []).value, key), kind);
      return { ...portOf(key, kind, value, place, context), ...(source ? { source } : {}) };
    }),
  );
}

const kinds: readonly PortKind[] = ["parameter", "artifact"];

function portOf(name: string, kind: PortKind, data: DataMap, place: Path, { taskKeys }: ComponentContext) {
  const type = kind === "parameter" ? parameterType(data) : artifactType(data);
  const description = findText(data, "description");
  return {
    name,
    label: borderLabel(name, taskKeys),
    kind,
    ...(type === undefined ? {} : { type }),
    place,
    ...(description === undefined ? {} : { description }),
    ...(find(data, "isArtifactList", place).value === true ? { isList: true } : {}),
    rest: data,
    order: Object.keys(data),
  };
}
