/**
 * Puts the tasks of graph components in the place of the graph, as the KFP SDK 1.8 does: they become ordinary ops of the surrounding DAG,
 * graph inputs become the caller's arguments, graph outputs the inner outputs. docs/spec/kfp-v1.md#graph-components
 */
import type { Report } from "#diagnostics/diagnostic.ts";
import { readComponent } from "#components/component-yaml/read.ts";
import type { ComponentSpec } from "#components/component-spec.ts";
import { type Data, type DataMap, field, isMap, textField } from "#data/data.ts";
import type { ComponentOp, PlanItem, PlanReference, Source } from "#pipeline/pipeline-plan.ts";

/** A body without graph components. */
export interface Expanded {
  readonly body: readonly PlanItem[];
  /** The source of each output of a graph, by `aliasKey`. */
  readonly aliases: ReadonlyMap<string, PlanReference>;
  /** The ops that a graph became, by its id: waiting for the graph is waiting for them. */
  readonly members: ReadonlyMap<string, readonly string[]>;
}

/** The key of a graph's output in `aliases`. */
export function aliasKey(op: string, output: string): string {
  return JSON.stringify([op, output]);
}

/** Graphs in graphs deeper than this are left out; a component that holds itself would have no end. */
const deepest = 16;

/** Expands all graph components of a body, groups included. */
export function expandGraphs(body: readonly PlanItem[], report: Report): Expanded {
  const aliases = new Map<string, PlanReference>();
  const members = new Map<string, readonly string[]>();
  const expand = (items: readonly PlanItem[], depth: number): readonly PlanItem[] =>
    items.flatMap((item): readonly PlanItem[] => {
      if ("body" in item) return [{ ...item, body: expand(item.body, depth) }];
      if (item.kind !== "component" || item.spec.implementation.kind !== "graph") return [item];
      if (depth >= deepest) {
        report({
          code: "lower-graph-too-deep",
          level: "error",
          values: { task: item.name ?? item.spec.name ?? item.id, limit: deepest },
          path: item.path ?? [],
        });
        return [];
      }
      const inner = tasksOf(item, item.spec.implementation.graph, report);
      for (const [output, reference] of outputsOf(item.id, item.spec.implementation.graph))
        aliases.set(aliasKey(item.id, output), reference);
      members.set(
        item.id,
        inner.map((one) => one.id),
      );
      return expand(inner, depth + 1);
    });
  return { body: expand(body, 0), aliases, members };
}

/** The graph's tasks as ops, each behind those whose outputs it takes. */
function tasksOf(op: ComponentOp, graph: DataMap, report: Report): readonly ComponentOp[] {
  const tasks = field(graph, "tasks");
  const entries = isMap(tasks) ? Object.entries(tasks) : [];
  const ordered: (readonly [string, Data])[] = [];
  const seen = new Set<string>();
  const visit = ([id, task]: readonly [string, Data]): void => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const argument of argumentsOf(task).map(([, value]) => value)) {
      const needed = textField(field(argument, "taskOutput"), "taskId");
      const earlier = entries.find(([name]) => name === needed);
      if (earlier) visit(earlier);
    }
    ordered.push([id, task]);
  };
  entries.forEach(visit);
  return ordered.flatMap(([id, task]) => {
    const spec = specOf(op, id, task);
    if (spec) return [taskOp(op, id, task, spec)];
    report({
      code: "lower-graph-component-missing",
      level: "error",
      values: { task: op.name ?? op.spec.name ?? op.id, part: id },
      path: op.path ?? [],
    });
    return [];
  });
}

function specOf(op: ComponentOp, id: string, task: Data): ComponentSpec | undefined {
  if (op.parts && Object.hasOwn(op.parts, id)) return op.parts[id];
  const spec = field(field(task, "componentRef"), "spec");
  return isMap(spec) ? readComponent(spec).component : undefined;
}

function taskOp(op: ComponentOp, id: string, task: Data, spec: ComponentSpec): ComponentOp {
  const reference = field(task, "componentRef");
  const given = argumentsOf(task).flatMap(([input, value]): [string, Source][] => {
    const source = sourceOf(op, value);
    return source ? [[input, source]] : [];
  });
  return {
    kind: "component",
    id: innerId(op.id, id),
    spec,
    arguments: Object.fromEntries(given),
    ...(isMap(reference) && { reference: Object.fromEntries(Object.entries(reference).filter(([key]) => key !== "spec")) }),
    ...(op.after && { after: op.after }),
    ...(op.path && { path: op.path }),
  };
}

function argumentsOf(task: Data): readonly [string, Data][] {
  const given = field(task, "arguments");
  return isMap(given) ? Object.entries(given) : [];
}

/** What an argument inside the graph is given; undefined if the graph's own input is open. */
function sourceOf(op: ComponentOp, value: Data): Source | undefined {
  const input = field(value, "graphInput");
  if (input !== undefined) {
    const name = typeof input === "string" ? input : (textField(input, "inputName") ?? "");
    if (Object.hasOwn(op.arguments, name)) return op.arguments[name];
    const fallback = op.spec.inputs.find((one) => one.name === name)?.default;
    return fallback === undefined ? undefined : { kind: "constant", value: fallback };
  }
  return taskOutput(op.id, value) ?? { kind: "constant", value };
}

function taskOutput(op: string, value: Data): PlanReference | undefined {
  const output = field(value, "taskOutput");
  const task = textField(output, "taskId");
  return task === undefined ? undefined : { kind: "output", op: innerId(op, task), output: textField(output, "outputName") ?? "" };
}

function outputsOf(op: string, graph: DataMap): readonly [string, PlanReference][] {
  const values = field(graph, "outputValues");
  return (isMap(values) ? Object.entries(values) : []).flatMap(([output, value]): [string, PlanReference][] => {
    const reference = taskOutput(op, value);
    return reference ? [[output, reference]] : [];
  });
}

function innerId(op: string, task: string): string {
  return `${op}/${task}`;
}
