import type { Binding, Reference } from "#pipeline/binding.ts";
import { type Data, type DataMap, isList, type Path } from "#data/data.ts";
import type { Argument, Loop, PortKind, Task, TaskId } from "#pipeline/model.ts";
import { readBinding, referencesInSettings, withOwnInputs } from "./bindings.ts";
import { readCondition } from "./condition.ts";
import { find, findEntries, findText } from "./fields.ts";

/** What reading a task needs besides its data. */
export interface TaskContext {
  readonly id: TaskId;
  readonly key: string;
  readonly path: Path;
  /** `kind:name` of the inputs that the task's component declares; undefined if there is no such component. */
  readonly declared: ReadonlySet<string> | undefined;
  /** The Kubernetes settings of its executor, whose references are those of the graph around the task. */
  readonly settings: Data | undefined;
}

/** A task of a graph. */
export function readTask(data: DataMap, { id, key, path, declared, settings }: TaskContext): Task {
  const args = readArguments(data, path, declared);
  const name = findText(find(data, "taskInfo", path).value, "name");
  const component = findText(find(data, "componentRef", path).value, "name");
  const dependent = find(data, "dependentTasks", path).value;
  const after = isList(dependent) ? [...new Set(dependent.filter((one) => typeof one === "string"))] : [];
  const policy = find(data, "triggerPolicy", path).value;
  const condition = findText(policy, "condition");
  const strategy = find(policy, "strategy", path).value;
  const referenceOf = (kind: PortKind, input: string): Reference | undefined => {
    const binding = args.find((one) => one.kind === kind && one.name === input)?.binding;
    return binding?.kind === "reference" ? binding.reference : undefined;
  };
  const loop = readLoop(data, path, (kind, input) => args.find((one) => one.kind === kind && one.name === input)?.binding);
  const others = referencesInSettings(settings);
  return {
    id,
    name: key,
    ...(name === undefined || name === "" || name === key ? {} : { displayName: name }),
    path,
    call: component === undefined ? { kind: "none" } : { kind: "template", name: component },
    arguments: args,
    order: {
      after: after.map((task) => ({ task, results: [] })),
      style: dependent === undefined ? "none" : "dependencies",
      plain: true,
    },
    ...(condition === undefined || condition === ""
      ? {}
      : { when: readCondition(condition, ({ port, name: input }) => referenceOf(port, input)) }),
    ...(loop === undefined ? {} : { loop }),
    ...(strategy === "ALL_UPSTREAM_TASKS_COMPLETED" || strategy === 2 ? { runsAlways: true } : {}),
    hooks: [],
    ...(others.length === 0 ? {} : { otherReferences: others }),
    rest: data,
    keys: Object.keys(data),
  };
}

function readArguments(data: DataMap, path: Path, declared: ReadonlySet<string> | undefined): readonly Argument[] {
  const inputs = find(data, "inputs", path);
  const read = (kind: PortKind): readonly Argument[] =>
    findEntries(inputs.value, `${kind}s`, inputs.path).map(({ key, value, path }) => ({
      name: key,
      kind,
      path,
      binding: readBinding(value, kind),
      ...(declared === undefined || declared.has(`${kind}:${key}`) ? {} : { isUndeclared: true }),
      rest: value,
      order: Object.keys(value),
    }));
  const args = [...read("parameter"), ...read("artifact")];
  const given = (name: string) => args.find((one) => one.kind === "parameter" && one.name === name)?.binding;
  return args.map((argument) => {
    const binding = withOwnInputs(argument.binding, given);
    return binding === argument.binding ? argument : { ...argument, binding };
  });
}

function readLoop(data: DataMap, path: Path, given: (kind: PortKind, input: string) => Binding | undefined): Loop | undefined {
  for (const kind of ["parameter", "artifact"] as const) {
    const iterator = find(data, `${kind}Iterator`, path);
    if (iterator.value === undefined) continue;
    const item = findText(iterator.value, "itemInput");
    const items = find(iterator.value, "items", iterator.path).value;
    const text = findText(items, "raw");
    const shared = item === undefined ? {} : { item };
    if (text !== undefined) return { kind: "items", items: itemsIn(text), references: { kind: "constant" }, text, ...shared };
    const input = findText(items, kind === "parameter" ? "inputParameter" : "inputArtifact");
    if (input === undefined) return { kind: "param", source: { kind: "constant" }, ...shared };
    return { kind: "param", source: given(kind, input) ?? { kind: "constant", value: input }, input, ...shared };
  }
  return undefined;
}

/** The items of a JSON text; none if it is no list. A key `__proto__` is dropped, as the YAML parser does. */
function itemsIn(text: string): readonly Data[] {
  try {
    const items = JSON.parse(text, function (this: unknown, key: string, value: unknown) {
      return key === "__proto__" ? undefined : value;
    }) as Data;
    return isList(items) ? items : [];
  } catch {
    return [];
  }
}
