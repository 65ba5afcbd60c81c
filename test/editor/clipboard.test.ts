import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { copiedText, fragmentOf, mayBeFragment, pasteFragment } from "#editor/clipboard.ts";
import { reconnectEdits } from "#editor/reconnect.ts";
import { currentGraph, currentWorkflow } from "#editor/actions.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import { parse } from "#yaml/parse.ts";
import { editorWith } from "./outside.ts";

const text = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: clip-}
spec:
  entrypoint: main
  templates:
  - name: main
    inputs: {parameters: [{name: seed, value: "1"}]}
    dag:
      tasks:
      - {name: a, template: work, arguments: {parameters: [{name: size, value: "{{inputs.parameters.seed}}"}]}}
      - {name: b, template: work, dependencies: [a], arguments: {parameters: [{name: size, value: "{{tasks.a.outputs.parameters.out}}"}]}}
      - {name: c, template: work, dependencies: [b], arguments: {parameters: [{name: size, value: "{{tasks.b.outputs.parameters.out}}"}]}}
  - name: work
    inputs: {parameters: [{name: size}]}
    outputs: {parameters: [{name: out, valueFrom: {path: /tmp/out}}]}
    container: {image: busybox, args: ["{{inputs.parameters.size}}"]}
`;

const idsOf = (editor: Awaited<ReturnType<typeof editorWith>>) => currentGraph(editor.store.getState())?.tasks.map(({ id }) => id) ?? [];

describe("the clipboard", () => {
  it("holds readable YAML: calls, the templates used, and places", async () => {
    const editor = await editorWith(text);
    editor.session({ selection: idsOf(editor).slice(1, 3) });
    const copied = copiedText(editor.store.getState()) ?? "";
    expect(copied).toMatch(/^# /);
    const [data] = parse(copied).stream;
    expect(data).toMatchObject({ tasks: [{ name: "b" }, { name: "c" }], templates: [{ name: "work" }], "x-dagwright": { version: 1 } });
    expect(mayBeFragment(copied)).toBe(true);
  });

  it("gives new names, keeps wires inside, leaves sources that are not there open, and uses an equal definition again", async () => {
    const editor = await editorWith(text);
    editor.session({ selection: idsOf(editor).slice(1, 3) });
    const fragment = fragmentOf(parse(copiedText(editor.store.getState()) ?? "").stream);
    if (!fragment) throw new Error("not read back");
    const outcome = pasteFragment(editor, fragment);
    const ids = idsOf(editor).slice(-2);
    expect(outcome).toMatchObject({ ok: true, selection: ids });
    expect(ids.map((id) => id.split("/").at(-1))).toEqual(["b-2", "c-2"]);
    const out = await editor.settledText();
    expect(out.match(/- name: work/g)).toHaveLength(1);
    expect(out).toContain("{{tasks.b-2.outputs.parameters.out}}");
    expect(out.match(/\{\{tasks\.a\./g)).toHaveLength(1);
    expect(editor.store.getState().session.selection).toEqual(ids);
    editor.undo();
    expect(await editor.settledText()).toBe(text);
  });

  it("takes a different definition of the same name under another name", async () => {
    const editor = await editorWith(text);
    editor.session({ selection: idsOf(editor).slice(0, 1) });
    const copied = (copiedText(editor.store.getState()) ?? "").replace("busybox", "alpine");
    pasteFragment(editor, fragmentOf(parse(copied).stream)!);
    const out = await editor.settledText();
    expect(out).toContain("name: work-2");
    expect(out).toMatch(/name: a-2\n?.*\n?.*template: work-2/);
  });

  it("takes Argo templates and lists of calls", async () => {
    const editor = await editorWith(text);
    pasteFragment(editor, fragmentOf(parse("- name: extra\n  container: {image: alpine}\n").stream)!);
    expect(await editor.settledText()).toContain("template: extra");
    pasteFragment(editor, fragmentOf(parse("- {name: d, template: work}\n").stream)!);
    expect(idsOf(editor)).toHaveLength(5);
    expect(fragmentOf(parse("a: 1\n").stream)).toBeUndefined();
    expect(fragmentOf(parse("apiVersion: v1\nkind: Workflow\nname: x\n").stream)).toBeUndefined();
  });
});

describe("a file of a format that pastes no tasks", () => {
  it("keeps as it is, and the reason is given", async () => {
    const compiled = readFileSync("test/fixtures/kfp-v2/hello.yaml", "utf8");
    const editor = await editorWith(compiled);
    expect(pasteFragment(editor, fragmentOf(parse("- name: extra\n  container: {image: alpine}\n").stream)!)).toBeUndefined();
    expect(editor.store.getState().session.refusal?.code).toBe("edit-not-in-format");
    expect(await editor.settledText()).toBe(compiled);
  });
});

describe("delete and join", () => {
  it("connects the consumers of the removed task to what fed it", async () => {
    const editor = await editorWith(text);
    const { document } = editor.store.getState();
    const [workflow, graph] = [currentWorkflow(editor.store.getState())!, currentGraph(editor.store.getState())!];
    const [, b = "", c = ""] = idsOf(editor);
    const joined = reconnectEdits(graphOf(document.model, workflow, graph.id)!, workflow, new Set([b]));
    expect(joined.open).toBe(0);
    editor.dispatch({ edits: [...joined.edits, { kind: "remove-task", task: b }] });
    const out = await editor.settledText();
    expect(out).toContain(
      '{name: c, template: work, dependencies: [a], arguments: {parameters: [{name: size, value: "{{tasks.a.outputs.parameters.out}}"}]}}',
    );
    expect(c).not.toBe("");
  });
});
