/**
 * The checking part of the format: runs every rule over a workflow. Rules follow what `argo lint` of Argo Workflows 4.1 refuses
 * (level error), what Kubernetes or the API server refuses (cluster), and what runs but is probably not meant (warning, info).
 * docs/spec/argo-lint.md
 */
import { collect } from "#diagnostics/collect.ts";
import type { Diagnostic, DataPath } from "#diagnostics/diagnostic.ts";
import { type Data, textField, valueAt } from "#data/data.ts";
import type { FormatChecking } from "#document/format.ts";
import type { Model, Workflow } from "#pipeline/model.ts";
import { parse } from "#yaml/parse.ts";
import { withFixes } from "./lint/fixes.ts";
import { checkAdvice } from "./lint/rules/advice.ts";
import { checkArguments } from "./lint/rules/arguments.ts";
import { checkArtifacts } from "./lint/rules/artifacts.ts";
import { checkCalls } from "./lint/rules/calls.ts";
import { checkCluster } from "./lint/rules/cluster.ts";
import { checkContainerSets } from "./lint/rules/container-sets.ts";
import { checkCron } from "./lint/rules/cron.ts";
import { checkDags } from "./lint/rules/dags.ts";
import { checkFields } from "./lint/rules/fields.ts";
import { checkMetrics } from "./lint/rules/metrics.ts";
import { checkNames } from "./lint/rules/names.ts";
import { checkOutputs } from "./lint/rules/outputs.ts";
import { checkReferences } from "./lint/rules/references.ts";
import { checkResources } from "./lint/rules/resources.ts";
import { checkTemplates } from "./lint/rules/templates.ts";
import { checkWorkflow } from "./lint/rules/workflow.ts";
import { withoutTags } from "./syntax/references.ts";
import { resources } from "./read/workflow.ts";
import { type Rule, subjectOf } from "./lint/checked-workflow.ts";

/** All rules, in the order in which their diagnostics are listed for one path. */
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

/** The rules of Argo and KFP v1. */
export const argoChecking: FormatChecking = {
  format: "argo",
  check(workflow, { model, stream, options, others }) {
    const as = workflow === model.objects[0] ? options.as : undefined;
    const subject = subjectOf(workflow, stream, { mode: options.mode ?? "lint", others, as });
    const collector = collect((found) => withFixes(found, model, stream));
    for (const rule of rules) rule(subject, collector.report);
    return [...collector.list(), ...checkManifests(workflow, stream)];
  },
  checkForeign({ resource, apiVersion, path }, { isComplete }) {
    const isIgnored = isComplete && /^(Workflow|WorkflowTemplate|ClusterWorkflowTemplate|CronWorkflow)$/i.test(resource ?? "");
    const values = { kind: resource ?? "", apiVersion: apiVersion ?? "" };
    return { isKnown: false, diagnostics: isIgnored ? [{ code: "kind-ignored", level: "warning", values, path }] : [] };
  },
  targets: ["argo", "kfp"],
  // What a text is that could not be read to its end nobody knows.
  checkTarget: ({ model, options, isComplete }) => (isComplete && /^kfp\b/.test(options.target ?? "") ? checkUpload(model) : []),
  asKind: (data, kind) => (resources.includes(kind) ? { ...data, apiVersion: "argoproj.io/v1alpha1", kind } : undefined),
};

/** The manifest of a resource template is YAML in a text. Argo puts a word in place of each tag before it looks. */
function checkManifests(workflow: Workflow, stream: readonly Data[]): readonly Diagnostic[] {
  return workflow.templates.flatMap((template): readonly Diagnostic[] => {
    const path: DataPath = [...template.path, "resource", "manifest"];
    const manifest = textField(valueAt(stream, [...template.path, "resource"]), "manifest");
    if (template.kind !== "resource" || manifest === undefined || manifest === "") return [];
    const [error] = parse(withoutTags(manifest, "placeholder")).diagnostics.filter(
      (one) => one.level === "error" && one.code !== "duplicate-key",
    );
    return error === undefined ? [] : [{ code: "resource-manifest-yaml", level: "error", values: { name: template.name }, path }];
  });
}

/** Kubeflow Pipelines takes one Workflow per file. KFP: backend/src/common/util/workflow.go, ValidateWorkflow. */
function checkUpload(model: Model): readonly Diagnostic[] {
  // Of another format, such as a pipeline spec of KFP v2, which may come in two documents, the format itself says what the upload refuses.
  if (model.objects.some((object) => object.kind === "workflow" && object.format !== "argo")) return [];
  const [first, ...more] = model.objects.filter((object) => object.kind === "workflow" || object.data !== null);
  const diagnostics: Diagnostic[] = [];
  if (first?.kind !== "workflow" || first.resource !== "Workflow") {
    diagnostics.push({ code: "kfp-needs-workflow", level: "cluster", values: {}, path: first?.path ?? [] });
  }
  if (more.length > 0)
    diagnostics.push({ code: "kfp-one-document", level: "cluster", values: { n: more.length + 1 }, path: more[0]?.path ?? [] });
  return diagnostics;
}
