import { k8sName } from "#kubernetes/kfp-names.ts";
import type { Workflow } from "#pipeline/model.ts";
import { freeTaskName } from "#pipeline/free-names.ts";

/** A file name without folder and extension. */
export function stemOf(fileName: string): string {
  return fileName.replace(/^.*[\\/]/, "").replace(/\.(ya?ml|json)$/i, "");
}

/** The file name for a given name: without characters that file systems refuse, with the former extension or `.yaml`. */
export function fileNameFor(name: string, former = ""): string {
  const ending = /\.(ya?ml|json)$/i.exec(name)?.[0] ?? /\.(ya?ml|json)$/i.exec(former)?.[0] ?? ".yaml";
  const stem = name
    .replace(/\.(ya?ml|json)$/i, "")
    .normalize("NFC")
    .replace(/[\0-\x1f\x7f<>:"/\\|?*]/g, "")
    .trim()
    .replace(/^\.+|\.+$/g, "");
  return `${stem || "pipeline"}${ending}`;
}

/** A file name that none of these pipelines has: `pipeline.yaml`, then `pipeline-2.yaml`. */
export function freeFileName(fileName: string, taken: readonly string[]): string {
  const stems = new Set(taken.map((name) => stemOf(name).toLowerCase()));
  const stem = stemOf(fileName);
  const ending = fileName.slice(fileName.lastIndexOf(stem) + stem.length) || ".yaml";
  return `${stems.has(stem.toLowerCase()) ? freeTaskName(stem.replace(/-\d+$/, ""), stems) : stem}${ending}`;
}

/** The name of a pipeline in its text: the title of a KFP pipeline, else the name of the Workflow. */
export function titleOf(workflow: Workflow | undefined): string {
  if (!workflow) return "";
  return workflow.traits.hasFreeTitle ? workflow.title : (workflow.name ?? workflow.title);
}

/** Whether the file is named after the pipeline: then a new name applies to both. */
export function isNamedAfter(fileName: string, title: string): boolean {
  return title !== "" && plain(stemOf(fileName)) === plain(title);
}

/** The title for a name given to the file; undefined if this pipeline cannot have it. */
export function titleFor(name: string, workflow: Workflow): string | undefined {
  const title = stemOf(name).normalize("NFC").trim();
  if (workflow.traits.hasFreeTitle) return title || undefined;
  return k8sName(title) || undefined;
}

function plain(name: string): string {
  return name
    .normalize("NFC")
    .trim()
    .replace(/[\s_-]+/g, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase();
}
