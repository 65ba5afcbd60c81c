import { afterEach, describe, expect, test } from "vitest";
import { dagwright, folderWith } from "./terminal.ts";

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((remove) => remove()));

const library = (kind: string, name: string, image: string) => `apiVersion: argoproj.io/v1alpha1
kind: ${kind}
metadata: {name: ${name}}
spec:
  templates:
    - name: work
      container:
        image: ${image}
`;
const workflow = (calls: string, own = "") => `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: run-}
spec:
  entrypoint: main
  templates:
    - name: main
      dag:
        tasks:
${calls}${own}`;
const ownWork = "    - name: work\n      container:\n        image: own:1\n";

/** The texts that `set --task TASK image=new:2` and the same edit by `apply` give. */
async function both(text: string, task: string) {
  const { path, remove } = folderWith({
    "w.yaml": text,
    "edits.json": JSON.stringify({ kind: "set-setting", target: { kind: "task", task }, path: ["container", "image"], value: "new:2" }),
  });
  undo.push(remove);
  const set = await dagwright(["set", path("w.yaml"), "--task", task, "image=new:2"]);
  const apply = await dagwright(["apply", path("w.yaml"), path("edits.json")]);
  return { set, apply };
}

describe("set and apply change the same template", () => {
  const local = "          - {name: a, template: work}\n";
  const byReference = "          - {name: a, templateRef: {name: lib, template: work}}\n";
  const byClusterReference = "          - {name: a, templateRef: {name: lib, template: work, clusterScope: true}}\n";
  const inline = "          - name: a\n            inline:\n              container:\n                image: inline:1\n";
  const namespaced = library("WorkflowTemplate", "lib", "lib:1");
  const cluster = library("ClusterWorkflowTemplate", "lib", "cluster:1");
  test.each([
    ["of its own object", `${namespaced}---\n${workflow(local, ownWork)}`, "own:1"],
    ["by templateRef in the same file", `${workflow(byReference, ownWork)}---\n${namespaced}`, "lib:1"],
    ["by templateRef where the object stands before", `${namespaced}---\n${workflow(byReference, ownWork)}`, "lib:1"],
    ["by templateRef with clusterScope", `${namespaced}---\n${cluster}---\n${workflow(byClusterReference, ownWork)}`, "cluster:1"],
    ["inline", workflow(inline, ownWork), "inline:1"],
    [
      "of the workflowTemplateRef",
      `${namespaced}---\n${workflow(local).replace("spec:\n", "spec:\n  workflowTemplateRef: {name: lib}\n")}`,
      "lib:1",
    ],
  ])("%s", async (_, text, old) => {
    const { set, apply } = await both(text, "a");
    expect([set.code, apply.code, set.stderr]).toEqual([0, 0, ""]);
    expect(set.out).toBe(text.replace(`image: ${old}`, "image: new:2"));
    expect(apply.out).toBe(set.out);
  });
  test("neither does anything where the template is in another file", async () => {
    const { set, apply } = await both(workflow(byReference, ownWork), "a");
    expect([set.code, set.out, apply.code, apply.out]).toEqual([2, "", 1, ""]);
  });
});

test("set counts the calls of a template by templateRef, too", async () => {
  const calls =
    "          - {name: a, templateRef: {name: lib, template: work}}\n          - {name: b, templateRef: {name: lib, template: work}}\n";
  const text = `${library("WorkflowTemplate", "lib", "lib:1")}---\n${workflow(calls)}`;
  const { stderr } = await dagwright(["set", "-", "--task", "a", "image=new:2"], text);
  expect(stderr).toContain('the template "work" is used by 2 tasks; all of them change');
  const { out } = await dagwright(["graph", "-"], text);
  expect(out).toContain('"template": "lib/work"');
});

test("templates of one name in two objects are distinguished by their ids, as apply does", async () => {
  const text = `${library("WorkflowTemplate", "one", "a:1")}---\n${library("WorkflowTemplate", "two", "b:1")}`;
  expect((await dagwright(["set", "-", "--task", "work", "image=c:1"], text)).out).toBe(text.replace("a:1", "c:1"));
  expect((await dagwright(["set", "-", "--task", "work@1", "image=c:1"], text)).out).toBe(text.replace("b:1", "c:1"));
});

test("a task name that two workflows have is ambiguous", async () => {
  const one = workflow("          - {name: a, template: work}\n", ownWork);
  const { code, stderr } = await dagwright(["set", "-", "--task", "a", "image=c:1"], `${one}---\n${one}`);
  expect(code).toBe(2);
  expect(stderr).toContain('several tasks are called "a"; use one of: main/a, main@1/a');
});
