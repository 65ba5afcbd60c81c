import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { exportNow, saveInPlace } from "#editor/commands/file.ts";
import { answerServed, answersTo, keptId, lookAtServed, secondsUntil } from "#editor/commands/served.ts";
import { createEditor, type Editor } from "#editor/editor.ts";
import { newPipelineText } from "#formats/argo/kfp/new-pipeline.ts";
import type { SaveHow, SaveResult, ServedProblem } from "#editor/ports.ts";
import { startEditor } from "#editor/start.ts";
import { outsideHere } from "./outside.ts";

/** A disk with one served file, and an editor on it; `start` opens the page (again) with what the browser has kept. */
function servedHere(text: string | undefined = newPipelineText) {
  const outside = outsideHere();
  const disk = { text: text as string | undefined, problem: undefined as ServedProblem | undefined, written: [] as SaveHow[] };
  const files = {
    ...outside.files,
    served: async () =>
      disk.text === undefined
        ? ({ problem: "gone", name: "served.yaml", key: "k" } as const)
        : (disk.problem ?? { name: "served.yaml", text: disk.text, key: "k" }),
    save: async (text: string, how: SaveHow): Promise<SaveResult> => {
      if (disk.problem && !(disk.problem.problem === "read-only" && how.overwriteReadOnly)) return disk.problem;
      if (disk.text !== how.base) return disk.text === undefined ? { problem: "gone" } : { problem: "changed", text: disk.text };
      disk.text = text;
      disk.written.push(how);
      return "written";
    },
  };
  const start = async (): Promise<Editor> => {
    const editor = createEditor(
      { ...outside, files },
      { language: "en", theme: "light", panels: { left: undefined, right: undefined, bottom: undefined, dialog: undefined } },
    );
    await startEditor(editor, async () => ({ name: "example.yaml", text: "a: example\n" }));
    return editor;
  };
  return { outside, disk, start };
}
const edited = `# mine\n${newPipelineText}`;
const theirs = `# theirs\n${newPipelineText}`;
const shown = (editor: Editor) => {
  const { document, session } = editor.store.getState();
  return { text: document.text, isServed: document.isServed, problem: session.servedProblem?.problem, dialog: session.panels.dialog };
};

test("a pipeline opened beside the served file is downloaded and never written over that file", async () => {
  const { outside, disk, start } = servedHere();
  const editor = await start();
  await exportNow(editor);
  expect(disk.written.length).toBe(1);
  await editor.open("other.yaml", theirs);
  await exportNow(editor);
  await saveInPlace(editor);
  expect(disk.text).toBe(newPipelineText);
  expect(outside.downloads.map(({ name }) => name)).toEqual(["other.yaml"]);
});

describe("coming back to the page", () => {
  test("says once that somebody else changed the file, and offers what is on disk", async () => {
    const { disk, start } = servedHere();
    const editor = await start();
    await editor.replaceText(edited);
    await lookAtServed(editor);
    expect(shown(editor)).toMatchObject({ text: edited, problem: undefined });
    disk.text = theirs;
    await lookAtServed(editor);
    expect(shown(editor)).toMatchObject({ text: edited, problem: "changed", dialog: "served-file" });
    await answerServed(editor, "keep");
    await lookAtServed(editor);
    expect(shown(editor)).toMatchObject({ problem: undefined });
    disk.text = `${theirs}# more\n`;
    await lookAtServed(editor);
    await answerServed(editor, "reload");
    expect(shown(editor)).toMatchObject({ text: `${theirs}# more\n`, problem: undefined });
    editor.undo();
    expect(await editor.settledText()).toBe(edited);
  });
  test("says once that the file is gone", async () => {
    const { disk, start } = servedHere();
    const editor = await start();
    disk.text = undefined;
    await lookAtServed(editor);
    expect(shown(editor)).toMatchObject({ problem: "gone" });
    await answerServed(editor, "keep");
    await lookAtServed(editor);
    expect(shown(editor)).toMatchObject({ problem: undefined });
  });
  test("does not look for a pipeline that was opened beside the file", async () => {
    const { disk, start } = servedHere();
    const editor = await start();
    await editor.open("other.yaml", edited);
    disk.text = theirs;
    await lookAtServed(editor);
    expect(shown(editor)).toMatchObject({ text: edited, problem: undefined });
  });
});

describe("opening the file again", () => {
  test("shows the edits that were never exported, and says so", async () => {
    const { disk, start } = servedHere();
    const first = await start();
    await first.replaceText(edited);
    await first.flush();
    const second = await start();
    expect(shown(second)).toEqual({ text: edited, isServed: true, problem: undefined, dialog: undefined });
    expect(second.store.getState().session.toast?.code).toBe("toast-unexported");
    await exportNow(second);
    expect(disk.text).toBe(edited);
  });
  test("shows the text on disk if all was exported, whoever wrote it", async () => {
    const { outside, disk, start } = servedHere();
    const first = await start();
    await first.replaceText(edited);
    await exportNow(first);
    await first.flush();
    disk.text = theirs;
    expect(shown(await start())).toEqual({ text: theirs, isServed: true, problem: undefined, dialog: undefined });
    expect([...outside.kept.keys()]).toEqual([keptId("k")]);
  });
  test("asks if the file changed while edits were not exported; overwriting needs the answer", async () => {
    const { disk, start } = servedHere();
    const first = await start();
    await first.replaceText(edited);
    await first.flush();
    disk.text = theirs;
    const second = await start();
    expect(shown(second)).toEqual({ text: edited, isServed: true, problem: "changed", dialog: "served-file" });
    second.session(({ panels }) => ({ servedProblem: undefined, panels: { ...panels, dialog: undefined } }));
    await exportNow(second);
    expect(disk.text).toBe(theirs);
    expect(shown(second).problem).toBe("changed");
    await answerServed(second, "overwrite");
    expect(disk.text).toBe(edited);
    expect(shown(second)).toMatchObject({ problem: undefined, dialog: undefined });
  });
  test("reloading takes the text on disk as one step that can be undone", async () => {
    const { disk, start } = servedHere();
    const first = await start();
    await first.replaceText(edited);
    await first.flush();
    disk.text = theirs;
    const second = await start();
    await answerServed(second, "reload");
    expect(shown(second)).toMatchObject({ text: theirs, problem: undefined });
    second.undo();
    expect(await second.settledText()).toBe(edited);
  });
  test("a file that is gone is reported, besides the edits made here", async () => {
    const { disk, start } = servedHere();
    const first = await start();
    await first.replaceText(edited);
    await first.flush();
    disk.text = undefined;
    const second = await start();
    expect(shown(second)).toEqual({ text: edited, isServed: true, problem: "gone", dialog: "served-file" });
    await answerServed(second, "write-again");
    expect(disk.text).toBe(edited);
  });
  test("a page without its token says so, and shows what was open here last", async () => {
    const { disk, start } = servedHere();
    disk.problem = { problem: "no-token" };
    expect(shown(await start())).toMatchObject({ text: "a: example\n", isServed: undefined, problem: "no-token", dialog: "served-file" });
  });
});

describe("a save that fails", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("is tried again by itself until there is space", async () => {
    const { disk, start } = servedHere();
    const editor = await start();
    await editor.replaceText(edited);
    disk.problem = { problem: "no-space", reason: "ENOSPC" };
    await exportNow(editor);
    expect(shown(editor)).toMatchObject({ problem: "no-space", dialog: "served-file" });
    await vi.advanceTimersByTimeAsync(3_500);
    expect(disk.text).toBe(newPipelineText);
    disk.problem = undefined;
    await vi.advanceTimersByTimeAsync(4_000);
    expect(disk.text).toBe(edited);
    expect(shown(editor)).toMatchObject({ problem: undefined, dialog: undefined });
    expect([0, 1, 2, 3, 4, 5, 6, 99].map(secondsUntil)).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
  });
  test("does not try again once another pipeline is open", async () => {
    const { disk, start } = servedHere();
    const editor = await start();
    await editor.replaceText(edited);
    disk.problem = { problem: "busy" };
    await exportNow(editor);
    await editor.open("other.yaml", theirs);
    disk.problem = undefined;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(disk.text).toBe(newPipelineText);
  });
  test("over a read-only file needs the answer", async () => {
    const { disk, start } = servedHere();
    const editor = await start();
    await editor.replaceText(edited);
    disk.problem = { problem: "read-only" };
    await exportNow(editor);
    expect(disk.text).toBe(newPipelineText);
    await answerServed(editor, "overwrite");
    expect(disk.text).toBe(edited);
  });
  test("every error offers a copy first, which leaves the message open", async () => {
    const { outside, disk, start } = servedHere();
    const editor = await start();
    for (const problem of [
      "changed",
      "gone",
      "read-only",
      "busy",
      "no-space",
      "not-permitted",
      "not-text",
      "no-token",
      "offline",
      "failed",
    ] as const)
      expect(answersTo({ problem })[0]).toBe("save-as");
    disk.problem = { problem: "failed", reason: "EIO" };
    await exportNow(editor);
    await answerServed(editor, "save-as");
    expect(outside.downloads).toEqual([{ name: "served.yaml", text: newPipelineText }]);
    expect(shown(editor).dialog).toBe("served-file");
  });
});
