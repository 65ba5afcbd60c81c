import type { Report } from "#diagnostics/diagnostic.ts";
import { readComponent } from "#components/component-yaml/read.ts";
import { type Data, type DataMap, field, isMap, type Path, textField } from "#data/data.ts";
import type { TemplateComponent, Workflow } from "#pipeline/model.ts";
import { alignedArguments } from "./aligned-arguments.ts";
import { annotation, kubeflowPrefix, label } from "../annotation-keys.ts";

/**
 * The annotations in which the KFP SDK records the source of a template and a pipeline. docs/spec/kfp-v1.md#workflow, #template-metadata
 */

/** The component that a template was compiled from, if its annotations contain it. */
export function readTemplateComponent(template: DataMap, path: Path, report: Report): TemplateComponent | undefined {
  const annotations = field(field(template, "metadata"), "annotations");
  const text = textField(annotations, annotation.spec);
  if (text === undefined) return undefined;
  const at = [...path, "metadata", "annotations", annotation.spec];
  const data = parseJson(text);
  const spec = data === undefined ? undefined : readComponent(data).component;
  if (spec === undefined) {
    report({ code: "component-spec-unreadable", level: "warning", values: {}, path: at });
    return undefined;
  }
  const constants = readConstants(textField(annotations, annotation.arguments)) ?? alignedArguments(spec, template);
  return { spec, lifted: false, constants };
}

/** The display name of a template, with or without a component. */
export function readDisplayName(template: DataMap): string | undefined {
  return textField(field(field(template, "metadata"), "annotations"), annotation.displayName);
}

function readConstants(text: string | undefined): Readonly<Record<string, string>> | undefined {
  const data = text === undefined ? undefined : parseJson(text);
  if (!isMap(data)) return undefined;
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]));
}

/** The content of a pipeline_spec annotation. */
export interface PipelineSpec {
  readonly name?: string;
  readonly description?: string;
  readonly inputs: readonly { readonly name: string; readonly type?: Data; readonly description?: string }[];
}

/** The pipeline_spec annotation of a workflow object; undefined if there is none. */
export function readPipelineSpec(object: DataMap, path: Path, report: Report): PipelineSpec | undefined {
  const text = textField(field(field(object, "metadata"), "annotations"), annotation.pipelineSpec);
  if (text === undefined) return undefined;
  const data = parseJson(text);
  const spec = isMap(data) ? readComponent(data).component : undefined;
  if (spec === undefined) {
    report({
      code: "pipeline-spec-unreadable",
      level: "warning",
      values: {},
      path: [...path, "metadata", "annotations", annotation.pipelineSpec],
    });
    return undefined;
  }
  return { name: spec.name, description: spec.description, inputs: spec.inputs };
}

/** Whether an object's or template's metadata carries an annotation or label of Kubeflow Pipelines. */
export function hasKfpMetadata(data: Data | undefined): boolean {
  const metadata = field(data, "metadata");
  return ["annotations", "labels"].some((part) => {
    const entries = field(metadata, part);
    return isMap(entries) && Object.keys(entries).some((key) => key.startsWith(kubeflowPrefix));
  });
}

/** The SDK version that the file says it was compiled by, for labels of new steps. */
export function sdkVersionOf(workflow: Workflow): string {
  const metadata: Data | undefined = field(workflow.rest, "metadata");
  const message = textField(field(metadata, "labels"), label.sdkVersion) ?? textField(field(metadata, "annotations"), label.sdkVersion);
  return message !== undefined && message !== "" ? message : "1.8.22";
}

/** JSON text as data; undefined if it is invalid. A key `__proto__` is dropped, as the YAML parser does. */
function parseJson(text: string): Data | undefined {
  try {
    const data = JSON.parse(text) as Data;
    return text.includes("__proto__") || text.includes("\\u") ? withoutProto(data) : data;
  } catch {
    return undefined;
  }
}

function withoutProto(data: Data): Data {
  if (Array.isArray(data)) return data.map(withoutProto);
  if (!isMap(data)) return data;
  return Object.fromEntries(Object.entries(data).flatMap(([key, value]) => (key === "__proto__" ? [] : [[key, withoutProto(value)]])));
}
