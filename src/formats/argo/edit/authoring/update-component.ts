import type { AuthoringEdit } from "#pipeline/authoring-edit.ts";
import type { ComponentSpec } from "#components/component-spec.ts";
import { type Data, type DataMap, field, isList, isMap, listField, sameData, textField } from "#data/data.ts";
import type { PortKind, Template } from "#pipeline/model.ts";
import { defaultAsText } from "#components/type-names.ts";
import { liftComponent } from "../../kfp/lift/lift-component.ts";
import type { TaskArgument } from "../../kfp/lower/lower-component.ts";
import { lowerOp } from "../../kfp/lower/lower-op.ts";
import { type ComponentOp, type Source, splitTokens, token } from "#pipeline/pipeline-plan.ts";
import { annotation, label } from "../../kfp/annotation-keys.ts";
import type { NamedReference } from "../../kfp/lower/used-references.ts";
import { diffOperations } from "#data/difference.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { releaseReads } from "../inputs.ts";
import { dropOutputReaders } from "../drop-readers.ts";
import { indexByName } from "../paths-and-names.ts";
import { callsOf, findTask, type FoundTask, isRefused, note, refuse } from "#document/edit-targets.ts";
import { findSource } from "../find-source.ts";
import { addTwin } from "../../kfp/edit/output-twins.ts";
import { componentIn, withOpenInputs } from "./add-component.ts";
import { sdkVersionOf } from "../../kfp/read/component-annotation.ts";
import { onlyReference } from "./replace-references.ts";
import { parameterIn } from "../../kfp/edit/parameter-in-graph.ts";
import { kfpV1 } from "../../kfp/flavor.ts";

// Another component behind a task: an edited function, a newer file. The template is lowered again with what the task was given;
// settings, wires and constants stay wherever the component still has a place for them, and the operations are the difference.

interface Step extends FoundTask {
  readonly callee: Template;
}

/** Lowers the template of a task again from another component. */
export function updateComponent(draft: Draft, edit: Extract<AuthoringEdit, { kind: "update-component" }>): Refused | undefined {
  const found = findTask(draft, edit.task);
  if (isRefused(found)) return found;
  const { task, callee, workflow } = found;
  const template = callee && draft.at(callee.path);
  const lifted = isMap(template) ? liftComponent(template) : undefined;
  if (!callee || !isMap(template) || !lifted || callee.kind !== "container")
    return refuse("authoring-not-a-component", { task: task.name }, task.path);
  const calls = callsOf(draft.model, callee).length;
  if (calls > 1) return refuse("authoring-template-shared", { template: callee.name, n: calls }, callee.path);
  const spec = componentIn(edit.spec);
  if ("refusal" in spec) return spec;
  if (spec.implementation.kind !== "container") return refuse("authoring-component-graph", { name: spec.name ?? "" }, callee.path);
  const step: Step = { ...found, callee };
  const given = keptArguments(draft, step, { spec, old: lifted.spec, before: lifted.arguments });
  const op: ComponentOp = {
    kind: "component",
    id: "op",
    spec,
    reference: edit.reference ?? lifted.reference ?? {},
    arguments: given,
    overlay: withTokens(settingsOf(template, lifted.spec)) as DataMap,
  };
  const { opened, open } = withOpenInputs(op, [...referenceNames(given), ...inputsRead(op.overlay)]);
  const lowered = lowerOp(opened, {
    taskName: callee.name,
    sdkVersion: sdkVersionOf(workflow),
    resolve: (reference) => (reference.kind === "parameter" ? { kind: "graph-input", name: reference.name } : undefined),
    valueOutputs: spec.outputs.map((output) => output.name),
  });
  for (const one of lowered.diagnostics) draft.note({ ...one, path: callee.path });
  const fresh = withOldLabels(withReadValues(lowered.template, callee), template);
  const before = draft.at(task.path);
  dropGoneOutputs(draft, step, fresh);
  rewire(draft, step, { fresh, open });
  draft.take(diffOperations(template, fresh, callee.path));
  releaseReads(draft, found, before);
  return undefined;
}

const inputTag = /\{\{inputs\.parameters\.([-\w]+)\}\}/g;

/** Settings read inputs, too (the name of a volume's claim): as references of the plan they are declared again. */
function withTokens(data: Data): Data {
  if (typeof data === "string") return data.replace(inputTag, (_, name: string) => token({ kind: "parameter", name }));
  if (isList(data)) return data.map(withTokens);
  return isMap(data) ? Object.fromEntries(Object.entries(data).map(([key, value]) => [key, withTokens(value)])) : data;
}

function inputsRead(settings: Data | undefined): readonly string[] {
  if (typeof settings === "string")
    return splitTokens(settings).flatMap((part) => (typeof part !== "string" && part.kind === "parameter" ? [part.name] : []));
  if (isList(settings)) return settings.flatMap(inputsRead);
  return isMap(settings) ? Object.values(settings).flatMap(inputsRead) : [];
}

/** What the inputs that still exist are given. A constant that was only the old default gives way to the new one. */
function keptArguments(
  draft: Draft,
  { task, callee }: Step,
  components: {
    readonly spec: ComponentSpec;
    readonly old: ComponentSpec;
    readonly before: Readonly<Record<string, TaskArgument<NamedReference>>>;
  },
): Readonly<Record<string, Source>> {
  const { spec, old, before } = components;
  const kept: [string, Source][] = [];
  for (const [name, argument] of Object.entries(before)) {
    const fed =
      argument.kind !== "reference" ||
      callee.inputs.some(
        (input) =>
          input.name === argument.reference.name && task.arguments.some((one) => one.kind === input.kind && one.name === input.name),
      );
    const input = old.inputs.find((one) => one.name === name);
    if (!fed || (argument.kind === "text" && isDefault(input, argument.parts))) continue;
    if (spec.inputs.some((one) => one.name === name)) kept.push([name, sourceOf(argument)]);
    else draft.note(note("authoring-wire-dropped", { task: task.name, input: name }, task.path));
  }
  return Object.fromEntries(kept);
}

function isDefault(input: ComponentSpec["inputs"][number] | undefined, parts: readonly unknown[]): boolean {
  return input?.default !== undefined && parts.length === 1 && parts[0] === defaultAsText(input.type, input.default);
}

function sourceOf(argument: TaskArgument<NamedReference>): Source {
  const named = (one: NamedReference) => ({ kind: "parameter", name: one.name }) as const;
  if (argument.kind === "reference") return named(argument.reference);
  if (argument.kind === "constant") return argument;
  return { kind: "text", parts: argument.parts.map((part) => (typeof part === "string" ? part : named(part))) };
}

function referenceNames(given: Readonly<Record<string, Source>>): readonly string[] {
  return Object.values(given).flatMap((source) =>
    source.kind === "parameter"
      ? [source.name]
      : source.kind === "text"
        ? source.parts.flatMap((part) => (typeof part !== "string" && part.kind === "parameter" ? [part.name] : []))
        : [],
  );
}

const ownAnnotations: readonly string[] = [annotation.spec, annotation.reference, annotation.arguments];

/** The template's fields that the old component did not produce: settings, an image of its own, further env, labels, annotations. */
function settingsOf(template: DataMap, old: ComponentSpec): DataMap {
  const implementation = old.implementation.kind === "container" ? old.implementation : undefined;
  return Object.fromEntries(
    Object.entries(template).flatMap(([key, value]): [string, Data][] => {
      if (["name", "inputs", "outputs"].includes(key)) return [];
      if (key === "metadata" && isMap(value)) return [[key, metadataLeft(value, old)]];
      if (key !== "container" || !isMap(value)) return [[key, value]];
      const made = Object.entries(implementation?.env ?? {});
      const container = Object.entries(value).flatMap(([name, inner]): [string, Data][] => {
        if (name === "command" || name === "args" || (name === "image" && inner === implementation?.image)) return [];
        if (name !== "env" || !isList(inner)) return [[name, inner]];
        const own = inner.filter((one) => !made.some(([variable, text]) => sameData(one, { name: variable, value: text })));
        return own.length > 0 ? [[name, own]] : [];
      });
      return container.length > 0 ? [[key, Object.fromEntries(container)]] : [];
    }),
  );
}

function metadataLeft(metadata: DataMap, old: ComponentSpec): DataMap {
  return Object.fromEntries(
    Object.entries(metadata).map(([part, entries]): [string, Data] => {
      const made = field(old.metadata, part);
      if (!isMap(entries)) return [part, entries];
      return [
        part,
        Object.fromEntries(
          Object.entries(entries).filter(
            ([key, value]) => !(part === "annotations" && ownAnnotations.includes(key)) && field(made, key) !== value,
          ),
        ),
      ];
    }),
  );
}

/** The template without the SDK's labels that the file did not have: an older SDK wrote none, and an update is no place to add them. */
function withOldLabels(template: DataMap, old: DataMap): DataMap {
  const metadata = field(template, "metadata");
  const labels = field(metadata, "labels");
  if (!isMap(metadata) || !isMap(labels)) return template;
  const had = field(field(old, "metadata"), "labels");
  const kept = Object.entries(labels).filter(([key]) => !Object.values<string>(label).includes(key) || field(had, key) !== undefined);
  const { labels: _, ...rest } = metadata;
  const left: DataMap = kept.length > 0 ? { ...metadata, labels: Object.fromEntries(kept) } : (rest as DataMap);
  return { ...template, metadata: left };
}

/** The lowered template with those output values alone that something reads already. */
function withReadValues(template: DataMap, old: Template): DataMap {
  const outputs = field(template, "outputs");
  if (!isMap(outputs)) return template;
  const parameters = listField(outputs, "parameters").filter((one) =>
    old.outputs.some((output) => output.kind === "parameter" && output.name === textField(one, "name")),
  );
  const { parameters: _, ...rest } = outputs;
  return { ...template, outputs: parameters.length > 0 ? { ...outputs, parameters } : (rest as DataMap) };
}

/** Disconnects what read an output that the new component does not have. */
function dropGoneOutputs(draft: Draft, { workflow, task, callee }: Step, fresh: DataMap): void {
  const reported = new Set<string>();
  for (const output of callee.outputs) {
    const list = listField(field(fresh, "outputs"), `${output.kind}s`);
    if (indexByName(list, output.name) >= 0) continue;
    const count = draft.operations.length;
    dropOutputReaders(draft, workflow, callee, { name: output.name, kind: output.kind });
    if (draft.operations.length === count || reported.has(output.label)) continue;
    reported.add(output.label);
    draft.note(note("authoring-output-gone", { task: task.name, output: output.label }, task.path));
  }
}

/** The call's arguments as the new template takes them: a value that is now taken as a file, or a file as a value, is written in the new form. */
function rewire(draft: Draft, step: Step, made: { readonly fresh: DataMap; readonly open: ReadonlySet<string> }): void {
  const { task } = step;
  const call = draft.at(task.path) as DataMap;
  const before = field(call, "arguments");
  const inputs = field(made.fresh, "inputs");
  const lists = (["parameter", "artifact"] as const).flatMap((kind): [string, readonly Data[]][] => {
    const declared = listField(inputs, `${kind}s`)
      .filter((one) => field(one, "raw") === undefined)
      .map((one) => textField(one, "name") ?? "");
    const items = declared.flatMap((name): readonly Data[] => {
      if (made.open.has(name)) return [];
      const same = listField(before, `${kind}s`).find((one) => textField(one, "name") === name);
      if (same !== undefined) return [same];
      const other = listField(before, kind === "parameter" ? "artifacts" : "parameters").find((one) => textField(one, "name") === name);
      const message = other === undefined ? undefined : converted(draft, step, other, kind);
      if (other !== undefined && message === undefined)
        draft.note(note("authoring-wire-dropped", { task: task.name, input: name }, task.path));
      return message ? [{ name, ...message }] : [];
    });
    return items.length > 0 ? [[`${kind}s`, items]] : [];
  });
  const { arguments: _, ...rest } = call;
  draft.take(diffOperations(call, lists.length > 0 ? { ...call, arguments: Object.fromEntries(lists) } : (rest as DataMap), task.path));
}

function converted(draft: Draft, { workflow, graph }: Step, argument: Data, kind: PortKind): DataMap | undefined {
  const reference = onlyReference(field(argument, kind === "parameter" ? "from" : "value") ?? field(field(argument, "raw"), "data"));
  const field_ = kind === "parameter" ? "value" : "from";
  if (reference?.kind === "graph-input") {
    const text = workflow.parameters.some((one) => one.name === reference.name)
      ? parameterIn(draft, workflow, graph, reference.name, kind)
      : undefined;
    return text === undefined ? undefined : { [field_]: text };
  }
  if (reference?.kind !== "task-output") return undefined;
  const source = findSource(draft, { task: reference.task, port: reference.output }, workflow, graph);
  if (source === "pipeline-parameter" || "refusal" in source) return undefined;
  const text = (port: PortKind) => `{{tasks.${reference.task}.outputs.${port}s.${reference.output}}}`;
  if (kind === "artifact") return source.asFile ? { from: text("artifact") } : { raw: { data: text("parameter") } };
  const producer = source.sibling?.callee;
  return source.asValue || (producer && addTwin(draft, producer, reference.output, kfpV1)) ? { value: text("parameter") } : undefined;
}
