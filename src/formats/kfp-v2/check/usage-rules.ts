import { isGraph } from "#pipeline/template-kinds.ts";
import type { Template } from "#pipeline/model.ts";
import { find, findEntries, findText } from "../read/fields.ts";
import { componentOf, dataAt, fixOf, odd, type Subject } from "./checked-pipeline.ts";

/** What nothing uses, and claims that a cached run would not make again. docs/spec/kfp-v2.md#codes */
export function checkUsage(subject: Subject): void {
  checkComponents(subject);
  checkExecutors(subject);
  for (const { task } of subject.tasks) {
    const component = componentOf(subject, task);
    if (component?.kind !== "claim") continue;
    const caching = find(dataAt(subject, task.path), "cachingOptions", task.path);
    const isCached = find(caching.value, "enableCache", []).value === true;
    if (!isCached) continue;
    const target = { kind: "call", task: task.id } as const;
    const fixes = fixOf("fix.no-caching", {}, { kind: "set-setting", target, path: ["cachingOptions", "enableCache"], value: false });
    subject.report({ code: "caching-claim", level: odd, values: { task: task.name }, path: caching.path, fixes });
  }
}

/** Components that no task runs, as seen from the root. One that only another unused one runs is reported with it. */
function checkComponents({ workflow, template, report }: Subject): void {
  const root = workflow.entrypoint === undefined ? undefined : template(workflow.entrypoint);
  if (!root) return;
  const used = new Set<Template>([root]);
  for (const one of used) {
    if (!isGraph(one)) continue;
    for (const { call } of one.tasks) {
      const callee = call.kind === "template" ? template(call.name) : undefined;
      if (callee) used.add(callee);
    }
  }
  for (const one of workflow.templates)
    if (!used.has(one)) {
      const fixes = fixOf("fix.take-out", { name: one.name }, { kind: "remove-template", template: one.id });
      report({ code: "component-unused", level: "info", values: { component: one.name }, path: one.path, fixes });
    }
}

/** Executors whose label no component has. */
function checkExecutors(subject: Subject): void {
  const { workflow, report } = subject;
  const labels = new Set(workflow.templates.map(({ path }) => findText(dataAt(subject, path), "executorLabel")));
  const deployment = find(dataAt(subject, workflow.specPath), "deploymentSpec", workflow.specPath);
  for (const { key, path } of findEntries(deployment.value, "executors", deployment.path))
    if (!labels.has(key)) report({ code: "executor-unused", level: "info", values: { name: key }, path });
}
