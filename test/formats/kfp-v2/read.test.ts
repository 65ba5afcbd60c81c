import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openDocument } from "#compiler/document.ts";
import { readModel } from "#compiler/readers.ts";
import type { DataMap } from "#data/data.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import type { Workflow } from "#pipeline/model.ts";

const open = (name: string) => openDocument(readFileSync(new URL(`../../fixtures/kfp-v2/${name}`, import.meta.url), "utf8"));
const groups = open("groups.yaml");
const workflow = groups.model.objects[0] as Workflow;
const template = (name: string) => workflow.templates.find((one) => one.name === name)!;
const graph = (name: string) => graphOf(groups.model, workflow, template(name));
const wires = (name: string) =>
  graph(name).edges.map(
    ({ from, to, via, kind }) => `${kind} ${last(from.node)}.${from.port} > ${last(to.node)}.${to.port}${via ? ` ${via}` : ""}`,
  );
const last = (id: string) => id.slice(id.lastIndexOf("/") + 1);

describe("a pipeline spec as a pipeline", () => {
  it("takes its platform spec along", () => {
    expect(workflow).toMatchObject({ resource: "PipelineSpec", format: "kfp-v2", title: "groups", entrypoint: "root" });
    expect(groups.model.objects[1]).toMatchObject({ kind: "companion", owner: [0], path: [1] });
    expect(template("comp-store").platform?.path).toEqual([1, "platforms", "kubernetes", "deploymentSpec", "executors", "exec-store"]);
    expect(template("comp-store").executor).toEqual({ label: "exec-store", path: [0, "deploymentSpec", "executors", "exec-store"] });
  });

  it("tells groups by their shape", () => {
    const kinds = workflow.templates.flatMap(({ name, groupKind }) => (groupKind ? [`${name} ${groupKind}`] : []));
    expect(kinds).toEqual([
      "comp-condition-2 condition",
      "comp-condition-3 condition",
      "comp-condition-branches-1 branches",
      "comp-exit-handler-4 exit-handler",
      "comp-for-loop-5 loop",
    ]);
  });

  it("calls ports by what flows through them, and marks lists and the item of a loop", () => {
    expect(template("comp-for-loop-5").inputs).toMatchObject([{ label: "item", isItem: true, required: false, type: "STRUCT" }]);
    expect(template("comp-for-loop-5").outputs).toMatchObject([
      { label: "train · model", isList: true, type: "system.Model", kind: "artifact" },
    ]);
    expect(template("comp-condition-2").inputs).toMatchObject([{ label: "flip · Output", required: true }]);
    expect(template("comp-notify").inputs).toMatchObject([{ name: "status", required: false }]);
  });

  it("names a component after its only task, and one of several tasks by its key alone", () => {
    const names = (components: string) =>
      (
        openDocument(`pipelineInfo: {name: two}\nroot: {dag: {tasks: {a: ${components}}}}\ncomponents: {c: {}, d: {}}\n`).model
          .objects[0] as Workflow
      ).templates.map(({ displayName }) => displayName);
    expect(names("{componentRef: {name: c}, taskInfo: {name: 학습}}, b: {componentRef: {name: d}}")).toEqual([undefined, "학습", "b"]);
    expect(names("{componentRef: {name: c}, taskInfo: {name: 학습}}, b: {componentRef: {name: c}}")).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("shows display names, loops and conditions", () => {
    expect(graph("comp-condition-2").nodes).toMatchObject([{ title: "Score", name: "score", subtitle: "registry.example/score:1" }]);
    expect(graph("comp-exit-handler-4").nodes.find(({ name }) => name === "for-loop-5")).toMatchObject({
      title: "every row",
      loop: { kind: "items", count: 2, text: '[{"name": "a"}, {"name": "b"}]' },
    });
    const [first, second] = template("comp-condition-branches-1").tasks;
    expect(first?.when?.tree).toMatchObject({ kind: "compare", operator: "==", right: { text: "heads", quoted: true } });
    expect(second?.when?.tree).toMatchObject({ kind: "not", of: { kind: "compare" } });
  });

  it("draws wires through boundaries, out of choices, into settings and always after a group", () => {
    expect(wires("comp-exit-handler-4")).toEqual([
      "parameter flip.Output > condition-branches-1.pipelinechannel--flip-Output",
      "parameter flip.Output > store.settings text",
      "artifact for-loop-5.pipelinechannel--train-model > store.models",
      "order condition-branches-1.null > for-loop-5.null",
    ]);
    expect(wires("comp-condition-branches-1").filter((one) => one.includes("> ."))).toEqual([
      "parameter condition-2.pipelinechannel--score-Output > .pipelinechannel--condition-branches-1-oneof-1 text",
      "parameter condition-3.pipelinechannel--score-2-Output > .pipelinechannel--condition-branches-1-oneof-1 text",
    ]);
    expect(wires("root")).toEqual(["parameter exit-handler-4.status > notify.status", "order exit-handler-4.null > notify.null hook"]);
  });

  it("knows texts with values of other inputs, and fields of the item", () => {
    const [score] = template("comp-condition-2").tasks;
    expect(score?.arguments[1]?.binding).toMatchObject({
      kind: "text",
      parts: ["of ", { kind: "graph-input", name: "pipelinechannel--flip-Output" }],
    });
    const [train] = template("comp-for-loop-5").tasks;
    expect(train?.arguments[0]?.binding).toMatchObject({ kind: "reference", selector: 'parseJson(string_value)["name"]' });
  });

  it("does not show inputs that only settings use as ports", () => {
    const store = graph("comp-exit-handler-4").nodes.find(({ name }) => name === "store")!;
    expect(store.inputs.map(({ name }) => name)).toEqual(["models"]);
  });

  it("is found within a manifest of Kubernetes and in a PipelineJob", () => {
    const { model } = open("manifest.yaml");
    expect(model.objects).toMatchObject([
      { kind: "companion", owner: [1] },
      { resource: "PipelineVersion", title: "manifest" },
    ]);
    const version = model.objects[1] as Workflow;
    expect(version.templates.map(({ path }) => path.slice(0, 3))).toEqual([
      [1, "spec", "pipelineSpec"],
      [1, "spec", "pipelineSpec"],
    ]);
    expect(version.templates[1]?.platform?.path.slice(0, 3)).toEqual([1, "spec", "platformSpec"]);
    const job = openDocument(
      '{"displayName": "j", "pipelineSpec": {"pipeline_info": {"name": "old"}, "root": {"dag": {"tasks": {"a": {}}}}}}',
    ).model.objects[0];
    expect(job).toMatchObject({ resource: "PipelineJob", title: "old", specPath: [0, "pipelineSpec"] });
  });

  it.each([
    "a: 1",
    "root: {}",
    "platforms: {kubernetes: {}}",
    "kind: X\napiVersion: v1\nroot: {}\ncomponents: {}",
    "components: {}\nopenapi: 3.0.0",
  ])("is no other document: %s", (text) => {
    expect(openDocument(text).model.objects[0]?.kind).toBe("foreign");
  });

  it("reads what has another form as far as it goes", () => {
    const read = openDocument(
      "pipelineInfo: {name: 1}\nschemaVersion: 2.1.0\nroot: {dag: {tasks: {a: 1, b: {componentRef: [], inputs: {parameters: {x: []}}, dependentTasks: a}}}}",
    );
    expect((read.model.objects[0] as Workflow).templates[0]?.tasks).toMatchObject([{ name: "b", call: { kind: "none" } }]);
  });

  it("keeps the same objects for tasks of unchanged data", () => {
    const [spec, platform] = groups.stream;
    const { root, ...rest } = spec as DataMap;
    const changed = readModel([{ ...rest, root: { ...(root as DataMap) }, sdkVersion: "kfp-2.17.4" }, platform!]).model
      .objects[0] as Workflow;
    expect(changed.templates.find(({ name }) => name === "comp-for-loop-5")?.tasks[0]).toBe(template("comp-for-loop-5").tasks[0]);
  });
});
