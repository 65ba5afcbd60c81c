import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addEntry, duplicateTasks, enterGroup, goTo, removeTasks, currentGraph } from "#editor/actions.ts";
import { command } from "#editor/commands/all.ts";
import type { Editor } from "#editor/editor.ts";
import { readModel } from "#compiler/readers.ts";
import type { Edit } from "#pipeline/edit.ts";
import { parse } from "#yaml/parse.ts";
import { printStream } from "#yaml/print.ts";
import { runs } from "#test/runs.ts";
import { editorWith, createTextService, outsideHere, smallWorkflow } from "./outside.ts";

const state = (editor: Editor) => editor.store.getState();
const setCpu = (value: string): Edit => ({
  kind: "set-setting",
  target: { kind: "template", template: "work" },
  path: ["container", "resources", "limits", "cpu"],
  value,
});

describe("the editor", () => {
  it("opens a text and exports the same bytes", async () => {
    const editor = await editorWith(smallWorkflow);
    expect(await editor.settledText()).toBe(smallWorkflow);
    expect(currentGraph(state(editor))?.name).toBe("main");
  });

  it("changes the data at once and the text a moment later, by that line only", async () => {
    const editor = await editorWith(smallWorkflow);
    expect(editor.dispatch({ edits: [setCpu("2")] }).ok).toBe(true);
    expect(state(editor).status.waiting).toBe(1);
    expect(JSON.stringify(state(editor).document.stream)).toContain('"cpu":"2"');
    const text = await editor.settledText();
    expect(state(editor).status.waiting).toBe(0);
    const changed = text.split("\n").filter((line, index) => line !== smallWorkflow.split("\n")[index]);
    expect(changed).toEqual([`        limits: {cpu: "2", memory: 64Mi}`]);
  });

  it("undoes and redoes to the same bytes, also while the text is still being written", async () => {
    const editor = await editorWith(smallWorkflow);
    editor.dispatch({ edits: [setCpu("2")] });
    editor.dispatch({ edits: [{ kind: "rename-task", task: "main/a", name: "first" }] });
    editor.undo();
    editor.undo();
    expect(await editor.settledText()).toBe(smallWorkflow);
    editor.redo();
    editor.redo();
    const redone = await editor.settledText();
    expect(redone).toContain("name: first");
    expect(redone).toContain("# keep in step with CI");
  });

  it("says why an edit cannot be done and changes nothing", async () => {
    const editor = await editorWith(smallWorkflow);
    const outcome = editor.dispatch({ edits: [setCpu("2"), { kind: "rename-task", task: "main/a", name: "b" }] });
    expect(outcome.ok).toBe(false);
    expect(state(editor).session.refusal?.code).toBeTruthy();
    expect(state(editor).history.past).toEqual([]);
    expect(await editor.settledText()).toBe(smallWorkflow);
  });

  it("goes back when the text refuses an edit, and drops what was based on it", async () => {
    const textService = createTextService();
    const editor = await editorWith(smallWorkflow, outsideHere(textService));
    editor.dispatch({ edits: [setCpu("2")] });
    await editor.settledText();
    const good = state(editor).document.text;
    textService.refuseNext = true;
    editor.dispatch({ edits: [setCpu("3")] });
    editor.dispatch({ edits: [setCpu("4")] });
    expect(await editor.settledText()).toBe(good);
    expect(textService.text()).toBe(good);
    expect(state(editor).session.refusal?.code).toBe("patch-refused");
    expect(state(editor).history.past).toHaveLength(1);
    expect(printStream(state(editor).document.stream)).toBe(printStream(parse(good).stream));
    editor.undo();
    expect(await editor.settledText()).toBe(smallWorkflow);
  });

  it("joins one visit to one field into one step, and takes it back by its key", async () => {
    const editor = await editorWith(smallWorkflow);
    for (const value of ["2", "25", "250m"]) editor.dispatch({ edits: [setCpu(value)], key: "visit 1", replaces: true });
    expect(state(editor).history.past).toHaveLength(1);
    expect(await editor.settledText()).toContain("{cpu: 250m,");
    editor.undo();
    expect(await editor.settledText()).toBe(smallWorkflow);
    editor.dispatch({ edits: [setCpu("9")], key: "visit 2" });
    expect(editor.revert("visit 2")).toBe(true);
    expect(editor.revert("visit 2")).toBe(false);
    expect(await editor.settledText()).toBe(smallWorkflow);
    expect(state(editor).history.future).toEqual([]);
  });

  it("lets selection and places follow a rename, and puts them back with undo", async () => {
    const editor = await editorWith(smallWorkflow);
    editor.place("main", { "main/a": { x: 8, y: 16 } });
    editor.session({ selection: ["main/a"] });
    editor.dispatch({ edits: [{ kind: "rename-task", task: "main/a", name: "first" }] });
    expect(state(editor).session.selection).toEqual(["main/first"]);
    expect(state(editor).document.places.main).toEqual({ "main/first": { x: 8, y: 16 } });
    editor.undo();
    expect(state(editor).session.selection).toEqual(["main/a"]);
    expect(state(editor).document.places.main).toEqual({ "main/a": { x: 8, y: 16 } });
  });

  it("adds a container step by template and task in one step, with a name of its own", async () => {
    const editor = await editorWith(smallWorkflow);
    expect(addEntry(editor, "new:container", { x: 10.4, y: 20 })).toMatchObject({ ok: true, selection: ["main/container-1"] });
    expect(addEntry(editor, "new:container")).toMatchObject({ ok: true, selection: ["main/container-2"] });
    expect(state(editor).history.past).toHaveLength(2);
    expect(state(editor).document.places.main?.["main/container-1"]).toEqual({ x: 10, y: 20 });
    expect(state(editor).session.selection).toEqual(["main/container-2"]);
    expect(readModel(parse(await editor.settledText()).stream).diagnostics).toEqual([]);
    editor.undo();
    editor.undo();
    expect(await editor.settledText()).toBe(smallWorkflow);
  });

  it("removes and duplicates what is selected", async () => {
    const editor = await editorWith(smallWorkflow);
    editor.session({ selection: ["main/b"] });
    duplicateTasks(editor);
    expect(currentGraph(state(editor))?.tasks.map((task) => task.name)).toContain("b-2");
    removeTasks(editor, ["main/b-2", "main/c"]);
    expect(currentGraph(state(editor))?.tasks.map((task) => task.name)).toEqual(["a", "b"]);
    expect(state(editor).history.past).toHaveLength(2);
  });

  it("replaces the whole text as one step that undoes", async () => {
    const editor = await editorWith(smallWorkflow);
    await editor.replaceText(smallWorkflow.replace("alpine:3.20   #", "alpine:3.21   #"));
    expect(state(editor).document.text).toContain("alpine:3.21");
    editor.dispatch({ edits: [setCpu("2")] });
    editor.undo();
    editor.undo();
    expect(await editor.settledText()).toBe(smallWorkflow);
  });

  it("keeps an unreadable text as it is, and says what is wrong", async () => {
    const broken = "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec:\n  templates: [\n";
    const editor = await editorWith(broken);
    expect(await editor.settledText()).toBe(broken);
    expect(state(editor).document.errors.length).toBeGreaterThan(0);
  });

  it("begins a pipeline whose first task can be added and exported", async () => {
    const editor = await editorWith(smallWorkflow);
    await editor.newPipeline();
    addEntry(editor, "new:script");
    const text = await editor.settledText();
    expect(text).toContain("template: script-1");
    expect(state(editor).document.fileName).toBe("pipeline.yaml");
  });

  it("goes into a group and out again, with the group selected", async () => {
    const nested = smallWorkflow
      .replace("template: other, depends: a && b", "template: inner")
      .concat(`  - name: inner\n    dag:\n      tasks:\n      - {name: x, template: other}\n`);
    const editor = await editorWith(nested);
    enterGroup(editor, "main/c");
    expect(state(editor).session).toMatchObject({ graph: "inner", trail: ["main"], selection: [] });
    goTo(editor, "main");
    expect(state(editor).session).toMatchObject({ graph: "main", trail: [], selection: ["main/c"] });
  });

  it("keeps places in the file when asked, and reads them back", async () => {
    const editor = await editorWith(smallWorkflow);
    editor.place("main", { "main/a": { x: 8, y: 16 }, inputs: { x: -200, y: 0 } } as never, { code: "step-move", values: { n: 2 } });
    expect(await editor.settledText()).toBe(smallWorkflow);
    await command("keep-layout").run({ editor, canvas: undefined });
    const text = await editor.settledText();
    expect(text.split("\n").filter((line) => !smallWorkflow.includes(line))).toHaveLength(2);
    const again = await editorWith(text);
    expect(state(again).document.places).toEqual(state(editor).document.places);
  });

  it("keeps the pipeline in the browser after a change", async () => {
    const outside = outsideHere();
    const editor = await editorWith(smallWorkflow, outside);
    editor.dispatch({ edits: [setCpu("2")] });
    await editor.flush();
    expect([...outside.kept.values()][0]).toMatchObject({ fileName: "test.yaml", exported: smallWorkflow });
    expect([...outside.kept.values()][0]?.text).toContain('cpu: "2"');
  });
});

const names = fc.constantFrom("a", "b", "c", "d", "학습", "train");
const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  names.map((name): Edit => ({ kind: "add-task", graph: "main", name, template: "work" })),
  names.map((name): Edit => ({ kind: "remove-task", task: `main/${name}` })),
  fc.tuple(names, names).map(([name, to]): Edit => ({ kind: "rename-task", task: `main/${name}`, name: to })),
  fc
    .tuple(names, fc.constantFrom("1", "two", "{{workflow.name}}"))
    .map(([name, value]): Edit => ({ kind: "set-argument", task: `main/${name}`, input: "count", value })),
  fc.tuple(names, names).map(([task, on]): Edit => ({ kind: "add-dependency", task: `main/${task}`, on })),
  fc.constantFrom("1", "500m", "2").map(setCpu),
  names.map((task): Edit => ({ kind: "set-when", task: `main/${task}`, when: "1 == 1" })),
  names.map((task): Edit => ({ kind: "duplicate-task", task: `main/${task}` })),
  names.map((task): Edit => ({ kind: "make-separate", task: `main/${task}` })),
  fc
    .constantFrom("count", "more")
    .map((name): Edit => ({ kind: "add-port", template: "work", direction: "input", port: "parameter", name })),
);
const anyAction = fc.oneof(
  { weight: 6, arbitrary: anyEdit },
  { weight: 2, arbitrary: fc.constant("undo" as const) },
  { weight: 1, arbitrary: fc.constant("redo" as const) },
  { weight: 1, arbitrary: fc.constant("wait" as const) },
);

describe("random edits", () => {
  it("leave text and data in step, and undo to the same bytes", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyAction, { maxLength: 12 }), async (story) => {
        const editor = await editorWith(smallWorkflow);
        for (const action of story) {
          if (action === "undo") editor.undo();
          else if (action === "redo") editor.redo();
          else if (action === "wait") await editor.settledText();
          else editor.dispatch({ edits: [action] });
        }
        const text = await editor.settledText();
        expect(printStream(state(editor).document.stream)).toBe(printStream(parse(text).stream));
        while (state(editor).history.past.length > 0) editor.undo();
        expect(await editor.settledText()).toBe(smallWorkflow);
        while (state(editor).history.future.length > 0) editor.redo();
        const past = state(editor).history.past.length;
        await editor.settledText();
        for (let count = 0; count < past; count++) editor.undo();
        expect(await editor.settledText()).toBe(smallWorkflow);
      }),
      { numRuns: runs(120) },
    );
  });
});
