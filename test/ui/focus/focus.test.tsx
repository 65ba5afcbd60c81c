import { readFileSync } from "node:fs";
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { commands } from "#editor/commands/all.ts";
import { translator } from "#messages/lazy-catalog.ts";
import { renderPage } from "../whole-page.tsx";

const empty = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: empty-}
spec:
  entrypoint: main
  arguments: {parameters: [{name: rows, value: "1"}]}
  templates:
  - name: main
    dag: {tasks: []}
`;

const canvas = () => screen.getByRole("application");
const box = (name: string) => within(canvas()).getByRole("group", { name });
const codeOf = (key: string) => (/^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key);
/** Presses a key where the focus is, without waiting for anything. */
const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, code: codeOf(key), ...more });
const focusOn = (name: string) => act(() => box(name).focus());
const focused = () => document.activeElement;

describe("focus after adding", () => {
  it("is on the new task when it was added by the button of the empty graph", async () => {
    await renderPage(empty);
    fireEvent.click(screen.getByRole("button", { name: "Container step" }));
    expect(focused()).toBe(box("container-1"));
  });
  it("is on the new task when it was added by quick add", async () => {
    await renderPage();
    focusOn("a");
    press("n");
    fireEvent.change(screen.getByRole("combobox", { name: "Add a task" }), { target: { value: "script" } });
    press("Enter");
    expect(focused()).toBe(box("script-1"));
  });
  it("is on the new task when it was added from the palette, so that Delete removes it again", async () => {
    await renderPage();
    fireEvent.click(screen.getByRole("button", { name: "Container step" }));
    expect(focused()).toBe(box("container-1"));
    press("Delete");
    expect(screen.queryByRole("group", { name: "container-1" })).toBeNull();
    expect(focused()).not.toBe(document.body);
  });
  it("is on what came when tasks are duplicated", async () => {
    await renderPage();
    focusOn("a");
    press("ArrowRight");
    press("d", { ctrlKey: true });
    expect(focused()).toBe(box("b-2"));
  });
  it("is on what came when tasks are pasted", async () => {
    const { editor } = await renderPage();
    editor.outside.text.read = async (text) => editor.outside.text.open(text);
    focusOn("a");
    press("ArrowRight");
    const data = new DataTransfer();
    const copied = new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true });
    act(() => void focused()?.dispatchEvent(copied));
    expect(data.getData("text/plain")).toContain("tasks:");
  });
});

describe("focus after deleting", () => {
  it("is on a consumer, else on a producer, else on the canvas", async () => {
    await renderPage();
    focusOn("a");
    press("Delete");
    expect(focused()).toBe(box("b"));
    press("ArrowRight");
    expect(focused()).toBe(box("c"));
    press("Delete");
    expect(focused()).toBe(box("b"));
    press("Delete");
    expect(focused()).not.toBe(document.body);
    expect(canvas().contains(focused())).toBe(true);
  });
  it("is on a consumer also if the task is deleted from somewhere else", async () => {
    const { editor } = await renderPage();
    focusOn("a");
    act(() => void editor.dispatch({ edits: [{ kind: "remove-task", task: "main/a" }] }));
    expect(focused()).toBe(box("b"));
  });
  it("stays on the selected task when deleting it is refused", async () => {
    const { editor } = await renderPage(readFileSync("test/fixtures/kfp-v2/groups.yaml", "utf8"));
    focusOn("Exit handler");
    act(() => void editor.session({ selection: ["root/exit-handler-4"] }));
    // As in a tab that follows another one.
    act(() => editor.store.setState(({ status }) => ({ status: { ...status, isReadOnly: true } })));
    press("Delete");
    expect(editor.store.getState().session.refusal?.code).toBe("editor-read-only");
    expect(editor.store.getState().session.selection).toEqual(["root/exit-handler-4"]);
    expect(focused()).toBe(box("Exit handler"));
  });
  it("is on what undo brings back", async () => {
    await renderPage();
    focusOn("b");
    press("Delete");
    press("z", { ctrlKey: true });
    expect(focused()).toBe(box("b"));
  });
  it("leaves the button Undo when there is nothing more to undo", async () => {
    const { user } = await renderPage();
    focusOn("b");
    press("Delete");
    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect(screen.getByRole("button", { name: "Undo" })).toBeDisabled();
    await waitFor(() => expect(focused()).toBe(box("b")));
  });
});

describe("focus after renaming", () => {
  it("is on the renamed task, whose id is another", async () => {
    await renderPage();
    focusOn("b");
    press("F2");
    const field = screen.getByRole("textbox", { name: /New name/ });
    fireEvent.change(field, { target: { value: "second" } });
    press("Enter");
    expect(focused()).toBe(box("second"));
    press("z", { ctrlKey: true });
    expect(focused()).toBe(box("b"));
  });
  it("is on the renamed task when Escape keeps the name", async () => {
    await renderPage();
    focusOn("b");
    press("F2");
    press("Escape");
    expect(focused()).toBe(box("b"));
  });
});

describe("focus and groups", () => {
  it("is on the group when tasks were grouped, and inside when it was dissolved", async () => {
    await renderPage();
    focusOn("c");
    fireEvent.keyUp(focused()!, { key: " ", code: "Space" });
    press("a", { ctrlKey: true });
    press("g", { ctrlKey: true });
    expect(focused()?.getAttribute("data-box")).toMatch(/^main\//);
    const group = focused()?.getAttribute("data-box");
    press("g", { ctrlKey: true, shiftKey: true });
    expect(focused()?.getAttribute("data-box")).not.toBe(group);
    expect(canvas().contains(focused())).toBe(true);
  });
  it("is on the group that was left", async () => {
    await renderPage();
    focusOn("a");
    press("a", { ctrlKey: true });
    press("g", { ctrlKey: true });
    const group = focused()?.getAttribute("data-box");
    press("Enter");
    expect(focused()?.getAttribute("data-box")).toMatch(/\/[abc]$/);
    press("Enter", { shiftKey: true });
    expect(focused()?.getAttribute("data-box")).toBe(group);
  });
});

describe("focus and dialogs", () => {
  it.each([
    ["k", { ctrlKey: true }, "combobox"],
    ["?", { shiftKey: true, code: "Slash" }, "searchbox"],
  ])("%s opens a dialog that has the focus at once and gives it back", async (key, more, role) => {
    await renderPage();
    await loaded();
    focusOn("b");
    press(key, more);
    expect(focused()).toBe(within(screen.getByRole("dialog")).getByRole(role));
    fireEvent(screen.getByRole("dialog"), new Event("cancel", { cancelable: true }));
    expect(focused()).toBe(box("b"));
  });
  it.each(["group-condition", "group-loop", "changes", "export", "python"] as const)(
    "%s has the focus at once and gives it back",
    async (dialog) => {
      const { editor } = await renderPage();
      await loaded();
      focusOn("b");
      act(() => editor.session((now) => ({ selection: ["main/b"], panels: { ...now.panels, dialog } })));
      await waitFor(() => expect(screen.getByRole("dialog").contains(focused())).toBe(true), { timeout: 20_000 });
      act(() => editor.session((now) => ({ panels: { ...now.panels, dialog: undefined } })));
      expect(focused()).toBe(box("b"));
    },
  );
  it("a command run from the palette finds the focus where it was", async () => {
    const { editor } = await renderPage();
    focusOn("b");
    act(() => editor.session({ selection: ["main/b"] }));
    press("k", { ctrlKey: true });
    fireEvent.change(screen.getByRole("combobox", { name: "Find or run a command" }), { target: { value: ">rename" } });
    press("Enter");
    expect(focused()).toBe(screen.getByRole("textbox", { name: /New name/ }));
  });
  it("grouping by the condition form ends on the group", async () => {
    const { editor } = await renderPage();
    await loaded();
    focusOn("c");
    act(() => editor.session({ selection: ["main/c"] }));
    press("k", { ctrlKey: true });
    fireEvent.change(screen.getByRole("combobox", { name: "Find or run a command" }), { target: { value: ">put into a cond" } });
    press("Enter");
    fireEvent.submit(screen.getByRole("dialog").querySelector("form")!);
    expect(focused()?.getAttribute("data-box")).toMatch(/condition/);
  });
});

describe("focus after New", () => {
  it("is on the canvas, and keys pressed while it opens are for the new pipeline", async () => {
    await renderPage();
    const button = screen.getByRole("button", { name: "New" });
    act(() => button.focus());
    fireEvent.click(button);
    press("n");
    await waitFor(() => expect(screen.getByRole("combobox", { name: "Add a task" })).toBe(focused()));
    press("Escape");
    expect(focused()).toBe(canvas());
  });
  it("stays where somebody has gone meanwhile, and a key pressed there acts there", async () => {
    await renderPage();
    const button = screen.getByRole("button", { name: "New" });
    act(() => button.focus());
    fireEvent.click(button);
    act(() => screen.getByRole("button", { name: "Container step" }).focus());
    press("Enter");
    await waitFor(() => expect(box("container-1")).toBe(focused()));
  });
});

describe("focus in the panels", () => {
  it("goes to the next control when a parameter is removed", async () => {
    const { user } = await renderPage();
    await screen.findByRole("button", { name: "Remove rows" });
    await user.click(screen.getByRole("button", { name: "Remove rows" }));
    expect(screen.queryByRole("button", { name: "Remove rows" })).toBeNull();
    await waitFor(() => expect(screen.getByRole("complementary", { name: "Inspector" }).contains(focused())).toBe(true));
  });
});

/** Commands that leave the page: they choose a file, or give one away. */
const leaving: ReadonlySet<string> = new Set(["open", "export", "save", "copy-yaml", "commands", "copy", "cut", "paste"]);

describe("focus is never on the body", () => {
  it("whatever command is run by name, and after the dialog that it opens is closed", async () => {
    const { editor } = await renderPage();
    await loaded();
    const seen: string[] = [];
    for (const { id } of commands.filter((one) => !leaving.has(one.id) && !one.id.startsWith("example-"))) {
      await act(() => editor.openKept(editor.store.getState().document.id).then(() => editor.session({ language: "en" })));
      if (screen.queryByRole("group", { name: "b" })) focusOn("b");
      act(() => editor.session({ selection: ["main/b"] }));
      press("k", { ctrlKey: true });
      fireEvent.change(screen.getByRole("combobox", { name: "Find or run a command" }), {
        target: { value: translator("en")(`command-${id}`) },
      });
      press("Enter");
      await act(() => editor.settledText().then(() => undefined));
      expect(focused(), `after ${id}`).not.toBe(document.body);
      // The function editor is loaded when it is first opened.
      const isOpen = editor.store.getState().session.panels.dialog !== undefined;
      const dialog = isOpen ? await screen.findByRole("dialog") : screen.queryByRole("dialog");
      if (dialog) {
        seen.push(id);
        expect(dialog.contains(focused()), `in the dialog of ${id}`).toBe(true);
        // What floats over the canvas has no cancel event of the browser.
        if (dialog instanceof HTMLDialogElement) fireEvent(dialog, new Event("cancel", { cancelable: true }));
        else press("Escape");
        expect(screen.queryByRole("dialog"), `the dialog of ${id} closes`).toBeNull();
        expect(focused(), `after the dialog of ${id}`).not.toBe(document.body);
      }
    }
    expect(seen).toEqual(expect.arrayContaining(["group-condition", "group-loop", "shortcuts", "write-python"]));
  });
});

/** Waits until the dialogs are there, as they are fetched ahead. */
async function loaded(): Promise<void> {
  await act(async () => {
    await import("#ui/dialogs/dialogs.tsx");
    await vi.dynamicImportSettled();
  });
}
