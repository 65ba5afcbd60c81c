import { isPythonFunction } from "#components/component-ports.ts";
import type { Task, Template } from "#pipeline/model.ts";
import { makesClaim } from "#editor/settings/volumes.ts";
import type { Translate } from "#messages/lazy-catalog.ts";
import { ComponentActions, hasComponentActions } from "../library/component-actions.tsx";
import { usePage, useTranslate } from "../use-editor.ts";
import { Section } from "./inspector-head.tsx";

/** The name of the tab that describes what a template runs: image, script, claim, function. */
export function kindTab(template: Template, t: Translate): string {
  return t(`tab-kind-${isFunction(template) ? "python" : makesClaim(template) ? "claim" : template.kind}`);
}

/**
 * Ids of settings that are not shown at once, because the first section shows their content in a better form: the program that the
 * SDK makes of a Python function, the manifest of a claim.
 */
export function coveredSettings(template: Template): ReadonlySet<string> | undefined {
  if (isFunction(template) || template.pythonFunction !== undefined) return functionSettings;
  return makesClaim(template) ? claimSettings : undefined;
}

const functionSettings: ReadonlySet<string> = new Set(["command", "args", "pull-policy"]);
const claimSettings: ReadonlySet<string> = new Set([
  "resource-action",
  "resource-manifest",
  "resource-success",
  "resource-failure",
  "resource-merge",
  "resource-owner",
  "resource-flags",
  // The pod that creates the claim can be placed, too, but that is rarely what a user wants.
  "node-selector",
  "tolerations",
  "affinity",
]);

/** What can be done with the component behind a task, above the settings of its kind; nothing for a plain template. */
export function KindSection({ task, template }: { readonly task: Task; readonly template: Template }) {
  const t = useTranslate();
  const { library } = usePage();
  if (!hasComponentActions(template, library !== undefined)) return null;
  return (
    <Section title={t(isFunction(template) ? "kind-python" : "section-component")}>
      {template.component?.spec.name ? (
        <b className="cut" translate="no" title={template.component.spec.name}>
          {template.component.spec.name}
        </b>
      ) : null}
      <ComponentActions task={task} template={template} />
    </Section>
  );
}

function isFunction(template: Template): boolean {
  return template.component !== undefined && isPythonFunction(template.component.spec);
}
