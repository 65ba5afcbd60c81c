/**
 * Writes a model as documents. `writeModel(readModel(stream).model)` equals the stream, with its keys in their order: each part writes
 * the keys of its `order`, from `rest` if the key is there, else from the typed field. Works on a model that came through JSON.
 */
import type { Binding } from "#pipeline/binding.ts";
import { type Data, type DataMap, field, isList, isMap, unreachable } from "#data/data.ts";
import type { FormatWriting } from "#document/format.ts";
import type { Argument, Call, Hook, InputPort, OutputPort, Task, Template, Workflow } from "#pipeline/model.ts";
import { writePortLists } from "./read/port-lists.ts";
import { writeReference, writeText } from "./syntax/references.ts";

/** The writing part of the format. */
export const argoWriting: FormatWriting = { format: "argo", write: writeWorkflow };

/** A workflow object. */
export function writeWorkflow(workflow: Workflow): DataMap {
  return ordered(
    workflow.order.object,
    workflow.rest,
    (key) => (key === "spec" ? writeSpec(workflow) : undefined),
    (key, value) =>
      key === "spec" && workflow.resource === "CronWorkflow" && isMap(field(value, "workflowSpec"))
        ? { ...(value as DataMap), workflowSpec: writeSpec(workflow) }
        : value,
  );
}

function writeSpec(workflow: Workflow): DataMap {
  return ordered(workflow.order.spec, workflow.specRest, (key) => {
    switch (key) {
      case "entrypoint":
        return workflow.entrypoint;
      case "onExit":
        return workflow.onExit;
      case "workflowTemplateRef":
        return workflow.workflowTemplateRef;
      case "templates":
        return workflow.templates.map(writeTemplate);
      case "arguments":
        return ordered(workflow.order.arguments ?? [], {}, (list) =>
          (list === "parameters" ? workflow.parameters : workflow.artifacts).map(writePipelinePort),
        );
      default:
        return undefined;
    }
  });
}

function writePipelinePort(port: {
  readonly name: string;
  readonly description?: string;
  readonly value?: Data;
  readonly rest: DataMap;
  readonly order: readonly string[];
}): DataMap {
  return ordered(port.order, port.rest, (key) =>
    key === "name" ? port.name : key === "description" ? port.description : key === "value" ? port.value : undefined,
  );
}

/** A template. */
export function writeTemplate(template: Template): DataMap {
  const typed = (key: string): Data | undefined => {
    switch (key) {
      case "name":
        return template.name;
      case "inputs":
        return writePortLists(template.inputs, writeInput);
      case "outputs":
        return writePortLists(template.outputs, writeOutput);
      case "steps":
        return writeSteps(template.tasks);
      default:
        return undefined;
    }
  };
  return ordered(template.order, template.rest, typed, (key, value) =>
    key === "dag" && template.kind === "dag" ? writeDag(value, template.tasks) : value,
  );
}

/** The dag's mapping; an empty list of tasks marks where the calls go, anything else there is carried as read. */
function writeDag(dag: Data, tasks: readonly Task[]): Data {
  const list = field(dag, "tasks");
  return isMap(dag) && isList(list) && list.length === 0 ? { ...dag, tasks: tasks.map(writeTask) } : dag;
}

function writeSteps(tasks: readonly Task[]): readonly Data[] {
  const groups: Data[][] = [];
  for (const task of tasks) {
    const stage = task.stage ?? 0;
    while (groups.length <= stage) groups.push([]);
    groups[stage]?.push(writeTask(task));
  }
  return groups;
}

/** A call. */
export function writeTask(task: Task): DataMap {
  return ordered(task.keys, task.rest, (key) => {
    switch (key) {
      case "name":
        return task.name;
      case "template":
      case "templateRef":
      case "inline":
        return writeCall(task.call);
      case "arguments":
        return writePortLists(task.arguments, writeArgument);
      case "dependencies":
        return task.order.after.map((one) => one.task);
      case "depends":
        return task.order.formula;
      case "when":
        return task.when?.text;
      case "withItems":
        return task.loop?.kind === "items" ? task.loop.items : undefined;
      case "withParam":
        return task.loop?.kind === "param" ? boundText(task.loop.source) : undefined;
      case "withSequence":
        return task.loop?.kind === "sequence" ? task.loop.raw : undefined;
      case "hooks":
        return Object.fromEntries(task.hooks.map((hook) => [hook.name, writeHook(hook)]));
      default:
        return undefined;
    }
  });
}

function writeCall(call: Call): Data | undefined {
  switch (call.kind) {
    case "template":
      return call.name;
    case "reference":
      return call.raw;
    case "inline":
      return writeTemplate(call.template);
    case "none":
      return undefined;
    default:
      return unreachable(call);
  }
}

function writeHook(hook: Hook): DataMap {
  return ordered(hook.order, hook.rest, (key) => {
    if (key === "template" || key === "templateRef") return writeCall(hook.call);
    if (key === "expression") return hook.expression;
    return key === "arguments" ? writePortLists(hook.arguments, writeArgument) : undefined;
  });
}

function writeInput(port: InputPort): DataMap {
  return ordered(port.order, port.rest, (key) => {
    if (key === "name") return port.name;
    if (key === "description") return port.description;
    return key === "value" || key === "default" ? port.fallback : undefined;
  });
}

function writeOutput(port: OutputPort): DataMap {
  return ordered(port.order, port.rest, (key) => {
    if (key === "name") return port.name;
    if (key === "description") return port.description;
    return key === "globalName" ? port.globalName : port.source && writeBinding(port.source, key);
  });
}

/** One argument of a call. */
export function writeArgument(argument: Argument): DataMap {
  return ordered(argument.order, argument.rest, (key) => (key === "name" ? argument.name : writeBinding(argument.binding, key)));
}

/** What a binding says under a key of its argument or output (`value`, `valueFrom`, `from`, `raw` …); undefined if nothing. */
export function writeBinding(binding: Binding, key: string): Data | undefined {
  switch (binding.kind) {
    case "constant":
      return binding.value;
    case "location":
      return field(binding.value, key);
    case "expression":
      return binding.field === "expression" ? { expression: binding.source } : binding.source;
    case "reference":
    case "text":
      return binding.field === "parameter" ? { parameter: boundText(binding) } : boundText(binding);
    case "one-of":
      throw new Error("Argo has no one-of binding");
    default:
      return unreachable(binding);
  }
}

/** A binding of text as the text; "" for other bindings. */
function boundText(binding: Binding): string {
  if (binding.kind === "reference") return writeReference(binding.reference);
  if (binding.kind === "text") return writeText(binding.parts);
  return binding.kind === "constant" && typeof binding.value === "string" ? binding.value : "";
}

/** A mapping of the keys in `order`: from `rest` (passed through `carried`) if the key is there, else what `typed` gives for it. */
function ordered(
  order: readonly string[],
  rest: DataMap,
  typed: (key: string) => Data | undefined,
  carried: (key: string, value: Data) => Data = (_, value) => value,
): DataMap {
  const entries: [string, Data][] = [];
  for (const key of order) {
    const value = Object.hasOwn(rest, key) ? carried(key, rest[key] as Data) : typed(key);
    if (value !== undefined) entries.push([key, value]);
  }
  return Object.fromEntries(entries);
}
