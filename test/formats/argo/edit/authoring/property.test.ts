import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editDocument, undoEdit } from "#compiler/document.ts";
import type { GroupKind, GroupOperand } from "#pipeline/authoring-edit.ts";
import type { DataMap } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import { loopItemOf } from "#pipeline/loop-item.ts";
import type { Model, Workflow } from "#pipeline/model.ts";
import { parse } from "#yaml/parse.ts";
import { writeComponent } from "#components/component-yaml/write.ts";
import { readModel } from "#compiler/readers.ts";
import { both } from "../../kfp/lower/build.ts";
import { invariants } from "../../kfp/lower/invariants.ts";
import { runs } from "#test/runs.ts";
import { built, empty, workflowOf } from "./build.ts";

const spec = writeComponent(both);
const other: DataMap = { ...spec, outputs: [{ name: "Out", type: "String" }, { name: "More" }] };

/** Numbers that choose among what the document has at that moment. */
type Dice = readonly number[];
const dice = fc.array(fc.nat(60), { minLength: 6, maxLength: 6 });

/** One random wish, in terms of the current model; many are refused. */
function wish(model: Model, kind: number, [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: Dice): Edit | undefined {
  const workflow = model.objects[0] as Workflow;
  const graphs = workflow.templates.filter((template) => template.kind === "dag");
  const graph = graphs[a % graphs.length];
  const tasks = graphs.flatMap((one) => one.tasks);
  const [task, from] = [tasks[b % Math.max(1, tasks.length)], tasks[c % Math.max(1, tasks.length)]];
  if (!graph) return undefined;
  const input = d % 2 === 0 ? "value" : "file";
  const operand = (n: number): GroupOperand => {
    const one = graph.tasks[n % Math.max(1, graph.tasks.length)];
    return n % 3 === 0 || !one
      ? { text: "x" }
      : n % 3 === 1
        ? { parameter: "p" }
        : { task: one.id, output: one.name.startsWith("disk") ? `${one.name}-name` : "Out" };
  };
  if (kind === 0 || !task || !from)
    return {
      kind: "add-component",
      graph: graph.id,
      spec,
      name: ["a", "b", "c", "데이터"][b % 4] as string,
      ...(c % 3 === 0 && { arguments: { [input]: "k" } }),
    };
  switch (kind) {
    case 1:
      return {
        kind: "connect",
        from: { task: from.id, port: from.name.startsWith("disk") ? `${from.name}-name` : `${from.name}-Out` },
        to: { task: task.id, port: input },
        ...(e % 2 === 0 && { as: input === "value" ? "value" : "file" }),
      };
    case 2:
      return { kind: "clear-argument", task: task.id, input };
    case 3:
      return { kind: "set-argument", task: task.id, input, value: String(e) };
    case 4:
      return { kind: "bind-parameter", task: task.id, input, parameter: d % 4 === 0 ? "q" : "p" };
    case 5: {
      const chosen = graph.tasks.filter((_, index) => ((b + 1) >> (index % 6)) % 2 === 1).map((one) => one.id);
      const loopOver = [{ items: [1, 2] }, { items: [{ x: 1 }, { x: 2 }] }, operand(c), operand(d)][e % 4] as Extract<
        GroupKind,
        { kind: "loop" }
      >["over"];
      const as: GroupKind = [
        { kind: "sub-dag" } as const,
        { kind: "condition", left: operand(c), operator: "==", right: operand(d) } as const,
        { kind: "loop", over: loopOver } as const,
        { kind: "exit-handler", exit: graph.tasks[f % Math.max(1, graph.tasks.length)]?.id ?? "" } as const,
      ][d % 4] as GroupKind;
      return { kind: "group-tasks", tasks: chosen, as };
    }
    case 6: {
      const groups = tasks.filter((one) => graphs.some((other) => other.name === one.name));
      return { kind: "ungroup", task: groups[b % Math.max(1, groups.length)]?.id ?? task.id };
    }
    case 7: {
      const loops = graphs.flatMap((one) => (loopItemOf(model, workflow, one) ? [one] : []));
      const loop = loops[a % Math.max(1, loops.length)];
      const item = loop && loopItemOf(model, workflow, loop);
      return loop && item
        ? {
            kind: "connect",
            from: {
              task: "",
              graph: loop.id,
              port: item.keys[0] !== undefined && d % 2 === 0 ? `${item.name}-subvar-${item.keys[0]}` : item.name,
            },
            to: { task: task.id, port: c % 2 === 0 ? "value" : "file" },
          }
        : undefined;
    }
    case 8:
      return { kind: "add-volume", graph: graph.id, name: "disk", resourceName: "d", size: "1Gi" };
    case 9:
      return {
        kind: "mount-volume",
        task: task.id,
        mountPath: c % 2 === 0 ? "/data" : "/more",
        volume: d % 3 < 2 ? { of: tasks.filter((one) => one.name.startsWith("disk"))[c % 2]?.id ?? from.id } : { claim: "mine" },
      };
    case 10:
      return { kind: "unmount-volume", task: task.id, mountPath: c % 2 === 0 ? "/data" : "/more" };
    case 11:
      return { kind: "update-component", task: task.id, spec: c % 2 === 0 ? other : spec };
    case 12:
      return { kind: "remove-task", task: task.id };
    case 13:
      return { kind: "add-dependency", task: task.id, on: from.id };
    default:
      return { kind: "rename-workflow", name: `Demo ${a % 3}` };
  }
}

const kinds = fc.constantFrom(0, 0, 1, 1, 1, 2, 3, 4, 4, 5, 5, 5, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14);
const story = fc.array(fc.tuple(kinds, dice), { minLength: 5, maxLength: Number(process.env.AUTHORING_STEPS ?? 25), size: "max" });
const tried = runs(40, 4_000);

const start = built(empty.replace("parameters: []", "parameters: [{name: p, value: '[1]'}, {name: q, value: '2'}]"), [
  ...["a", "b", "c", "d", "e"].map((name): Edit => ({ kind: "add-component", graph: "demo", spec, name })),
  { kind: "add-volume", graph: "demo", name: "disk", resourceName: "d", size: "1Gi" },
]);

/** The graphs in which some tasks wait for one another. */
function circles(model: Model): readonly string[] {
  return (model.objects[0] as Workflow).templates.flatMap((graph) => {
    const left = new Map(graph.tasks.map((task) => [task.name, task.order.after.map((one) => one.task)]));
    for (let before = -1; before !== left.size;) {
      before = left.size;
      for (const [name, waits] of [...left]) if (!waits.some((one) => left.has(one))) left.delete(name);
    }
    return left.size > 0 ? [`${graph.name}: ${[...left.keys()].join(", ")} wait for one another`] : [];
  });
}

describe("random authoring", () => {
  it("keeps the rules of compiled pipelines, text and model one, and gives bytes back on undo", { timeout: 600_000 }, () => {
    let done = 0;
    fc.assert(
      fc.property(story, (steps) => {
        let document = start;
        let open = false;
        for (const [kind, numbers] of steps) {
          const edit = wish(document.model, kind, numbers);
          const result = edit && editDocument(document, [edit]);
          if (!result) continue;
          if (!result.ok) {
            expect(result.index, JSON.stringify(result.refusal)).not.toBe(-1);
            continue;
          }
          done++;
          expect(parse(result.document.text).stream, JSON.stringify(edit)).toEqual(result.document.stream);
          expect(undoEdit(result.document, result.undo).text).toBe(document.text);
          expect(readModel(result.document.stream).model).toEqual(result.document.model);
          document = result.document;
          // Where a task that made a volume is gone, its mounts wait for another one: that is reported, and not a rule of this edit.
          open ||= edit.kind === "remove-task";
          const broken = invariants(workflowOf(document)).filter((rule) => !open || !/ is given the .* it declares/.test(rule));
          expect([...broken, ...circles(document.model)], JSON.stringify(edit)).toEqual([]);
        }
      }),
      { numRuns: tried },
    );
    expect(done).toBeGreaterThan(tried);
  });
});
