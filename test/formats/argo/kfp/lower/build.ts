import { parse } from "yaml";
import { expect } from "vitest";
import { lowerPipeline } from "#formats/argo/kfp/lower/lower-pipeline.ts";
import type { ComponentOp, PipelinePlan, PlanItem, PlanParameter, Source } from "#pipeline/pipeline-plan.ts";
import { readComponent } from "#components/component-yaml/read.ts";
import type { ComponentSpec } from "#components/component-spec.ts";
import { type Data, type DataMap, field, listField, textField } from "#data/data.ts";
import { invariants } from "./invariants.ts";

export const stamps = { sdkVersion: "1.8.22", compiledAt: "2024-05-01T09:30:00.000000" };

/** A component from YAML text. */
export function componentOf(yaml: string): ComponentSpec {
  const { component } = readComponent(parse(yaml) as Data);
  if (!component) throw new Error("no component");
  return component;
}

/** A component that takes `value` by value and `file` by path and gives `Out`. */
export const both = componentOf(`
name: Both
inputs: [{name: value, optional: true}, {name: file, optional: true}]
outputs: [{name: Out}]
implementation:
  container:
    image: example/both:1
    command: [both]
    args:
    - if: {cond: {isPresent: value}, then: [--value, {inputValue: value}]}
    - if: {cond: {isPresent: file}, then: [--file, {inputPath: file}]}
    - {outputPath: Out}
`);

export const constant = (value: Data): Source => ({ kind: "constant", value });
export const parameter = (name: string) => ({ kind: "parameter", name }) as const;
export const output = (op: string, name = "Out") => ({ kind: "output", op, output: name }) as const;
export const item = (loop: string, key?: string) => ({ kind: "item", loop, ...(key !== undefined && { key }) }) as const;

/** A step of `both`. */
export function step(id: string, args: Readonly<Record<string, Source>> = {}, more: Partial<ComponentOp> = {}): ComponentOp {
  return { kind: "component", id, name: id, spec: both, arguments: args, ...more };
}

/** Lowers a body and checks what must hold of every workflow. */
export function lower(body: readonly PlanItem[], parameters: readonly PlanParameter[] = [], more: Partial<PipelinePlan> = {}) {
  const { workflow, diagnostics } = lowerPipeline({ name: "Demo", parameters, body, ...more }, stamps);
  if (!diagnostics.some((found) => found.level === "error")) expect(invariants(workflow)).toEqual([]);
  const spec = field(workflow, "spec") as DataMap;
  const template = (name: string): DataMap => {
    const found = listField(spec, "templates").find((one) => textField(one, "name") === name);
    if (!found)
      throw new Error(
        `no template ${name} among ${listField(spec, "templates")
          .map((one) => textField(one, "name"))
          .join(", ")}`,
      );
    return found as DataMap;
  };
  const task = (graph: string, name: string): DataMap => {
    const found = listField(template(graph)["dag"] as DataMap, "tasks").find((one) => textField(one, "name") === name);
    if (!found) throw new Error(`no task ${graph}/${name}`);
    return found as DataMap;
  };
  return { workflow, spec, template, task, diagnostics, codes: diagnostics.map((found) => found.code) };
}
