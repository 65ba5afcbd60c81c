import type { DataMap } from "#data/data.ts";
import type { Edit, SettingTarget } from "#pipeline/edit.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import type { Model, Task, Template, Workflow } from "#pipeline/model.ts";

/** Every applicable edit of every kind for a pipeline of KFP v2. */
export function editsForV2(model: Model, workflow: Workflow): readonly Edit[] {
  const graphs = workflow.templates.filter((template) => template.kind === "dag");
  return [
    ...pipelineEdits(workflow),
    ...workflow.templates.flatMap((template) => componentEdits(workflow, template)),
    ...graphs.flatMap((graph) => graph.tasks.flatMap((task) => taskEdits(model, workflow, graph, task))),
    ...graphs.flatMap((graph) => groupEdits(graph)),
  ];
}

function pipelineEdits(workflow: Workflow): readonly Edit[] {
  const index = workflow.path[0] as number;
  const target = { kind: "workflow", workflow: index } as const;
  return [
    { kind: "rename-workflow", name: "Storm 1", workflow: index },
    { kind: "add-parameter", name: "storm_parameter", value: "yes", workflow: index },
    { kind: "add-parameter", name: "storm_list", value: [1, "no"], description: "a list\nof two", workflow: index },
    { kind: "set-setting", target, path: ["defaultPipelineRoot"], value: "s3://b/k" },
    { kind: "set-setting", target, path: ["platform", "pipelineConfig", "activeDeadlineSeconds"], value: 60 },
    ...workflow.parameters.flatMap(({ name }): readonly Edit[] => [
      { kind: "set-parameter", name, value: null, workflow: index },
      { kind: "set-parameter", name, value: "007", type: "STRING", description: "on: yes", workflow: index },
      { kind: "set-parameter", name, optional: true, literals: [], workflow: index },
      { kind: "rename-parameter", name, to: "storm_renamed", workflow: index },
      { kind: "remove-parameter", name, workflow: index },
    ]),
  ];
}

function componentEdits(workflow: Workflow, template: Template): readonly Edit[] {
  const target: SettingTarget = { kind: "template", template: template.id };
  const sides = [
    { direction: "input", ports: template.inputs },
    { direction: "output", ports: template.outputs },
  ] as const;
  const leaf: readonly Edit[] = [
    { kind: "set-setting", target, path: ["container", "image"], value: "storm:1" },
    { kind: "set-setting", target, path: ["container", "resources", "resourceCpuLimit"], value: "500m" },
    { kind: "set-setting", target, path: ["container", "env", "STORM", "value"], value: "on" },
    { kind: "set-setting", target, path: ["platform", "nodeSelector", "labels", "a/b"], value: "yes" },
    { kind: "set-setting", target, path: ["platform", "tolerations"], value: [{ key: "gpu", operator: "Exists" }] },
    { kind: "unset-setting", target, path: ["container", "args"] },
    { kind: "unset-setting", target, path: ["platform"] },
  ];
  return [
    ...(template.kind === "container" ? leaf : []),
    { kind: "rename-template", template: template.id, name: "comp-storm" },
    { kind: "remove-template", template: template.id },
    ...sides.flatMap(({ direction, ports }) =>
      ports.flatMap(({ name, kind: port }): readonly Edit[] => [
        { kind: "rename-port", template: template.id, direction, port, name, to: "storm_renamed" },
        { kind: "remove-port", template: template.id, direction, port, name },
      ]),
    ),
    { kind: "add-port", template: template.id, direction: "input", port: "parameter", name: "storm_in", value: 1 },
    { kind: "add-port", template: template.id, direction: "output", port: "artifact", name: "storm_out" },
    ...(template.kind === "dag"
      ? ([
          { kind: "add-task", graph: template.id, name: "Storm task", template: (workflow.templates.at(-1) as Template).id },
          { kind: "add-component", graph: template.id, spec: component, arguments: { rate: 0.5 } },
        ] as const)
      : []),
  ];
}

const component: DataMap = {
  name: "Storm score",
  inputs: [
    { name: "rate", type: "Float" },
    { name: "table", type: "Dataset", optional: true },
  ],
  outputs: [
    { name: "score", type: "Float" },
    { name: "model", type: "Model" },
  ],
  implementation: {
    container: {
      image: "storm:1",
      command: ["storm", { inputValue: "rate" }, { outputPath: "score" }, { outputPath: "model" }],
      args: [{ if: { cond: { isPresent: "table" }, then: ["--table", { inputPath: "table" }] } }],
    },
  },
};

function taskEdits(model: Model, workflow: Workflow, graph: Template, task: Task): readonly Edit[] {
  const id = task.id;
  const others = graph.tasks.filter((other) => other !== task);
  const boxes = graphOf(model, workflow, graph.id).nodes;
  const box = boxes.find((node) => node.id === id);
  const call = { kind: "call", task: id } as const;
  return [
    { kind: "remove-task", task: id },
    { kind: "rename-task", task: id, name: "폭풍" },
    { kind: "change-identifier", task: id, name: "storm-changed" },
    { kind: "duplicate-task", task: id },
    { kind: "retarget-task", task: id, template: (workflow.templates.at(-1) as Template).id },
    { kind: "update-component", task: id, spec: component },
    { kind: "make-separate", task: id },
    { kind: "clear-when", task: id },
    { kind: "ungroup", task: id },
    { kind: "set-setting", target: call, path: ["cachingOptions", "enableCache"], value: true },
    { kind: "set-setting", target: call, path: ["retryPolicy", "maxRetryCount"], value: 3 },
    { kind: "unset-setting", target: call, path: ["cachingOptions"] },
    ...others.slice(0, 3).flatMap((other): readonly Edit[] => [
      { kind: "add-dependency", task: id, on: other.id },
      { kind: "remove-dependency", task: id, on: other.id },
    ]),
    ...(task.loop
      ? ([
          { kind: "change-control", task: id, as: { kind: "loop", over: { items: [{ a: 1 }, { a: 2 }] }, parallelism: 3 } },
          { kind: "change-control", task: id, as: { kind: "loop", over: { items: ["x", "y"] } } },
        ] as const)
      : []),
    ...(task.when
      ? ([
          { kind: "change-control", task: id, as: { kind: "condition", left: { text: "a" }, operator: "!=", right: { text: "it's" } } },
        ] as const)
      : []),
    ...(box?.inputs ?? []).flatMap((input): readonly Edit[] => [
      { kind: "set-argument", task: id, input: input.name, portKind: input.kind, value: "1" },
      { kind: "set-argument", task: id, input: input.name, portKind: input.kind, value: { a: [1] } },
      { kind: "clear-argument", task: id, input: input.name, portKind: input.kind },
      { kind: "disconnect", to: { task: id, port: input.name, portKind: input.kind } },
      ...workflow.parameters
        .slice(0, 1)
        .map(({ name }): Edit => ({ kind: "bind-parameter", task: id, input: input.name, portKind: input.kind, parameter: name })),
      ...workflow.templates
        .filter((other) => other.kind === "dag")
        .flatMap((other) => graphOf(model, workflow, other.id).nodes.filter((node) => node !== box))
        .flatMap((node) =>
          node.outputs.slice(0, 2).flatMap((output): readonly Edit[] =>
            ([undefined, "one-of", "ignore-type"] as const).map((as) => ({
              kind: "connect",
              from: { task: node.id, port: output.name, portKind: output.kind },
              to: { task: id, port: input.name, portKind: input.kind },
              ...(as ? { as } : {}),
            })),
          ),
        ),
    ]),
  ];
}

/** One task, two neighbours, and all tasks of a graph are put into each kind of group. */
function groupEdits(graph: Template): readonly Edit[] {
  const ids = graph.tasks.map((task) => task.id);
  const choices = [...ids.map((id) => [id]), ...ids.slice(1).map((id, index) => [ids[index] as string, id]), ids];
  const [first, ...rest] = [...ids].reverse();
  return [
    ...choices.flatMap((tasks): readonly Edit[] => [
      { kind: "group-tasks", tasks, as: { kind: "sub-dag" }, name: "Storm group" },
      { kind: "group-tasks", tasks, as: { kind: "loop", over: { items: [1, 2] }, parallelism: 2 } },
      { kind: "group-tasks", tasks, as: { kind: "condition", left: { text: "a" }, operator: "==", right: { text: "it's" } } },
    ]),
    ...(first !== undefined && rest.length > 0
      ? ([{ kind: "group-tasks", tasks: rest, as: { kind: "exit-handler", exit: first } }] as const)
      : []),
  ];
}
