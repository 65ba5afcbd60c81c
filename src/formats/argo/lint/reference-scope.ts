/**
 * Which variables a tag may name at some place. docs/spec/argo-lint.md#references; Argo: workflow/validate/validate.go, docs/variables.md.
 */
import { type Data, field, isMap, listField, textField } from "#data/data.ts";
import type { Model, Task, Template, Workflow } from "#pipeline/model.ts";
import { hasLocation } from "./locations.ts";
import { type Callee, isDynamic } from "#pipeline/resolve-call.ts";
import { isLibrary, type Subject } from "./checked-workflow.ts";

/** Names that resolve, and prefixes under which anything does. Scopes are layered: what the outer one knows, the inner one does. */
export interface Scope {
  readonly outer?: Scope;
  readonly names: Set<string>;
  readonly prefixes: Set<string>;
  /** Names that take work to find out about; asked last. */
  readonly knows?: (name: string) => boolean;
}

/** Only tags that begin with one of these are looked up; Argo leaves all others to the run. */
export const checkedRoots = ["item.", "steps.", "inputs.", "outputs.", "pod.", "workflow.", "tasks."] as const;
/** First words of variables. Argo leaves those it does not check as they are, so a mistyped one would reach the container. */
export const roots = [
  "inputs",
  "outputs",
  "steps",
  "tasks",
  "workflow",
  "item",
  "pod",
  "node",
  "retries",
  "lastRetry",
  "cronworkflow",
  "status",
  "duration",
  "exitCode",
  "resourcesDuration",
] as const;
/** Known only while the workflow runs, so never refused. */
const alwaysKnown = [
  "outputs.",
  "workflow.creationTimestamp",
  "workflow.scheduledTime",
  "workflow.duration",
  "tasks.name",
  "steps.name",
  "node.name",
];

/** An empty scope inside another. */
export function inside(outer?: Scope, knows?: (name: string) => boolean): Scope {
  return { outer, names: new Set(), prefixes: new Set(), knows };
}

/** Whether a text begins with one of the prefixes, of which a dag of many tasks has as many. */
function hasPrefix(prefixes: ReadonlySet<string>, name: string): boolean {
  if (prefixes.size <= name.length) {
    for (const prefix of prefixes) if (name.startsWith(prefix)) return true;
    return false;
  }
  for (let end = 1; end <= name.length; end++) if (prefixes.has(name.slice(0, end))) return true;
  return false;
}

/** Whether a variable resolves. */
export function resolves(scope: Scope, name: string): boolean {
  if (alwaysKnown.some((prefix) => name.startsWith(prefix))) return true;
  for (let layer: Scope | undefined = scope; layer; layer = layer.outer) {
    if (layer.names.has(name)) return true;
    if (hasPrefix(layer.prefixes, name)) return true;
    if (layer.knows?.(name)) return true;
  }
  return false;
}

/** What every template of the object may name. */
export function globalScope(subject: Subject): Scope {
  const { workflow, base, spec } = subject;
  const scope = inside();
  for (const name of [
    "name",
    "namespace",
    "uid",
    "mainEntrypoint",
    "serviceAccountName",
    "status",
    "annotations",
    "labels",
    "annotations.json",
    "labels.json",
  ]) {
    scope.names.add(`workflow.${name}`);
  }
  if (field(spec, "priority") !== undefined || (typeof base === "object" && field(base.specRest, "priority") !== undefined))
    scope.names.add("workflow.priority");
  const owners: Workflow[] = [workflow, ...(typeof base === "object" ? [base] : [])];
  const parameters = owners.flatMap((owner) => owner.parameters);
  for (const { name } of parameters) scope.names.add(`workflow.parameters.${name}`);
  if (parameters.length > 0) for (const name of ["workflow.parameters", "workflow.parameters.json"]) scope.names.add(name);
  if (isLibrary(subject)) scope.prefixes.add("workflow.parameters");
  if (workflow.resource === "CronWorkflow")
    for (const name of ["labels.workflows.argoproj.io/cron-workflow", "annotations.workflows.argoproj.io/scheduled-time"])
      scope.names.add(`workflow.${name}`);
  if (base === "unknown" || base === "missing") scope.prefixes.add("workflow.");
  for (const owner of owners) addMetadata(scope, owner);
  addGlobalOutputs(scope, subject);
  return scope;
}

function addMetadata(scope: Scope, owner: Workflow): void {
  // A CronWorkflow's own labels are not given to its runs.
  const metadata = owner.resource === "CronWorkflow" ? undefined : field(owner.rest, "metadata");
  const forRuns = field(owner.specRest, "workflowMetadata");
  const cron = field(field(owner.rest, "spec"), "workflowMetadata");
  for (const kind of ["labels", "annotations"]) {
    for (const source of [field(metadata, kind), field(forRuns, kind), field(cron, kind)]) {
      if (isMap(source)) for (const key of Object.keys(source)) scope.names.add(`workflow.${kind}.${key}`);
    }
  }
  const computed = field(forRuns, "labelsFrom");
  if (isMap(computed)) for (const key of Object.keys(computed)) scope.names.add(`workflow.labels.${key}`);
}

/** Outputs with a globalName. Argo knows one from where it was made on; in which order runs go is not ours to guess, so any place does. */
function addGlobalOutputs(scope: Scope, subject: Subject): void {
  const known = [...subject.others.models.map(globalOutputsOf), globalOutputsIn(subject.templates)];
  for (const { names, prefixes } of known) {
    for (const name of names) scope.names.add(name);
    for (const prefix of prefixes) scope.prefixes.add(prefix);
  }
  // What a template in another file gives to the whole run is not known here.
  if (subject.sites.some(({ task }) => subject.calleeOf(task.call).kind === "unknown")) scope.prefixes.add("workflow.outputs.");
}

interface GlobalOutputs {
  readonly names: readonly string[];
  readonly prefixes: readonly string[];
}

/** By model: every object of a stream asks for those of all others. */
const globalOutputs = new WeakMap<Model, GlobalOutputs>();

function globalOutputsOf(model: Model): GlobalOutputs {
  let known = globalOutputs.get(model);
  if (known === undefined) {
    const templates = model.objects.flatMap((object) => (object.kind === "workflow" ? object.templates : []));
    globalOutputs.set(model, (known = globalOutputsIn(templates)));
  }
  return known;
}

function globalOutputsIn(templates: readonly Template[]): GlobalOutputs {
  const names = new Set<string>();
  const prefixes = new Set<string>();
  for (const template of templates) {
    for (const { kind, globalName } of template.outputs) {
      if (globalName === undefined || globalName === "") continue;
      if (isDynamic(globalName)) prefixes.add(`workflow.outputs.${kind}s.`);
      else names.add(`workflow.outputs.${kind}s.${globalName}`);
    }
  }
  return { names: [...names], prefixes: [...prefixes] };
}

/** A template's own inputs and, for a leaf, its outputs' paths and what it knows of its pod. */
export function templateScope(outer: Scope, template: Template, raw: Data): Scope {
  const scope = inside(outer);
  const leaf = template.kind !== "dag" && template.kind !== "steps";
  scope.names.add("inputs.parameters");
  for (const { name, kind } of template.inputs) {
    scope.names.add(`inputs.${kind}s.${name}`);
    if (leaf && kind === "artifact") scope.names.add(`inputs.artifacts.${name}.path`);
  }
  if (
    template.kind === "container" ||
    template.kind === "containerSet" ||
    template.kind === "script" ||
    template.kind === "resource" ||
    template.kind === "data"
  ) {
    scope.names.add("pod.name");
  }
  for (const artifact of listField(field(raw, "inputs"), "artifacts")) {
    if (isMap(artifact) && hasLocation(artifact)) scope.names.add(`inputs.artifacts.${textField(artifact, "name") ?? ""}`);
  }
  return scope;
}

/** What others may name of a call once it has run. `prefix` is `tasks.NAME` or `steps.NAME`. */
export function addOutputs(scope: Scope, prefix: string, task: Task, callee: Callee): void {
  for (const name of ["id", "startedAt", "finishedAt", "hostNodeName"]) scope.names.add(`${prefix}.${name}`);
  if (callee.kind !== "found") {
    scope.prefixes.add(`${prefix}.`);
    return;
  }
  const { template } = callee;
  if (field(template.rest, "daemon") === true) scope.names.add(`${prefix}.ip`);
  if (canPrint(template)) for (const name of ["outputs.result", "exitCode"]) scope.names.add(`${prefix}.${name}`);
  for (const { name, kind } of template.outputs) scope.names.add(`${prefix}.outputs.${kind}s.${name}`);
  if (task.loop?.kind === "items" || task.loop?.kind === "param") {
    scope.names.add(`${prefix}.outputs.parameters`);
    if (canPrint(template)) scope.names.add(`${prefix}.outputs.result`);
  }
}

function canPrint({ kind, members }: Template): boolean {
  if (kind === "containerSet") return members.some(({ name }) => name === "main");
  return kind === "container" || kind === "script" || kind === "data" || kind === "http" || kind === "plugin";
}

/** The loop's item as the call's own strings may name it. */
export function addItem(scope: Scope, { loop }: Task): void {
  if (loop === undefined) return;
  scope.names.add("item");
  if (loop.kind === "param") scope.prefixes.add("item.");
  if (loop.kind !== "items") return;
  for (const item of loop.items) {
    if (isMap(item)) for (const key of Object.keys(item)) scope.names.add(`item.${key}`);
    else if (Array.isArray(item)) item.forEach((_, index) => scope.names.add(`item.[${index}]`));
    else if (typeof item === "string" && isDynamic(item)) scope.prefixes.add("item.");
  }
}
