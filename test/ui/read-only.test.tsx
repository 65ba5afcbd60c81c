import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { setPanel } from "#editor/actions.ts";
import type { Editor } from "#editor/editor.ts";
import { App } from "#ui/app.tsx";
import { smallWorkflow } from "../editor/outside.ts";
import { memoryBrowser } from "../editor/pages.ts";

const state = (editor: Editor) => editor.store.getState();
const alert = () => screen.queryByRole("alert");
const isRefused = () => {
  expect(alert()).toHaveTextContent("This pipeline is being edited in another tab.");
  expect(screen.getAllByRole("button", { name: "Edit here" })).toHaveLength(1);
};

/** A tab that shows what another one edits, as a whole page. */
async function follower() {
  const browser = memoryBrowser();
  const first = await browser.page();
  await first.open("shared.yaml", smallWorkflow);
  await first.flush();
  const second = await browser.page();
  await second.openKept(state(first).document.id);
  expect(state(second).status.isReadOnly).toBe(true);
  render(<App editor={second} />);
  await screen.findByRole("searchbox", { name: "Search components" }, { timeout: 20_000 });
  act(() => second.session({ selection: ["main/b"] }));
  return { browser, first, second, box: () => screen.getByRole("group", { name: "b" }) };
}

describe("a tab that follows another one", () => {
  it("says so, and all controls of the inspector that change something are disabled until it edits", async () => {
    const { second } = await follower();
    expect(screen.getByRole("button", { name: "Edit here" })).toBeInTheDocument();
    const inspector = screen.getByRole("complementary", { name: "Inspector" });
    const image = await within(inspector).findByRole("textbox", { name: "Image" });
    const search = within(inspector).getByRole("searchbox");
    expect(image).toBeDisabled();
    const changing = [...inspector.querySelectorAll(".scroll :is(input, textarea, select)")];
    expect(changing.length).toBeGreaterThan(3);
    for (const one of changing) expect(one).toBeDisabled();
    expect(search).toBeEnabled();
    fireEvent.pointerDown(image);
    isRefused();
    fireEvent.click(screen.getByRole("button", { name: "Edit here" }));
    await waitFor(() => expect(state(second).status.isReadOnly).toBe(false));
    expect(image).toBeEnabled();
    expect(alert()).toBeNull();
  });

  it.each([
    ["Delete", { key: "Delete", code: "Delete" }],
    ["Mod+Delete", { key: "Delete", code: "Delete", ctrlKey: true }],
    ["renaming", { key: "F2", code: "F2" }],
    ["quick add", { key: "n", code: "KeyN" }],
    ["connecting", { key: "c", code: "KeyC" }],
    ["moving", { key: "ArrowRight", code: "ArrowRight", ctrlKey: true }],
    ["duplicating", { key: "d", code: "KeyD", ctrlKey: true }],
    ["grouping", { key: "g", code: "KeyG", ctrlKey: true }],
    ["arranging", { key: "L", code: "KeyL", shiftKey: true }],
    ["undo", { key: "z", code: "KeyZ", ctrlKey: true }],
  ])("refuses %s by key with the message", async (_, press) => {
    const { second, box } = await follower();
    act(() => box().focus());
    fireEvent.keyDown(box(), press);
    isRefused();
    expect(state(second).document.text).toBe(smallWorkflow);
    expect(screen.queryByRole("textbox", { name: /New name/ })).toBeNull();
  });

  it("does not open the name of the document for editing, and closes it when another tab takes over", async () => {
    const { browser, second } = await follower();
    expect(screen.getByText("Read-only")).toBeInTheDocument();
    const name = () => screen.getByRole("button", { name: "shared.yaml" });
    const field = () => screen.queryByRole("textbox", { name: "Name of the pipeline" });
    fireEvent.doubleClick(name());
    isRefused();
    expect(field()).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "Edit here" }));
    await waitFor(() => expect(state(second).status.isReadOnly).toBe(false));
    fireEvent.doubleClick(name());
    fireEvent.change(field()!, { target: { value: "half" } });
    const third = await browser.page();
    await act(async () => {
      await third.openKept(state(second).document.id);
      await third.editHere();
    });
    await waitFor(() => expect(state(second).status.isReadOnly).toBe(true));
    expect(field()).toBeNull();
    expect(state(third).session.reopened?.["document-name"]?.values).toEqual({ name: "half" });
  });

  it("closes a dialog that would change something, and says why", async () => {
    const { second } = await follower();
    act(() => setPanel(second, "dialog", "group-loop"));
    await waitFor(() => expect(state(second).session.panels.dialog).toBeUndefined());
    isRefused();
  });

  it("does not open the text for editing", async () => {
    const { second } = await follower();
    act(() => setPanel(second, "right", "yaml"));
    fireEvent.click(await screen.findByRole("button", { name: "Edit text" }));
    isRefused();
    expect(document.querySelector("textarea.yaml-text")).toBeNull();
  });

  it("ends what was being typed in place when another tab takes over", async () => {
    const { browser, second, box } = await follower();
    fireEvent.click(screen.getByRole("button", { name: "Edit here" }));
    await waitFor(() => expect(state(second).status.isReadOnly).toBe(false));
    act(() => box().focus());
    fireEvent.keyDown(box(), { key: "F2", code: "F2" });
    fireEvent.change(await screen.findByRole("textbox", { name: /New name/ }), { target: { value: "half" } });
    const third = await browser.page();
    await act(async () => {
      await third.openKept(state(second).document.id);
      await third.editHere();
    });
    await waitFor(() => expect(state(second).status.isReadOnly).toBe(true));
    expect(screen.queryByRole("textbox", { name: /New name/ })).toBeNull();
    // The tab that edits has it.
    expect(state(third).session.reopened?.rename?.values).toEqual({ name: "half" });
  });
});
