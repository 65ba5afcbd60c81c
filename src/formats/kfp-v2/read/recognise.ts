import { type Data, field, isMap, type Path, textField } from "#data/data.ts";
import type { WorkflowResource } from "#pipeline/model.ts";
import { find } from "./fields.ts";

/** Which documents are pipeline specs, by content: a pipeline spec names no kind. docs/spec/kfp-v2.md */
export interface RecognisedSpec {
  readonly resource: WorkflowResource;
  /** Path of the pipeline spec from its document on, and of the platform spec beside it, if it is in the same document. */
  readonly spec: Path;
  readonly platform?: Path;
}

/** The pipeline spec in a document; undefined if it has none. */
export function recogniseSpec(data: Data): RecognisedSpec | undefined {
  if (!isMap(data)) return undefined;
  if (isManifest(data, "PipelineVersion")) {
    const spec = field(data, "spec");
    if (!isMap(field(spec, "pipelineSpec"))) return undefined;
    const platform: Path = ["spec", "platformSpec"];
    return { resource: "PipelineVersion", spec: ["spec", "pipelineSpec"], ...(isMap(field(spec, "platformSpec")) ? { platform } : {}) };
  }
  if (textField(data, "kind") !== undefined && textField(data, "apiVersion") !== undefined) return undefined;
  if (isSpec(data)) return { resource: "PipelineSpec", spec: [] };
  const job = find(data, "pipelineSpec", []);
  return job.value !== undefined && isSpec(job.value) ? { resource: "PipelineJob", spec: job.path } : undefined;
}

/** Whether a document belongs to a pipeline spec in another one: a platform spec, or the `Pipeline` of a `PipelineVersion`. */
export function isCompanion(data: Data): boolean {
  if (!isMap(data)) return false;
  if (isManifest(data, "Pipeline")) return true;
  return isMap(field(data, "platforms")) && textField(data, "kind") === undefined;
}

function isManifest(data: Data, kind: string): boolean {
  return textField(data, "kind") === kind && (textField(data, "apiVersion") ?? "").startsWith("pipelines.kubeflow.org/");
}

/** A broken spec counts, so that it is drawn as far as possible; a foreign mapping that has a `root` does not. */
function isSpec(data: Data): boolean {
  const marks = ["pipelineInfo", "root", "components", "deploymentSpec"].filter((name) => isMap(find(data, name, []).value));
  const isVersioned = find(data, "schemaVersion", []).value !== undefined;
  return marks.length >= 2 || (marks.length === 1 && isVersioned);
}
