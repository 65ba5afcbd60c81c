import { afterEach, expect, test, vi } from "vitest";
import { removeTasks } from "#editor/actions.ts";
import type { Editor } from "#editor/editor.ts";
import type { Edit } from "#pipeline/edit.ts";
import { editorWith, outsideHere, smallWorkflow } from "./outside.ts";

// Edits that cannot be planned yet: the outcome says so, and says later what became of them.

const rename: { readonly edits: readonly Edit[] } = { edits: [{ kind: "rename-task", task: "main/a", name: "first" }] };
const sessionOf = (editor: Editor) => editor.store.getState().session;

/** An editor of a page that has not loaded the edit planner yet; `load` lets it load. */
async function freshEditor(): Promise<{ readonly editor: Editor; readonly load: () => void }> {
  let load = () => {};
  const held = new Promise<void>((resolve) => (load = resolve));
  vi.resetModules();
  vi.doMock("#compiler/editing.ts", async (original) => {
    await held;
    return original();
  });
  const { createEditor } = await import("#editor/editor.ts");
  const editor = createEditor(outsideHere(), {
    language: "en",
    theme: "light",
    panels: { left: "palette", right: "inspector", bottom: undefined, dialog: undefined },
  });
  await editor.open("test.yaml", smallWorkflow);
  return { editor, load };
}

afterEach(() => vi.doUnmock("#compiler/editing.ts"));

test("an edit that waits for the planner is not done before the planner is there", async () => {
  const { editor, load } = await freshEditor();
  const outcome = editor.dispatch(rename);
  if (outcome.ok) throw new Error("it is not done");
  expect(outcome.refusal).toBeUndefined();
  expect(editor.store.getState().history.past).toEqual([]);
  load();
  await expect(outcome.later).resolves.toMatchObject({ ok: true, renames: { tasks: [["main/a", "main/first"]] } });
  expect(await editor.settledText()).toContain("name: first");
});

test("an edit that waits for the planner is in the text that is exported", async () => {
  const { editor, load } = await freshEditor();
  editor.dispatch(rename);
  const exported = editor.settledText();
  load();
  expect(await exported).toContain("name: first");
});

test("an edit that waits for the planner is done and saved before another pipeline opens, and reaches no other", async () => {
  const { editor, load } = await freshEditor();
  const { id } = editor.store.getState().document;
  const outcome = editor.dispatch(rename);
  const other = smallWorkflow.replace("small-", "other-");
  const opening = editor.open("other.yaml", other);
  load();
  await opening;
  expect(outcome.ok).toBe(false);
  expect(await editor.settledText()).toBe(other);
  expect((await editor.outside.storage.read(id))?.text).toContain("name: first");
});

test("an edit that waits for a text being read is judged by that text", async () => {
  const editor = await editorWith(smallWorkflow);
  const read = editor.replaceText(smallWorkflow.replaceAll("name: a\n", "name: z\n"));
  const outcome = editor.dispatch(rename);
  if (outcome.ok) throw new Error("it is not done");
  await read;
  await expect(outcome.later).resolves.toMatchObject({ ok: false });
  expect(sessionOf(editor).refusal).toBeDefined();
});

test("tasks are called removed when they are", async () => {
  const editor = await editorWith(smallWorkflow);
  const read = editor.replaceText(smallWorkflow.replaceAll("name: a\n", "name: z\n"));
  removeTasks(editor, ["main/a"]);
  await read;
  await editor.settledText();
  expect(sessionOf(editor).toast).toBeUndefined();

  const again = editor.replaceText(smallWorkflow);
  removeTasks(editor, ["main/b"]);
  expect(sessionOf(editor).toast).toBeUndefined();
  await again;
  await editor.settledText();
  expect(sessionOf(editor).toast).toMatchObject({ code: "toast-removed-one", values: { name: "b" } });
});
