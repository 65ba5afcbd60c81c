import { describe, expect, test } from "vitest";
import { openDocument } from "#compiler/document.ts";
import { checkDocument } from "#compiler/checking.ts";
import { whenMade } from "#editor/dispatch.ts";
import type { Editor } from "#editor/editor.ts";
import { calleeHere, currentGraph } from "#editor/actions.ts";
import { addByEdits, placeEntry } from "#editor/library/place-entry.ts";
import { openFunction, saveFunction } from "#editor/library/python-task.ts";
import { newPipelineText } from "#formats/argo/kfp/new-pipeline.ts";
import { writeComponent } from "#components/component-yaml/write.ts";
import { readFunctions } from "#python/functions.ts";
import { programOf } from "#python/program.ts";
import { editorWith } from "../outside.ts";

const source = `def count_rows(rows_path: InputPath("CSV"), header: bool = True) -> int:
    # 줄 수를 셉니다
    with open(rows_path) as file:
        return len(file.readlines()) - header
`;

/** An editor with the function as its only task. */
async function editorWithFunction(text = source, packages: readonly string[] = []): Promise<Editor> {
  const editor = await editorWith(newPipelineText);
  const [fn] = readFunctions(text).functions;
  if (!fn) throw new Error("no function");
  addByEdits(editor, [
    { kind: "add-component", graph: currentGraph(editor.store.getState())?.id ?? "", spec: writeComponent(programOf(fn, { packages })) },
  ]);
  return editor;
}

function opened(editor: Editor) {
  const state = editor.store.getState();
  const task = currentGraph(state)?.tasks[0];
  const template = task && calleeHere(state, task);
  const found = task && template && openFunction(task, template, "argo");
  if (!found) throw new Error("the function does not open");
  return found;
}

const changedLines = (before: string, after: string) => {
  const was = new Set(before.split("\n"));
  return after.split("\n").filter((line) => !was.has(line));
};

describe("the function of a task", () => {
  test("opens with its annotations, comment, image and packages", async () => {
    const editor = await editorWithFunction(source, ["numpy==1.26.4", "pandas>=1,<3"]);
    const found = opened(editor);
    expect(readFunctions(found.text).functions[0]?.component.inputs).toEqual(readFunctions(source).functions[0]?.component.inputs);
    expect(found.text).toContain("# 줄 수를 셉니다");
    expect([found.image, found.packages]).toEqual(["python:3.7", ["numpy==1.26.4", "pandas>=1,<3"]]);
  });

  test("saved unchanged is no edit", async () => {
    const found = opened(await editorWithFunction());
    expect(saveFunction(found, found.text, found)).toEqual({ kind: "unchanged" });
  });

  test("a new body changes its own lines and the program in the annotation, nothing else", async () => {
    const editor = await editorWithFunction();
    const before = await editor.settledText();
    const found = opened(editor);
    const saved = saveFunction(found, found.text.replace("len(file.readlines())", "sum(1 for _ in file)"), found);
    expect(saved.kind).toBe("body");
    if (saved.kind === "body") editor.dispatch({ edits: saved.edits });
    const after = await editor.settledText();
    const changed = changedLines(before, after);
    expect(changed.length).toBe(2);
    expect(changed.filter((line) => line.includes("component_spec")).length).toBe(1);
    expect(changed.find((line) => !line.includes("component_spec"))?.trim()).toBe("return sum(1 for _ in file) - header");
    editor.undo();
    expect(await editor.settledText()).toBe(before);
  });

  test("a new signature makes a program of our own and keeps what the inputs had", async () => {
    const editor = await editorWithFunction();
    editor.dispatch({ edits: [{ kind: "set-argument", task: opened(editor).task, input: "header", value: false }] });
    const found = opened(editor);
    const saved = saveFunction(found, found.text.replace(") -> int", ", skip: int = 0) -> int"), found);
    expect(saved).toMatchObject({ kind: "component", program: true });
    if (saved.kind === "component") expect(editor.dispatch({ edits: saved.edits }).ok).toBe(true);
    const text = await editor.settledText();
    expect(text).toContain("--skip");
    expect(opened(editor).text).toContain("skip: int = 0");
    expect(text).toMatch(/- --header\n\s+- 'False'/);
  });

  test("other packages and another image surround the same program", async () => {
    const editor = await editorWithFunction();
    const { program } = opened(editor);
    const found = opened(editor);
    const saved = saveFunction(found, found.text, { image: "python:3.12", packages: ["six==1.16.0"] });
    expect(saved).toMatchObject({ kind: "component", program: false });
    if (saved.kind === "component") expect(editor.dispatch({ edits: saved.edits }).ok).toBe(true);
    const now = opened(editor);
    expect([now.program === program, now.image, now.packages]).toEqual([true, "python:3.12", ["six==1.16.0"]]);
  });

  test("text without a function is not saved", async () => {
    const found = opened(await editorWithFunction());
    expect(saveFunction(found, "nothing = 1\n", found)).toEqual({ kind: "unreadable" });
  });
});

describe("what the palette builds", () => {
  test.each(["build:volume", "build:snapshot", "build:resource", "build:http", "build:suspend", "new:container", "new:script"])(
    "%s is on the canvas at once, and is undone at once",
    async (entry) => {
      const editor = await editorWith(newPipelineText);
      let task = "";
      whenMade(placeEntry({ editor }, entry, { x: 10.4, y: 20 }), (made) => (task = made));
      const state = editor.store.getState();
      expect(currentGraph(state)?.tasks.map(({ id }) => id)).toEqual([task]);
      expect(state.session.selection).toEqual([task]);
      expect(state.document.places[currentGraph(state)?.id ?? ""]?.[task]).toEqual({ x: 10, y: 20 });
      const found = checkDocument(openDocument(await editor.settledText()), { target: "kfp" });
      expect(found.filter(({ level }) => level === "error")).toEqual([]);
      editor.undo();
      expect(await editor.settledText()).toBe(newPipelineText);
    },
  );

  test("a Python function opens its editor, and an unfinished text waits there", async () => {
    const editor = await editorWith(newPipelineText);
    editor.session({ unfinishedPython: { "": "def half(" } });
    expect(placeEntry({ editor }, "build:python", { x: 1, y: 2 })).toBeUndefined();
    expect(editor.store.getState().session).toMatchObject({
      python: { at: { x: 1, y: 2 }, text: "def half(" },
      panels: { dialog: "python" },
    });
  });
});
