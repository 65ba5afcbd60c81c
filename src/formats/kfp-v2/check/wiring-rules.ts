import type { Binding, Reference } from "#pipeline/binding.ts";
import type { Path } from "#data/data.ts";
import type { Argument, OutputPort, PortKind, Task, Template } from "#pipeline/model.ts";
import { find, findEntries } from "../read/fields.ts";
import { componentOf, dataAt, fails, odd, refused, type Subject } from "./checked-pipeline.ts";

/** What tasks refer to: components, executors, outputs of other tasks, inputs of the graph around. docs/spec/kfp-v2.md#codes */
export function checkWiring(subject: Subject): void {
  for (const template of subject.workflow.templates) checkExecutor(subject, template);
  for (const { graph, task } of subject.tasks) {
    checkCall(subject, task);
    for (const argument of task.arguments) checkArgument(subject, graph, task, argument);
    for (const reference of task.otherReferences ?? []) checkReference(subject, graph, reference, task.path);
    checkInputsGiven(subject, task);
  }
  for (const graph of subject.workflow.templates) if (graph.kind === "dag") checkOutputs(subject, graph);
}

function checkCall(subject: Subject, task: Task): void {
  if (componentOf(subject, task)) return;
  const { call, name, path } = task;
  subject.report({
    code: "component-missing",
    level: refused,
    values: { task: name, name: call.kind === "template" ? call.name : "" },
    path: call.kind === "template" ? [...path, "componentRef"] : path,
  });
}

function checkExecutor(subject: Subject, template: Template): void {
  if (template.kind === "dag") return;
  const label = find(dataAt(subject, template.path), "executorLabel", template.path);
  if (typeof label.value !== "string") {
    // A component without anything is reported only if it has no graph either.
    const dag = find(dataAt(subject, template.path), "dag", template.path);
    if (dag.value === undefined)
      subject.report({ code: "executor-missing", level: refused, values: { component: template.name, name: "" }, path: template.path });
    return;
  }
  if (template.executor === undefined) {
    subject.report({
      code: "executor-missing",
      level: refused,
      values: { component: template.name, name: label.value },
      path: label.path,
    });
  } else if (template.kind === "unknown") {
    const kind = Object.keys(template.rest)[0] ?? "";
    subject.report({ code: "executor-kind", level: refused, values: { name: label.value, kind }, path: template.executor.path });
  }
}

function checkArgument(subject: Subject, graph: Template, task: Task, argument: Argument): void {
  const references = referencesOf(argument.binding);
  for (const reference of references) checkReference(subject, graph, reference, argument.path);
  const input = componentOf(subject, task)?.inputs.find((one) => one.name === argument.name);
  const [reference] = references;
  const source = argument.binding.kind === "reference" && reference ? sourceOf(subject, graph, reference) : undefined;
  if (!input || !source) return;
  const values = { task: task.name, input: input.name, type: input.type ?? "", source: source.type ?? "" };
  if (argument.kind === "parameter" && input.kind === "parameter" && !canPass(source.type, input.type, argument.binding))
    subject.report({ code: "kind-mismatch", level: fails, values, path: argument.path });
  if (
    argument.kind === "artifact" &&
    input.kind === "artifact" &&
    !isWild(source.type) &&
    !isWild(input.type) &&
    source.type !== input.type
  )
    subject.report({ code: "artifact-title-mismatch", level: odd, values, path: argument.path });
}

/** Only a plain reference and texts refer; placeholders of constants name inputs that are checked for themselves. */
function referencesOf(binding: Binding): readonly Reference[] {
  return binding.kind === "reference" ? [binding.reference] : [];
}

function checkReference(subject: Subject, graph: Template, reference: Reference, path: Path): void {
  if (reference.kind === "graph-input") {
    if (!graph.inputs.some((input) => input.kind === reference.port && input.name === reference.name))
      subject.report({ code: "dag-input-missing", level: fails, values: { name: reference.name, graph: graph.name }, path });
    return;
  }
  if (reference.kind !== "task-output") return;
  const producer = subject.sibling(graph, reference.task);
  if (!producer) return void subject.report({ code: "producer-missing", level: refused, values: { name: reference.task }, path });
  const component = componentOf(subject, producer);
  if (!component || reference.port === undefined) return;
  if (!component.outputs.some((output) => output.kind === reference.port && output.name === reference.output))
    subject.report({ code: "output-missing", level: fails, values: { task: reference.task, name: reference.output }, path });
}

function sourceOf(subject: Subject, graph: Template, reference: Reference): { readonly type?: string } | undefined {
  if (reference.kind === "graph-input") return graph.inputs.find((input) => input.kind === reference.port && input.name === reference.name);
  if (reference.kind !== "task-output" || reference.port === undefined) return undefined;
  const producer = subject.sibling(graph, reference.task);
  const component = producer && componentOf(subject, producer);
  return component?.outputs.find((output: OutputPort) => output.kind === reference.port && output.name === reference.output);
}

const numbers = new Set(["NUMBER_INTEGER", "NUMBER_DOUBLE", "INT", "DOUBLE"]);

/** Whether the driver passes a value of one type to an input of another. A selected field may have any type. */
function canPass(from: string | undefined, to: string | undefined, binding: Binding): boolean {
  if (from === undefined || to === undefined || from === to || to === "STRING") return true;
  if (binding.kind === "reference" && binding.selector !== undefined) return true;
  // The SDK types items and fields that it knows nothing of as text.
  if (
    from === "STRING" &&
    binding.kind === "reference" &&
    binding.reference.kind === "graph-input" &&
    /loop-item/.test(binding.reference.name)
  )
    return true;
  return numbers.has(from) && numbers.has(to);
}

function isWild(type: string | undefined): boolean {
  return type === undefined || type === "system.Artifact";
}

function checkInputsGiven(subject: Subject, task: Task): void {
  for (const input of componentOf(subject, task)?.inputs ?? []) {
    const isGiven = task.arguments.some((argument) => argument.kind === input.kind && argument.name === input.name);
    const isItem = task.loop !== undefined && task.loop.kind !== "sequence" && task.loop.item === input.name;
    if (input.required && !isGiven && !isItem)
      subject.report({ code: "input-missing", level: fails, values: { task: task.name, name: input.name }, path: task.path });
  }
}

function checkOutputs(subject: Subject, graph: Template): void {
  const dag = find(dataAt(subject, graph.path), "dag", graph.path);
  const outputs = find(dag.value, "outputs", dag.path);
  for (const kind of ["parameter", "artifact"] as readonly PortKind[])
    for (const { key, path } of findEntries(outputs.value, `${kind}s`, outputs.path)) {
      const declared = graph.outputs.find((output) => output.kind === kind && output.name === key);
      if (!declared) subject.report({ code: "dag-output-undeclared", level: refused, values: { name: key, graph: graph.name }, path });
      const source = declared?.source;
      const references = source?.kind === "one-of" ? source.references : source?.kind === "reference" ? [source.reference] : [];
      for (const reference of references) checkReference(subject, graph, reference, path);
    }
}
