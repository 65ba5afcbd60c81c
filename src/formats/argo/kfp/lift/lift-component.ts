/**
 * Lifts a container template to the component it was compiled from, if lowering the component gives back the container, inputs and
 * outputs in the file. What the component does not produce is the overlay; of a template that differs only the interface is kept.
 */
import type { ComponentInput, ComponentSpec } from "#components/component-spec.ts";
import { type Data, type DataMap, field, isList, isMap, listField, sameData, textField } from "#data/data.ts";
import { readComponent } from "#components/component-yaml/read.ts";
import { annotation, label } from "../annotation-keys.ts";
import { draftComponent, inputPaths, type TaskArgument } from "../lower/lower-component.ts";
import type { Draft } from "../lower/op.ts";
import type { NamedReference } from "../lower/used-references.ts";
import { readArguments } from "./arguments.ts";

/** A template's component: `lifted` only if lowering gives the template back. */
export interface LiftedComponent {
  readonly kind: "component";
  readonly spec: ComponentSpec;
  readonly reference?: DataMap;
  readonly lifted: boolean;
  /** What each input is given; references by the names of the template's inputs. Open inputs and untouched defaults are absent. */
  readonly arguments: Readonly<Record<string, TaskArgument<NamedReference>>>;
  /** The template's fields that the component does not make: settings, further env, labels, annotations. */
  readonly overlay: DataMap;
  /** What differs, as paths in the template, if it is not lifted: `container/args`, `inputs/artifacts` … */
  readonly differences: readonly string[];
}

/** The component behind a template's data; undefined without a component_spec annotation. */
export function liftComponent(template: DataMap): LiftedComponent | undefined {
  const annotations = field(field(template, "metadata"), "annotations");
  const spec = readSpec(textField(annotations, annotation.spec));
  if (!spec) return undefined;
  const reference = parsedMap(textField(annotations, annotation.reference));
  const constants = parsedMap(textField(annotations, annotation.arguments));
  const base = { kind: "component", spec, ...(reference && { reference }) } as const;
  if (spec.implementation.kind !== "container")
    return { ...base, lifted: false, arguments: {}, overlay: {}, differences: ["implementation"] };
  const given = argumentsOf(spec, template, constants ?? readArguments(spec, template));
  const errors: string[] = [];
  const draft = draftComponent<NamedReference>(
    { spec, taskName: textField(template, "name") ?? "", arguments: given, reference },
    // The SDK itself replaces a v2 placeholder by this text, so lifting loses nothing.
    (found) => void (found.code !== "lower-v2-placeholder" && errors.push(found.code)),
  );
  const differences = [...errors, ...compare(template, draft)];
  return {
    ...base,
    lifted: differences.length === 0,
    arguments: given,
    overlay: differences.length === 0 ? overlayOf(template, draft) : {},
    differences,
  };
}

function readSpec(text: string | undefined): ComponentSpec | undefined {
  const data = parsedMap(text);
  return data && readComponent(data).component;
}

function parsedMap(text: string | undefined): DataMap | undefined {
  if (text === undefined) return undefined;
  try {
    const data = JSON.parse(text) as Data;
    return isMap(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** The arguments according to the template's inputs and the annotation. */
function argumentsOf(spec: ComponentSpec, template: DataMap, constants: DataMap): Readonly<Record<string, TaskArgument<NamedReference>>> {
  const paths = inputPaths(spec.inputs);
  const artifacts = listField(field(template, "inputs"), "artifacts");
  const fileOf = (input: ComponentInput) => artifacts.find((artifact) => textField(artifact, "path") === paths.get(input.name));
  return Object.fromEntries(
    spec.inputs.flatMap((input): [string, TaskArgument<NamedReference>][] => {
      const constant = field(constants, input.name);
      if (typeof constant === "string") return [[input.name, argumentOf(constant)]];
      const file = fileOf(input);
      if (!file) return [];
      const raw = textField(field(file, "raw"), "data");
      if (raw !== undefined) return [[input.name, { kind: "text", parts: splitReferences(raw) }]];
      return [[input.name, { kind: "reference", reference: { name: textField(file, "name") ?? "" } }]];
    }),
  );
}

function argumentOf(text: string): TaskArgument<NamedReference> {
  const parts = splitReferences(text);
  const [only] = parts;
  return parts.length === 1 && only !== undefined && typeof only !== "string"
    ? { kind: "reference", reference: only }
    : { kind: "text", parts };
}

/** Text as the template writes it, with `{{inputs.parameters.X}}` as references. */
function splitReferences(text: string): readonly (string | NamedReference)[] {
  return text
    .split(/(\{\{inputs\.parameters\.[-\w]+\}\})/)
    .filter((part) => part !== "")
    .map((part) => {
      const name = /^\{\{inputs\.parameters\.([-\w]+)\}\}$/.exec(part)?.[1];
      return name === undefined ? part : { name };
    });
}

const containerKeys = ["image", "command", "args"] as const;

/** Where the template differs from what lowering makes. */
function compare(template: DataMap, draft: Draft<NamedReference>): readonly string[] {
  const container = field(template, "container");
  const made = field(draft.fields, "container");
  const differences: string[] = [];
  for (const key of containerKeys) {
    // Older SDKs left out a command which the component does not have.
    const missing = key === "image" ? "" : [];
    if (!sameData(field(container, key) ?? missing, field(made, key) ?? missing)) differences.push(`container/${key}`);
  }
  const env = listField(made, "env");
  // The annotation has the variables by name, independent of their order in the component file.
  if (!sameSet(listField(container, "env").slice(0, env.length), env)) differences.push("container/env");
  const inputs = field(template, "inputs");
  const declared = new Set(listField(inputs, "parameters").map((parameter) => textField(parameter, "name")));
  if (draft.uses.parameters().some((name) => !declared.has(name))) differences.push("inputs/parameters");
  const artifacts = listField(inputs, "artifacts");
  if (!sameSet(artifacts, draft.artifacts) && !sameSet(artifacts, unnumbered(draft))) differences.push("inputs/artifacts");
  return [...differences, ...compareOutputs(field(template, "outputs"), draft)];
}

/** The input artifacts as the SDK names them: two files from one output under one name. */
function unnumbered(draft: Draft<NamedReference>): readonly Data[] {
  const names = new Map(draft.uses.all().flatMap((use) => (use.mode === "file" ? [[use.name, use.reference.name] as const] : [])));
  return draft.artifacts.map((artifact) => ({ ...artifact, name: names.get(textField(artifact, "name") ?? "") ?? artifact["name"] ?? "" }));
}

function compareOutputs(outputs: Data | undefined, draft: Draft<NamedReference>): readonly string[] {
  const artifacts = draft.outputs.map(({ name, from }): Data => ({ name, path: from }));
  const parameters = draft.outputs.filter((one) => !one.reserved).map(({ name, from }): Data => ({ name, valueFrom: { path: from } }));
  const extra = listField(outputs, "parameters").some((parameter) => !parameters.some((one) => sameData(one, parameter)));
  return [...(sameSet(listField(outputs, "artifacts"), artifacts) ? [] : ["outputs/artifacts"]), ...(extra ? ["outputs/parameters"] : [])];
}

function sameSet(a: readonly Data[], b: readonly Data[]): boolean {
  return a.length === b.length && a.every((one) => b.some((other) => sameData(one, other)));
}

const ownAnnotations = new Set<string>([annotation.spec, annotation.reference, annotation.arguments]);
const ownLabels = new Set<string>([label.sdkVersion, label.sdkType]);

/** What the template contains in addition to what the component produces. */
function overlayOf(template: DataMap, draft: Draft<NamedReference>): DataMap {
  const made = field(draft.fields, "container");
  const envMade = listField(made, "env").length;
  const left = Object.entries(template).flatMap(([key, value]): [string, Data][] => {
    if (key === "name" || key === "inputs" || key === "outputs") return [];
    if (key === "container") {
      const container = Object.entries(isMap(value) ? value : {}).flatMap(([name, inner]): [string, Data][] => {
        if (name === "env" && isList(inner)) return inner.length > envMade ? [[name, inner.slice(envMade)]] : [];
        return (containerKeys as readonly string[]).includes(name) ? [] : [[name, inner]];
      });
      return container.length > 0 ? [[key, Object.fromEntries(container)]] : [];
    }
    if (key === "metadata") return metadataLeft(value, field(draft.fields, "metadata"));
    return [[key, value]];
  });
  return Object.fromEntries(left);
}

function metadataLeft(metadata: Data, made: Data | undefined): [string, Data][] {
  if (!isMap(metadata)) return [["metadata", metadata]];
  const left = Object.entries(metadata).flatMap(([part, entries]): [string, Data][] => {
    const own = part === "annotations" ? ownAnnotations : part === "labels" ? ownLabels : new Set<string>();
    if (!isMap(entries)) return [[part, entries]];
    const kept = Object.entries(entries).filter(([key, value]) => !own.has(key) && !sameData(field(field(made, part), key), value));
    return kept.length > 0 ? [[part, Object.fromEntries(kept)]] : [];
  });
  return left.length > 0 ? [["metadata", Object.fromEntries(left)]] : [];
}
