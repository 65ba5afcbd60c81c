import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Document, editDocument, openDocument } from "#compiler/document.ts";
import { newPipelineText } from "#formats/argo/kfp/new-pipeline.ts";
import { writeComponent } from "#components/component-yaml/write.ts";
import { type Data, type DataMap, field, textField } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import { readFunctions } from "#python/functions.ts";
import { programOf } from "#python/program.ts";
import { t, workflowDifferences } from "./pipelines.ts";
import { askPython } from "./tools.ts";

/** A pipeline of the Python files, drawn on an empty canvas by edits. */
interface Drawn {
  /** The Python file that says the same. */
  readonly file: string;
  readonly edits: (component: (name: string) => DataMap) => readonly Edit[];
}

/** Names the pipeline, and with it its graph, if the first does not do both. */
const named = (name: string, graph: string): readonly Edit[] => [
  { kind: "rename-workflow", name },
  { kind: "rename-template", template: firstGraph, name: graph },
];
/** The graph that a new pipeline has. */
const firstGraph = textField(field(openDocument(newPipelineText).stream[0], "spec"), "entrypoint") ?? "";
const wire = (from: string, output: string, to: string, input: string): Edit => ({
  kind: "connect",
  from: { task: from, port: output },
  to: { task: to, port: input },
});
const resource = (task: string, group: string, name: string, value: Data): Edit => ({
  kind: "set-setting",
  target: { kind: "task", task },
  path: ["container", "resources", group, name],
  value,
});

const drawn: readonly Drawn[] = [
  {
    file: "tutorial_file.py",
    edits: (component) => [
      ...named("Data Passing by File Example", "data-passing-by-file-example"),
      { kind: "add-component", graph: "data-passing-by-file-example", spec: component("write_file_op") },
      { kind: "add-component", graph: "data-passing-by-file-example", spec: component("read_file_and_multiply_op") },
      wire("write-file-op", "write-file-op-data_output", "read-file-and-multiply-op", "data_input"),
    ],
  },
  {
    file: "tutorial_metrics.py",
    edits: (component) => [
      ...named("Export Metrics Example", "export-metrics-example"),
      { kind: "add-component", graph: "export-metrics-example", spec: component("export_metric_op") },
    ],
  },
  {
    file: "tutorial_value.py",
    edits: (component) => [
      ...named("Data Passing by Value Example", "data-passing-by-value-example"),
      { kind: "add-parameter", name: "a", value: "1.5", type: "Float" },
      { kind: "add-parameter", name: "b", value: "7", type: "Float" },
      { kind: "add-component", graph: "data-passing-by-value-example", spec: component("add_op"), arguments: { b: 4 } },
      { kind: "add-component", graph: "data-passing-by-value-example", spec: component("multiply_op") },
      { kind: "add-component", graph: "data-passing-by-value-example", spec: component("add_op") },
      { kind: "bind-parameter", task: "add-op", input: "a", parameter: "a" },
      wire("add-op", "add-op-Output", "multiply-op", "a"),
      { kind: "bind-parameter", task: "multiply-op", input: "b", parameter: "b" },
      wire("add-op", "add-op-Output", "add-op-2", "a"),
      wire("multiply-op", "multiply-op-Output", "add-op-2", "b"),
    ],
  },
  {
    file: "tutorial_resources.py",
    edits: (component) => [
      ...named("Resource example", "resource-example"),
      { kind: "add-parameter", name: "learning_rate", value: "0.1", type: "Float" },
      { kind: "add-parameter", name: "num_layers", value: "3", type: "Integer" },
      { kind: "add-parameter", name: "optimizer", value: "ftrl", type: "String" },
      { kind: "add-volume", graph: "resource-example", name: "v1", resourceName: "mypvc", size: "1Gi", modes: ["ReadWriteMany"] },
      { kind: "add-component", graph: "resource-example", spec: component("training_op") },
      { kind: "add-component", graph: "resource-example", spec: component("test") },
      { kind: "bind-parameter", task: "training-op", input: "learning_rate", parameter: "learning_rate" },
      { kind: "bind-parameter", task: "training-op", input: "num_layers", parameter: "num_layers" },
      { kind: "bind-parameter", task: "training-op", input: "optimizer", parameter: "optimizer" },
      resource("training-op", "requests", "cpu", "2"),
      resource("training-op", "limits", "cpu", "4"),
      resource("training-op", "requests", "memory", "1G"),
      resource("training-op", "limits", "memory", "2G"),
      resource("training-op", "limits", "nvidia.com/gpu", 1),
      { kind: "mount-volume", task: "test", mountPath: "/mnt", volume: { of: "v1" } },
      {
        kind: "set-setting",
        target: { kind: "task", task: "test" },
        path: ["container", "env"],
        value: [{ name: "example_env", valueFrom: { secretKeyRef: { name: "my-secret", key: "token" } } }],
      },
    ],
  },
  {
    file: "tutorial_groups.py",
    edits: (component) => [
      ...named("Groups", "groups"),
      { kind: "add-parameter", name: "word", value: "hello", type: "String" },
      { kind: "add-component", graph: "groups", spec: component("say_op"), arguments: { text: "done" } },
      { kind: "add-component", graph: "groups", spec: component("toss_op") },
      { kind: "add-component", graph: "groups", spec: component("say_op") },
      { kind: "add-component", graph: "groups", spec: component("say_op") },
      { kind: "bind-parameter", task: "say-op-2", input: "text", parameter: "word" },
      wire("toss-op", "toss-op-Output", "say-op-3", "text"),
      { kind: "group-tasks", tasks: ["toss-op", "say-op-2", "say-op-3"], as: { kind: "exit-handler", exit: "say-op" } },
      {
        kind: "group-tasks",
        tasks: ["say-op-2"],
        as: { kind: "condition", left: { task: "toss-op", output: "toss-op-Output" }, operator: "==", right: { text: "heads" } },
      },
      { kind: "group-tasks", tasks: ["say-op-3"], as: { kind: "loop", over: { items: ["a", "b"] } } },
    ],
  },
];

/** What comes of the edits: the text after all of them, and after each one for the judges; or why one was refused. */
function draw(root: string, one: Drawn): { readonly document: Document } | { readonly refused: string } {
  const { functions } = readFunctions(readFileSync(join(root, "test/conformance/pipelines", one.file), "utf8"));
  const component = (name: string): DataMap => {
    const fn = functions.find((each) => each.name === name);
    if (!fn) throw new Error(`${one.file} has no function ${name}`);
    return writeComponent(programOf(fn));
  };
  let document = openDocument(newPipelineText);
  for (const [index, edit] of one.edits(component).entries()) {
    const entrypoint = textField(field(document.stream[0], "spec"), "entrypoint");
    if (edit.kind === "rename-template" && edit.name === entrypoint) continue;
    const edited = editDocument(document, [edit]);
    if (!edited.ok)
      return { refused: `edit ${index} (${edit.kind}) is refused: ${edited.refusal.code} ${JSON.stringify(edited.refusal.values)}` };
    ({ document } = edited);
  }
  return { document };
}

/** Writes what comes of the edits into files. */
export function editedPipelines(root: string, folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  return drawn.flatMap((one) => {
    const made = draw(root, one);
    if ("refused" in made) return [];
    const path = join(folder, `${basename(one.file, ".py")}.yaml`);
    writeFileSync(path, made.document.text);
    return [path];
  });
}

/** Pipelines drawn by edits against what the SDK makes of the Python file that says the same. */
export function editedDifferences(python: string, root: string): { readonly compared: number; readonly failed: readonly string[] } {
  const files = drawn.map((one) => join(root, "test/conformance/pipelines", one.file));
  const answers = askPython(python, join(root, "test/conformance/compile_pipelines.py"), files) as readonly {
    readonly text?: string;
    readonly error?: string;
  }[];
  const failed = drawn.flatMap((one, index) => {
    const made = draw(root, one);
    const theirs = answers[index]?.text;
    if ("refused" in made) return [`${one.file}: ${made.refused}`];
    if (theirs === undefined) return [`${one.file}: the SDK does not compile it: ${answers[index]?.error}`];
    return workflowDifferences(theirs, made.document.stream[0] ?? null, () => undefined).map(
      (difference) => `${one.file}: ${t(difference)}`,
    );
  });
  return { compared: drawn.length, failed };
}
