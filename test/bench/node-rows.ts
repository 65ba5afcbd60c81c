/** What the compiler costs in Node. */
import { checkDocument } from "#compiler/checking.ts";
import { editDocument, openDocument } from "#compiler/document.ts";
import { planEdit } from "#compiler/editing.ts";
import { readModel } from "#compiler/readers.ts";
import { writeModel } from "#compiler/writers.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import type { Edit } from "#pipeline/edit.ts";
import { parse } from "#yaml/parse.ts";
import { printStream } from "#yaml/print.ts";
import { pipelineText, pipelineTextV2 } from "./pipeline.ts";
import { type Row, timed } from "./row.ts";

/** Parse, read, graph, check, edit and print at several sizes. */
export function nodeRows(): readonly Row[] {
  return [
    ...[100, 1000, 5000].flatMap((tasks) =>
      rowsAt({
        size: `${tasks} tasks`,
        tasks,
        text: pipelineText(tasks),
        template: `step-${tasks >> 1}`,
        path: ["container", "resources", "limits", "cpu"],
      }),
    ),
    ...[1000, 5000].flatMap((tasks) =>
      rowsAt({
        size: `${tasks} tasks of KFP v2`,
        tasks,
        text: pipelineTextV2(tasks),
        template: `comp-step-${tasks >> 1}`,
        path: ["container", "resources", "resourceCpuLimit"],
      }),
    ),
  ];
}

/** A pipeline to measure, and which CPU limit is set in it. */
interface Measured {
  readonly size: string;
  readonly tasks: number;
  readonly text: string;
  readonly template: string;
  readonly path: readonly string[];
}

function rowsAt({ size, tasks, text, template, path }: Measured): readonly Row[] {
  const times = tasks >= 5000 ? 3 : 7;
  const document = openDocument(text);
  const edit: Edit = { kind: "set-setting", target: { kind: "template", template }, path, value: "3" };
  const planned = planEdit(document.model, document.stream, edit);
  if (!planned.ok) throw new Error(`the edit was refused: ${planned.refusal.code}`);
  const workflow = document.model.objects[0];
  if (workflow?.kind !== "workflow") throw new Error("the measured text is no workflow");
  const graph = workflow.templates.find((one) => one.kind === "dag");
  if (graph === undefined) throw new Error("the measured workflow has no template");
  const row = (what: string, value: number, budget?: number): Row => ({
    what: `${what}, ${size}`,
    value,
    unit: "ms",
    budget,
    drifts: true,
  });
  return [
    { what: `text, ${size}`, value: text.length / 1000, unit: "kB", drifts: false },
    row(
      "parse",
      timed(times, () => parse(text)),
    ),
    // Fresh copies, since the reader remembers what it has read.
    row("read the model", timed(times, copies(times + 1, document.stream))),
    row("graph", timed(times, graphs(times + 1, document.stream))),
    row(
      "check",
      timed(times, () => checkDocument(document)),
    ),
    row(
      "plan one edit",
      timed(times, () => planEdit(document.model, document.stream, edit)),
    ),
    row(
      "one edit with its text",
      timed(times, () => editDocument(document, [edit])),
    ),
    row(
      "write and print",
      timed(times, () => printStream(writeModel(document.model))),
      tasks === 5000 ? 300 : undefined,
    ),
  ];
}

function copies(count: number, stream: Parameters<typeof readModel>[0]): () => unknown {
  const prepared = Array.from({ length: count }, () => structuredClone(stream));
  return () => readModel(prepared.pop() ?? stream);
}

function graphs(count: number, stream: Parameters<typeof readModel>[0]): () => unknown {
  const prepared = Array.from({ length: count }, () => readModel(structuredClone(stream)).model);
  return () => {
    const model = prepared.pop();
    const workflow = model?.objects[0];
    return model && workflow?.kind === "workflow"
      ? workflow.templates.filter((one) => one.kind === "dag").map((graph) => graphOf(model, workflow, graph))
      : undefined;
  };
}
