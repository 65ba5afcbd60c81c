import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it, vi } from "vitest";
import { currentWorkflow } from "#editor/actions.ts";
import type { Editor } from "#editor/editor.ts";
import type { TextService } from "#editor/ports.ts";
import Dialogs from "#ui/dialogs/dialogs.tsx";
import { Messages } from "#ui/messages.tsx";
import { TopBar } from "#ui/top-bar.tsx";
import { parse } from "#yaml/parse.ts";
import { type outsideHere, smallWorkflow } from "../editor/outside.ts";
import { renderPart } from "./page.tsx";

const page = (
  <>
    <TopBar />
    <Dialogs />
    <Messages />
  </>
);
const world = (editor: Editor) => editor.outside as unknown as ReturnType<typeof outsideHere>;
const names = () =>
  within(screen.getByRole("list", { name: "My pipelines" }))
    .getAllByRole("listitem")
    .map((row) => row.querySelector("b")?.textContent);
const row = (name: string) => screen.getByRole("button", { name });

/** What the worker does for pipelines that are not open. */
const overview: Pick<TextService, "read"> = { read: async (text) => parse(text) };

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
    await waitFor(() => expect(editor.store.getState().document.id, "it was open, so it is open again").toBe(id));
  });

  it("offers to bring back after the dialog is closed as well, with half-typed texts", async () => {
    const { editor, user } = await shown();
    const { id } = editor.store.getState().document;
    const draft = { text: "lots", reason: { code: "draft-typed", values: {} }, field: { code: "field-x", values: {} } };
    await act(async () => {
      editor.draft("main/a\ncpu", draft);
      editor.fillIn({ form: "loop", part: "items", value: "red" });
      await editor.flush();
    });
    await user.click(row("Delete two.yaml"));
    await waitFor(() => expect(names()).toEqual(["one.yaml", "test.yaml"]));
    await user.click(screen.getByRole("button", { name: "Close" }));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.getByText("“two.yaml” was deleted.")).toBeInTheDocument();
    await user.click(row("Bring back"));
    await waitFor(() => expect(editor.store.getState().document.id).toBe(id));
    expect(editor.store.getState().session.drafts["main/a\ncpu"]).toEqual(draft);
    expect(editor.store.getState().session.reopened?.loop?.values).toEqual({ items: "red" });
    expect(screen.queryByText("“two.yaml” was deleted.")).toBeNull();
  });

  it("says when a pipeline that was brought back exists again, and keeps the one that exists", async () => {
    const { editor, user } = await shown();
    const { id } = editor.store.getState().document;
    await user.click(row("Delete two.yaml"));
    await waitFor(() => expect(names()).toEqual(["one.yaml", "test.yaml"]));
    const { deleted } = editor.store.getState().session;
    const later = { ...deleted!.pipeline.kept, text: `${smallWorkflow}# later\n` };
    world(editor).kept.set(id, later);
    await user.click(row("Bring back"));
    await waitFor(() => expect(names()).toContain("two.yaml"));
    expect(world(editor).kept.get(id)?.text).toBe(later.text);
  });

  it("notes in the list that the zip has exported all", async () => {
    const { editor, user } = await shown();
    act(() => void editor.dispatch({ edits: [{ kind: "rename-workflow", name: "changed", workflow: 0 }] }));
    await user.click(row("Duplicate one.yaml"));
    await waitFor(() => expect(names()).toContain("one-2.yaml"));
    const copy = [...world(editor).kept.values()].find(({ fileName }) => fileName === "one-2.yaml")!;
    world(editor).kept.set(copy.id, { ...copy, exported: "" });
    await user.click(row("Export all (zip)"));
    await screen.findByText("4 pipelines exported");
    for (const kept of world(editor).kept.values()) expect([kept.fileName, kept.exported]).toEqual([kept.fileName, kept.text]);
    for (const item of screen.getAllByRole("listitem")) expect(item).not.toHaveTextContent("not exported");
  });

  it("tells pipelines of one name apart", async () => {
    const { editor, user } = await shown();
    await act(async () => {
      await editor.open("one.yaml", smallWorkflow);
      await editor.flush();
    });
    fireEvent.focus(window);
    await waitFor(() => expect(names()).toHaveLength(4));
    expect(names()).toEqual(expect.arrayContaining(["one.yaml (1)", "one.yaml (2)"]));
    const [first] = [...world(editor).kept.values()].filter(({ fileName }) => fileName === "one.yaml");
    await user.click(row("Rename one.yaml (1)"));
    expect(screen.getByRole("textbox", { name: "Name of the pipeline" })).toHaveValue("one");
    await user.keyboard("first{Enter}");
    await waitFor(() => expect(names()).toEqual(expect.arrayContaining(["first.yaml", "one.yaml"])));
    expect(world(editor).kept.get(first!.id)?.fileName).toBe("first.yaml");
  });

  it("commits a name when the focus goes elsewhere, as the title does", async () => {
    const { editor, user } = await shown();
    await user.click(row("Rename one.yaml"));
    await user.keyboard("uno");
    await user.click(screen.getByRole("searchbox", { name: "Search pipelines" }));
    await waitFor(() => expect(names()).toContain("uno.yaml"));
    expect(screen.getByRole("searchbox", { name: "Search pipelines" })).toHaveFocus();
    await user.click(row("Rename uno.yaml"));
    await user.keyboard("due");
    await user.click(screen.getByRole("button", { name: "Close" }));
    await waitFor(() => expect([...world(editor).kept.values()].map(({ fileName }) => fileName)).toContain("due.yaml"));
  });

  it("commits a name when the press beside the dialog closes it", async () => {
    const { editor, user } = await shown();
    await user.click(row("Rename one.yaml"));
    await user.keyboard("uno");
    const dialog = screen.getByRole("dialog", { name: "My pipelines" });
    // Laid out nowhere: every point is beside it.
    fireEvent.pointerDown(dialog, { clientX: 500, clientY: 500 });
    expect(screen.queryByRole("dialog")).toBeNull();
    await waitFor(() => expect([...world(editor).kept.values()].map(({ fileName }) => fileName)).toContain("uno.yaml"));
  });

  it("is used by keys alone", async () => {
    const { editor, user } = await shown();
    const inList = (name: string) => within(screen.getByRole("list", { name: "My pipelines" })).getByRole("button", { name });
    await user.keyboard("{ArrowDown}");
    expect(inList("two.yaml")).toHaveFocus();
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}");
    expect(inList("test.yaml")).toHaveFocus();
    await user.keyboard("{Home}{ArrowDown}{F2}uno{Enter}");
    await waitFor(() => expect(inList("uno.yaml")).toHaveFocus());
    await user.keyboard("{F2}never{Escape}");
    await waitFor(() => expect(inList("uno.yaml")).toHaveFocus());
    await user.keyboard("{Control>}d{/Control}");
    await waitFor(() => expect(inList("uno-2.yaml")).toHaveFocus());
    await user.keyboard("{Delete}");
    await waitFor(() => expect(names()).not.toContain("uno-2.yaml"));
    expect(document.activeElement).toHaveClass("pipeline-open");
    await user.keyboard("{Tab}");
    expect(document.activeElement?.getAttribute("aria-label")).toMatch(/^Rename /);
    // The row reached by arrows is the one that Tab reaches.
    expect(screen.getAllByRole("button").filter((one) => one.classList.contains("pipeline-open") && one.tabIndex === 0)).toHaveLength(1);
    await user.keyboard("{Home}{ArrowUp}");
    expect(screen.getByRole("searchbox", { name: "Search pipelines" })).toHaveFocus();
    await user.keyboard("uno{Enter}");
    await waitFor(() => expect(editor.store.getState().document.fileName).toBe("uno.yaml"));
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

describe("the rows of My pipelines", () => {
  it("show boxes, wires and the number of tasks of pipelines that were never opened here", async () => {
    const { editor, user } = await renderPart(page);
    Object.assign(editor.outside.text, overview);
    const kept = world(editor).kept;
    // Stored by an older version: no number of tasks and no positions.
    kept.set("old", { id: "old", fileName: "old.yaml", text: smallWorkflow, exported: "", places: {}, at: 1, revision: 1 });
    await user.click(screen.getByRole("button", { name: "test.yaml" }));
    await waitFor(() => expect(names()).toContain("old.yaml"));
    const item = () => row("old.yaml").closest("li")!;
    await waitFor(() => expect(item()).toHaveTextContent("3 tasks"));
    expect(item().querySelectorAll(".pipeline-picture rect")).toHaveLength(3);
    // a to b, a to c, b to c
    expect(item().querySelectorAll(".pipeline-picture path")).toHaveLength(3);
    const lefts = [...item().querySelectorAll(".pipeline-picture rect")].map((one) => Number(one.getAttribute("x")));
    expect(new Set(lefts).size, "each in a column of its own").toBe(3);
  });

  it("are read only near the view: of 200 pipelines a few", async () => {
    const { editor, user } = await renderPart(page);
    Object.assign(editor.outside.text, overview);
    const { kept } = world(editor);
    for (let n = 0; n < 200; n++)
      kept.set(`k${n}`, { id: `k${n}`, fileName: `k${n}.yaml`, text: smallWorkflow, exported: "", places: {}, at: 500 - n, revision: 1 });
    const reading = vi.spyOn(editor.outside.storage, "read");
    await user.click(screen.getByRole("button", { name: "test.yaml" }));
    await waitFor(() => expect(names()).toHaveLength(201));
    await waitFor(() => expect(row("k0.yaml").closest("li")!.querySelectorAll(".pipeline-picture rect")).toHaveLength(3));
    expect(reading.mock.calls.length).toBeLessThan(20);
    expect(row("k150.yaml").closest("li")!.querySelectorAll(".pipeline-picture rect")).toHaveLength(0);
    const list = screen.getByRole("list", { name: "My pipelines" });
    Object.defineProperty(list, "clientHeight", { value: 440 });
    list.scrollTop = 151 * 56;
    fireEvent.scroll(list);
    await waitFor(() => expect(row("k150.yaml").closest("li")!.querySelectorAll(".pipeline-picture rect")).toHaveLength(3));
    expect(reading.mock.calls.length).toBeLessThan(40);
  });

  it("counts tasks of all levels, as the status bar does", async () => {
    const { editor } = await renderPart(page, nested);
    await act(() => editor.flush());
    const [entry] = await editor.outside.storage.list();
    expect(entry?.tasks).toBe(4);
  });
});

const nested = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: nested-}
spec:
  entrypoint: main
  templates:
  - name: main
    dag: {tasks: [{name: a, template: group}, {name: b, template: group}]}
  - name: group
    dag: {tasks: [{name: x, template: work}, {name: y, template: work}]}
  - name: unused
    dag: {tasks: [{name: z, template: work}]}
  - name: work
    container: {image: alpine:3.20}
`;

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
