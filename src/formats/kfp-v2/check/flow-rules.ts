import { isOlder } from "../schema/server-version.ts";
import { inputsIn, parseCel } from "../syntax/cel.ts";
import { isTaskKey } from "../syntax/boundary-names.ts";
import { find, findText } from "../read/fields.ts";
import { type Path } from "#data/data.ts";
import { leadsBack, recursionOf } from "#pipeline/recursion.ts";
import type { Task, Template } from "#pipeline/model.ts";
import { componentOf, dataAt, fails, odd, refused, type Subject } from "./checked-pipeline.ts";

/** Order, conditions, loops and exit tasks. docs/spec/kfp-v2.md#exit-tasks */
export function checkFlow(subject: Subject): void {
  for (const graph of subject.workflow.templates) {
    if (graph.kind !== "dag") continue;
    checkOrder(subject, graph);
    if (!isOlder(subject.server, "2.4")) checkExitTasks(subject, graph);
  }
  for (const { graph, task } of subject.tasks) {
    checkTask(subject, task);
    checkCondition(subject, task);
    const callee = componentOf(subject, task);
    if (callee && leadsBack(recursionOf(subject.model), graph.id, callee.id))
      subject.report({ code: "component-cycle", level: fails, values: { task: task.name, component: callee.name }, path: task.path });
  }
}

function checkTask(subject: Subject, task: Task): void {
  const { report } = subject;
  const data = dataAt(subject, task.path);
  if (!isTaskKey(task.name)) report({ code: "task-key-invalid", level: refused, values: { name: task.name }, path: task.path });
  const info = find(data, "taskInfo", task.path);
  if (!findText(info.value, "name"))
    report({
      code: "task-display-name-empty",
      level: fails,
      values: { task: task.name },
      path: info.value === undefined ? task.path : info.path,
    });
  const iterator = find(data, "artifactIterator", task.path);
  if (iterator.value !== undefined) report({ code: "artifact-iterator", level: refused, values: { task: task.name }, path: iterator.path });
  if (task.when && componentOf(subject, task)?.kind === "importer")
    report({ code: "importer-condition", level: refused, values: { task: task.name }, path: conditionPath(subject, task) });
}

function conditionPath(subject: Subject, task: Task): Path {
  const policy = find(dataAt(subject, task.path), "triggerPolicy", task.path);
  return [...policy.path, "condition"];
}

function checkCondition(subject: Subject, task: Task): void {
  if (!task.when) return;
  const { report } = subject;
  const path = conditionPath(subject, task);
  const parsed = parseCel(task.when.text);
  if (!parsed.ok) {
    const near = task.when.text.slice(parsed.at, parsed.at + 20);
    return void report({ code: "cel-syntax", level: fails, values: { task: task.name, at: parsed.at + 1, near }, path });
  }
  for (const { port, name } of inputsIn(parsed.tree)) {
    const isGiven = task.arguments.some((argument) => argument.kind === port && argument.name === name);
    const isItem = task.loop !== undefined && task.loop.kind !== "sequence" && task.loop.item === name;
    const hasDefault = componentOf(subject, task)?.inputs.some(
      (input) => input.kind === port && input.name === name && input.fallback !== undefined,
    );
    if (!isGiven && !isItem && !hasDefault) report({ code: "cel-unknown-input", level: fails, values: { task: task.name, name }, path });
  }
}

/** A task waits for those that it names and for those whose data it takes. */
function predecessors(task: Task): ReadonlySet<string> {
  const found = new Set(task.order.after.map((one) => one.task));
  for (const { binding } of task.arguments)
    if (binding.kind === "reference" && binding.reference.kind === "task-output") found.add(binding.reference.task);
  return found;
}

function checkOrder({ report }: Subject, graph: Template): void {
  const tasks = new Map(graph.tasks.map((task) => [task.name, task]));
  for (const task of graph.tasks)
    for (const { task: name } of task.order.after)
      if (!tasks.has(name))
        report({ code: "dependency-missing", level: refused, values: { task: task.name, name }, path: [...task.path, "dependentTasks"] });
  for (const cycle of cyclesIn(tasks)) {
    const [first] = cycle;
    const path = (first === undefined ? undefined : tasks.get(first)?.path) ?? graph.path;
    report({ code: "task-cycle", level: refused, values: { tasks: [...cycle, first ?? ""].slice(0, 8).join(" → ") }, path });
  }
}

/** One cycle for each task that closes one, without recursion: a file may chain thousands of tasks. */
function cyclesIn(tasks: ReadonlyMap<string, Task>): readonly (readonly string[])[] {
  const state = new Map<string, "open" | "done">();
  const cycles: string[][] = [];
  for (const start of tasks.keys()) {
    if (state.has(start)) continue;
    const path: { readonly name: string; readonly next: string[] }[] = [];
    const enter = (name: string) => {
      state.set(name, "open");
      const task = tasks.get(name);
      path.push({ name, next: task ? [...predecessors(task)] : [] });
    };
    enter(start);
    for (let here = path.at(-1); here; here = path.at(-1)) {
      const next = here.next.shift();
      if (next === undefined) {
        state.set(here.name, "done");
        path.pop();
      } else if (state.get(next) === "open") {
        cycles.push(
          path
            .slice(path.findIndex(({ name }) => name === next))
            .map(({ name }) => name)
            .reverse(),
        );
      } else if (!state.has(next) && tasks.has(next)) enter(next);
    }
  }
  return cycles;
}

/** From server 2.4 on an exit task is taken out of its graph and hung on each task that it waits for, as that task's exit hook. */
function checkExitTasks({ report }: Subject, graph: Template): void {
  const exits = graph.tasks.filter((task) => task.runsAlways);
  if (exits.length === 0) return;
  const byName = new Map(graph.tasks.map((task) => [task.name, task]));
  for (const exit of exits) {
    const { name, path } = exit;
    if (exit.order.after.length === 0)
      report({ code: "exit-task-lost", level: refused, values: { task: name, reason: "dependentTasks" }, path });
    for (const { task: on } of exit.order.after) {
      // Of several hooks of one name the last one written stays; the compiler visits tasks sorted by key.
      const others = exits.filter((other) => other.order.after.some((one) => one.task === on));
      const kept = others.reduce((a, b) => (b.name > a.name ? b : a));
      if (kept !== exit) report({ code: "exit-task-lost", level: odd, values: { task: name, reason: kept.name }, path });
      if (byName.get(on)?.loop) report({ code: "exit-task-lost", level: odd, values: { task: name, reason: on }, path });
    }
  }
  const lost = new Set(exits.map((task) => task.name));
  for (const task of graph.tasks) {
    if (task.runsAlways) continue;
    for (const name of predecessors(task))
      if (lost.has(name)) report({ code: "exit-task-awaited", level: refused, values: { task: task.name, name }, path: task.path });
  }
  if (exits.length === graph.tasks.length) report({ code: "exit-only", level: refused, values: { graph: graph.name }, path: graph.path });
}
