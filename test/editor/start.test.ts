import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createEditor } from "#editor/editor.ts";
import { MissingPart } from "#editor/missing-part.ts";
import { startEditor } from "#editor/start.ts";
import { editorWith, createTextService, memoryStorage, outsideHere, smallWorkflow } from "./outside.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const example = async () => ({ name: "example.yaml", text: "a: example\n" });

/** A page whose storage holds one pipeline and fails as often as told, as a browser that was killed does while it repairs its files. */
async function started(fails: number, error: Error = new Error("Internal error opening backing store")) {
  const storage = memoryStorage();
  await (await editorWith(smallWorkflow, outsideHere(createTextService(), storage))).flush();
  const { last } = storage;
  let calls = 0;
  storage.last = async () => {
    if (++calls <= fails) throw error;
    return last();
  };
  const editor = createEditor(outsideHere(createTextService(), storage), {
    language: "en",
    theme: "light",
    panels: { left: undefined, right: undefined, bottom: undefined, dialog: undefined },
  });
  const start = startEditor(editor, example);
  await vi.advanceTimersByTimeAsync(5_000);
  await start;
  return { calls: () => calls, storage, state: editor.store.getState() };
}

test("the pipeline of the last visit is opened", async () => {
  const { state } = await started(0);
  expect([state.document.fileName, state.session.refusal]).toEqual(["test.yaml", undefined]);
});

test("a storage that cannot be read at first is tried again, and no example is shown instead of the pipeline", async () => {
  const { state, calls } = await started(3);
  expect([state.document.fileName, state.session.refusal, calls()]).toEqual(["test.yaml", undefined, 4]);
});

test("a storage that stays unreadable is said to be so, and nothing in it is touched", async () => {
  const { state, storage } = await started(100);
  expect(state.document.fileName).toBe("example.yaml");
  expect(state.session.refusal).toMatchObject({
    code: "editor-storage-unread",
    values: { reason: "Internal error opening backing store" },
  });
  expect([...storage.kept.values()].map(({ fileName }) => fileName)).toEqual(["test.yaml"]);
});

test("after a redeploy the page offers to reload instead of showing the example alone", async () => {
  const { state, calls } = await started(100, new MissingPart("idb is gone"));
  expect([state.session.missingPart, calls()]).toEqual([true, 1]);
});

test("a browser without storage shows the example without an error", async () => {
  const { state, calls } = await started(100, new DOMException("denied", "SecurityError"));
  expect([state.document.fileName, state.session.refusal, calls()]).toEqual(["example.yaml", undefined, 1]);
});
