/**
 * Entry point of the lint: runs every rule over every workflow of a model. Rules follow what `argo lint` of Argo Workflows 4.1 refuses
 * (level error), what Kubernetes or the API server refuses (cluster), and what runs but is probably not meant (warning, info).
 * docs/spec/argo-lint.md
 */
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import type { Data } from "#data/data.ts";
import type { Model, WorkflowResource } from "#pipeline/model.ts";
import { withFixes } from "./fixes.ts";
import { checkAdvice } from "./rules/advice.ts";
import { checkArguments } from "./rules/arguments.ts";
import { checkArtifacts } from "./rules/artifacts.ts";
import { checkCalls } from "./rules/calls.ts";
import { checkCluster } from "./rules/cluster.ts";
import { checkContainerSets } from "./rules/container-sets.ts";
import { checkCron } from "./rules/cron.ts";
import { checkDags } from "./rules/dags.ts";
import { checkFields } from "./rules/fields.ts";
import { checkMetrics } from "./rules/metrics.ts";
import { checkNames } from "./rules/names.ts";
import { checkOutputs } from "./rules/outputs.ts";
import { checkReferences } from "./rules/references.ts";
import { checkResources } from "./rules/resources.ts";
import { checkTemplates } from "./rules/templates.ts";
import { checkWorkflow } from "./rules/workflow.ts";
import { type Mode, type Others, type Rule, subjectOf } from "./subject.ts";

/** All rules, in the order in which their findings are listed for one place. */
const rules: readonly Rule[] = [
  checkFields,
  checkNames,
  checkWorkflow,
  checkCron,
  checkArguments,
  checkTemplates,
  checkArtifacts,
  checkOutputs,
  checkContainerSets,
  checkResources,
  checkMetrics,
  checkCalls,
  checkDags,
  checkReferences,
  checkCluster,
  checkAdvice,
];

export interface LintOptions {
  readonly mode?: Mode;
  /** Treats the first document as this kind. */
  readonly as?: WorkflowResource;
  /** Where templateRefs are looked up beside the model itself; absent: what is missing may exist elsewhere. */
  readonly others?: Others;
}

/** Everything the rules find, object by object. */
export function lint(model: Model, stream: readonly Data[], options: LintOptions = {}): readonly Diagnostic[] {
  const findings: Diagnostic[] = [];
  const others: Others = { models: [model, ...(options.others?.models ?? [])], complete: options.others?.complete ?? false };
  for (const [index, object] of model.objects.entries()) {
    if (object.kind !== "workflow" || object.dialect === "kfp-v2") continue;
    const subject = subjectOf(object, stream, { mode: options.mode ?? "lint", others, as: index === 0 ? options.as : undefined });
    for (const rule of rules) rule(subject, (finding) => void findings.push(withFixes(finding, model, stream)));
  }
  return findings;
}
