/**
 * Lowers a task made from a component to the template and the DAG task that the KFP SDK 1.8 writes for it. docs/spec/kfp-v1.md#templates
 * and following. `draftComponent` is the part that pipelines and lifting share; `lowerComponent` is the local form, for one task added to a
 * file.
 */
import { type Diagnostic, type DiagnosticCode, diagnosticOf, type DiagnosticValues, type Report } from "#diagnostics/diagnostic.ts";
import { fileName, reservedArtifact } from "#kubernetes/kfp-names.ts";
import type { ComponentInput, ComponentSpec } from "#components/component-spec.ts";
import { type Data, type DataMap, field, isList, isMap } from "#data/data.ts";
import { byCodePoint, pythonJson } from "#components/python-text.ts";
import { defaultAsText, serializeConstant } from "#components/type-names.ts";
import { portsNamed } from "#components/component-yaml/command.ts";
import { writeComponent } from "#components/component-yaml/write.ts";
import { type Parts, resolveCommand } from "./command.ts";
import { NamePool, portName } from "./assign-names.ts";
import { compact, type Draft, type DraftOutput, finishTemplate } from "./op.ts";
import { annotation } from "../annotation-keys.ts";
import { overlaid, withLabels, withPodEnvironment } from "./op-settings.ts";
import { type NamedReference, type Use, Uses } from "./used-references.ts";

/** A reference as a single DAG sees it. `name` is the reference name and stays the same on the whole way. */
export type DagReference =
  | { readonly kind: "pipeline-parameter" | "graph-input" | "loop-item"; readonly name: string }
  /** An output of a sibling task. `valueOnly`: a resource's, which has no artifacts. */
  | { readonly kind: "task-output"; readonly task: string; readonly name: string; readonly valueOnly?: boolean };

/** What an input of one task is given. */
export type TaskArgument<R> =
  | { readonly kind: "constant"; readonly value: Data }
  | { readonly kind: "reference"; readonly reference: R }
  | { readonly kind: "text"; readonly parts: Parts<R> };

export interface ComponentTask<R> {
  readonly spec: ComponentSpec;
  readonly taskName: string;
  /** By the component's input names; absent: the default, or open. */
  readonly arguments: Readonly<Record<string, TaskArgument<R>>>;
  /** The component_ref annotation; absent: none is written. */
  readonly reference?: DataMap;
}

/** The task as a draft: what it takes and offers, and all fields except inputs and outputs. */
export function draftComponent<R extends NamedReference>(task: ComponentTask<R>, report: Report): Draft<R> {
  const { spec, taskName } = task;
  const uses = new Uses<R>();
  const outputs = componentOutputs(spec, taskName, report);
  const given = argumentParts(task, report);
  const paths = inputPaths(spec.inputs);
  const inputPath = (name: string) => paths.get(name) ?? defaultPath("inputs", name);
  const outputPath = (name: string) => {
    const declared = outputs.find((one) => one.output === name);
    if (!declared) report(problem("lower-port-undeclared", { task: taskName, port: name }));
    return declared?.from ?? defaultPath("outputs", name);
  };
  const line = resolveCommand({ spec, arguments: given, inputPath, outputPath, report, task: taskName });
  // An input that is given and not used as text arrives as a file, even if unused; used both ways, it arrives both ways.
  const files = spec.inputs.filter(({ name }) => given.has(name) && (line.byPath.has(name) || !line.byValue.has(name)));
  const artifacts = [...files]
    .sort((a, b) => byCodePoint(a.name, b.name))
    .map(({ name }) => inputArtifact(name, given.get(name) ?? [], inputPath(name), uses));
  // Made from entries, since an input may be called `__proto__`.
  const byValue = Object.fromEntries([...line.byValue].map((name) => [name, uses.t(given.get(name) ?? [])]));
  const fields = componentFields(task, {
    command: line.command.map((parts) => uses.t(parts)),
    args: line.args.map((parts) => uses.t(parts)),
    byValue,
  });
  return { kind: "container", name: taskName, fields, uses, artifacts, outputs };
}

/** The texts that the task's inputs are given, defaults applied; open inputs are absent. */
function argumentParts<R extends NamedReference>(task: ComponentTask<R>, report: Report): ReadonlyMap<string, Parts<R>> {
  const parts = new Map<string, Parts<R>>();
  for (const name of Object.keys(task.arguments))
    if (!task.spec.inputs.some((input) => input.name === name))
      report(problem("lower-input-unknown", { task: task.taskName, input: name }));
  for (const input of task.spec.inputs) {
    const argument = Object.hasOwn(task.arguments, input.name) ? task.arguments[input.name] : undefined;
    if (argument) parts.set(input.name, partsOf(argument, input, task.taskName, report));
    else if (input.default !== undefined) parts.set(input.name, [defaultAsText(input.type, input.default)]);
  }
  return parts;
}

function partsOf<R>(argument: TaskArgument<R>, input: ComponentInput, task: string, report: Report): Parts<R> {
  if (argument.kind === "reference") return [argument.reference];
  if (argument.kind === "text") return argument.parts;
  const text = serializeConstant(input.type, argument.value);
  if (text.ok) return [text.text];
  report(problem("lower-constant-type", { task, input: input.name, expected: text.expected }));
  return [""];
}

/** An input artifact: a reference's file, or text (with references as values) that Argo writes to a file. */
export function inputArtifact<R extends NamedReference>(input: string, parts: Parts<R>, path: string, uses: Uses<R>): DataMap {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && typeof only !== "string") return { name: uses.file(only), path };
  return { name: uses.constantFile(portName(input, "input")), path, raw: { data: uses.t(parts) } };
}

/** The paths of a component's input files. Names that are the same after cleaning get folders of their own. */
export function inputPaths(inputs: readonly { readonly name: string }[]): ReadonlyMap<string, string> {
  return paths(
    "inputs",
    inputs.map((input) => input.name),
  );
}

function paths(direction: "inputs" | "outputs", names: readonly string[]): ReadonlyMap<string, string> {
  const folders = new NamePool(undefined, "_");
  return new Map(names.map((name) => [name, `/tmp/${direction}/${folders.give(fileName(name) || "_")}/data`]));
}

function defaultPath(direction: "inputs" | "outputs", name: string): string {
  return `/tmp/${direction}/${fileName(name) || "_"}/data`;
}

/** What a task made from a component offers: every declared output, at its file. */
export function componentOutputs(spec: ComponentSpec, taskName: string, report: Report): readonly DraftOutput[] {
  const fixed = spec.implementation.kind === "container" ? (spec.implementation.fileOutputs ?? {}) : {};
  const generated = paths(
    "outputs",
    spec.outputs.map((output) => output.name),
  );
  const names = new NamePool();
  return spec.outputs.map(({ name: output }) => {
    const reserved = reservedArtifact(output);
    const own = Object.hasOwn(fixed, output) ? fixed[output] : undefined;
    const from = own ?? generated.get(output) ?? defaultPath("outputs", output);
    if (own !== undefined && own !== generated.get(output) && usesOutputPath(spec, output))
      report(problem("lower-output-path-conflict", { task: taskName, output, path: own }));
    return { output, name: names.give(reserved ?? `${taskName}-${portName(output, "output")}`), from, reserved: reserved !== undefined };
  });
}

function usesOutputPath({ implementation }: ComponentSpec, output: string): boolean {
  if (implementation.kind !== "container") return false;
  return portsNamed([...(implementation.command ?? []), ...(implementation.args ?? [])]).some(
    (use) => use.how === "outputPath" && use.name === output,
  );
}

function componentFields<R>(
  task: ComponentTask<R>,
  line: { readonly command: readonly string[]; readonly args: readonly string[]; readonly byValue: Readonly<Record<string, string>> },
): DataMap {
  const { spec } = task;
  const implementation = spec.implementation;
  const env = implementation.kind === "container" ? Object.entries(implementation.env ?? {}).map(([name, value]) => ({ name, value })) : [];
  const container = {
    args: line.args,
    command: line.command,
    ...(env.length > 0 && { env }),
    image: implementation.kind === "container" ? implementation.image : "",
  };
  const own = texts(field(spec.metadata, "annotations"));
  const annotations: DataMap = {
    ...own,
    [annotation.spec]: componentText(spec),
    ...(task.reference && { [annotation.reference]: pythonJson(task.reference) }),
    ...(Object.keys(line.byValue).length > 0 && { [annotation.arguments]: pythonJson(line.byValue) }),
    ...(own["volatile_component"] === "true" && { [annotation.cacheStaleness]: "P0D" }),
  };
  return { container, metadata: compact({ annotations, labels: texts(field(spec.metadata, "labels")) }) };
}

function texts(map: Data | undefined): DataMap {
  return isMap(map) ? map : {};
}

const componentTexts = new WeakMap<ComponentSpec, string>();

/** The annotation's text, made once for all tasks of a component. */
function componentText(spec: ComponentSpec): string {
  const known = componentTexts.get(spec);
  if (known !== undefined) return known;
  const text = pythonJson(componentJson(spec));
  componentTexts.set(spec, text);
  return text;
}

/** The component as the SDK puts it into the annotation: without nulls and without values that are the default anyway. */
export function componentJson(spec: ComponentSpec): DataMap {
  const data = writeComponent(spec);
  const ports = (list: Data | undefined): Data | undefined =>
    isList(list) ? list.map((port) => (isMap(port) ? pruned(port) : port)) : undefined;
  const version = data["version"] === "google.com/cloud/pipelines/component/v1" ? undefined : data["version"];
  return pruned({ ...data, inputs: ports(data["inputs"]), outputs: ports(data["outputs"]), version });
}

function pruned(data: Readonly<Record<string, Data | undefined>>): DataMap {
  return Object.fromEntries(
    Object.entries(data).filter(
      (entry): entry is [string, Data] => entry[1] !== undefined && entry[1] !== null && !(entry[0] === "optional" && entry[1] === false),
    ),
  );
}

/** A task added to a pipeline: its template and its DAG task as data. */
export interface LoweredTask {
  readonly template: DataMap;
  readonly task: DataMap;
  readonly diagnostics: readonly Diagnostic[];
}

/** What else a lowered component needs to know. */
export interface LoweringOptions {
  readonly sdkVersion: string;
  /** Outputs, as the component names them, that something downstream uses by value. */
  readonly valueOutputs?: readonly string[];
  readonly overlay?: DataMap;
  readonly caching?: boolean;
}

/** Lowers one task inside one DAG. */
export function lowerComponent(task: ComponentTask<DagReference>, options: LoweringOptions): LoweredTask {
  const diagnostics: Diagnostic[] = [];
  const draft = draftComponent(task, (found) => void diagnostics.push(found));
  const fields = withPodEnvironment(withLabels(overlaid(draft.fields, options.overlay ?? {}), options.sdkVersion, options.caching));
  const template = finishTemplate({ ...draft, fields }, (output) => options.valueOutputs?.includes(output.output) ?? false);
  return { template, task: dagTask(task.taskName, draft.uses.all()), diagnostics };
}

/** The DAG task of a template: its arguments from sources in the same DAG, and the dependencies that these bring. */
export function dagTask(name: string, uses: readonly Use<DagReference>[], after: readonly string[] = []): DataMap {
  const sorted = [...uses].sort((a, b) => byCodePoint(a.name, b.name));
  const dependencies = new Set([...after, ...uses.flatMap(({ reference }) => (reference.kind === "task-output" ? [reference.task] : []))]);
  return compact({
    name,
    template: name,
    dependencies: [...dependencies].sort(byCodePoint),
    arguments: compact({
      parameters: sorted
        .filter((use) => use.mode === "value")
        .map((use) => ({ name: use.name, value: `{{${dagSource(use.reference, "parameters")}}}` })),
      artifacts: sorted.filter((use) => use.mode === "file").map((use) => ({ name: use.name, ...fileArgument(use.reference) })),
    }),
  });
}

function fileArgument(reference: DagReference): DataMap {
  const valueOnly = reference.kind === "task-output" && reference.valueOnly;
  return valueOnly ? { raw: { data: `{{${dagSource(reference, "parameters")}}}` } } : { from: `{{${dagSource(reference, "artifacts")}}}` };
}

function dagSource(reference: DagReference, list: "parameters" | "artifacts"): string {
  return reference.kind === "task-output"
    ? `tasks.${reference.task}.outputs.${list}.${reference.name}`
    : `inputs.${list}.${reference.name}`;
}

function problem<Code extends DiagnosticCode>(code: Code, values: DiagnosticValues<Code>): Diagnostic {
  return diagnosticOf(code, values, { level: "error", path: [] });
}
