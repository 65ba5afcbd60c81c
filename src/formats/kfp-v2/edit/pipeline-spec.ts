import { type DataMap, isMap, type Path } from "#data/data.ts";
import type { Draft } from "#document/edit-draft.ts";
import type { PortKind, Workflow } from "#pipeline/model.ts";
import { findText } from "../read/fields.ts";
import { entriesAt, fieldAt, fieldPath, type Reading, readingBefore } from "./field-operations.ts";
import { platformOf } from "./platform-spec.ts";
import { referencesIn, settingsFinder, type FoundReference, type SettingsOf } from "./references.ts";

/** A pipeline spec to be read: where its parts are. Keys lead everywhere, so paths stay valid while others change. */
export interface ReadSpec {
  readonly draft: Reading;
  readonly workflow: Workflow;
  readonly settings: SettingsOf;
  /** Path of the platform spec, if there is one. */
  readonly platform?: Path;
}

/** The current state of a pipeline spec that is being edited. */
export interface Spec extends ReadSpec {
  readonly draft: Draft;
}

/** The spec before the edit. */
export function specBefore(draft: Draft, workflow: Workflow): ReadSpec {
  const before = readingBefore(draft);
  const platform = platformOf(draft, workflow);
  return { draft: before, workflow, settings: settingsFinder(before, workflow, platform), ...(platform ? { platform } : {}) };
}

/** The spec of a pipeline. */
export function specOf(draft: Draft, workflow: Workflow): Spec {
  const platform = platformOf(draft, workflow);
  return { draft, workflow, settings: settingsFinder(draft, workflow, platform), ...(platform ? { platform } : {}) };
}

/** Path of the component message of a template, by its name: `root` or an entry of `components`. */
export function messagePath(spec: ReadSpec, name: string): Path {
  const { draft, workflow } = spec;
  if (name === workflow.entrypoint) return fieldPath(draft, workflow.specPath, "root");
  return [...fieldPath(draft, workflow.specPath, "components"), name];
}

/** The names of all templates of the current data, including `root`. */
export function messageNames({ draft, workflow }: ReadSpec): readonly string[] {
  return [
    ...(workflow.entrypoint === undefined ? [] : [workflow.entrypoint]),
    ...entriesAt(draft, workflow.specPath, "components").map(({ key }) => key),
  ];
}

/** Path of a task of a graph. */
export function taskPath(spec: ReadSpec, graph: string, task: string): Path {
  return [...fieldPath(spec.draft, messagePath(spec, graph), "dag", "tasks"), task];
}

/** Path of an input's binding in a task. */
export function argumentPath(draft: Reading, task: Path, kind: PortKind, input: string): Path {
  return [...fieldPath(draft, task, "inputs", `${kind}s`), input];
}

/** Path of the definition of a port. */
export function portPath(
  draft: Reading,
  message: Path,
  port: { readonly side: "input" | "output"; readonly kind: PortKind; readonly name: string },
): Path {
  return [...fieldPath(draft, message, `${port.side}Definitions`, `${port.kind}s`), port.name];
}

/** The name of the component that a task runs now. */
export function calleeName(task: DataMap): string | undefined {
  return findText(isMap(task.componentRef) ? task.componentRef : isMap(task.component_ref) ? task.component_ref : undefined, "name");
}

/** Whether the component is a graph now. */
export function isGraph({ draft }: ReadSpec, message: Path): boolean {
  return isMap(fieldAt(draft, message, "dag"));
}

/** All references in a graph now. */
export function referencesOf(spec: ReadSpec, graph: string): readonly FoundReference[] {
  return referencesIn(spec.draft, messagePath(spec, graph), spec.settings);
}

/** The tasks of the current data that run a component, with the graph that holds each. */
export function callersNow(
  spec: ReadSpec,
  component: string,
): readonly { readonly graph: string; readonly key: string; readonly path: Path }[] {
  return messageNames(spec).flatMap((graph) =>
    entriesAt(spec.draft, messagePath(spec, graph), "dag", "tasks").flatMap(({ key, value, path }) =>
      calleeName(value) === component ? [{ graph, key, path }] : [],
    ),
  );
}
