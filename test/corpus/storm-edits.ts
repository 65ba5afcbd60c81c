import { allGraphs, graphOf } from "#pipeline/graph-of.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { Model, Template, Workflow } from "#pipeline/model.ts";
import { indexOfModel } from "#pipeline/model-index.ts";
import { editsForV2 } from "./storm-edits-v2.ts";

/** How many edits of one kind are tried on one file. */
const perKind = 8;

/** Every applicable edit of every kind for a document, at most `most` of one kind, spread over its tasks and templates. */
export function editsFor(model: Model, most = perKind): readonly Edit[] {
  const { workflows } = indexOfModel(model);
  const edits = workflows.flatMap((workflow) =>
    workflow.format === "kfp-v2"
      ? editsForV2(model, workflow)
      : [
          ...workflowEdits(workflow),
          ...workflow.templates.flatMap((template) => templateEdits(workflow, template)),
          ...graphEdits(model, workflow),
        ],
  );
  const kinds = new Map<string, Edit[]>();
  for (const edit of edits) kinds.set(edit.kind, [...(kinds.get(edit.kind) ?? []), edit]);
  return [...kinds.values()].flatMap((list) => spread(list, most));
}

/** At most `count` items of a list, evenly spaced. */
function spread<Item>(list: readonly Item[], count: number): readonly Item[] {
  if (list.length <= count) return list;
  return Array.from({ length: count }, (_, index) => list[Math.floor((index * list.length) / count)] as Item);
}

function workflowEdits(workflow: Workflow): readonly Edit[] {
  const index = workflow.path[0] as number;
  const target = { kind: "workflow", workflow: index } as const;
  return [
    { kind: "add-template", data: { name: "storm-template", container: { image: "alpine:3.20", args: ["a b", "c"] } }, workflow: index },
    { kind: "rename-workflow", name: "storm", workflow: index },
    { kind: "set-note", text: "a note\nof two lines", workflow: index },
    { kind: "set-layout", layout: { a: [1, 2] }, workflow: index },
    { kind: "add-parameter", name: "storm_parameter", value: "yes", workflow: index },
    { kind: "set-setting", target, path: ["ttlStrategy", "secondsAfterCompletion"], value: 60 },
    { kind: "set-setting", target: { ...target, part: "metadata" }, path: ["labels", "storm"], value: "true" },
    { kind: "unset-setting", target, path: ["serviceAccountName"] },
    ...workflow.parameters.flatMap(({ name }): readonly Edit[] => [
      { kind: "set-parameter", name, value: "007", workflow: index },
      { kind: "rename-parameter", name, to: "storm_renamed", workflow: index },
      { kind: "remove-parameter", name, workflow: index },
    ]),
  ];
}

function templateEdits(workflow: Workflow, template: Template): readonly Edit[] {
  const id = template.id;
  const target = { kind: "template", template: id } as const;
  const last = workflow.templates.length - 1;
  const list = (template.rest[template.kind] as { readonly env?: unknown } | null | undefined)?.env;
  return [
    { kind: "rename-template", template: id, name: "storm-renamed" },
    { kind: "move-template", template: id, to: last },
    { kind: "remove-template", template: id },
    { kind: "change-template-kind", template: id, to: template.kind === "script" ? "container" : "script" },
    { kind: "change-template-kind", template: id, to: "suspend" },
    { kind: "set-setting", target, path: ["metadata", "annotations", "storm"], value: 'it\'s "quoted": # yes' },
    { kind: "set-setting", target, path: ["nodeSelector"], value: { "a/b": "c" } },
    { kind: "set-setting", target, path: ["retryStrategy", "limit"], value: 3 },
    ...(template.kind === "container" || template.kind === "script"
      ? ([
          { kind: "set-setting", target, path: [template.kind, "resources", "limits", "cpu"], value: "500m" },
          { kind: "set-setting", target, path: [template.kind, "env", "STORM", "value"], value: "on" },
          { kind: "set-setting", target, path: [template.kind, "image"], value: "storm:1" },
          { kind: "unset-setting", target, path: [template.kind, "command"] },
          { kind: "unset-setting", target, path: [template.kind, "args"] },
        ] as const)
      : []),
    ...(Array.isArray(list) && list.length > 1
      ? ([{ kind: "move-setting", target, path: [template.kind, "env", 0], to: list.length - 1 }] as const)
      : []),
    { kind: "add-port", template: id, direction: "input", port: "parameter", name: "storm-in", value: "1" },
    { kind: "add-port", template: id, direction: "output", port: "artifact", name: "storm-out" },
    { kind: "add-task", graph: id, name: "storm-task", template: (workflow.templates[0] as Template).name },
    ...portEdits(template),
  ];
}

function portEdits(template: Template): readonly Edit[] {
  const sides = [
    { direction: "input", ports: template.inputs },
    { direction: "output", ports: template.outputs },
  ] as const;
  return sides.flatMap(({ direction, ports }) =>
    ports.flatMap(({ name, kind: port }): readonly Edit[] => [
      { kind: "rename-port", template: template.id, direction, port, name, to: "storm-renamed" },
      { kind: "remove-port", template: template.id, direction, port, name },
    ]),
  );
}

function graphEdits(model: Model, workflow: Workflow): readonly Edit[] {
  return allGraphs(model).flatMap((graph) => {
    const template = workflow.templates.find((one) => one.id === graph.template);
    return template ? template.tasks.flatMap((_, index) => taskEdits(model, workflow, template, index)) : [];
  });
}

function taskEdits(model: Model, workflow: Workflow, graph: Template, index: number): readonly Edit[] {
  const task = graph.tasks[index] as Template["tasks"][number];
  const id = task.id;
  const others = graph.tasks.filter((other) => other !== task);
  const boxes = graphOf(model, workflow, graph.id).nodes;
  const box = boxes.find((node) => node.id === id);
  const call = { kind: "call", task: id } as const;
  const group = graph.kind === "steps" ? graph.tasks.filter((other) => other.stage === task.stage).length : graph.tasks.length;
  return [
    { kind: "remove-task", task: id },
    { kind: "rename-task", task: id, name: "storm-renamed" },
    { kind: "change-identifier", task: id, name: "storm-changed" },
    { kind: "move-task", task: id, to: group - 1 },
    ...(graph.kind === "steps" ? ([{ kind: "move-task", task: id, to: 0, stage: (graph.tasks.at(-1)?.stage ?? 0) + 1 }] as const) : []),
    { kind: "duplicate-task", task: id },
    { kind: "retarget-task", task: id, template: (workflow.templates.at(-1) as Template).name },
    { kind: "make-separate", task: id },
    { kind: "set-when", task: id, when: "{{workflow.name}} == x" },
    { kind: "clear-when", task: id },
    { kind: "set-loop", task: id, loop: { withItems: ["a", 1, { b: true }] } },
    { kind: "clear-loop", task: id },
    { kind: "set-setting", target: call, path: ["continueOn", "failed"], value: true },
    ...others.slice(0, 3).flatMap((other): readonly Edit[] => [
      { kind: "add-dependency", task: id, on: other.id },
      { kind: "remove-dependency", task: id, on: other.id },
    ]),
    ...(box?.inputs ?? []).flatMap((input): readonly Edit[] => [
      { kind: "set-argument", task: id, input: input.name, portKind: input.kind, value: "storm: 1" },
      { kind: "clear-argument", task: id, input: input.name, portKind: input.kind },
      { kind: "disconnect", to: { task: id, port: input.name, portKind: input.kind } },
      ...workflow.parameters
        .slice(0, 1)
        .map(({ name }): Edit => ({ kind: "bind-parameter", task: id, input: input.name, portKind: input.kind, parameter: name })),
      ...farBoxes(model, graph)
        .slice(0, 2)
        .flatMap((node) =>
          node.outputs.slice(0, 1).map((output): Edit => ({
            kind: "connect",
            from: { task: node.id, port: output.name, portKind: output.kind },
            to: { task: id, port: input.name, portKind: input.kind },
          })),
        ),
      ...boxes
        .filter((node) => node !== box)
        .slice(0, 3)
        .flatMap((node) =>
          node.outputs.map((output): Edit => ({
            kind: "connect",
            from: { task: node.id, port: output.name, portKind: output.kind },
            to: { task: id, port: input.name, portKind: input.kind },
            ...(output.kind !== input.kind && { as: input.kind === "parameter" ? "value" : "file" }),
          })),
        ),
    ]),
  ];
}

/** Boxes of other graphs that give something. */
function farBoxes(model: Model, graph: Template) {
  return allGraphs(model)
    .filter((other) => other.template !== graph.id)
    .flatMap((other) => other.nodes.filter((node) => node.outputs.length > 0 && node.hook === undefined).slice(0, 1));
}
