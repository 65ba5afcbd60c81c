import { relative } from "node:path";
import { describe, expect, it } from "vitest";
import { readModel } from "#compiler/readers.ts";
import { type Data, type DataMap, isMap, valueAt } from "#data/data.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import { corpus, corpusFiles, readCorpusFile } from "#test/formats/argo/corpus.ts";
import { atLeast } from "#test/corpus-folder.ts";

/**
 * Counts calls and references in the raw data by regular expressions, which know nothing of the reader, and compares them with the
 * boxes and wires of the graph. Expressions are compared one way only: what the graph draws must be in the text.
 */
const tag =
  /\{\{\s*(?:(?:tasks|steps)\.([\w-]+)\.(?:outputs\.(?:parameters|artifacts)\.([\w-]+)|outputs\.(result)|(\w+))|inputs\.(?:parameters|artifacts)\.([\w-]+)(?:\.path)?|workflow\.parameters\.([\w-]+))\s*\}\}/g;

/** `PRODUCER.PORT` of each simple tag in a value; the graph's own inputs and the pipeline's parameters have no producer. */
function tagsOf(value: Data | undefined): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, task, output, result, variable, input, parameter] of JSON.stringify(value ?? null)
    .replace(/\\"/g, '"')
    .matchAll(tag)) {
    if (task !== undefined && variable !== "outputs") found.add(`${task}.${output ?? result ?? variable}`);
    if (input !== undefined || (parameter !== undefined && parameter !== "json")) found.add(`.${input ?? parameter}`);
  }
  return found;
}

describe("the graphs of the corpus", () => {
  it("have a box for every call and a wire for every reference, and no others", () => {
    const errors: string[] = [];
    const totals = { graphs: 0, calls: 0, references: 0 };
    for (const file of ["argo", "kfp-v1"].flatMap(corpusFiles)) {
      const stream = readCorpusFile(file);
      const { model } = readModel(stream);
      for (const workflow of model.objects) {
        if (workflow.kind !== "workflow") continue;
        for (const template of workflow.templates) {
          if (template.kind !== "dag" && template.kind !== "steps") continue;
          const data = valueAt(stream as Data, template.path) as DataMap;
          const calls = (
            isMap(data.dag) ? ((data.dag.tasks ?? []) as readonly Data[]) : (data.steps as readonly Data[]).flat()
          ) as readonly DataMap[];
          const graph = graphOf(model, workflow, template.id);
          const boxes = graph.nodes.filter((node) => node.hook === undefined);
          const t = (error: string) => void errors.push(`${relative(corpus, file)} ${template.name}: ${error}`);
          totals.graphs++;
          totals.calls += calls.length;
          if (boxes.length !== calls.length) t(`${calls.length} calls, ${boxes.length} boxes`);
          const names = new Set(calls.map((call) => call.name));
          const nameOf = new Map(boxes.map((node) => [node.id as string, node.name]));
          for (const [index, call] of calls.entries()) {
            const node = boxes[index]!;
            const { hooks: _, ...body } = call;
            const expected = [...tagsOf(body)].filter(
              (one) => one.startsWith(".") || (names.has(one.split(".")[0] as string) && !one.startsWith(`${String(call.name)}.`)),
            );
            const drawn = new Set(
              graph.edges
                .filter((edge) => edge.to.node === node.id && edge.kind !== "order")
                .map((edge) => `${nameOf.get(edge.from.node) ?? ""}.${edge.from.port}`),
            );
            totals.references += expected.length;
            const inline = isMap(call.inline);
            for (const one of expected) if (!drawn.has(one) && !inline) t(`no wire for ${one} into ${String(call.name)}`);
            const text = JSON.stringify(call);
            for (const one of drawn) {
              const [producer, port] = [one.slice(0, one.indexOf(".")), one.slice(one.indexOf(".") + 1)];
              const last = port.split(".").at(-1) as string;
              if (!text.includes(last) || (producer !== "" && !text.includes(producer)))
                if (!text.includes("workflow.outputs")) t(`a wire for ${one} into ${String(call.name)}, which the text does not name`);
            }
          }
          const outputs = tagsOf(data.outputs);
          const drawn = new Set(
            graph.edges.filter((edge) => edge.to.node === "").map((edge) => `${nameOf.get(edge.from.node) ?? ""}.${edge.from.port}`),
          );
          for (const one of outputs) if (!drawn.has(one) && names.has(one.split(".")[0] as string)) t(`no wire for ${one} into an output`);
        }
      }
    }
    expect(errors).toEqual([]);
    expect(totals.graphs).toBeGreaterThan(atLeast(50, 5));
    expect(totals.references).toBeGreaterThan(atLeast(100, 10));
    if (process.env.DAGWRIGHT_TIMES) console.log(totals);
  });

  it("give every task of a KFP component names and types from its component_spec", () => {
    let ports = 0;
    let described = 0;
    for (const file of corpusFiles("kfp-v1")) {
      for (const workflow of readModel(readCorpusFile(file)).model.objects) {
        if (workflow.kind !== "workflow") continue;
        for (const template of workflow.templates) {
          const spec = template.component?.spec;
          if (spec === undefined) continue;
          const names = new Set([...spec.inputs, ...spec.outputs].map((port) => port.name));
          for (const port of [...template.inputs, ...template.outputs]) {
            ports++;
            if (names.has(port.label)) described++;
            else if (process.env.DAGWRIGHT_TIMES) console.log(relative(corpus, file), template.name, port.kind, port.name);
          }
        }
      }
    }
    expect(ports).toBeGreaterThan(atLeast(50, 5));
    expect(described / ports).toBeGreaterThan(0.9);
  });
});
