import type { AuthoringEdit } from "#pipeline/authoring-edit.ts";
import type { Reference } from "#pipeline/binding.ts";
import { type Data, type DataMap, field, isMap, listField, type Path, textField } from "#data/data.ts";
import type { PortKind, Task, Template } from "#pipeline/model.ts";
import { readText, referencesInData, writeText } from "../../syntax/references.ts";
import { diffOperations } from "#data/difference.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { indexByName, sortedIndex, tasksPath, templatesPath } from "../paths-and-names.ts";
import { callsOf, findTask, type FoundTask, isRefused, note, refuse, uniqueName } from "#document/edit-targets.ts";
import { restoreExit } from "./exit-handler.ts";
import { saysDepends, waitsFor, withOrder } from "./group-order.ts";
import { withReferences } from "./replace-references.ts";
import { flavorOf } from "../../flavor/flavor-of.ts";

// Moves the tasks of a group into the graph that calls it; references to the group's ports become direct references.

interface Group extends FoundTask {
  readonly callee: Template;
}

/** Ungroups: the condition or loop goes, the tasks and their wires stay. */
export function ungroup(draft: Draft, edit: Extract<AuthoringEdit, { kind: "ungroup" }>): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { task, callee, graph, workflow } = found;
  if (!callee || callee.kind !== "dag" || graph.kind !== "dag" || task.call.kind !== "template")
    return refuse("authoring-not-a-group", { task: task.name }, task.path);
  const calls = callsOf(draft.model, callee);
  if (callee.tasks.some((one) => one.call.kind === "template" && one.call.name === callee.name))
    return refuse("authoring-group-recursive", { template: callee.name }, callee.path);
  if (calls.length > 1 || workflow.entrypoint === callee.name || workflow.onExit === callee.name)
    return refuse("authoring-group-called", { template: callee.name, n: calls.length }, callee.path);
  return takeOut(draft, { workflow, graph, task, callee });
}

function takeOut(draft: Draft, group: Group): Refused | undefined {
  const { workflow, graph, task, callee } = group;
  const bad = itemRefusal(draft, group) ?? formulaRefusal(group) ?? outputRefusal(draft, group);
  if (bad) return bad;
  const names = namesOutside(group);
  const flavor = flavorOf(workflow);
  let crossing: Task | undefined;
  const inner = new Map(
    callee.tasks.map((one) => {
      const opened = withoutOpen(draft, group, one);
      return [
        one,
        withReferences(
          opened,
          (reference) => fromInside(draft, group, names, reference),
          () => (crossing ??= one),
        ),
      ] as const;
    }),
  );
  const others = graph.tasks.filter((one) => one !== task);
  const outer = new Map(
    others.map(
      (one) =>
        [
          one,
          withReferences(
            draft.at(one.path) as Data,
            (reference) => fromOutputs(draft, group, names, reference),
            () => (crossing ??= one),
          ),
        ] as const,
    ),
  );
  const outputsPath = [...graph.path, "outputs"];
  const outputs = draft.at(outputsPath);
  const given =
    outputs === undefined
      ? undefined
      : withReferences(
          outputs,
          (reference) => fromOutputs(draft, group, names, reference),
          () => (crossing ??= task),
        );
  if (crossing) return refuse("authoring-expression-crosses", { task: crossing.name }, crossing.path);

  const depends = saysDepends(graph) || saysDepends(callee);
  const order = new Orders(draft, group, names, inner);
  for (const [one, data] of outer) {
    const ordered = withOrder(data as DataMap, order.outside(one, data), {
      flavor,
      depends: depends && one.order.style !== "dependencies",
      keep: waitsFor(one),
    });
    draft.take(diffOperations(draft.at(one.path) as Data, ordered, one.path));
  }
  if (given !== undefined && outputs !== undefined) draft.take(diffOperations(outputs, given, outputsPath));
  for (const [one, data] of inner) {
    const named = { ...(data as DataMap), name: names.get(one.name) as string };
    const ordered = withOrder(named, order.inside(one, data), { flavor, depends, keep: waitsFor(one) });
    draft.take(diffOperations(draft.at(one.path) as Data, ordered, one.path));
  }
  const exit = flavor.isExitHandler(callee) ? restoreExit(draft, workflow, graph) : undefined;
  moveOut(draft, group, exit);
  return undefined;
}

/** A task that uses the item cannot leave the loop. */
function itemRefusal(draft: Draft, { task, callee }: Group): Refused | undefined {
  const items = new Set(
    task.arguments
      .filter((one) => referencesInData(draft.at(one.path)).some(({ reference }) => reference.kind === "item"))
      .map((one) => `${one.kind} ${one.name}`),
  );
  const user = callee.tasks.find((one) =>
    referencesInData(draft.at(one.path)).some(
      ({ reference }) => reference.kind === "graph-input" && items.has(`${reference.port} ${reference.name}`),
    ),
  );
  return user && refuse("authoring-item-used", { task: user.name }, user.path);
}

/** A formula on the group, or one inside it that could not stay unchanged, and that says more than "all of these have succeeded". */
function formulaRefusal({ graph, task, callee }: Group): Refused | undefined {
  const complex = (one: Task) =>
    one.order.style === "depends" && !(one.order.plain && one.order.after.every((after) => after.results.length === 0));
  const others = graph.tasks.filter((one) => one !== task);
  const mixed =
    others.some((one) => one.order.style === "dependencies") || others.some((one) => callee.tasks.some((inner) => inner.name === one.name));
  const bad = [
    task,
    ...others.filter((one) => waitsFor(one).includes(task.name)),
    ...(waitsFor(task).length > 0 || mixed ? callee.tasks : []),
  ].find(complex);
  return bad && refuse("authoring-depends-formula", { task: bad.name, formula: bad.order.formula ?? "" }, bad.path);
}

/** An output that is an expression cannot be written as one reference outside the group. */
function outputRefusal(draft: Draft, { graph, task, callee }: Group): Refused | undefined {
  const outputsPath: Path = [...graph.path, "outputs"];
  const places = [...graph.tasks.filter((one) => one !== task).map((one) => draft.at(one.path)), draft.at(outputsPath)];
  const read = places
    .flatMap((data) => referencesInData(data))
    .flatMap(({ reference }) => (reference.kind === "task-output" && reference.task === task.name ? [reference] : []));
  const bad = read.find((reference) => outputText(draft, callee, reference) === undefined);
  return bad && refuse("authoring-group-output", { output: bad.output, template: callee.name }, callee.path);
}

/** Names outside: their own, unless a task there has it already. */
function namesOutside({ graph, task, callee }: Group): ReadonlyMap<string, string> {
  const taken = new Set(graph.tasks.filter((one) => one !== task).map((one) => one.name));
  return new Map(
    callee.tasks.map((one) => {
      const name = uniqueName(one.name, (wanted) => taken.has(wanted));
      taken.add(name);
      return [one.name, name];
    }),
  );
}

/** What the call gives an input of the group; undefined if it gives nothing and there is no default. */
function givenText(draft: Draft, { task, callee }: Group, kind: PortKind, name: string): Data | undefined {
  const list = draft.at([...task.path, "arguments", `${kind}s`]);
  const item = listField({ list: list ?? [] }, "list").find((one) => textField(one, "name") === name);
  const message = field(item, kind === "parameter" ? "value" : "from");
  if (message !== undefined) return message;
  const input = callee.inputs.find((one) => one.kind === kind && one.name === name);
  return kind === "parameter" ? input?.fallback : undefined;
}

/** Outside, an input of the group is what the call gave it, and a sibling has its name there. */
function fromInside(draft: Draft, group: Group, names: ReadonlyMap<string, string>, reference: Reference): string | undefined {
  if (reference.kind === "graph-input") {
    const given = givenText(draft, group, reference.port, reference.name);
    return given === undefined || typeof given === "object" ? undefined : String(given);
  }
  if (reference.kind !== "task-output") return undefined;
  const name = names.get(reference.task);
  return name === undefined || name === reference.task ? undefined : renamed(reference, name);
}

function renamed(reference: Extract<Reference, { kind: "task-output" }>, task: string): string {
  const { spelling: _, ...rest } = reference;
  return writeText([{ ...rest, task }]);
}

/** Outside, an output of the group is what the inside gave. */
function fromOutputs(draft: Draft, group: Group, names: ReadonlyMap<string, string>, reference: Reference): string | undefined {
  if (reference.kind !== "task-output" || reference.task !== group.task.name) return undefined;
  const text = outputText(draft, group.callee, reference);
  return text === undefined
    ? undefined
    : String(
        withReferences(
          text,
          (inner) => fromInside(draft, group, names, inner),
          () => undefined,
        ),
      );
}

function outputText(draft: Draft, callee: Template, reference: Extract<Reference, { kind: "task-output" }>): string | undefined {
  const kind = reference.port ?? "parameter";
  const item = listField({ list: draft.at([...callee.path, "outputs", `${kind}s`]) ?? [] }, "list").find(
    (one) => textField(one, "name") === reference.output,
  );
  const text = kind === "parameter" ? textField(field(item, "valueFrom"), "parameter") : textField(item, "from");
  return text !== undefined && readText(text, "from").kind === "reference" ? text : undefined;
}

/** A call without the arguments that read an input which nothing feeds, or with the location that feeds it, in place of a reference. */
function withoutOpen(draft: Draft, group: Group, inner: Task): Data {
  const call = draft.at(inner.path) as DataMap;
  const given = field(call, "arguments");
  if (!isMap(given)) return call;
  const lists = Object.entries(given).map(([key, list]): [string, Data] => {
    const items = listField({ list }, "list").flatMap((item): readonly Data[] =>
      keepArgument(draft, group, inner, key === "artifacts" ? "artifact" : "parameter", item),
    );
    return [key, items];
  });
  const left = lists.filter(([, list]) => Array.isArray(list) && list.length > 0);
  const { arguments: _, ...rest } = call;
  return left.length > 0 ? { ...call, arguments: Object.fromEntries(left) } : (rest as DataMap);
}

function keepArgument(draft: Draft, group: Group, inner: Task, kind: PortKind, item: Data): readonly Data[] {
  const open = referencesInData(item).find(
    ({ reference }) => reference.kind === "graph-input" && givenText(draft, group, reference.port, reference.name) === undefined,
  );
  if (!open || open.reference.kind !== "graph-input" || !isMap(item)) return [item];
  const { reference } = open;
  // A file may come from a location (raw, s3, git …) rather than from a task.
  const list = draft.at([...group.task.path, "arguments", "artifacts"]);
  const located =
    kind === "artifact" ? listField({ list: list ?? [] }, "list").find((one) => textField(one, "name") === reference.name) : undefined;
  if (isMap(located)) {
    const { from: _, name: __, ...rest } = item;
    const { name: ___, ...source } = located;
    return [{ name: item["name"] ?? "", ...(rest as DataMap), ...(source as DataMap) }];
  }
  draft.note(note("authoring-input-opened", { task: inner.name, input: textField(item, "name") ?? "" }, inner.path));
  return [];
}

/** Who waits for whom when the boundary is gone. */
class Orders {
  private readonly before: readonly string[];
  private readonly ends: readonly string[];
  private readonly unread: readonly string[];

  constructor(
    draft: Draft,
    private readonly group: Group,
    private readonly names: ReadonlyMap<string, string>,
    inner: ReadonlyMap<Task, Data>,
  ) {
    const { task, callee } = group;
    this.before = waitsFor(task);
    const waitedFor = new Set(callee.tasks.flatMap(waitsFor));
    this.ends = callee.tasks.filter((one) => !waitedFor.has(one.name)).map((one) => names.get(one.name) as string);
    const read = new Set([...inner.values()].flatMap(tasksRead));
    // What only the condition or the loop read is waited for no more; an order that no wire explains holds for all that begins here.
    const control = new Set(["when", "withItems", "withParam", "withSequence"].flatMap((key) => tasksRead(draft.at([...task.path, key]))));
    this.unread = this.before.filter((name) => !read.has(name) && !control.has(name));
  }

  inside(one: Task, data: Data): readonly string[] {
    const own = waitsFor(one).map((name) => this.names.get(name) ?? name);
    const read = tasksRead(data).filter((name) => this.before.includes(name));
    return [...own, ...read, ...(own.length === 0 ? this.unread : [])];
  }

  outside(one: Task, data: Data): readonly string[] {
    const waits = waitsFor(one);
    if (!waits.includes(this.group.task.name)) return waits;
    const own = new Set(this.names.values());
    const read = tasksRead(data).filter((name) => own.has(name));
    return waits.flatMap((name) => (name !== this.group.task.name ? [name] : read.length > 0 ? read : this.ends));
  }
}

function tasksRead(data: Data | undefined): readonly string[] {
  return referencesInData(data).flatMap(({ reference }) => (reference.kind === "task-output" ? [reference.task] : []));
}

/** Moves the tasks' lines out, and removes the call and the template. */
function moveOut(draft: Draft, { workflow, graph, task, callee }: Group, exit: DataMap | undefined): void {
  const flavor = flavorOf(workflow);
  const list = tasksPath(graph) as Path;
  const source = tasksPath(callee) as Path;
  let at = task.path.at(-1) as number;
  for (const count = { left: callee.tasks.length }; count.left > 0; count.left--) {
    const name = textField(draft.at([...source, 0]), "name") ?? "";
    const target = flavor.indexFor(draft.at(list), name) ?? at++;
    draft.move([...source, 0], [...list, target]);
  }
  // The call goes last: a list that was empty in between would lose its form.
  const call = indexOfCall(draft.at(list), task.name, callee.name);
  if (call >= 0) draft.remove([...list, call]);
  if (exit) draft.insert([...list, sortedIndex(draft.at(list), String(exit["name"]))], exit);
  const templates = templatesPath(workflow);
  const here = indexByName(draft.at(templates), callee.name);
  if (here >= 0) draft.remove([...templates, here]);
}

function indexOfCall(tasks: Data | undefined, name: string, template: string): number {
  return listField({ list: tasks ?? [] }, "list").findIndex(
    (one) => textField(one, "name") === name && textField(one, "template") === template,
  );
}
