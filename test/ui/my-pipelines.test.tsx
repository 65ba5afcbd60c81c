import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { currentWorkflow } from "#editor/actions.ts";
import type { Editor } from "#editor/editor.ts";
import Dialogs from "#ui/dialogs/dialogs.tsx";
import { TopBar } from "#ui/top-bar.tsx";
import { type outsideHere, smallWorkflow } from "../editor/outside.ts";
import { renderPart } from "./page.tsx";

const page = (
  <>
    <TopBar />
    <Dialogs />
  </>
);
const world = (editor: Editor) => editor.outside as unknown as ReturnType<typeof outsideHere>;
const names = () =>
  within(screen.getByRole("list", { name: "My pipelines" }))
    .getAllByRole("listitem")
    .map((row) => row.querySelector("b")?.textContent);
const row = (name: string) => screen.getByRole("button", { name });

/** Two kept pipelines, `one.yaml` and `two.yaml` (open), with the dialog open. */
async function shown() {
  const rendered = await renderPart(page);
  const { editor } = rendered;
  await act(async () => {
    await editor.open("one.yaml", smallWorkflow.replace("rows", "lines"));
    await editor.flush();
    await editor.open("two.yaml", smallWorkflow, { isNew: true });
    await editor.flush();
    editor.session(({ panels }) => ({ panels: { ...panels, dialog: "my-pipelines" } }));
  });
  await waitFor(() => expect(names()).toEqual(["two.yaml", "one.yaml", "test.yaml"]));
  return rendered;
}

describe("My pipelines", () => {
  it("opens from the name in the bar, and says tasks, age and export of each pipeline", async () => {
    const { editor, user } = await renderPart(page);
    await act(() => editor.flush());
    await user.click(screen.getByRole("button", { name: "test.yaml" }));
    expect(await screen.findByRole("dialog", { name: "My pipelines" })).toBeInTheDocument();
    await waitFor(() => expect(screen.getByRole("listitem")).toHaveTextContent(/test\.yaml.*3 tasks · now · exported · open/));
  });

  it("says which are not exported, finds by name, and opens one", async () => {
    const { editor, user } = await shown();
    expect(within(screen.getByRole("list", { name: "My pipelines" })).getAllByRole("listitem")[0]).toHaveTextContent("not exported");
    await user.type(screen.getByRole("searchbox", { name: "Search pipelines" }), "ONE");
    expect(names()).toEqual(["one.yaml"]);
    await user.click(row("one.yaml"));
    await waitFor(() => expect(editor.store.getState().document.fileName).toBe("one.yaml"));
    expect(editor.store.getState().document.text).toContain("lines");
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("renames the open one and another", async () => {
    const { editor, user } = await shown();
    await user.click(row("Rename one.yaml"));
    await user.keyboard("first{Enter}");
    await waitFor(() => expect(names()).toContain("first.yaml"));
    await user.click(row("Rename two.yaml"));
    await user.keyboard("second/..{Enter}");
    await waitFor(() => expect(editor.store.getState().document.fileName).toBe("second.yaml"));
    expect([...world(editor).kept.values()].map(({ fileName }) => fileName).sort()).toEqual(["first.yaml", "second.yaml", "test.yaml"]);
    await user.click(row("Rename second.yaml"));
    await user.keyboard("third{Escape}");
    expect(editor.store.getState().document.fileName).toBe("second.yaml");
    expect(screen.getByRole("dialog"), "Escape ends the renaming, not the dialog").toBeInTheDocument();
  });

  it("duplicates under a free name", async () => {
    const { editor, user } = await shown();
    await user.click(row("Duplicate one.yaml"));
    await waitFor(() => expect(names()).toContain("one-2.yaml"));
    const texts = [...world(editor).kept.values()].filter(({ fileName }) => fileName.startsWith("one")).map(({ text }) => text);
    expect(texts).toHaveLength(2);
    expect(texts[0]).toBe(texts[1]);
  });

  it("deletes, also the one that is open, and brings back", async () => {
    const { editor, user } = await shown();
    const { id, text } = editor.store.getState().document;
    await user.click(row("Delete two.yaml"));
    await waitFor(() => expect(names()).toEqual(["one.yaml", "test.yaml"]));
    expect(editor.store.getState().document.fileName).toBe("one.yaml");
    expect(world(editor).kept.has(id)).toBe(false);
    await act(() => editor.flush());
    expect(world(editor).kept.has(id), "a later save does not write it again").toBe(false);
    await user.click(row("Bring back"));
    await waitFor(() => expect(names()).toContain("two.yaml"));
    expect(world(editor).kept.get(id)?.text).toBe(text);
  });

  it("exports all as one zip, each as it is", async () => {
    const { editor, user } = await shown();
    await user.click(row("Duplicate one.yaml"));
    await waitFor(() => expect(names()).toHaveLength(4));
    await user.click(row("Export all (zip)"));
    expect(await screen.findByText("4 pipelines exported")).toBeInTheDocument();
    const [zip] = world(editor).downloads;
    expect(zip?.name).toBe("pipelines.zip");
    const files = unzipSync(zip?.bytes ?? new Uint8Array());
    expect(Object.keys(files).sort()).toEqual(["one-2.yaml", "one.yaml", "test.yaml", "two.yaml"]);
    expect(strFromU8(files["two.yaml"] ?? new Uint8Array())).toBe(smallWorkflow);
  });
});

describe("the name of a pipeline", () => {
  it("is edited in place by a double click", async () => {
    const { editor, user } = await renderPart(page);
    await user.dblClick(screen.getByRole("button", { name: "test.yaml" }));
    expect(screen.getByRole("textbox", { name: "Name of the pipeline" })).toHaveFocus();
    await user.keyboard("nightly{Enter}");
    expect(editor.store.getState().document.fileName).toBe("nightly.yaml");
    expect(screen.queryByRole("dialog"), "the click did not open the dialog").toBeNull();
    screen.getByRole("button", { name: "nightly.yaml" }).focus();
    await user.keyboard("{F2}");
    fireEvent.keyDown(screen.getByRole("textbox", { name: "Name of the pipeline" }), { key: "Escape" });
    expect(screen.getByRole("button", { name: "nightly.yaml" })).toBeInTheDocument();
  });

  it("is one thing with the title: each follows the other, and undo takes both back", async () => {
    const { editor } = await renderPart(page);
    await act(() => editor.newPipeline());
    const title = () => currentWorkflow(editor.store.getState())?.title;
    const file = () => editor.store.getState().document.fileName;
    expect([file(), title()]).toEqual(["pipeline.yaml", "pipeline"]);
    await act(async () => {
      editor.rename("야간 학습");
      await editor.settledText();
    });
    expect([file(), title()]).toEqual(["야간 학습.yaml", "야간 학습"]);
    await act(async () => {
      editor.dispatch({ edits: [{ kind: "rename-workflow", name: "Weekly", workflow: 0 }] });
      await editor.settledText();
    });
    expect([file(), title()]).toEqual(["Weekly.yaml", "Weekly"]);
    await act(async () => {
      editor.undo();
      await editor.settledText();
    });
    expect([file(), title()]).toEqual(["야간 학습.yaml", "야간 학습"]);
  });

  it("is the file's alone where the two differ", async () => {
    const { editor } = await renderPart(page);
    await act(async () => {
      editor.rename("nightly");
      await editor.settledText();
    });
    expect(editor.store.getState().document.text).toBe(smallWorkflow);
  });

  it("of a new pipeline is free, and nothing is asked", async () => {
    const { editor } = await renderPart(page);
    for (const name of ["pipeline.yaml", "pipeline-2.yaml", "pipeline-3.yaml"]) {
      await act(async () => {
        await editor.newPipeline();
        await editor.flush();
      });
      expect(editor.store.getState().document.fileName).toBe(name);
    }
    expect(editor.store.getState().document.text).toContain('{"name": "pipeline-3"}');
  });
});
