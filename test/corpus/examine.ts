/** What must hold for every real file: it opens, stays itself, its model says all of it, its graph is whole, an edit is small. */
import { type Document, editDocument, openDocument, undoEdit } from "#compiler/document.ts";
import type { Graph, GraphNode } from "#pipeline/graph.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import { type Data, field, isList, isMap, listField, sameData, textField, valueAt } from "#data/data.ts";
import type { Model, Template, Workflow } from "#pipeline/model.ts";
import { writeModel } from "#compiler/writers.ts";
import { parse } from "#yaml/parse.ts";
import { printStream } from "#yaml/print.ts";

/** The questions, in the order of the table. */
export const questions = ["opens", "unedited", "model", "graph", "edit"] as const;
export type Question = (typeof questions)[number];

/** The answer to each question: "good", "none" if it does not apply, else what is wrong. */
export type Answers = Readonly<Record<Question, string>>;

/** How many leaf templates of a file are edited. */
const mostEdits = 5;
const mostChangedLines = 4;

/** Answers all questions about one text. */
export function examine(text: string): Answers {
  const document = openDocument(text);
  const error = document.diagnostics.find(
    (one) => one.level === "error" && (one.code === "yaml-syntax" || one.code === "file-too-large" || one.code === "alias-bomb"),
  );
  if (error)
    return {
      opens: `${error.code} ${JSON.stringify(error.values)} at ${error.span?.[0]}`,
      unedited: "none",
      model: "none",
      graph: "none",
      edit: "none",
    };
  const workflows = document.model.objects.filter((object) => object.kind === "workflow");
  return {
    opens: "good",
    unedited: document.text === text && document.source.text === text ? "good" : "other bytes",
    model: fromModel(document),
    graph: workflows.length === 0 ? "none" : wholeGraphs(document, workflows),
    edit: smallEdits(document, workflows),
  };
}

/** `dagwright model F | dagwright compile -` as data, key order included. */
function fromModel({ model, stream }: Document): string {
  const again = JSON.parse(JSON.stringify(model)) as Model;
  const printed = printStream(writeModel(again));
  const read = parse(printed);
  if (read.diagnostics.some((one) => one.level === "error" && one.code !== "duplicate-key")) return "the fresh print cannot be read";
  if (read.stream.length !== stream.length) return `${read.stream.length} documents instead of ${stream.length}`;
  if (!stream.every((data, index) => sameData(data, read.stream[index]))) return "other data";
  return JSON.stringify(stream) === JSON.stringify(read.stream) ? "good" : "another order of keys";
}

/** Every call is a node, every reference a wire; both counted here from the data, without the model. */
function wholeGraphs({ model, stream }: Document, workflows: readonly Workflow[]): string {
  const wrong: string[] = [];
  for (const workflow of workflows) {
    if (workflow.format === "kfp-v2") wrong.push(...missingComponents(valueAt(stream, workflow.specPath), workflow));
    for (const template of workflow.templates.flatMap(withInline)) {
      if (template.kind !== "dag" && template.kind !== "steps") continue;
      if (workflow.format === "kfp-v2") {
        wrong.push(...missingOfComponent(valueAt(stream, template.path), template.name, graphOf(model, workflow, template)));
        continue;
      }
      const calls = callsIn(valueAt(stream, template.path));
      const graph = graphOf(model, workflow, template);
      const nodes = graph.nodes.filter((node) => node.hook === undefined);
      if (nodes.length !== calls.length) wrong.push(`${template.name}: ${nodes.length} nodes for ${calls.length} calls`);
      const wires = new Set(
        graph.edges.map((edge) => `${nameOf(graph.nodes, edge.from.node)} ${edge.from.port} > ${nameOf(graph.nodes, edge.to.node)}`),
      );
      const inner = new Set(calls.map((call) => textField(call, "name") ?? ""));
      for (const call of calls) {
        for (const wire of referencesOf(call, inner))
          if (!wires.has(`${wire} > ${textField(call, "name") ?? ""}`))
            wrong.push(`${template.name}: no wire ${wire} > ${textField(call, "name")}`);
      }
      for (const wire of referencesOf(field(valueAt(stream, template.path), "outputs"), inner))
        if (!wires.has(`${wire} > `)) wrong.push(`${template.name}: no wire ${wire} > its output`);
    }
  }
  return wrong.length === 0 ? "good" : wrong.slice(0, 3).join("; ");
}

/** The components of a KFP v2 pipeline, counted in its data, that it does not have as templates, and its graphs that are no graphs. */
function missingComponents(spec: Data | undefined, { templates, entrypoint }: Workflow): readonly string[] {
  const components = field(spec, "components");
  const bodies = [
    ...(isMap(field(spec, "root")) ? ([[entrypoint ?? "", field(spec, "root")]] as const) : []),
    ...(isMap(components) ? Object.entries(components).filter(([, body]) => isMap(body)) : []),
  ];
  const counted = templates.length === bodies.length ? [] : [`${templates.length} templates for ${bodies.length} components`];
  const wrong = bodies.flatMap(([name, body]) => {
    const template = templates.find((one) => one.name === name);
    if (template === undefined) return [`${name}: no template`];
    return (template.kind === "dag") === isMap(field(body, "dag")) ? [] : [`${name}: ${template.kind}`];
  });
  return [...counted, ...wrong];
}

/** The tasks and wires of a component of KFP v2, counted in its data, that its graph does not have. */
function missingOfComponent(data: Data | undefined, name: string, { nodes, edges }: Graph): readonly string[] {
  const dag = field(data, "dag");
  const entriesIn = (map: Data | undefined) => (isMap(map) ? Object.entries(map) : []);
  const tasks = entriesIn(field(dag, "tasks"));
  const wires = new Set(edges.map((edge) => `${nameOf(nodes, edge.from.node)} ${edge.from.port} > ${nameOf(nodes, edge.to.node)}`));
  const wanted = tasks.flatMap(([key, task]) =>
    ["parameters", "artifacts"].flatMap((list) =>
      entriesIn(field(field(task, "inputs"), list)).flatMap(([, binding]) => {
        const input = textField(binding, "componentInputParameter") ?? textField(binding, "componentInputArtifact");
        const output = field(binding, "taskOutputParameter") ?? field(binding, "taskOutputArtifact");
        const from = textField(output, "producerTask");
        const port = textField(output, "outputParameterKey") ?? textField(output, "outputArtifactKey");
        if (input !== undefined) return [` ${input} > ${key}`];
        return from !== undefined && tasks.some(([other]) => other === from) ? [`${from} ${port} > ${key}`] : [];
      }),
    ),
  );
  const outputs = ["parameters", "artifacts"].flatMap((list) =>
    entriesIn(field(field(dag, "outputs"), list)).flatMap(([output, source]) =>
      selectorsOf(source).flatMap((selector) => {
        const from = textField(selector, "producerSubtask");
        const port = textField(selector, "outputParameterKey") ?? textField(selector, "outputArtifactKey");
        return from !== undefined && tasks.some(([other]) => other === from) ? [`${from} ${port} > ${output}`] : [];
      }),
    ),
  );
  const outward = new Set(
    edges.flatMap(({ from, to }) => (to.node === "" ? [`${nameOf(nodes, from.node)} ${from.port} > ${to.port}`] : [])),
  );
  return [
    ...outputs.filter((wire) => !outward.has(wire)).map((wire) => `${name}: no wire ${wire} (output)`),
    ...(nodes.length === tasks.length ? [] : [`${name}: ${nodes.length} nodes for ${tasks.length} tasks`]),
    ...wanted.filter((wire) => !wires.has(wire)).map((wire) => `${name}: no wire ${wire}`),
  ];
}

/** The selectors of an output of a graph: one of a value, several of a choice or of artifacts. */
function selectorsOf(source: Data): readonly Data[] {
  const single = field(source, "valueFromParameter");
  const several = [...listField(field(source, "valueFromOneof"), "parameterSelectors"), ...listField(source, "artifactSelectors")];
  return single === undefined ? several : [single, ...several];
}

function withInline(template: Template): readonly Template[] {
  return [template, ...template.tasks.flatMap((task) => (task.call.kind === "inline" ? withInline(task.call.template) : []))];
}

/** A node's name; a hook's references are in its owner's data, so it is called by the owner's name. */
function nameOf(nodes: readonly GraphNode[], id: string): string {
  const node = nodes.find((one) => one.id === id);
  return node?.hook === undefined ? (node?.name ?? "") : nameOf(nodes, node.hook.owner);
}

/** The calls of a template as they are in the data. */
function callsIn(template: Data | undefined): readonly Data[] {
  const steps = listField(template, "steps").flatMap((group) => (isList(group) ? group : []));
  return [...listField(field(template, "dag"), "tasks"), ...steps].filter(isMap);
}

/** `NAME PORT` for every tag in a call's texts that names an output of a sibling, ` PORT` for an input of the template. */
function referencesOf(value: Data | undefined, siblings: ReadonlySet<string>): readonly string[] {
  const found = new Set<string>();
  const visit = (part: Data | undefined, key: string): void => {
    if (typeof part === "string") {
      for (const [, tag = ""] of part.matchAll(/\{\{\s*((?!=)[^{}]*?)\s*\}\}/g)) {
        const output = /^(?:tasks|steps)\.(.+)\.outputs\.(?:(?:parameters|artifacts)\.([^.]+)|(result))$/.exec(tag);
        const input = /^inputs\.(?:parameters|artifacts)\.([^.]+)$/.exec(tag);
        if (output && siblings.has(output[1] ?? "")) found.add(`${output[1]} ${output[2] ?? output[3]}`);
        else if (input) found.add(` ${input[1]}`);
      }
    } else if (isList(part)) part.forEach((item) => visit(item, key));
    else if (isMap(part))
      for (const [name, child] of Object.entries(part)) if (name !== "inline" && name !== "continueOn") visit(child, name);
  };
  visit(value, "");
  return [...found];
}

/** `set … resources.limits.cpu=3` on some templates: right data, few lines, and undo gives the bytes. */
function smallEdits(document: Document, workflows: readonly Workflow[]): string {
  const leaves = workflows.flatMap((workflow) => workflow.templates).filter(({ kind }) => kind === "container" || kind === "script");
  if (leaves.length === 0) return "none";
  const wrong = leaves
    .slice(0, mostEdits)
    .map((leaf) => smallEdit(document, leaf))
    .filter((answer) => answer !== "good");
  return wrong.length === 0 ? "good" : wrong.slice(0, 2).join("; ");
}

function smallEdit(document: Document, { id, name, kind, path: own, executor }: Template): string {
  const setting = executor ? ["container", "resources", "resourceCpuLimit"] : [kind, "resources", "limits", "cpu"];
  const value = executor ? "3" : 3;
  const path = executor?.path ?? own;
  const edited = editDocument(document, [{ kind: "set-setting", target: { kind: "template", template: id }, path: setting, value }]);
  if (!edited.ok) return `${name}: refused with ${edited.refusal.code} ${JSON.stringify(edited.refusal.values)}`;
  const asked = withValue(document.stream, [...path, ...setting], value);
  // What old servers of Kubeflow read beside the text follows it.
  const twin = [...path, "container", "resources", "cpuLimit"];
  const wanted = executor && valueAt(document.stream, twin) !== undefined ? withValue(asked, twin, 3) : asked;
  const read = parse(edited.document.text).stream;
  if (!sameData(wanted, read)) return `${name}: other data than asked for`;
  const lines = changedLines(document.text, edited.document.text);
  if (lines > mostChangedLines) return `${name}: ${lines} lines changed`;
  return undoEdit(edited.document, edited.undo).text === document.text ? "good" : `${name}: undo gives other bytes`;
}

/** The data with a value set, made on its own so that it can be compared with what the editor did. */
function withValue(root: Data | undefined, path: readonly (string | number)[], value: Data): Data {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (isList(root)) return root.map((item, index) => (index === step ? withValue(item, rest, value) : item));
  const map = isMap(root) ? root : {};
  return { ...map, [step]: withValue(map[String(step)], rest, value) };
}

/** Lines between the first and the last difference, on the side that has more of them. */
export function changedLines(before: string, after: string): number {
  const [a, b] = [before.split("\n"), after.split("\n")];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return Math.max(a.length - start - end, b.length - start - end);
}
