import { expect, test, vi } from "vitest";
import { readModel } from "#compiler/readers.ts";
import { addEntry } from "#editor/actions.ts";
import { openAll } from "#editor/commands/file.ts";
import type { Editor } from "#editor/editor.ts";
import { bringIn } from "#editor/library/bring-files.ts";
import { createLibrary, mostEntries } from "#editor/library/library.ts";
import { parse } from "#yaml/parse.ts";
import { createTextService, editorWith, outsideHere, smallWorkflow } from "./outside.ts";

// What the editor itself refuses, before any planner is asked.

const refusalOf = (editor: Editor) => editor.store.getState().session.refusal?.code;
const rename = { edits: [{ kind: "rename-task", task: "main/a", name: "first" } as const] };

test("without the planner no edit is planned", async () => {
  // As on a page that has loaded nothing yet.
  vi.resetModules();
  const { planAll } = await import("#editor/load-planner.ts");
  const { stream } = parse(smallWorkflow);
  expect(planAll(readModel(stream).model, stream, rename.edits)).toMatchObject({ ok: false, refusal: { code: "editor-not-loaded" } });
});

test("a task needs a graph", async () => {
  const editor = await editorWith("kind: ConfigMap\napiVersion: v1\n");
  expect(addEntry(editor, "new:container")).toBeUndefined();
  expect(refusalOf(editor)).toBe("editor-no-graph");
});

test("a file with a null character is no text", async () => {
  const editor = await editorWith(smallWorkflow);
  await openAll(editor, [{ name: "image.png", text: "a\nb\0" }]);
  expect(editor.store.getState().session.refusal).toMatchObject({ code: "editor-not-text", values: { name: "image.png", line: 2 } });
  expect(await editor.settledText()).toBe(smallWorkflow);
});

test("a text that cannot be changed any more is said at once", async () => {
  const text = createTextService();
  const editor = await editorWith(smallWorkflow, outsideHere(text));
  text.patch = () => Promise.reject(new Error("the worker is gone"));
  editor.dispatch(rename);
  await expect
    .poll(() => editor.store.getState().session.refusal)
    .toMatchObject({ code: "editor-text-broken", values: { reason: "the worker is gone" } });
});

test("while another pipeline opens nothing is changed", async () => {
  const text = createTextService();
  const editor = await editorWith(smallWorkflow, outsideHere(text));
  const { open } = text;
  let opened = () => {};
  const held = new Promise<void>((resolve) => (opened = resolve));
  text.open = async (...given) => {
    const read = await open(...given);
    await held;
    return read;
  };
  const opening = editor.open("other.yaml", smallWorkflow.replace("small-", "other-"));
  await expect.poll(() => editor.dispatch(rename).ok).toBe(false);
  expect(refusalOf(editor)).toBe("editor-opening");
  opened();
  await opening;
  expect(await editor.settledText()).toContain("other-");
});

const reader = {
  read: async (text: string) => {
    const { stream, diagnostics } = parse(text);
    return { stream, diagnostics, spans: [] };
  },
};
const component = (name: string) => `name: ${name}\nimplementation: {container: {image: a, command: [a]}}\n`;

test("a file that holds nothing for the library is named", async () => {
  const library = createLibrary({ all: async () => [], put: async () => {}, remove: async () => {} }, reader as never, () => 1);
  const editor = await editorWith(smallWorkflow);
  await bringIn({ editor, library }, [{ name: "notes.txt", text: "to do\n" }]);
  expect(refusalOf(editor)).toBe("library-nothing");
});

test("a full library takes no more, and says how many it left out", async () => {
  const library = createLibrary({ all: async () => [], put: async () => {}, remove: async () => {} }, reader as never, () => 1);
  const many = Array.from({ length: mostEntries + 2 }, (_, n) => component(`part ${n}`)).join("---\n");
  await library.bring([{ name: "parts.yaml", text: many }]);
  const { report, entries } = library.store.getState();
  expect(entries).toHaveLength(mostEntries);
  expect(report?.problems.map(({ diagnostic: { code, values } }) => ({ code, values }))).toEqual([
    { code: "library-full", values: { n: 2, limit: mostEntries } },
  ]);
});
