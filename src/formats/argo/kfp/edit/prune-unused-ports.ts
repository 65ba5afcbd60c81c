import { type Data, field, isList, isMap, listField, type Path, textField } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { PortKind, Workflow } from "#pipeline/model.ts";
import { referencesInData } from "../../syntax/references.ts";
import { type Draft, removePruned } from "#document/edit-draft.ts";
import { indexByName, templatesPath } from "../../edit/paths-and-names.ts";
import { workflowsOf } from "#document/edit-targets.ts";
import { flavorOf } from "../../flavor/flavor-of.ts";

// In a KFP file every port of a group is there because something reads it (docs/spec/kfp-v1.md#group-ports). When an edit takes the last
// reader away, the ports go that served only it, on all the way to where the value is made; and with them the orders that they brought.

const settling: ReadonlySet<Edit["kind"]> = new Set([
  "connect",
  "disconnect",
  "set-argument",
  "clear-argument",
  "bind-parameter",
  "remove-task",
  "update-component",
  "unmount-volume",
  "group-tasks",
  "change-control",
  "ungroup",
]);

/** Takes out what an edit left without a reader. What had none before the edit stays: the user may be about to use it. */
export function pruneUnusedPorts(draft: Draft, edit: Edit): void {
  if (!settling.has(edit.kind)) return;
  for (const workflow of workflowsOf(draft)) {
    if (!flavorOf(workflow).keepsOnlyWhatIsUsed) continue;
    // Each round takes one thing out, which may leave another without a reader; the limit only guards against a bug in this function.
    for (let round = 4 * workflow.templates.length + 100; round >= 0 && pruneOnce(draft, workflow); round--);
  }
}

function pruneOnce(draft: Draft, workflow: Workflow): boolean {
  const list = templatesPath(workflow);
  const before = listAt(draft.before, list);
  const after = draft.at(list);
  if (!isList(after) || after === before) return false;
  const change: Change = { read: readsOf(before), reads: readsOf(after) };
  const knownByName = new Map(before.toReversed().map((one) => [textField(one, "name"), one]));
  for (const template of after) {
    const name = textField(template, "name") ?? "";
    const known = knownByName.get(name);
    if (known === template && !lostSome(change, name)) continue;
    if (
      dropInputs(draft, workflow, name, change) ||
      dropOutputs(draft, workflow, name, change) ||
      dropOrders(draft, workflow, name, known, template)
    )
      return true;
  }
  return false;
}

function listAt(stream: readonly Data[], path: Path): readonly Data[] {
  const found = path.reduce<Data | undefined>(
    (here, step) => (typeof step === "number" ? (isList(here) ? here[step] : undefined) : field(here, step)),
    stream,
  );
  return isList(found) ? found : [];
}

/** Ports by the template that has them, as `kind name`. */
type PortsOf = Map<string, Set<string>>;

/** What the graphs of a workflow read: inputs of their own, and outputs of the templates that they call. */
interface ReadPorts {
  readonly inputs: PortsOf;
  readonly outputs: PortsOf;
}

interface Change {
  readonly read: ReadPorts;
  readonly reads: ReadPorts;
}

/** What one call, or the outputs of a graph, read: ports of the graph by their keys, and outputs of other calls by name and key. */
interface PartReads {
  readonly inputs: readonly string[];
  readonly outputs: readonly { readonly task: string; readonly key: string }[];
}

const nothing: PartReads = { inputs: [], outputs: [] };
const partReads = new WeakMap<object, PartReads>();

/** What a part of a graph reads; kept with the data, of which an edit changes little. */
function readsOfPart(part: Data | undefined): PartReads {
  if (typeof part !== "object" || part === null) return nothing;
  let known = partReads.get(part);
  if (!known) {
    const references = referencesInData(part).map(({ reference }) => reference);
    known = {
      inputs: [...new Set(references.flatMap((one) => (one.kind === "graph-input" ? [portKey(one.port, one.name)] : [])))],
      outputs: references.flatMap((one) =>
        one.kind === "task-output" ? [{ task: one.task, key: portKey(one.port ?? "parameter", one.output) }] : [],
      ),
    };
    partReads.set(part, known);
  }
  return known;
}

const listReads = new WeakMap<readonly Data[], ReadPorts>();

/** The same for a list of templates asked for again, as the one before the edit is in every round. */
function readsOf(templates: readonly Data[]): ReadPorts {
  const known = listReads.get(templates);
  if (known) return known;
  const reads = collectReads(templates);
  listReads.set(templates, reads);
  return reads;
}

/** Finds out ahead what `pruneUnusedPorts` asks for about the templates before an edit; one call at each step. */
export function* lookAheadForReads(templates: readonly Data[]): Generator<void> {
  for (const template of templates) {
    for (const task of listField(field(template, "dag"), "tasks")) {
      readsOfPart(task);
      yield;
    }
  }
  readsOf(templates);
  yield;
}

function collectReads(templates: readonly Data[]): ReadPorts {
  const inputs: PortsOf = new Map();
  const outputs: PortsOf = new Map();
  const add = (ports: PortsOf, template: string, key: string) =>
    void (ports.get(template)?.add(key) ?? ports.set(template, new Set([key])));
  for (const template of templates) {
    if (!isMap(field(template, "dag"))) continue;
    const graph = textField(template, "name") ?? "";
    const tasks = listField(field(template, "dag"), "tasks");
    const callees = new Map(tasks.map((task) => [textField(task, "name"), textField(task, "template")]));
    for (const part of [...tasks, field(template, "outputs")]) {
      const reads = readsOfPart(part);
      for (const key of reads.inputs) add(inputs, graph, key);
      for (const { task, key } of reads.outputs) add(outputs, callees.get(task) ?? "", key);
    }
  }
  return { inputs, outputs };
}

function portKey(kind: PortKind, name: string): string {
  return `${kind} ${name}`;
}

/** Whether a port was read before and is not now. */
function lostReader(change: Change, side: keyof ReadPorts, template: string, key: string): boolean {
  return change.read[side].get(template)?.has(key) === true && change.reads[side].get(template)?.has(key) !== true;
}

/** Whether some output of a template lost its reader. */
function lostSome({ read, reads }: Change, template: string): boolean {
  const now = reads.outputs.get(template);
  return [...(read.outputs.get(template) ?? [])].some((key) => now?.has(key) !== true);
}

const kinds = ["parameter", "artifact"] as const;

/** Inputs of a group that nothing inside reads any more, and the arguments that fed them. */
function dropInputs(draft: Draft, workflow: Workflow, name: string, change: Change): boolean {
  const list = templatesPath(workflow);
  const path = [...list, indexByName(draft.at(list), name)];
  const template = draft.at(path);
  if (!isMap(field(template, "dag"))) return false;
  for (const kind of kinds) {
    const unread = listField(field(template, "inputs"), `${kind}s`).findIndex((port) =>
      lostReader(change, "inputs", name, portKey(kind, textField(port, "name") ?? "")),
    );
    if (unread < 0) continue;
    const port = textField(listField(field(template, "inputs"), `${kind}s`)[unread], "name") ?? "";
    removePruned(draft, [...path, "inputs", `${kind}s`, unread], path);
    dropArguments(draft, workflow, name, kind, port);
    if (kind === "artifact" && workflow.entrypoint === name) dropFile(draft, workflow, port);
    return true;
  }
  return false;
}

function dropArguments(draft: Draft, workflow: Workflow, callee: string, kind: PortKind, port: string): void {
  const list = templatesPath(workflow);
  listField({ list: draft.at(list) ?? [] }, "list").forEach((graph, index) =>
    listField(field(graph, "dag"), "tasks").forEach((task, at) => {
      if (textField(task, "template") !== callee) return;
      const path: Path = [...list, index, "dag", "tasks", at];
      const given: Path = [...path, "arguments", `${kind}s`];
      const found = indexByName(draft.at(given), port);
      if (found >= 0) removePruned(draft, [...given, found], path);
    }),
  );
}

/**
 * The workflow's artifact that held a parameter's text, if no graph and no exit handler takes it. docs/spec/kfp-v1.md#parameters-as-files
 */
function dropFile(draft: Draft, workflow: Workflow, name: string): void {
  const spec = workflow.specPath;
  const list: Path = [...spec, "arguments", "artifacts"];
  const index = indexByName(draft.at(list), name);
  const exit = draft.at([...spec, "onExit"]);
  const handler = listField({ list: draft.at(templatesPath(workflow)) ?? [] }, "list").find((one) => field(one, "name") === exit);
  const taken = indexByName(field(field(handler, "inputs"), "artifacts"), name) >= 0;
  const made = textField(field(draft.at([...list, index]), "raw"), "data") === `{{workflow.parameters.${name}}}`;
  if (index >= 0 && made && !taken) removePruned(draft, [...list, index], [...spec, "arguments"]);
}

/** Outputs of a group, and values that a step writes besides its files, which nothing reads any more. */
function dropOutputs(draft: Draft, workflow: Workflow, name: string, change: Change): boolean {
  const list = templatesPath(workflow);
  const path = [...list, indexByName(draft.at(list), name)];
  const template = draft.at(path);
  const outputs = field(template, "outputs");
  const graph = isMap(field(template, "dag"));
  for (const kind of kinds) {
    const unread = listField(outputs, `${kind}s`).findIndex((port) => {
      const output = textField(port, "name") ?? "";
      const beside = kind === "parameter" && isMap(field(template, "container")) && indexByName(field(outputs, "artifacts"), output) >= 0;
      return (graph || beside) && lostReader(change, "outputs", name, portKey(kind, output));
    });
    if (unread < 0) continue;
    removePruned(draft, [...path, "outputs", `${kind}s`, unread], path);
    return true;
  }
  return false;
}

/** Orders of a group's call, or of a step, which came with a wire that is gone. */
function dropOrders(draft: Draft, workflow: Workflow, name: string, before: Data | undefined, after: Data): boolean {
  const list = templatesPath(workflow);
  const index = indexByName(draft.at(list), name);
  const old = new Map(listField(field(before, "dag"), "tasks").map((task) => [textField(task, "name"), task]));
  const tasks = listField(field(after, "dag"), "tasks");
  for (const [at, task] of tasks.entries()) {
    const known = old.get(textField(task, "name"));
    if (!known || known === task) continue;
    const named = (data: Data) => new Set(readsOfPart(data).outputs.map((output) => output.task));
    const [then, now] = [named(known), named(task)];
    const gone = listField(task, "dependencies").findIndex((one) => typeof one === "string" && then.has(one) && !now.has(one));
    if (gone < 0) continue;
    const path: Path = [...list, index, "dag", "tasks", at];
    removePruned(draft, [...path, "dependencies", gone], path);
    return true;
  }
  return false;
}
