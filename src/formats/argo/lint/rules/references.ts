/**
 * Tags: whether what they name is in scope, and whether the order of tasks guarantees that it has a value.
 * Expressions (`{{=…}}`) are not evaluated, as Argo's lint does not either. docs/spec/argo-lint.md#references
 */
import type { Report } from "#diagnostics/diagnostic.ts";
import { tagsIn } from "../../syntax/references.ts";
import { type Data, isList, isMap, listField, type Path, textField } from "#data/data.ts";
import type { Task, Template } from "#pipeline/model.ts";
import { isGraph } from "#pipeline/template-kinds.ts";
import { addItem, addOutputs, checkedRoots, globalScope, inside, resolves, roots, type Scope, templateScope } from "../reference-scope.ts";
import { nearestField } from "../nearest-field.ts";
import { found, reachable, type Rule, type Subject } from "../checked-workflow.ts";

/** What is needed to look at one template or call. */
interface Looking {
  readonly subject: Subject;
  readonly report: Report;
}

/** Every text of every template. */
export const checkReferences: Rule = (subject, report) => {
  const globals = globalScope(subject);
  const atExit = inside(globals);
  atExit.names.add("workflow.failures");
  const mayExit = exitTemplates(subject);
  for (const template of subject.workflow.templates) checkTemplate({ subject, report }, template, mayExit(template) ? atExit : globals);
};

/** Which templates may run when the workflow has ended: those that the exit handler reaches, and those that nothing here reaches. */
function exitTemplates(subject: Subject): (template: Template) => boolean {
  const { workflow, spec } = subject;
  const hooks = isMap(spec.hooks) ? Object.values(spec.hooks).map((hook) => textField(hook, "template") ?? "") : [];
  const atExit = reachable(subject, [workflow.onExit ?? "", ...hooks]);
  const fromStart = reachable(subject, [workflow.entrypoint ?? ""]);
  return ({ id }) => atExit.has(id) || !fromStart.has(id);
}

function checkTemplate(looking: Looking, template: Template, outer: Scope): void {
  const { subject } = looking;
  const raw = subject.raw(template);
  const own = templateScope(outer, template, raw);
  if (!isGraph(template)) return checkTexts(looking, raw, template.path, own);

  const inner = inside(own);
  if (template.kind === "dag") checkDag(looking, template, inner);
  else checkSteps(looking, template, inner);
  for (const key of Object.keys(raw)) {
    if (key === "dag" && isMap(raw.dag)) {
      const rest = Object.fromEntries(Object.entries(raw.dag).filter(([key]) => key !== "tasks"));
      checkTexts(looking, rest, [...template.path, "dag"], own);
    } else if (key !== "dag" && key !== "steps") {
      checkTexts(looking, raw[key] as Data, [...template.path, key], key === "outputs" || key === "metrics" ? inner : own);
    }
  }
}

/** Steps see the steps before them. `inner` grows from step to step and is finally the scope of the template's outputs. */
function checkSteps(looking: Looking, { tasks }: Template, inner: Scope): void {
  const { subject } = looking;
  const later = new Set(tasks.map(({ name }) => name));
  for (const task of tasks) {
    inner.names.add(`steps.${task.name}.status`);
    checkCall(looking, task, inner, (name) => {
      const other = /^steps\.([^.]+)\./.exec(name)?.[1];
      return other !== undefined && later.has(other) ? { code: "future-step-reference", values: { step: task.name, other } } : undefined;
    });
    later.delete(task.name);
    addOutputs(inner, `steps.${task.name}`, task, subject.calleeOf(task.call));
  }
}

/** Tasks know all their siblings' outputs, but only their ancestors' are there in time. */
function checkDag(looking: Looking, template: Template, inner: Scope): void {
  const { subject, report } = looking;
  for (const task of template.tasks) addOutputs(inner, `tasks.${task.name}`, task, subject.calleeOf(task.call));
  const isBefore = ancestryIn(template);
  const siblings = new Set(template.tasks.map(({ name }) => name));
  for (const task of template.tasks) {
    const scope = inside(inner, (name) => {
      const other = /^tasks\.(.+)\.status$/.exec(name)?.[1];
      return other !== undefined && isBefore(other, task.name);
    });
    checkCall(looking, task, scope, () => undefined);
    checkOrder(subject, task, (other) => !siblings.has(other) || isBefore(other, task.name), report);
  }
}

type Explain = (name: string) => { readonly code: "future-step-reference"; readonly values: { step: string; other: string } } | undefined;

function checkCall(looking: Looking, task: Task, outer: Scope, explain: Explain): void {
  const { subject } = looking;
  const raw = subject.at(task.path);
  if (!isMap(raw)) return;
  const scope = inside(outer);
  addItem(scope, task);
  const rest = Object.fromEntries(Object.entries(raw).filter(([key]) => key !== "inline" && key !== "hooks" && key !== "onExit"));
  checkTexts(looking, rest, task.path, scope, explain);
  // A hook runs during or after its owner and may refer to the owner's outputs.
  const withOwn = inside(scope);
  for (const of of ["tasks", "steps"]) {
    addOutputs(withOwn, `${of}.${task.name}`, task, subject.calleeOf(task.call));
    withOwn.names.add(`${of}.${task.name}.status`);
  }
  if (raw.hooks !== undefined) checkTexts(looking, raw.hooks, [...task.path, "hooks"], withOwn);
  if (task.call.kind === "inline") checkTemplate(looking, task.call.template, scope);
}

/** So many steps are taken through the order of one dag; ten thousand tasks that all ask for the first of their chain take half. */
const mostSteps = 100_000_000;

/**
 * Whether one task runs before another, by way of others or not. All that is before a task is gathered only when its neighbours do not
 * tell, and kept until another task is asked about. A dag beyond the bound counts as ordered.
 */
function ancestryIn({ tasks }: Template): (earlier: string, later: string) => boolean {
  const numbers = new Map(tasks.map(({ name }, index) => [name, index]));
  const waits = tasks.map(({ name, order }, index) =>
    // Of several tasks with one name the last one counts.
    numbers.get(name) === index ? order.after.flatMap(({ task }) => numbers.get(task) ?? []) : [],
  );
  const seen = new Int32Array(tasks.length).fill(-1);
  let gathered = -1;
  let steps = 0;
  const gather = (start: number) => {
    gathered = start;
    const open = [...(waits[start] ?? [])];
    for (let other = open.pop(); other !== undefined && steps < mostSteps; other = open.pop()) {
      steps += 1;
      if (seen[other] === start) continue;
      seen[other] = start;
      for (const next of waits[other] ?? []) if (seen[next] !== start) open.push(next);
    }
  };
  return (earlier, later) => {
    const [from, to] = [numbers.get(earlier), numbers.get(later)];
    if (from === undefined || to === undefined) return false;
    if (waits[to]?.includes(from) || steps >= mostSteps) return true;
    if (gathered !== to) gather(to);
    return seen[from] === to || steps >= mostSteps;
  };
}

function checkOrder(subject: Subject, task: Task, isThere: (other: string) => boolean, report: Report): void {
  const args = subject.at([...task.path, "arguments"]);
  for (const [key, fields] of [
    ["parameters", ["value"]],
    ["artifacts", ["from"]],
  ] as const) {
    listField(args, key).forEach((item, index) => {
      for (const field of fields) {
        const text = textField(item, field);
        if (text !== undefined) reportOrder(text, [...task.path, "arguments", key, index, field], true);
      }
    });
  }
  for (const key of ["when", "withParam"]) {
    const text = textField(subject.at(task.path), key);
    if (text !== undefined) reportOrder(text, [...task.path, key], false);
  }

  /** Argo looks at the first tag of an argument alone; a later one, or one elsewhere, is empty when the task runs. */
  function reportOrder(text: string, path: Path, isArgument: boolean): void {
    const reported = new Set<string>();
    for (const { start, reference } of tagsIn(text)) {
      if (reference.kind !== "task-output" || reference.of !== "tasks") continue;
      const on = reference.task;
      if (reported.has(on) || isThere(on)) continue;
      reported.add(on);
      const first = isArgument && start === 0;
      found(report, first ? "error" : "warning", first ? "missing-dependency" : "missing-dependency-embedded", path, {
        task: task.name,
        on,
      });
    }
  }
}

/** Every tag of every text below a value, keys included. */
function checkTexts(looking: Looking, value: Data, path: Path, scope: Scope, explain: Explain = () => undefined): void {
  if (typeof value === "string") {
    if (value.includes("{{")) checkText(looking.report, value, path, scope, explain);
  } else if (isList(value)) {
    value.forEach((item, index) => checkTexts(looking, item, [...path, index], scope, explain));
  } else if (isMap(value)) {
    for (const key of Object.keys(value)) {
      if (key.includes("{{")) checkText(looking.report, key, [...path, key], scope, explain);
      checkTexts(looking, value[key] as Data, [...path, key], scope, explain);
    }
  }
}

function checkText(report: Report, text: string, path: Path, scope: Scope, explain: Explain): void {
  let end = 0;
  for (const tag of tagsIn(text)) {
    end = tag.end;
    if (tag.reference.kind === "expression") continue;
    const name = text.slice(tag.start + 2, tag.end - 2).trim();
    checkRoot(report, name, path);
    // A tag inside a tag: the name is only known when the inner one is.
    if (name.includes("{{") || !checkedRoots.some((root) => name.startsWith(root)) || resolves(scope, name)) continue;
    const special = explain(name);
    if (special) found(report, "error", special.code, path, { name, ...special.values });
    else found(report, "error", name.startsWith("item.") ? "item-outside-loop" : "unresolved-reference", path, { name });
  }
  const open = text.indexOf("{{", end);
  if (
    open >= 0 &&
    checkedRoots.some((root) =>
      text
        .slice(open + 2)
        .trimStart()
        .startsWith(root),
    )
  ) {
    found(report, "error", "tag-unterminated", path, { text: text.slice(open, open + 40) });
  }
}

/** `{{input.parameters.x}}`: Argo does not look it up and does not fill it in; it is probably `inputs`. */
function checkRoot(report: Report, name: string, path: Path): void {
  const [, root = ""] = /^([A-Za-z]+)\.[A-Za-z]/.exec(name) ?? [];
  if (root === "" || (roots as readonly string[]).includes(root)) return;
  const near = nearestField(root, roots);
  if (near !== undefined) found(report, "warning", "unknown-variable-root", path, { name, root, near });
}
