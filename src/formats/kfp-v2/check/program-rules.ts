import { type Data, isList, isMap, type Path } from "#data/data.ts";
import type { PortKind, Task, Template } from "#pipeline/model.ts";
import { type JsonForm, jsonForm, type Placeholder, placeholdersIn } from "../syntax/placeholders.ts";
import { findEntries, find } from "../read/fields.ts";
import { dataAt, fails, odd, type Subject } from "./subject.ts";

/** Commands, their placeholders, and settings of executors. docs/spec/kfp-v2.md#placeholders */
export function checkPrograms(subject: Subject): void {
  const seen = new Set<string>();
  for (const template of subject.workflow.templates) {
    const place = template.executor?.place;
    if (place === undefined || template.kind !== "container") continue;
    // An executor that several components share is checked with the inputs of each, but has a command once.
    if (!seen.has(place.join("/"))) checkCommand(subject, template, place);
    seen.add(place.join("/"));
    checkPlaceholders(subject, template, place);
  }
  checkPlatformLabels(subject);
  checkClaims(subject);
}

function checkCommand({ report }: Subject, { rest, executor }: Template, place: Path): void {
  const container = find(rest, "container", place);
  const command = find(container.value, "command", container.place).value;
  if (!isList(command) || command.length === 0)
    report({ code: "command-missing", level: odd, values: { name: executor?.label ?? "" }, place: container.place });
}

function checkPlaceholders(subject: Subject, template: Template, place: Path): void {
  const container = find(template.rest, "container", place);
  for (const key of ["command", "args"]) {
    const items = find(container.value, key, container.place).value;
    if (!isList(items)) continue;
    items.forEach((item, index) => {
      if (typeof item !== "string") return;
      const at = [...container.place, key, index];
      for (const placeholder of placeholdersIn(item)) checkPlaceholder(subject, template, placeholder, at);
      const form = jsonForm(item);
      if (form) checkForm(subject, template, form, at);
    });
  }
}

function checkForm({ report, server }: Subject, template: Template, form: JsonForm, place: Path): void {
  if (form.kind === "concat")
    report({ code: "placeholder-unsupported", level: odd, values: { text: "Concat", component: template.name }, place });
  else if (server !== "2.17" && server !== "2.17.1" && server !== "next")
    report({ code: "placeholder-unsupported", level: odd, values: { text: "IfPresent", component: template.name }, place });
}

function checkPlaceholder({ report, isPassed }: Subject, template: Template, placeholder: Placeholder, place: Path): void {
  const { text } = placeholder;
  const component = template.name;
  switch (placeholder.kind) {
    case "unknown":
      return report({ code: "placeholder-unknown", level: odd, values: { text, component }, place });
    case "unsupported":
      return report({ code: "placeholder-unsupported", level: odd, values: { text, component }, place });
    case "input-parameter":
    case "input-artifact": {
      const kind: PortKind = placeholder.kind === "input-parameter" ? "parameter" : "artifact";
      const isDeclared = template.inputs.some((input) => input.kind === kind && input.name === placeholder.name);
      // Tasks may pass inputs that the component does not declare, for settings and texts.
      if (!isDeclared && !isPassed(component, kind, placeholder.name))
        report({ code: "placeholder-undeclared", level: fails, values: { text, component, name: placeholder.name }, place });
      return;
    }
    case "output-parameter":
    case "output-artifact": {
      const kind: PortKind = placeholder.kind === "output-parameter" ? "parameter" : "artifact";
      if (!template.outputs.some((output) => output.kind === kind && output.name === placeholder.name))
        report({ code: "placeholder-undeclared", level: fails, values: { text, component, name: placeholder.name }, place });
      return;
    }
    default:
      return;
  }
}

/** Settings under a label that no executor has are without effect. */
function checkPlatformLabels(subject: Subject): void {
  const { workflow, model, report } = subject;
  const deployment = find(dataAt(subject, workflow.specPlace), "deploymentSpec", workflow.specPlace);
  const labels = new Set(findEntries(deployment.value, "executors", deployment.place).map(({ key }) => key));
  for (const object of model.objects) {
    if (object.kind !== "companion" || object.owner[0] !== workflow.place[0]) continue;
    const platforms = find(object.data, "platforms", object.place);
    const kubernetes = isMap(platforms.value) ? find(platforms.value, "kubernetes", platforms.place) : undefined;
    const settings = find(kubernetes?.value, "deploymentSpec", kubernetes?.place ?? []);
    for (const { key, place } of findEntries(settings.value, "executors", settings.place))
      if (!labels.has(key)) report({ code: "platform-executor-unknown", level: odd, values: { name: key }, place });
  }
}

/** A claim that is mounted by the output of the task that makes it is there only if the mounting task waits for that task. */
function checkClaims({ tasks, report, template }: Subject): void {
  for (const { task } of tasks) {
    const settings = task.call.kind === "template" ? template(task.call.name)?.platform : undefined;
    if (!settings) continue;
    const mounts = find(settings.data, "pvcMount", []).value;
    for (const producer of isList(mounts) ? mounts.flatMap(claimProducers) : [])
      if (!task.order.after.some((one) => one.task === producer) && !takesFrom(task, producer))
        report({ code: "claim-order", level: fails, values: { task: task.name, name: producer }, place: task.place });
  }
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
