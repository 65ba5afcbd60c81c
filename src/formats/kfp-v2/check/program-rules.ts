import type { Fix } from "#diagnostics/diagnostic.ts";
import { type Data, isList, isMap, type Path } from "#data/data.ts";
import { isQuantity } from "#kubernetes/quantity.ts";
import type { PortKind, Task, Template } from "#pipeline/model.ts";
import { type JsonForm, jsonForm, type Placeholder, placeholdersIn } from "../syntax/placeholders.ts";
import { findEntries, find } from "../read/fields.ts";
import { componentOf, dataAt, fails, fixOf, odd, type Subject } from "./checked-pipeline.ts";

/** Commands, their placeholders, and settings of executors. docs/spec/kfp-v2.md#placeholders */
export function checkPrograms(subject: Subject): void {
  const seen = new Set<string>();
  for (const template of subject.workflow.templates) {
    const path = template.executor?.path;
    if (path === undefined || template.kind !== "container") continue;
    // An executor that several components share is checked with the inputs of each, but has a command once.
    if (!seen.has(path.join("/"))) {
      checkCommand(subject, template, path);
      checkQuantities(subject, template, path);
    }
    seen.add(path.join("/"));
    checkPlaceholders(subject, template, path);
  }
  for (const { task } of subject.tasks) checkOptionalInputs(subject, task);
  checkPlatformLabels(subject);
  checkClaims(subject);
}

/** A placeholder of an optional parameter to which a task gives no value: the launcher cannot write one without a default. */
function checkOptionalInputs(subject: Subject, task: Task): void {
  const component = componentOf(subject, task);
  if (component?.kind !== "container") return;
  const wanted = new Set(
    commandTexts(component).flatMap((text) =>
      jsonForm(text) ? [] : placeholdersIn(text).flatMap((one) => (one.kind === "input-parameter" ? [one.name] : [])),
    ),
  );
  for (const input of component.inputs) {
    if (input.kind !== "parameter" || input.required || !wanted.has(input.name)) continue;
    const given = task.arguments.find((one) => one.kind === "parameter" && one.name === input.name);
    const isNull = given?.binding.kind === "constant" && given.binding.value === null;
    if ((given !== undefined && !isNull) || isItem(task, input.name)) continue;
    const values = { task: task.name, name: input.name };
    const path = given?.path ?? task.path;
    if (isNull || input.fallback === undefined) subject.report({ code: "optional-null-placeholder", level: odd, values, path });
    else if (subject.server === "2.17") {
      const value = JSON.stringify(input.fallback);
      const fixes = fixOf("fix.set-to", { value }, { kind: "set-argument", task: task.id, input: input.name, value: input.fallback });
      subject.report({ code: "default-not-passed", level: odd, values, path, fixes });
    }
  }
}

function isItem({ loop }: Task, input: string): boolean {
  return loop !== undefined && loop.kind !== "sequence" && loop.item === input;
}

/** The elements of the command and the arguments that are text. */
function commandTexts(component: Template): readonly string[] {
  const container = find(component.rest, "container", []).value;
  return ["command", "args"].flatMap((key) => {
    const items = find(container, key, []).value;
    return isList(items) ? items.filter((item) => typeof item === "string") : [];
  });
}

/** Quantities of CPU and memory as text; those that a placeholder gives are known only in the run. */
function checkQuantities({ report }: Subject, template: Template, path: Path): void {
  const container = find(template.rest, "container", path);
  const resources = find(container.value, "resources", container.path);
  for (const name of ["resourceCpuLimit", "resourceCpuRequest", "resourceMemoryLimit", "resourceMemoryRequest"]) {
    const { value, path: at } = find(resources.value, name, resources.path);
    if (typeof value === "string" && value !== "" && !value.includes("{{") && !isQuantity(value))
      report({ code: "quantity-syntax", level: fails, values: { value }, path: at });
  }
}

function checkCommand({ report }: Subject, { rest, executor }: Template, path: Path): void {
  const container = find(rest, "container", path);
  const command = find(container.value, "command", container.path).value;
  if (!isList(command) || command.length === 0)
    report({ code: "command-missing", level: odd, values: { name: executor?.label ?? "" }, path: container.path });
}

function checkPlaceholders(subject: Subject, template: Template, path: Path): void {
  const container = find(template.rest, "container", path);
  for (const key of ["command", "args"]) {
    const items = find(container.value, key, container.path).value;
    if (!isList(items)) continue;
    items.forEach((item, index) => {
      if (typeof item !== "string") return;
      const at = [...container.path, key, index];
      for (const placeholder of placeholdersIn(item)) checkPlaceholder(subject, template, placeholder, at);
      const form = jsonForm(item);
      if (form) checkForm(subject, template, form, at);
    });
  }
}

function checkForm({ report, server }: Subject, template: Template, form: JsonForm, path: Path): void {
  if (form.kind === "concat")
    report({ code: "placeholder-unsupported", level: odd, values: { text: "Concat", component: template.name }, path });
  else if (server !== "2.17" && server !== "2.17.1" && server !== "next")
    report({ code: "placeholder-unsupported", level: odd, values: { text: "IfPresent", component: template.name }, path });
}

function checkPlaceholder({ report, isPassed }: Subject, template: Template, placeholder: Placeholder, path: Path): void {
  const { text } = placeholder;
  const component = template.name;
  switch (placeholder.kind) {
    case "unknown":
      return report({ code: "placeholder-unknown", level: odd, values: { text, component }, path });
    case "unsupported":
      return report({ code: "placeholder-unsupported", level: odd, values: { text, component }, path });
    case "input-parameter":
    case "input-artifact": {
      const kind: PortKind = placeholder.kind === "input-parameter" ? "parameter" : "artifact";
      const isDeclared = template.inputs.some((input) => input.kind === kind && input.name === placeholder.name);
      // Tasks may pass inputs that the component does not declare, for settings and texts.
      if (!isDeclared && !isPassed(component, kind, placeholder.name))
        report({ code: "placeholder-undeclared", level: fails, values: { text, component, name: placeholder.name }, path });
      return;
    }
    case "output-parameter":
    case "output-artifact": {
      const kind: PortKind = placeholder.kind === "output-parameter" ? "parameter" : "artifact";
      if (!template.outputs.some((output) => output.kind === kind && output.name === placeholder.name))
        report({ code: "placeholder-undeclared", level: fails, values: { text, component, name: placeholder.name }, path });
      return;
    }
    default:
      return;
  }
}

/** Settings under a label that no executor has are without effect. */
function checkPlatformLabels(subject: Subject): void {
  const { workflow, model, report } = subject;
  const deployment = find(dataAt(subject, workflow.specPath), "deploymentSpec", workflow.specPath);
  const labels = new Set(findEntries(deployment.value, "executors", deployment.path).map(({ key }) => key));
  for (const object of model.objects) {
    if (object.kind !== "companion" || object.owner[0] !== workflow.path[0]) continue;
    const platforms = find(object.data, "platforms", object.path);
    const kubernetes = isMap(platforms.value) ? find(platforms.value, "kubernetes", platforms.path) : undefined;
    const settings = find(kubernetes?.value, "deploymentSpec", kubernetes?.path ?? []);
    for (const { key, path } of findEntries(settings.value, "executors", settings.path))
      if (!labels.has(key)) report({ code: "platform-executor-unknown", level: odd, values: { name: key }, path });
  }
}

/** A claim that is mounted by the output of the task that makes it is there only if the mounting task waits for that task. */
function checkClaims(subject: Subject): void {
  const { tasks, report } = subject;
  for (const { graph, task } of tasks) {
    const settings = componentOf(subject, task)?.platform;
    if (!settings) continue;
    const mounts = find(settings.data, "pvcMount", []).value;
    for (const producer of isList(mounts) ? mounts.flatMap(claimProducers) : [])
      if (!task.order.after.some((one) => one.task === producer) && !takesFrom(task, producer))
        report({
          code: "claim-order",
          level: fails,
          values: { task: task.name, name: producer },
          path: task.path,
          fixes: waitFor(task, subject.sibling(graph, producer)),
        });
  }
}

function waitFor(task: Task, producer: Task | undefined): readonly Fix[] {
  if (!producer) return [];
  return fixOf("fix.add-dependency", { on: producer.name }, { kind: "add-dependency", task: task.id, on: producer.id });
}

function claimProducers(mount: Data): readonly string[] {
  const direct = find(mount, "taskOutputParameter", []).value;
  const named = find(find(mount, "pvcNameParameter", []).value, "taskOutputParameter", []).value;
  return [
    ...new Set(
      [direct, named].flatMap((one) => {
        const { value } = find(one, "producerTask", []);
        return typeof value === "string" ? [value] : [];
      }),
    ),
  ];
}

function takesFrom(task: Task, producer: string): boolean {
  return task.arguments.some(
    ({ binding }) => binding.kind === "reference" && binding.reference.kind === "task-output" && binding.reference.task === producer,
  );
}
