import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Editor } from "#editor/editor.ts";
import { yamlTextField } from "#editor/typed-text.ts";
import type { Edit } from "#pipeline/edit.ts";
import { editorWith, memoryStorage, outsideHere, smallWorkflow } from "./outside.ts";

const state = (editor: Editor) => editor.store.getState();
const setCpu = (value: string): Edit => ({
  kind: "set-setting",
  target: { kind: "template", template: "work" },
  path: ["container", "resources", "limits", "cpu"],
  value,
});
const field = { code: "cpu", values: {} };
const full = () => Object.assign(new Error("the disk is full"), { name: "QuotaExceededError" });

/** An editor whose text was saved once, with the saves that follow. */
async function savedEditor() {
  const outside = outsideHere();
  const editor = await editorWith(smallWorkflow, outside);
  await editor.flush();
  const kept = () => outside.kept.get(state(editor).document.id);
  return { editor, outside, kept, storage: outside.storage };
}

describe("the autosave", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("saves what is typed without a pause: never more than 300 ms of it are missing", async () => {
    const { editor, kept } = await savedEditor();
    const typedAt: [text: string, at: number][] = [];
    for (let key = 0; key < 60; key++) {
      const text = `${smallWorkflow}# ${"x".repeat(key)}`;
      editor.typing(yamlTextField, { text, field });
      typedAt.push([text, Date.now()]);
      expect(state(editor).status.saving).toBe("saving");
      await vi.advanceTimersByTimeAsync(80);
      const saved = kept()?.drafts?.text;
      const missing = typedAt.filter(([one]) => saved === undefined || one.length > saved.length);
      expect(Date.now() - (missing[0]?.[1] ?? Date.now())).toBeLessThanOrEqual(300);
    }
  });

  it("saves what is typed in fields, takes the draft away when it is taken over, and says Saved only then", async () => {
    const { editor, kept } = await savedEditor();
    expect(state(editor).status.saving).toBe("saved");
    editor.typing("main/a\ncpu", { text: "2", field });
    expect(state(editor).status.saving).toBe("saving");
    await vi.advanceTimersByTimeAsync(300);
    expect(kept()?.drafts?.fields["main/a\ncpu"]).toEqual({ text: "2", field, reason: { code: "draft-typed", values: {} }, isTyped: true });
    expect(state(editor).status.saving).toBe("saved");
    editor.dispatch({ edits: [setCpu("2")] });
    editor.typing("main/a\ncpu", undefined);
    expect(state(editor).status.saving).toBe("saving");
    await vi.advanceTimersByTimeAsync(300);
    expect(kept()?.drafts).toBeUndefined();
    expect(kept()?.text).toContain('cpu: "2"');
    expect(state(editor).status.saving).toBe("saved");
  });

  it("keeps a draft in the browser until the text that has taken it over is there", async () => {
    const { editor, storage } = await savedEditor();
    editor.typing("main/a\ncpu", { text: "2", field });
    await vi.advanceTimersByTimeAsync(300);
    editor.dispatch({ edits: [setCpu("2")] });
    editor.typing("main/a\ncpu", undefined);
    await editor.flush();
    const last = storage.saves.at(-1);
    expect(storage.saves.filter(({ drafts }) => drafts === null)).toEqual([last]);
    expect(last?.body?.text).toContain('cpu: "2"');
  });

  it("takes over what is typed when the page is hidden", async () => {
    const { editor, kept } = await savedEditor();
    editor.typing("main/a\ncpu", {
      text: "2",
      field,
      takeOver: () => {
        editor.dispatch({ edits: [setCpu("2")] });
        editor.typing("main/a\ncpu", undefined);
      },
    });
    await editor.flush();
    expect(kept()?.text).toContain('cpu: "2"');
    expect(state(editor).status.saving).toBe("saved");
  });

  it("writes the text only when it has changed", async () => {
    const { editor, storage } = await savedEditor();
    const before = storage.saves.length;
    editor.typing("main/a\ncpu", { text: "2", field });
    await vi.advanceTimersByTimeAsync(300);
    expect(storage.saves.slice(before).map(({ body }) => body)).toEqual([undefined]);
  });

  it("tries a failed save again after 1, 2, 4 … 30 seconds, and never says Saved meanwhile", async () => {
    const { editor, storage, kept } = await savedEditor();
    const keep = vi.spyOn(storage, "keep");
    storage.error = new Error("the database is closing");
    editor.dispatch({ edits: [setCpu("2")] });
    await vi.advanceTimersByTimeAsync(150);
    expect(keep).toHaveBeenCalledTimes(1);
    for (const [seconds, tries] of [
      [1, 2],
      [2, 3],
      [4, 4],
      [8, 5],
      [16, 6],
      [30, 7],
      [30, 8],
    ] as const) {
      expect(state(editor).status).toMatchObject({
        saving: "failed",
        notSaved: { code: "save-failed", values: { reason: "the database is closing" } },
      });
      await vi.advanceTimersByTimeAsync(seconds * 1_000 - 200);
      // Changes meanwhile neither hide the failure nor hurry the next try.
      editor.dispatch({ edits: [setCpu(String(tries))] });
      editor.typing("main/a\ncpu", { text: "x", field });
      expect(state(editor).status.saving).toBe("failed");
      expect(keep).toHaveBeenCalledTimes(tries - 1);
      await vi.advanceTimersByTimeAsync(200);
      expect(keep).toHaveBeenCalledTimes(tries);
    }
    storage.error = undefined;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(state(editor).status).toMatchObject({ saving: "saved", notSaved: undefined });
    expect(kept()?.text).toContain('cpu: "8"');
  });

  it("drops the histories of other pipelines when storage is full, says so, and saves", async () => {
    const { editor, storage, kept } = await savedEditor();
    editor.dispatch({ edits: [setCpu("2")] });
    await editor.flush();
    const first = state(editor).document.id;
    await editor.open("other.yaml", smallWorkflow);
    const { keep } = storage;
    let isFull = true;
    storage.keep = async (save) => {
      if (isFull) throw full();
      return keep(save);
    };
    const { makeRoom } = storage;
    storage.makeRoom = async (id) => {
      isFull = false;
      return makeRoom(id);
    };
    editor.dispatch({ edits: [setCpu("3")] });
    await editor.flush();
    expect(state(editor).status.saving).toBe("saved");
    expect(state(editor).session.toast?.code).toBe("toast-made-room");
    expect(kept()?.text).toContain('cpu: "3"');
    expect(storage.kept.get(first)?.text).toContain('cpu: "2"');
    expect(storage.logs.get(first)).toBeUndefined();
  });

  it("says that storage is full, and does not let another pipeline take the place of the unsaved one", async () => {
    const { editor, storage } = await savedEditor();
    storage.error = full();
    editor.dispatch({ edits: [setCpu("2")] });
    await editor.flush();
    expect(state(editor).status).toMatchObject({ saving: "failed", notSaved: { code: "save-full" } });
    await editor.open("other.yaml", smallWorkflow);
    expect(state(editor).document.fileName).toBe("test.yaml");
    expect(state(editor).session.refusal?.code).toBe("editor-not-kept");
    editor.exported(await editor.settledText());
    await editor.open("other.yaml", smallWorkflow);
    expect(state(editor).document.fileName).toBe("other.yaml");
  });

  it("keeps both versions when another page saved the pipeline meanwhile, and says so", async () => {
    const storage = memoryStorage();
    const here = await editorWith(smallWorkflow, outsideHere(undefined, storage));
    here.dispatch({ edits: [setCpu("2")] });
    await here.flush();
    const { id } = state(here).document;
    const there = await editorWith(smallWorkflow, outsideHere(undefined, storage));
    await there.openKept(id);
    there.dispatch({ edits: [setCpu("3")] });
    await there.flush();
    here.dispatch({ edits: [setCpu("4")] });
    await here.flush();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(state(here).status.saving).toBe("saved");
    expect(state(here).session.toast).toMatchObject({
      code: "toast-conflict",
      values: { name: "test.yaml", copy: "test (2).yaml" },
    });
    expect(storage.kept.get(id)?.text).toContain('cpu: "3"');
    const mine = storage.kept.get(state(here).document.id);
    expect(mine).toMatchObject({ fileName: "test (2).yaml" });
    expect(mine?.id).not.toBe(id);
    expect(mine?.text).toContain('cpu: "4"');
    // The version of this page can be undone to the beginning, also after a reload.
    const again = await editorWith(smallWorkflow, outsideHere(undefined, storage));
    await again.openKept(state(here).document.id);
    again.undo();
    again.undo();
    expect(await again.settledText()).toBe(smallWorkflow);
  });

  it("writes all of a pipeline again that was removed in another tab", async () => {
    const { editor, storage, kept } = await savedEditor();
    editor.dispatch({ edits: [setCpu("2")] });
    await editor.flush();
    await storage.remove(state(editor).document.id);
    editor.typing("main/a\ncpu", { text: "3", field });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(kept()?.text).toContain('cpu: "2"');
    expect(kept()?.drafts?.fields["main/a\ncpu"]?.text).toBe("3");
    expect(storage.logs.get(state(editor).document.id)?.steps).toHaveLength(1);
  });

  it("brings drafts back: fields as drafts, the text of the YAML pane as text", async () => {
    const { editor, outside, kept } = await savedEditor();
    const unfinished = `${smallWorkflow}  - name: [\n`;
    editor.typing("main/a\ncpu", { text: "2 co", field });
    editor.draft("main/b\ncpu", { text: "much", field, reason: { code: "why", values: {} } });
    editor.typing(yamlTextField, { text: unfinished, field });
    await vi.advanceTimersByTimeAsync(300);
    const { id } = state(editor).document;
    expect(kept()?.text).toBe(smallWorkflow);
    const again = await editorWith(smallWorkflow, outsideHere(undefined, outside.storage));
    await again.openKept(id);
    expect(state(again).session.drafts).toMatchObject({ "main/a\ncpu": { text: "2 co", isTyped: true }, "main/b\ncpu": { text: "much" } });
    expect(await again.settledText()).toBe(unfinished);
    await again.flush();
    expect(outside.kept.get(id)).toMatchObject({ text: unfinished });
    expect(outside.kept.get(id)?.drafts?.text).toBeUndefined();
    expect(Object.keys(outside.kept.get(id)?.drafts?.fields ?? {})).toHaveLength(2);
    again.undo();
    expect(await again.settledText()).toBe(smallWorkflow);
  });
});
