import { collect } from "#diagnostics/collect.ts";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import type { Data } from "#data/data.ts";
import type { Model, Workflow } from "#pipeline/model.ts";
import type { ServerVersion } from "../schema/server-version.ts";
import { checkFlow } from "./flow-rules.ts";
import { checkPrograms } from "./program-rules.ts";
import { checkForm } from "./strict-rules.ts";
import { checkUsage } from "./usage-rules.ts";
import { subjectOf } from "./checked-pipeline.ts";
import { checkWiring } from "./wiring-rules.ts";

/**
 * What the upload, the creation of a run, Argo or the run itself refuses in a pipeline spec and its platform spec, and what is lost without
 * a message. docs/spec/kfp-v2.md#codes
 */
export function checkPipeline(
  workflow: Workflow,
  context: { readonly model: Model; readonly stream: readonly Data[]; readonly server?: ServerVersion },
): readonly Diagnostic[] {
  const collector = collect();
  const subject = subjectOf(workflow, context, collector.report);
  for (const rule of [checkForm, checkWiring, checkFlow, checkPrograms, checkUsage]) rule(subject);
  return collector.list();
}
