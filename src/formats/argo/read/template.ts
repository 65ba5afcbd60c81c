import type { Report } from "#diagnostics/diagnostic.ts";
import { type Data, type DataMap, field, isList, isMap, type Path } from "#data/data.ts";
import type { ContainerMember, Task, TaskId, Template, TemplateId, TemplateKind } from "#pipeline/model.ts";
import { readDisplayName, readTemplateComponent } from "../kfp/read/component-annotation.ts";
import { movedTask, movedTemplate } from "./move-paths.ts";
import { readInputs, readOutputs } from "./ports.ts";
import { fieldName, numbered, readName, without, wrongType } from "./read-context.ts";
import { type Remembered, remember } from "#document/memoise-last.ts";
import { isGraph } from "#pipeline/template-kinds.ts";
import { type ReadInline, readTask } from "./task.ts";

/** A template: its kind, ports, calls; all else is carried. */

/** The path of a template, and the object whose naming rules apply. */
export interface TemplateContext {
  readonly id: TemplateId;
  readonly path: Path;
  readonly kfp: boolean;
  /** The number of inline templates around it. */
  readonly depth: number;
}

/** The bodies in the order in which Argo looks for them, so that of two bodies the same one counts. Argo: Template.GetType. */
const bodies: readonly TemplateKind[] = [
  "container",
  "containerSet",
  "steps",
  "dag",
  "script",
  "resource",
  "data",
  "suspend",
  "http",
  "plugin",
];
const deepestInline = 40;

const templates = new WeakMap<DataMap, Remembered<Template>>();
const tasks = new WeakMap<DataMap, Remembered<Task>>();

/** One template; read again only if its data, id or path changed. */
export function readTemplate(data: DataMap, context: TemplateContext, report: Report): Template {
  const { path } = context;
  const known = { key: `${context.id}\n${context.kfp}`, path, move: (template: Template) => movedTemplate(template, path) };
  return remember(templates, data, known, report, (report) => readAfresh(data, context, report));
}

function readAfresh(data: DataMap, context: TemplateContext, report: Report): Template {
  const { id, path, kfp } = context;
  const { name, exact } = readName(data, path, report);
  const kind = kindOfTemplate(data);
  const component = readTemplateComponent(data, path, report);
  const displayName = readDisplayName(data);
  const ports = { template: name, composite: isGraph({ kind }), kfp, component };
  const inputs = readInputs(data, path, ports, report);
  const outputs = readOutputs(data, path, ports, report);
  const calls = readCalls(kind, data, context, report);
  const typed = new Set(exact ? ["name"] : []);
  if (inputs.carried === undefined) typed.add("inputs");
  if (outputs.carried === undefined) typed.add("outputs");
  if (calls.body === undefined && kind === "steps") typed.add("steps");
  const rest = without(data, typed);
  return {
    id,
    name,
    path,
    kind,
    inputs: inputs.items,
    outputs: outputs.items,
    tasks: calls.tasks,
    members: kind === "containerSet" ? readMembers(data, path, report) : [],
    rest: calls.body === undefined || kind === "steps" ? rest : { ...rest, [kind]: calls.body },
    order: Object.keys(data),
    ...(displayName === undefined ? {} : { displayName }),
    ...(component === undefined ? {} : { component }),
  };
}

function kindOfTemplate(data: DataMap): TemplateKind {
  const present = (key: string) => (field(data, key) ?? null) !== null;
  return bodies.find(present) ?? bodies.find((key) => Object.hasOwn(data, key)) ?? "unknown";
}

/** The calls of a template. `body` is the dag's mapping with an empty list of tasks, or, if the form is odd, the body as read. */
interface Calls {
  readonly tasks: readonly Task[];
  readonly body?: Data;
}

function readCalls(kind: TemplateKind, data: DataMap, context: TemplateContext, report: Report): Calls {
  if (kind === "dag") return readDag(data.dag as Data, context, report);
  if (kind === "steps") return readSteps(data.steps as Data, context, report);
  return { tasks: [] };
}

function readDag(dag: Data, context: TemplateContext, report: Report): Calls {
  const path = [...context.path, "dag"];
  if (!isMap(dag)) {
    if (dag !== null) wrongType(report, path, "mapping", dag);
    return { tasks: [], body: dag };
  }
  const list = field(dag, "tasks");
  if (!isList(list)) {
    if (list !== undefined && list !== null) wrongType(report, [...path, "tasks"], "list", list);
    return { tasks: [], body: dag };
  }
  const unique = numbered();
  const calls = list.flatMap((task, index) => readItem(task, [...path, "tasks", index], undefined, unique, context, report));
  return { tasks: calls, body: calls.length === list.length ? { ...dag, tasks: [] } : dag };
}

function readSteps(steps: Data, context: TemplateContext, report: Report): Calls {
  const path = [...context.path, "steps"];
  if (!isList(steps)) {
    if (steps !== null) wrongType(report, path, "list", steps);
    return { tasks: [], body: steps };
  }
  const unique = numbered();
  let odd = steps.length > 0 && isEmptyGroup(steps.at(-1));
  let shapeless: Path | undefined;
  const calls = steps.flatMap((group, stage) => {
    const at = [...path, stage];
    if (isList(group)) {
      const found = group.flatMap((step, index) => readItem(step, [...at, index], stage, unique, context, report));
      if (found.length < group.length) odd = true;
      return found;
    }
    odd = true;
    if (!isMap(group)) {
      wrongType(report, at, "list", group);
      return [];
    }
    shapeless ??= at;
    return readItem(group, at, stage, unique, context, report);
  });
  if (shapeless)
    report({
      code: "steps-shape",
      level: "error",
      values: { field: fieldName(shapeless), expected: "list", actual: "mapping" },
      path: shapeless,
    });
  return odd ? { tasks: calls, body: steps } : { tasks: calls };
}

function isEmptyGroup(group: Data | undefined): boolean {
  return isList(group) && group.length === 0;
}

function readItem(
  data: Data,
  path: Path,
  stage: number | undefined,
  unique: (name: string) => string,
  context: TemplateContext,
  report: Report,
): readonly Task[] {
  if (!isMap(data)) {
    wrongType(report, path, "mapping", data);
    return [];
  }
  const name = field(data, "name");
  const id = `${context.id}/${unique(name === undefined || name === null || isMap(name) || isList(name) ? "" : String(name))}` as TaskId;
  const readInline: ReadInline = (inline, at, id, report) => {
    const inner = { id: id as string as TemplateId, path: at, kfp: context.kfp, depth: context.depth + 1 };
    if (inner.depth <= deepestInline) return readTemplate(inline, inner, report);
    report({ code: "inline-too-deep", level: "error", values: { limit: deepestInline }, path: at });
    return {
      id: inner.id,
      name: "",
      path: at,
      kind: "unknown",
      inputs: [],
      outputs: [],
      tasks: [],
      members: [],
      rest: inline,
      order: Object.keys(inline),
    };
  };
  const known = { key: `${id}\n${stage}\n${context.kfp}`, path, move: (task: Task) => movedTask(task, path) };
  return [remember(tasks, data, known, report, (report) => readTask(data, { id, path, stage, readInline }, report))];
}

function readMembers(data: DataMap, path: Path, report: Report): readonly ContainerMember[] {
  const list = field(field(data, "containerSet"), "containers");
  if (!isList(list)) return [];
  return list.flatMap((member, index) => {
    const at = [...path, "containerSet", "containers", index];
    if (!isMap(member)) {
      wrongType(report, at, "mapping", member);
      return [];
    }
    const dependencies = field(member, "dependencies");
    const names = isList(dependencies) ? dependencies.filter((name) => typeof name === "string") : [];
    return [{ name: readName(member, at, report).name, path: at, dependencies: names }];
  });
}
