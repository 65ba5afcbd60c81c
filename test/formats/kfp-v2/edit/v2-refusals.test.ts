import { describe, expect, it } from "vitest";
import type { Edit } from "#pipeline/edit.ts";
import { groups, notes, refused } from "./change.ts";

// One small case for each refusal and each notice that no other test brings about.

/** The pipeline in a PipelineJob, which has no room for a platform spec. */
const job = `pipelineSpec:\n${groups
  .split("\n---\n")[0]!
  .split("\n")
  .map((line) => (line === "" ? line : `  ${line}`))
  .join("\n")}\nruntimeConfig: {gcsOutputDirectory: "s3://bucket"}\n`;

const withLast = groups.replace(
  "root:\n  dag:\n    tasks:\n",
  "root:\n  dag:\n    tasks:\n      last:\n        componentRef: {name: comp-store}\n        taskInfo: {name: last}\n",
);

/** One branch gives a number, the other a text; the task after them takes a number. */
const uneven = groups
  .replace(/(\n {8}pipelinechannel--score-2-Output: )\{parameterType: NUMBER_DOUBLE\}/, "$1{parameterType: STRING}")
  .replace(
    "          componentRef: {name: comp-score}\n          inputs:\n            parameters:\n              text: {runtimeValue: {constant: none}}",
    "          componentRef: {name: comp-flip}",
  )
  .replace(/ {6}outputs:\n {8}parameters:\n {10}pipelinechannel--(score|condition-branches)[^]*?(?= {6}tasks:)/g, "")
  .replace(/ {4}outputDefinitions:\n {6}parameters:\n {8}pipelinechannel--(score|condition-branches).*\n/g, "")
  .replace(
    "    executorLabel: exec-store\n    inputDefinitions:\n",
    "    executorLabel: exec-store\n    inputDefinitions:\n      parameters:\n        number: {parameterType: NUMBER_DOUBLE}\n",
  );

/** The loop runs over what a task gives. */
const looping = groups
  .replace(
    '            items: {raw: \'[{"name": "a"}, {"name": "b"}]\'}',
    "            items: {inputParameter: pipelinechannel--flip-Output}",
  )
  .replace(
    "          dependentTasks: [condition-branches-1]\n          iteratorPolicy",
    "          dependentTasks: [condition-branches-1]\n          inputs:\n            parameters:\n              pipelinechannel--flip-Output: {taskOutputParameter: {outputParameterKey: Output, producerTask: flip}}\n          iteratorPolicy",
  );

const python = groups
  .replace("command: [score]", "command: [python3, -m, kfp.dsl.executor_main]")
  .replace(
    "args: ['{{$.inputs.parameters[''text'']}}'], command: [python3",
    "args: [--executor_input, '{{$}}', --function_to_execute, score], command: [python3",
  );

const refusals: readonly (readonly [code: string, text: string, edit: Edit])[] = [
  [
    "edit-no-platform",
    job,
    { kind: "set-setting", target: { kind: "task", task: "flip" }, path: ["platform", "imagePullPolicy"], value: "Always" },
  ],
  ["edit-exit-awaited", withLast, { kind: "add-dependency", task: "root/last", on: "root/notify" }],
  ["edit-read-by-condition", groups, { kind: "clear-argument", task: "condition-2", input: "pipelinechannel--flip-Output" }],
  ["edit-read-by-loop", looping, { kind: "clear-argument", task: "for-loop-5", input: "pipelinechannel--flip-Output" }],
  [
    "edit-component-graph",
    groups,
    { kind: "add-component", graph: "root", spec: { name: "Graph", implementation: { graph: { tasks: {} } } } },
  ],
  ["edit-order-of-setting", groups, { kind: "remove-dependency", task: "store", on: "flip" }],
  ["edit-root-fixed", groups, { kind: "rename-template", template: "root", name: "start" }],
  [
    "edit-no-executor",
    groups,
    { kind: "set-setting", target: { kind: "task", task: "for-loop-5" }, path: ["container", "image"], value: "registry.example/other:1" },
  ],
  [
    "edit-port-of-program",
    python,
    { kind: "rename-port", template: "comp-score", direction: "input", port: "parameter", name: "text", to: "words" },
  ],
  [
    "one-of-branch-without",
    uneven,
    {
      kind: "connect",
      from: { task: "comp-condition-2/score", port: "Output" },
      to: { task: "comp-exit-handler-4/store", port: "number" },
      as: "one-of",
    },
  ],
];

describe("an edit of a KFP v2 pipeline is refused, and nothing is changed", () => {
  it.each(refusals)("%s", (code, text, edit) => {
    expect(refused(text, edit)).toBe(code);
  });
});

describe("an edit of a KFP v2 pipeline is done, and says what else became of it", () => {
  it("edit-setting-dropped", () => {
    expect(notes(groups, { kind: "remove-task", task: "flip" })).toContain("edit-setting-dropped");
  });
});
