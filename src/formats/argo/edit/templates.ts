import { type Data, type DataMap, field, isList, isMap, type Path, startsWith, textField } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import { diffOperations } from "#data/difference.ts";
import { addItem, type Draft, type Refused } from "#document/edit-draft.ts";
import { badTaskName, templatesPath } from "./paths-and-names.ts";
import { findTemplate, findWorkflow, isRefused, refuse, workflowsOf } from "#document/edit-targets.ts";
import { allTemplates, templateByName } from "#pipeline/resolve-call.ts";
import { flavorOf } from "../flavor/flavor-of.ts";

// Adds, removes, moves and changes definitions. A template's name occurs wherever the template is called.

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/** Adds a template as it is given: in sorted place in a KFP file, else last. */
export function addTemplate(draft: Draft, edit: Of<"add-template">): Refused | undefined {
  const workflow = findWorkflow(draft, edit.workflow);
  if (isRefused(workflow)) return workflow;
  const name = textField(edit.data, "name");
  if (!isMap(edit.data) || name === undefined) return refuse("edit-template-unnamed", {}, workflow.path);
  const bad = badTaskName(name, workflow.path) ?? takenTemplate(workflow, name);
  if (bad) return bad;
  const list = templatesPath(workflow);
  addItem(draft, list, edit.data, edit.at ?? flavorOf(workflow).indexFor(draft.at(list), name));
  return undefined;
}

/** Refuses a name that a template of this workflow has already. */
export function takenTemplate(workflow: Workflow, name: string): Refused | undefined {
  const other = templateByName(workflow, name);
  return other && refuse("edit-template-name-taken", { name }, other.path);
}

/** Takes out a template that nothing runs. */
export function removeTemplate(draft: Draft, edit: Of<"remove-template">): Refused | undefined {
  const found = findTemplate(draft, edit.template);
  if (isRefused(found)) return found;
  const { workflow, template } = found;
  const twin = workflow.templates.filter((other) => other.name === template.name).length > 1;
  const users = twin ? [] : usesOf(draft, workflow, template.name).filter((use) => !startsWith(use.path, template.path));
  if (users.length > 0) {
    const names = [...new Set(users.map((use) => use.by))];
    return refuse(
      "edit-template-called",
      { template: template.name, n: names.length, callers: names.join(", ") },
      users[0]?.path ?? template.path,
    );
  }
  draft.remove(template.path);
  return undefined;
}

/** Gives a template another name, wherever it is run from. */
export function renameTemplate(draft: Draft, edit: Of<"rename-template">): Refused | undefined {
  const found = findTemplate(draft, edit.template);
  if (isRefused(found)) return found;
  const { workflow, template } = found;
  if (template.name === edit.name) return undefined;
  const bad = badTaskName(edit.name, template.path) ?? takenTemplate(workflow, edit.name);
  if (bad) return bad;
  for (const use of usesOf(draft, workflow, template.name)) draft.set(use.path, edit.name);
  draft.set([...template.path, "name"], edit.name);
  return undefined;
}

/** Moves a template to another place among the templates. */
export function moveTemplate(draft: Draft, edit: Of<"move-template">): Refused | undefined {
  const found = findTemplate(draft, edit.template);
  if (isRefused(found)) return found;
  const { workflow, template } = found;
  const n = workflow.templates.length;
  const list = templatesPath(workflow);
  if (template.path.length !== list.length + 1) return refuse("edit-template-inline", { template: template.id }, template.path);
  if (edit.to < 0 || edit.to >= n) return refuse("edit-index-outside", { index: edit.to, n }, template.path);
  draft.move(template.path, [...list, edit.to]);
  return undefined;
}

/** One place that runs a template by its name. `by` says who: a call's id, or the field of the workflow. */
export interface Use {
  readonly path: Path;
  readonly by: string;
}

/** Every place of the document that runs the template of this name: calls, hooks, exit handlers, entrypoint, other objects. */
export function usesOf(draft: Draft, workflow: Workflow, name: string): readonly Use[] {
  const found: Use[] = [];
  const check = (path: Path, by: string) => {
    if (draft.at(path) === name) found.push({ path, by });
  };
  check([...workflow.specPath, "entrypoint"], "entrypoint");
  check([...workflow.specPath, "onExit"], "onExit");
  for (const hook of keysAt(draft, [...workflow.specPath, "hooks"]))
    check([...workflow.specPath, "hooks", hook, "template"], `hooks.${hook}`);
  for (const graph of allTemplates(workflow)) {
    for (const task of graph.tasks) {
      check([...task.path, "template"], task.id);
      check([...task.path, "onExit"], task.id);
      for (const hook of keysAt(draft, [...task.path, "hooks"])) check([...task.path, "hooks", hook, "template"], task.id);
    }
  }
  return [...found, ...outsideUses(draft, workflow, name)];
}

/** Calls by templateRef, from any object of the document, of a template in this object. */
function outsideUses(draft: Draft, workflow: Workflow, name: string): readonly Use[] {
  const object = field(field(draft.at(workflow.path), "metadata"), "name");
  const cluster = workflow.resource === "ClusterWorkflowTemplate";
  if (typeof object !== "string" || (!cluster && workflow.resource !== "WorkflowTemplate")) return [];
  return workflowsOf(draft).flatMap((other) =>
    allTemplates(other).flatMap((graph) =>
      graph.tasks.flatMap((task): readonly Use[] => {
        const { call } = task;
        const is = call.kind === "reference" && call.name === object && call.template === name && call.clusterScope === cluster;
        return is ? [{ path: [...task.path, "templateRef", "template"], by: task.id }] : [];
      }),
    ),
  );
}

function keysAt(draft: Draft, path: Path): readonly string[] {
  const value = draft.at(path);
  return isMap(value) ? Object.keys(value) : [];
}

/** Turns a container into a script and back, or either into a manual stop; the settings of the pod stay. */
export function changeTemplateKind(draft: Draft, edit: Of<"change-template-kind">): Refused | undefined {
  const found = findTemplate(draft, edit.template);
  if (isRefused(found)) return found;
  const { template } = found;
  if (template.kind === edit.to) return undefined;
  const convertible = ["container", "script", "suspend"];
  const both = draft.at([...template.path, edit.to]) !== undefined;
  // A stop runs nothing: it takes and gives no files, and Argo refuses their paths on it.
  const hasFiles = template.outputs.length > 0 || template.inputs.some(({ kind }) => kind === "artifact");
  if ((edit.to === "suspend" && hasFiles) || both || !convertible.includes(template.kind))
    return refuse("edit-kind-fixed", { template: template.name, kind: template.kind, to: edit.to }, template.path);
  const from = [...template.path, template.kind];
  const to = [...template.path, edit.to];
  const body = draft.at(from);
  const fresh = convertedBody(isMap(body) ? body : {}, template, edit.to);
  draft.rename(from, edit.to);
  const old = draft.at(to);
  draft.take(diffOperations(old as Data, fresh, to));
  return undefined;
}

/** A body for an empty container or script: something that runs and can be seen to run. */
const starter: DataMap = { image: "alpine:3.20", command: ["sh", "-c"], args: ["echo hello"] };

function convertedBody(body: DataMap, template: Template, to: "container" | "script" | "suspend"): DataMap {
  if (to === "suspend") return {};
  const { command, args, source, ...rest } = template.kind === "suspend" ? starter : body;
  if (to === "container") {
    if (template.kind === "suspend") return starter;
    const program = texts(command);
    return { ...rest, command: [...(program.length > 0 ? program : ["sh"]), evaluateFlag(program[0] ?? "sh")], args: [source ?? ""] };
  }
  const words = [...texts(command), ...texts(args)];
  // `[sh, -c, TEXT]` is a script already; anything else becomes one line of shell.
  const last = words.length > 2 && words.length === 3 && words[1] === evaluateFlag(words[0] as string) ? words[2] : undefined;
  if (last !== undefined) return { ...rest, command: [words[0] as string], source: last };
  return { ...rest, command: ["sh"], source: `exec ${words.map(shellWord).join(" ")}\n` };
}

function texts(value: Data | undefined): readonly string[] {
  return isList(value) ? value.map(String) : [];
}

/** The flag by which a program takes its script as text. */
function evaluateFlag(program: string): "-c" | "-e" {
  return /(^|\/)(node|perl|ruby)$/.test(program) ? "-e" : "-c";
}

/** A word as a POSIX shell reads it back. */
function shellWord(word: string): string {
  return /^[-\w./:=@%+,]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
