import type { ComponentInput, ComponentOutput } from "#components/component-spec.ts";
import { type DataMap, field, textField } from "#data/data.ts";
import { fileName, k8sCaseName, reservedArtifact } from "#kubernetes/kfp-names.ts";
import type { PortKind, TemplateComponent } from "#pipeline/model.ts";

// Which port of a component a port of its template is: the component declares its name, type and description.

/** The input of the component behind an input of the template. */
export type DescribeInput = (kind: PortKind, name: string, data: DataMap) => ComponentInput | undefined;
/** The output of the component behind an output of the template. */
export type DescribeOutput = (name: string, data: DataMap) => ComponentOutput | undefined;

/** Finds the inputs of a component. docs/spec/kfp-v1.md#reading-ports: a file input is known by its path, a value input by the annotation arguments.parameters. */
export function describeInputs(component: TemplateComponent | undefined): DescribeInput {
  if (component === undefined) return () => undefined;
  const byName = new Map(component.spec.inputs.map((input) => [input.name, input]));
  const byPath = firstOf(component.spec.inputs, (input) => `/tmp/inputs/${fileName(input.name)}/data`);
  const byParameter = new Map<string, ComponentInput>();
  for (const [name, text] of Object.entries(component.constants)) {
    const parameter = /^\{\{inputs\.parameters\.([^{}]+)\}\}$/.exec(text)?.[1];
    const input = byName.get(name);
    if (parameter !== undefined && input && !byParameter.has(parameter)) byParameter.set(parameter, input);
  }
  return (kind, name, data) => (kind === "parameter" ? byParameter.get(name) : byPath.get(textField(data, "path") ?? ""));
}

/** Finds the outputs of a component. docs/spec/kfp-v1.md#reading-ports: `<template>-<k8sCase(output)>`, or one of the two reserved artifacts; else by its path. */
export function describeOutputs({
  component,
  template,
}: {
  readonly component?: TemplateComponent;
  readonly template: string;
}): DescribeOutput {
  if (component === undefined) return () => undefined;
  const { outputs } = component.spec;
  const byName = firstOf(outputs, (output) => reservedArtifact(output.name) ?? `${template}-${k8sCaseName(output.name)}`);
  const byPath = firstOf(outputs, (output) => `/tmp/outputs/${fileName(output.name)}/data`);
  return (name, data) => byName.get(name) ?? byPath.get(textField(data, "path") ?? textField(field(data, "valueFrom"), "path") ?? "");
}

function firstOf<Item>(items: readonly Item[], key: (item: Item) => string): ReadonlyMap<string, Item> {
  const found = new Map<string, Item>();
  for (const item of items) if (!found.has(key(item))) found.set(key(item), item);
  return found;
}
