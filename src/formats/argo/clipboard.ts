import { type Data, type DataMap, isList, isMap, listField, sameData, textField, valueAt } from "#data/data.ts";
import type { FormatClipboard, Fragment, PasteTarget } from "#document/format.ts";
import type { Edit } from "#pipeline/edit.ts";
import { callNames, freeTaskName } from "#pipeline/free-names.ts";
import type { Template } from "#pipeline/model.ts";
import { templateByName } from "#pipeline/resolve-call.ts";
import { namesInDepends, renameInDepends, withoutInDepends } from "./syntax/depends.ts";
import { renameInText } from "./syntax/rename.ts";

/** Pastes calls and templates of Argo. */
export const argoClipboard: FormatClipboard = { format: "argo", readFragment, pasteEdits };

const bodies = ["container", "script", "dag", "steps", "resource", "suspend", "http", "data", "containerSet", "plugin"];

function readFragment(data: Data): Fragment | undefined {
  const list = (isList(data) ? data.flatMap((item) => (isList(item) ? item : [item])) : [data]).filter(isMap);
  if (list.length === 0 || list.some((item) => textField(item, "name") === undefined)) return undefined;
  if (list.every((item) => bodies.some((body) => isMap(item[body]) || isList(item[body]))))
    return { tasks: callsOf(list), templates: list };
  if (list.every((item) => typeof item.template === "string" || isMap(item.templateRef))) return { tasks: list, templates: [] };
  return undefined;
}

function pasteEdits(fragment: Fragment, { workflow, graph, stream }: PasteTarget): ReturnType<FormatClipboard["pasteEdits"]> {
  const templates = newNames(fragment.templates, new Set(workflow.templates.map(({ name }) => name)), (data) => {
    const known = templateByName(workflow, textField(data, "name"));
    return known !== undefined && sameData(valueAt(stream, known.path), data);
  });
  const tasks = newNames(fragment.tasks, new Set(callNames(graph)), () => false);
  const added = fragment.templates.flatMap((data): Edit[] => {
    const name = textField(data, "name") ?? "";
    if (templates.same.has(name)) return [];
    return [
      {
        kind: "add-template",
        data: { ...withCalls(data, templates.names), name: templates.names.get(name) ?? name },
        workflow: workflow.path[0] as number,
      },
    ];
  });
  const calls = fragment.tasks.flatMap((data) => callEdits(data, { graph, tasks: tasks.names, templates: templates.names }));
  return { edits: [...added, ...calls], names: fragment.tasks.map((data) => tasks.names.get(textField(data, "name") ?? "") ?? "") };
}

interface Naming {
  readonly graph: Template;
  readonly tasks: ReadonlyMap<string, string>;
  readonly templates: ReadonlyMap<string, string>;
}

/** A call as edits: the task by its template, then every other field as it is, with references renamed. */
function callEdits(data: DataMap, naming: Naming): readonly Edit[] {
  const name = naming.tasks.get(textField(data, "name") ?? "") ?? "";
  const called = textField(data, "template");
  const template = (called === undefined ? undefined : (naming.templates.get(called) ?? called)) ?? naming.graph.name;
  const task = `${naming.graph.id}/${name}`;
  const target = { kind: "call", task } as const;
  const edits: Edit[] = [{ kind: "add-task", graph: naming.graph.id, name, template }];
  for (const [key, value] of Object.entries(data)) {
    const kept = key === "name" || key === "template" ? undefined : fieldOf(key, value, naming);
    if (kept !== undefined) edits.push({ kind: "set-setting", target, path: [key], value: kept });
  }
  if (called === undefined) edits.push({ kind: "unset-setting", target, path: ["template"] });
  return edits;
}

function fieldOf(key: string, value: Data, naming: Naming): Data | undefined {
  const isDag = naming.graph.kind === "dag";
  if (key === "dependencies") {
    const kept = isList(value)
      ? value.flatMap((one) => (typeof one === "string" && naming.tasks.has(one) ? [naming.tasks.get(one) as string] : []))
      : [];
    return isDag && kept.length > 0 ? kept : undefined;
  }
  if (key === "depends") return isDag && typeof value === "string" ? dependsOf(value, naming) : undefined;
  if (key !== "arguments") return renamed(value, naming);
  const lists = ["parameters", "artifacts"].flatMap((list) => {
    const kept = listField(value, list)
      .filter((one) => isThere(one, naming))
      .map((one) => renamed(one, naming));
    return kept.length > 0 ? [[list, kept] as const] : [];
  });
  return lists.length > 0 ? Object.fromEntries(lists) : undefined;
}

function dependsOf(formula: string, naming: Naming): string | undefined {
  const outside = namesInDepends(formula)
    .map(({ task }) => task)
    .filter((task) => !naming.tasks.has(task));
  const left = outside.reduce<string | undefined>((text, task) => (text === undefined ? undefined : withoutInDepends(text, task)), formula);
  if (left === undefined) return undefined;
  // Through unused names, so that a → b and b → c in one formula do not interfere.
  const pairs = [...naming.tasks].filter(([from, to]) => from !== to);
  const away = pairs.reduce((text, [from], index) => renameInDepends(text, from, `renamed-${index}-${from}`), left);
  return pairs.reduce((text, [from, to], index) => renameInDepends(text, `renamed-${index}-${from}`, to), away);
}

/** Whether everything that an argument refers to is in the fragment or in the graph. */
function isThere(data: Data, { graph, tasks }: Naming): boolean {
  if (typeof data === "string") {
    for (const [, name = ""] of data.matchAll(/\b(?:tasks|steps)(?:\.|\[')([^.'\]\s}]+)/g))
      if (data.includes("{{") && !tasks.has(name)) return false;
    for (const [, name = ""] of data.matchAll(/\{\{\s*inputs\.(?:parameters|artifacts)\.([^.\s}]+)/g))
      if (!graph.inputs.some((input) => input.name === name)) return false;
    return true;
  }
  if (isList(data)) return data.every((one) => isThere(one, { graph, tasks } as Naming));
  return !isMap(data) || Object.values(data).every((one) => isThere(one, { graph, tasks } as Naming));
}

/** Data with references to the fragment's own tasks renamed. */
function renamed(data: Data, naming: Naming): Data {
  if (typeof data === "string") {
    const here = naming.graph.kind === "steps" ? "steps" : "tasks";
    const spoken = data.replace(/\{\{(\s*)(?:tasks|steps)\./g, `{{$1${here}.`);
    const pairs = [...naming.tasks].filter(([from, to]) => from !== to);
    const away = pairs.reduce((text, [from], index) => renameInText(text, { kind: "task", from, to: `renamed-${index}-${from}` }), spoken);
    return pairs.reduce((text, [from, to], index) => renameInText(text, { kind: "task", from: `renamed-${index}-${from}`, to }), away);
  }
  if (isList(data)) return data.map((one) => renamed(one, naming));
  return isMap(data) ? Object.fromEntries(Object.entries(data).map(([key, value]) => [key, renamed(value, naming)])) : data;
}

/** A graph template whose calls use the new names of the templates in the fragment. */
function withCalls(data: DataMap, names: ReadonlyMap<string, string>): DataMap {
  const renameCalls = (value: Data): Data => {
    if (isList(value)) return value.map(renameCalls);
    if (!isMap(value)) return value;
    const called = textField(value, "template");
    return called !== undefined && names.has(called) ? { ...value, template: names.get(called) as string } : value;
  };
  const dag = data.dag;
  return {
    ...data,
    ...(isMap(dag) ? { dag: { ...dag, tasks: renameCalls(listField(dag, "tasks")) } } : {}),
    ...(isList(data.steps) ? { steps: renameCalls(data.steps) } : {}),
  };
}

/** A free name for each; `same` are those that exist already. */
function newNames(
  items: readonly DataMap[],
  taken: ReadonlySet<string>,
  isSame: (data: DataMap) => boolean,
): { readonly names: ReadonlyMap<string, string>; readonly same: ReadonlySet<string> } {
  const [names, same, used] = [new Map<string, string>(), new Set<string>(), new Set(taken)];
  for (const data of items) {
    const name = textField(data, "name") ?? "task";
    if (isSame(data)) {
      same.add(name);
      names.set(name, name);
      continue;
    }
    const fresh = freeTaskName(name, used);
    used.add(fresh);
    names.set(name, fresh);
  }
  return { names, same };
}

/** A call for each template that none of the others calls. */
function callsOf(templates: readonly DataMap[]): readonly DataMap[] {
  const text = (data: DataMap) =>
    [...listField(data.dag, "tasks"), ...listField(data, "steps").flatMap((group) => (isList(group) ? group : []))].map((call) =>
      textField(call, "template"),
    );
  const called = new Set(templates.flatMap(text));
  return templates.flatMap((data) => {
    const name = textField(data, "name") ?? "";
    return called.has(name) ? [] : [{ name, template: name }];
  });
}
