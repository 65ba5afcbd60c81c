/** Quick fixes: edits for diagnostics that have an obvious solution. */
import type { Diagnostic, DiagnosticCode, Fix } from "#diagnostics/diagnostic.ts";
import { type Data, listField, type Path, valueAt } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import { nearestName } from "#pipeline/find-by-id.ts";
import type { Model, Task, Template, Workflow } from "#pipeline/model.ts";

/** Diagnostics about something without effect; the fix removes it. */
const useless: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>([
  "unknown-field",
  "field-removed",
  "parallelism-on-leaf",
  "active-deadline-nonleaf",
  "timeout-on-nonleaf",
  "pod-resources-not-pod",
  "pod-resources-claims",
  "resource-claims-not-pod",
]);
/** Parts of a template and of a call that are no settings: their own edits change them. */
const structure = new Set(["name", "inputs", "outputs", "dag", "steps"]);

/** The part of the document that a diagnostic is about. */
interface Standing {
  readonly workflow: Workflow;
  readonly template?: Template;
  readonly task?: Task;
  /** The path below the template. */
  readonly below: Path;
}

/** The diagnostic with its fixes, if there are any. */
export function withFixes(diagnostic: Diagnostic, model: Model, stream: readonly Data[]): Diagnostic {
  if (diagnostic.fixes !== undefined) return diagnostic;
  const standing = standingOf(diagnostic.path, model);
  const fixes = standing === undefined ? [] : fixesFor(diagnostic, standing, stream);
  return fixes.length === 0 ? diagnostic : { ...diagnostic, fixes };
}

function fixesFor(diagnostic: Diagnostic, standing: Standing, stream: readonly Data[]): readonly Fix[] {
  const { code, values, path } = diagnostic;
  const { workflow, template, task, below } = standing;
  if (useless.has(code)) return takeOut(standing, String(path.at(-1)));
  switch (code) {
    case "missing-dependency":
    case "missing-dependency-embedded":
      return task ? [fix("fix.add-dependency", { on: values.on }, { kind: "add-dependency", task: task.id, on: values.on })] : [];
    case "dependency-undefined":
      return task && task.order.style === "dependencies"
        ? [fix("fix.remove-dependency", { on: values.on }, { kind: "remove-dependency", task: task.id, on: values.on })]
        : [];
    case "argument-unused": {
      const argument = task?.arguments.find((one) => one.name === values.name);
      return task && argument
        ? [
            fix(
              "fix.take-out",
              { name: values.name },
              { kind: "clear-argument", task: task.id, input: argument.name, portKind: argument.kind },
            ),
          ]
        : [];
    }
    case "template-undefined": {
      const near = nearestName(
        values.template,
        workflow.templates.map(({ name }) => name),
      );
      return task && near !== undefined
        ? [fix("fix.call", { template: near }, { kind: "retarget-task", task: task.id, template: near })]
        : [];
    }
    case "template-unused":
      return template ? [fix("fix.take-out", { name: template.name }, { kind: "remove-template", template: template.id })] : [];
    case "args-not-string":
      return change(standing, values.value, "fix.quote", { value: values.value });
    case "timeout-format":
      return change(standing, `${values.value}s`, "fix.set-to", { value: `${values.value}s` });
    case "request-over-limit":
    case "extended-resource-unequal":
      return change(
        { ...standing, below: below.map((step) => (step === "requests" ? "limits" : step)) },
        valueAt(stream, path) ?? values.request,
        "fix.raise-limit",
        { value: values.request },
      );
    case "unknown-field-near":
      return renameField(standing, values.near, valueAt(stream, path));
    case "volume-mount-undefined":
      return template ? addVolume(template, values.name, stream) : [];
    case "entrypoint-required":
      return setEntrypoint(workflow, "");
    case "entrypoint-undefined":
      return setEntrypoint(workflow, values.name);
    default:
      return [];
  }
}

function fix(code: string, values: Fix["values"], ...edits: readonly Edit[]): Fix {
  return { code, values, edits };
}

/** Whether a path below a template is one of its settings. */
function isSetting({ template, task, below }: Standing): boolean {
  return template !== undefined && task === undefined && below.length > 0 && !structure.has(String(below[0]));
}

function change(standing: Standing, value: Data, code: string, values: Fix["values"]): readonly Fix[] {
  const { template, below } = standing;
  if (template === undefined || !isSetting(standing)) return [];
  return [fix(code, values, { kind: "set-setting", target: { kind: "template", template: template.id }, path: below, value })];
}

function takeOut(standing: Standing, name: string): readonly Fix[] {
  const { template, below } = standing;
  if (template === undefined || !isSetting(standing)) return [];
  return [fix("fix.take-out", { name }, { kind: "unset-setting", target: { kind: "template", template: template.id }, path: below })];
}

function renameField(standing: Standing, near: string, value: Data | undefined): readonly Fix[] {
  const { template, below } = standing;
  if (template === undefined || !isSetting(standing) || value === undefined || below.length < 2) return [];
  const target = { kind: "template", template: template.id } as const;
  const renamed = [...below.slice(0, -1), near];
  return [
    fix(
      "fix.rename-field",
      { name: near },
      { kind: "set-setting", target, path: renamed, value },
      { kind: "unset-setting", target, path: below },
    ),
  ];
}

function addVolume(template: Template, name: string, stream: readonly Data[]): readonly Fix[] {
  const volumes = listField(valueAt(stream, template.path), "volumes");
  const value = [...volumes, { name, emptyDir: {} }];
  return [
    fix("fix.add-volume", { name }, { kind: "set-setting", target: { kind: "template", template: template.id }, path: ["volumes"], value }),
  ];
}

/** The template with the nearest name; without a name the only uncalled one. */
function setEntrypoint(workflow: Workflow, name: string): readonly Fix[] {
  const names = workflow.templates.map((template) => template.name).filter((one) => one !== "");
  const called = new Set(
    workflow.templates.flatMap((template) => template.tasks.map(({ call }) => (call.kind === "template" ? call.name : ""))),
  );
  const starts = names.filter((one) => !called.has(one) && one !== workflow.onExit);
  const [only, ...more] = starts;
  const chosen = (name === "" ? undefined : nearestName(name, names)) ?? (more.length === 0 ? only : undefined);
  if (chosen === undefined) return [];
  const target = { kind: "workflow", workflow: Number(workflow.path[0]), part: "spec" } as const;
  return [fix("fix.set-entrypoint", { name: chosen }, { kind: "set-setting", target, path: ["entrypoint"], value: chosen })];
}

function standingOf(path: Path, model: Model): Standing | undefined {
  const object = typeof path[0] === "number" ? model.objects[path[0]] : undefined;
  if (object?.kind !== "workflow") return undefined;
  const template = deepest(object.templates, path);
  const task = template && holding(template.tasks, path);
  return { workflow: object, template, task, below: template === undefined ? [] : path.slice(template.path.length) };
}

/** The template at a place; of templates inside calls the innermost. */
function deepest(templates: readonly Template[], path: Path): Template | undefined {
  const here = holding(templates, path);
  const call = here && holding(here.tasks, path)?.call;
  return (call?.kind === "inline" ? deepest([call.template], path) : undefined) ?? here;
}

/** By list: its members by place. Searched through for each of many diagnostics, a long list would take quadratic time. */
const indexes = new WeakMap<readonly object[], ReadonlyMap<string, unknown>>();

/** The item of a list that contains a path; the paths of all items have the same length. */
function holding<One extends { readonly path: Path }>(list: readonly One[], path: Path): One | undefined {
  const depth = list[0]?.path.length ?? 0;
  if (depth > path.length) return undefined;
  let index = indexes.get(list) as ReadonlyMap<string, One> | undefined;
  if (index === undefined) indexes.set(list, (index = new Map(list.map((one) => [JSON.stringify(one.path), one]))));
  return index.get(JSON.stringify(path.slice(0, depth)));
}
