import type { Report } from "#diagnostics/diagnostic.ts";
import { k8sCaseName } from "#kubernetes/kfp-names.ts";
import { type Data, type DataMap, field, isList, isMap, type Path, textField } from "#data/data.ts";
import type { PipelineArtifact, PipelineParameter, Template, TemplateId, Workflow, WorkflowResource } from "#pipeline/model.ts";
import { typeText } from "#components/type-names.ts";
import { hasKfpMetadata, type PipelineSpec, readPipelineSpec } from "../kfp/read/component-annotation.ts";
import { readExitHook, readHooks } from "./hooks.ts";
import { numbered, readName, readTextField, without, wrongType } from "./read-context.ts";
import { type Remembered, remember } from "#document/memoise-last.ts";
import { readTemplate } from "./template.ts";
import { kfpV1Traits, plainTraits } from "../traits.ts";

/** A Workflow, WorkflowTemplate, ClusterWorkflowTemplate or CronWorkflow object. */

/** The kinds of object that are read. */
export const resources: readonly WorkflowResource[] = ["Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow"];
const workflows = new WeakMap<DataMap, Remembered<Workflow>>();

/** The resource of a document that is a workflow of Argo; undefined for any other document. */
export function workflowResource(data: Data): WorkflowResource | undefined {
  const version = field(data, "apiVersion") ?? "argoproj.io/";
  if (typeof version !== "string" || !version.startsWith("argoproj.io/")) return undefined;
  return resources.find((resource) => textField(data, "kind") === resource);
}

/** Reads the object at `index` of the stream. `first`: it is the stream's first workflow, whose ids need no number. */
export function readWorkflow(
  data: DataMap,
  resource: WorkflowResource,
  at: { readonly index: number; readonly first: boolean },
  report: Report,
): Workflow {
  return remember(workflows, data, { key: `${resource}\n${at.first}`, path: [at.index] }, report, (report) =>
    readAfresh(data, resource, at, report),
  );
}

function readAfresh(
  data: DataMap,
  resource: WorkflowResource,
  at: { readonly index: number; readonly first: boolean },
  report: Report,
): Workflow {
  const path: Path = [at.index];
  const { spec, specPath, rest } = findSpec(data, resource, path, report);
  const pipeline = readPipelineSpec(data, path, report);
  const kfp = isKfp(data, spec);
  const names = readObjectName(data, path, report);
  const entrypoint = readTextField(spec, "entrypoint", specPath, report);
  const onExit = readTextField(spec, "onExit", specPath, report);
  const reference = field(spec, "workflowTemplateRef");
  const args = readPipelineArguments(field(spec, "arguments"), [...specPath, "arguments"], pipeline, report);
  const templates = readTemplates(field(spec, "templates"), specPath, { suffix: at.first ? "" : `@${at.index}`, kfp }, report);
  const exitHook = readExitHook(spec, specPath);
  const { hooks } = readHooks(field(spec, "hooks"), [...specPath, "hooks"], report);
  const typed = new Set<string>();
  if (entrypoint !== undefined) typed.add("entrypoint");
  if (onExit !== undefined) typed.add("onExit");
  if (isMap(reference)) typed.add("workflowTemplateRef");
  else if (reference !== undefined && reference !== null) wrongType(report, [...specPath, "workflowTemplateRef"], "mapping", reference);
  if (args.usual) typed.add("arguments");
  if (templates.usual) typed.add("templates");
  return {
    kind: "workflow",
    format: "argo",
    resource,
    path,
    specPath,
    ...(names === undefined ? {} : { name: names }),
    title: pipeline?.name ?? (names?.replace(/-$/, "") || resource),
    traits: kfp ? kfpV1Traits : plainTraits,
    ...(entrypoint === undefined ? {} : { entrypoint }),
    ...(onExit === undefined ? {} : { onExit }),
    ...(isMap(reference) ? { workflowTemplateRef: reference } : {}),
    parameters: args.parameters,
    artifacts: args.artifacts,
    templates: templates.templates,
    ...(hooks.length === 0 ? {} : { hooks }),
    ...(exitHook === undefined ? {} : { exitHook }),
    rest,
    specRest: without(spec, typed),
    order: { object: Object.keys(data), spec: Object.keys(spec), ...(args.order === undefined ? {} : { arguments: args.order }) },
  };
}

/** The WorkflowSpec and its path; `rest` is the object without it (for a CronWorkflow an empty mapping marks its position). */
function findSpec(
  data: DataMap,
  resource: WorkflowResource,
  path: Path,
  report: Report,
): { readonly spec: DataMap; readonly specPath: Path; readonly rest: DataMap } {
  const outer = field(data, "spec");
  const outerPath = [...path, "spec"];
  const cron = resource === "CronWorkflow";
  const specPath = cron ? [...outerPath, "workflowSpec"] : outerPath;
  if (!isMap(outer)) {
    if (outer !== undefined && outer !== null) wrongType(report, outerPath, "mapping", outer);
    return { spec: {}, specPath, rest: data };
  }
  if (!cron) return { spec: outer, specPath, rest: without(data, new Set(["spec"])) };
  const inner = field(outer, "workflowSpec");
  if (isMap(inner)) return { spec: inner, specPath, rest: { ...data, spec: { ...outer, workflowSpec: {} } } };
  if (inner !== undefined && inner !== null) wrongType(report, specPath, "mapping", inner);
  return { spec: {}, specPath, rest: data };
}

function readObjectName(data: DataMap, path: Path, report: Report): string | undefined {
  const metadata = field(data, "metadata");
  if (metadata !== undefined && metadata !== null && !isMap(metadata)) wrongType(report, [...path, "metadata"], "mapping", metadata);
  if (!isMap(metadata)) return undefined;
  return (
    readTextField(metadata, "name", [...path, "metadata"], report) ||
    readTextField(metadata, "generateName", [...path, "metadata"], report) ||
    undefined
  );
}

function isKfp(data: DataMap, spec: DataMap): boolean {
  if (hasKfpMetadata(data)) return true;
  const templates = field(spec, "templates");
  return isList(templates) && templates.some(hasKfpMetadata);
}

function readPipelineArguments(block: Data | undefined, path: Path, pipeline: PipelineSpec | undefined, report: Report) {
  const parameters: PipelineParameter[] = [];
  const artifacts: PipelineArtifact[] = [];
  if (!isMap(block)) {
    if (block !== undefined && block !== null) wrongType(report, path, "mapping", block);
    return { parameters, artifacts, usual: block === undefined };
  }
  const inputs = new Map((pipeline?.inputs ?? []).map((input) => [k8sCaseName(input.name), input]));
  let usual = true;
  for (const [key, list] of Object.entries(block)) {
    if ((key !== "parameters" && key !== "artifacts") || !isList(list)) {
      if ((key === "parameters" || key === "artifacts") && list !== null) wrongType(report, [...path, key], "list", list);
      usual = false;
      continue;
    }
    list.forEach((item, index) => {
      const at = [...path, key, index];
      if (!isMap(item)) {
        wrongType(report, at, "mapping", item);
        usual = false;
      } else if (key === "parameters") parameters.push(readParameter(item, at, inputs, report));
      else artifacts.push(readArtifact(item, at, report));
    });
  }
  return { parameters, artifacts, usual, ...(usual ? { order: Object.keys(block) } : {}) };
}

function readParameter(
  data: DataMap,
  path: Path,
  inputs: ReadonlyMap<string, PipelineSpec["inputs"][number]>,
  report: Report,
): PipelineParameter {
  const { name, exact } = readName(data, path, report);
  const typed = new Set(exact ? ["name"] : []);
  const described = inputs.get(name);
  const own = textField(data, "description");
  if (own !== undefined) typed.add("description");
  if (Object.hasOwn(data, "value")) typed.add("value");
  const type = typeText(described?.type);
  const description = own ?? described?.description;
  return {
    name,
    path,
    ...(type === undefined ? {} : { type }),
    ...(description === undefined ? {} : { description }),
    ...(Object.hasOwn(data, "value") ? { value: data.value as Data } : {}),
    rest: without(data, typed),
    order: Object.keys(data),
  };
}

function readArtifact(data: DataMap, path: Path, report: Report): PipelineArtifact {
  const { name, exact } = readName(data, path, report);
  return { name, path, rest: exact ? without(data, new Set(["name"])) : data, order: Object.keys(data) };
}

function readTemplates(
  list: Data | undefined,
  specPath: Path,
  of: { readonly suffix: string; readonly kfp: boolean },
  report: Report,
): { readonly templates: readonly Template[]; readonly usual: boolean } {
  const path = [...specPath, "templates"];
  if (!isList(list)) {
    if (list !== undefined && list !== null) wrongType(report, path, "list", list);
    return { templates: [], usual: list === undefined };
  }
  const unique = numbered();
  const templates = list.flatMap((data, index) => {
    const at = [...path, index];
    if (!isMap(data)) {
      wrongType(report, at, "mapping", data);
      return [];
    }
    const name = field(data, "name");
    const label = typeof name === "string" || typeof name === "number" || typeof name === "boolean" ? String(name) : "";
    const id = unique(label + of.suffix) as TemplateId;
    return [readTemplate(data, { id, path: at, kfp: of.kfp, depth: 0 }, report)];
  });
  return { templates, usual: templates.length === list.length };
}
