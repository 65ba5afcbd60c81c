import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { checkDocument } from "#compiler/checking.ts";
import { openDocument, printFresh } from "#compiler/document.ts";
import { type Data, isMap } from "#data/data.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import type { Model, Workflow } from "#pipeline/model.ts";
import { atLeast, corpusFolder } from "#test/corpus-folder.ts";
import { parse } from "#yaml/parse.ts";

/** Pipeline specs among the real files, with what the raw data says of them. Nothing here asks the reader what a spec is. */
interface SpecFile {
  readonly name: string;
  readonly text: string;
  readonly spec: Raw;
  readonly platform: Raw | undefined;
}
type Raw = { readonly [key: string]: Data };

/** A header that the SDK tore by a default with a line break; the file is no YAML. */
const torn = ["36_yaml_words.yaml"];

const folders = ["kfp-v2", "kfp-v2-sdk"].map((name) => join(corpusFolder, name)).filter((folder) => existsSync(folder));
const files = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .sort()
    .map((name) => join(folder, name)),
);
const specs = files.flatMap((path): readonly SpecFile[] => {
  const text = readFileSync(path, "utf8");
  const stream = parse(text).stream.filter(isMap) as Raw[];
  const manifest = stream.find((one) => one.kind === "PipelineVersion")?.spec as Raw | undefined;
  const spec = (manifest?.pipelineSpec ?? stream.find((one) => isMap(one.pipelineInfo))) as Raw | undefined;
  const platform = (manifest?.platformSpec ?? stream.find((one) => isMap(one.platforms))) as Raw | undefined;
  return spec ? [{ name: relative(corpusFolder, path), text, spec, platform }] : [];
});

const map = (data: Data | undefined): Raw => (isMap(data) ? data : {});
const entries = (data: Data | undefined) => Object.entries(map(data));
const pick = (data: Data | undefined, ...path: string[]): Data | undefined =>
  path.reduce<Data | undefined>((here, key) => map(here)[key], data);

/** The bodies with tasks in a spec, by the name of their template. */
function dagsOf(spec: Raw): readonly (readonly [string, Raw])[] {
  return [["root", map(spec.root)] as const, ...entries(spec.components).map(([name, body]) => [name, map(body)] as const)].filter(
    ([, body]) => isMap(body.dag),
  );
}

/** `PRODUCER.OUTPUT` or `.INPUT` of everything that an input, a setting or an output names. */
function sourcesIn(data: Data | undefined): readonly string[] {
  if (Array.isArray(data)) return data.flatMap(sourcesIn);
  if (!isMap(data)) return [];
  const own: string[] = [];
  const output = data.outputParameterKey ?? data.outputArtifactKey;
  const producer = data.producerTask ?? data.producerSubtask;
  if (producer !== undefined) own.push(`${String(producer)}.${String(output ?? "status")}`);
  const input = data.componentInputParameter ?? data.componentInputArtifact;
  if (input !== undefined) own.push(`.${String(input)}`);
  return [...own, ...Object.values(data).flatMap(sourcesIn)];
}

/** What the corpus has of broken files, most of them broken on purpose. */
const broken: Readonly<Record<string, readonly string[]>> = {
  "06_if.yaml": ["cel-syntax"],
  "12_loop_artifacts.yaml": ["artifact-iterator"],
  "pipeline_with_parallelfor_list_artifacts_GH-12033.yaml": ["artifact-iterator"],
  "52_two_exit_tasks.yaml": ["exit-task-awaited"],
  "53_unknown_keys.yaml": ["ir-document-ignored", "platform-field-version"],
  "54_unknown_executor_key.yaml": ["ir-unknown-field"],
  "55_unknown_task_key.yaml": ["ir-document-ignored", "ir-unknown-field", "platform-field-version"],
  "57_unknown_producer.yaml": ["producer-missing"],
  "59_cycles.yaml": ["component-cycle", "task-cycle"],
  "60_odd_names.yaml": ["task-key-invalid"],
};

const workflowOf = (model: Model) => model.objects.find((object): object is Workflow => object.kind === "workflow");

describe("pipeline specs of the corpus", () => {
  it("are there", () => {
    expect(specs.length).toBeGreaterThanOrEqual(atLeast(115, 3));
  });

  it("open, stay byte for byte, and come whole out of their model", () => {
    const errors: string[] = [];
    for (const path of files) {
      const text = readFileSync(path, "utf8");
      const document = openDocument(text);
      const name = relative(corpusFolder, path);
      const isTorn = torn.some((one) => name.endsWith(one));
      const syntax = document.diagnostics.filter((one) => one.code === "yaml-syntax");
      if (syntax.length > 0 !== isTorn) errors.push(`${name}: ${syntax.length} syntax errors`);
      if (document.text !== text) errors.push(`${name}: other bytes`);
      const model = JSON.parse(JSON.stringify(document.model)) as Model;
      if (JSON.stringify(parse(printFresh(model)).stream) !== JSON.stringify(document.stream))
        errors.push(`${name}: other data from the model`);
    }
    expect(errors).toEqual([]);
  });

  it("have a box for every task, a port for every input and output, and a wire for every reference", () => {
    const errors: string[] = [];
    const totals = { graphs: 0, tasks: 0, ports: 0, references: 0 };
    for (const { name, text, spec, platform } of specs) {
      const { model } = openDocument(text);
      const workflow = workflowOf(model);
      if (!workflow) {
        errors.push(`${name}: no pipeline`);
        continue;
      }
      const t = (error: string) => void errors.push(`${name} ${error}`);
      for (const [template, body] of dagsOf(spec)) {
        const found = workflow.templates.find((one) => one.name === template);
        if (!found) {
          t(`${template}: no template`);
          continue;
        }
        const graph = graphOf(model, workflow, found);
        const tasks = entries(pick(body, "dag", "tasks"));
        totals.graphs++;
        totals.tasks += tasks.length;
        if (graph.nodes.length !== tasks.length) t(`${template}: ${tasks.length} tasks, ${graph.nodes.length} boxes`);
        const names = new Map(graph.nodes.map((node) => [node.id as string, node.name]));
        const wiresTo = (id: string) =>
          new Set(
            graph.edges
              .filter((edge) => edge.to.node === id && edge.kind !== "order")
              .map((edge) => `${names.get(edge.from.node) ?? ""}.${edge.from.port}`),
          );
        for (const [key, task] of tasks) {
          const node = graph.nodes.find((one) => one.name === key);
          if (!node) {
            t(`${template}: no box for ${key}`);
            continue;
          }
          const shown = pick(task, "taskInfo", "name") ?? key;
          if (node.title !== shown && shown !== "") t(`${template}/${key}: title ${node.title}`);
          const component = pick(spec.components, String(pick(task, "componentRef", "name")));
          for (const side of ["input", "output"] as const) {
            const declared = ["parameters", "artifacts"].flatMap((kind) =>
              entries(pick(component, `${side}Definitions`, kind)).map(([port]) => `${kind.slice(0, -1)}:${port}`),
            );
            const drawn = new Set(node[`${side}s`].map((port) => `${port.kind}:${port.name}`));
            totals.ports += declared.length;
            for (const port of declared) if (!drawn.has(port)) t(`${template}/${key}: no ${side} ${port}`);
            if (side === "input" && component !== undefined)
              for (const port of drawn) if (!declared.includes(port)) t(`${template}/${key}: ${port} is not declared`);
          }
          const label = pick(component, "executorLabel");
          const settings =
            label === undefined ? undefined : pick(platform, "platforms", "kubernetes", "deploymentSpec", "executors", String(label));
          const expected = [...sourcesIn(pick(task, "inputs")), ...sourcesIn(settings)];
          totals.references += expected.length;
          const wires = wiresTo(node.id);
          for (const one of expected) {
            const [producer] = one.split(".");
            const isThere = producer === "" || (tasks.some(([sibling]) => sibling === producer) && producer !== key);
            if (wires.has(one) !== isThere) t(`${template}/${key}: ${isThere ? "no" : "a"} wire from ${one}`);
          }
          for (const before of (pick(task, "dependentTasks") ?? []) as readonly string[]) {
            const isThere = tasks.some(([sibling]) => sibling === before);
            const isDrawn = graph.edges.some((edge) => edge.to.node === node.id && names.get(edge.from.node) === before);
            if (isDrawn !== isThere) t(`${template}/${key}: order after ${before}`);
          }
        }
        const outputs = wiresTo("");
        for (const one of sourcesIn(pick(body, "dag", "outputs"))) {
          totals.references++;
          if (!outputs.has(one)) t(`${template}: no wire from ${one} to an output`);
        }
      }
    }
    expect(errors).toEqual([]);
    expect(totals.tasks).toBeGreaterThan(atLeast(400, 5));
    expect(totals.references).toBeGreaterThan(atLeast(400, 5));
    if (process.env.DAGWRIGHT_TIMES) console.log(totals);
  });

  it("read conditions as trees, except those that the SDK wrote wrongly", () => {
    const unread = specs.flatMap(({ name, text }) =>
      (workflowOf(openDocument(text).model)?.templates ?? []).flatMap((template) =>
        template.tasks.flatMap(({ when }) => (when && when.tree === undefined ? [`${name}: ${when.text}`] : [])),
      ),
    );
    expect(unread.filter((one) => !one.includes("'int("))).toEqual([]);
  });

  it("are no empty file and no bad upload to the check", () => {
    const message = specs.flatMap(({ text, name }) =>
      checkDocument(openDocument(text), { target: "kfp" })
        .filter(({ code }) => ["nothing-to-lint", "kfp-needs-workflow", "kfp-one-document", "wrong-type"].includes(code))
        .map(({ code }) => `${name}: ${code}`),
    );
    expect(message).toEqual([]);
  });

  it("are faulted where they are broken, and nowhere else", () => {
    const found: Record<string, readonly string[]> = {};
    for (const { text, name } of specs) {
      const codes = checkDocument(openDocument(text), { target: "kfp" }).flatMap(({ code, level }) =>
        level === "error" || level === "cluster" ? [code] : [],
      );
      if (codes.length > 0) found[name.split("/").at(-1)!] = [...new Set(codes)].sort();
    }
    // The corpus of our own has no broken file.
    if (specs.length < 100) return void expect(found).toEqual({});
    expect(found).toEqual(broken);
  });
});
