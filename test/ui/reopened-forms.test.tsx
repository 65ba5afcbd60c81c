import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { setPanel } from "#editor/actions.ts";
import type { Editor } from "#editor/editor.ts";
import { createLibrary, type Library } from "#editor/library/library.ts";
import type { OpenForm } from "#editor/ports.ts";
import { App } from "#ui/app.tsx";
import { MountVolume } from "#ui/menus/mount-volume.tsx";
import { PageContext } from "#ui/use-editor.ts";
import { parse } from "#yaml/parse.ts";
import { editorWith, type MemoryStorage, memoryStorage, outsideHere, smallWorkflow } from "../editor/outside.ts";
import { renderPage } from "./whole-page.tsx";

const state = (editor: Editor) => editor.store.getState();
const storageOf = (editor: Editor) => editor.outside.storage as MemoryStorage;
const keptForms = (editor: Editor): Readonly<Record<string, OpenForm>> | undefined =>
  storageOf(editor).kept.get(state(editor).document.id)?.drafts?.forms;

/** The page after its browser was killed: another page opens what was saved. */
async function restarted(editor: Editor, library?: Library): Promise<Editor> {
  // What a killed page does afterwards reaches nobody.
  const storage = memoryStorage();
  for (const [id, kept] of storageOf(editor).kept) storage.kept.set(id, kept);
  cleanup();
  const again = await editorWith(smallWorkflow, outsideHere(undefined, storage));
  await again.openKept(state(editor).document.id);
  render(<App editor={again} library={library} />);
  return again;
}

/** Waits until everything is saved, while the form stays open. */
async function saved(editor: Editor): Promise<void> {
  await waitFor(() => expect(state(editor).status.saving).toBe("saved"));
}

async function renaming(editor: Editor, task: string) {
  act(() => editor.session({ selection: [task] }));
  const box = screen.getByRole("group", { name: task.slice(task.lastIndexOf("/") + 1) });
  act(() => box.focus());
  fireEvent.keyDown(box, { key: "F2", code: "F2" });
  return screen.findByRole<HTMLInputElement>("textbox", { name: /New name/ });
}

describe("a name that is being typed on the canvas", () => {
  it("is unsaved from the first key on, is saved, and is in its box again after a restart", async () => {
    const { editor } = await renderPage();
    await act(() => editor.flush());
    fireEvent.change(await renaming(editor, "main/b"), { target: { value: "second half" } });
    expect(state(editor).status.saving).toBe("saving");
    await saved(editor);
    expect(keptForms(editor)?.rename).toMatchObject({ values: { name: "second half" }, about: "main/b" });
    expect(state(editor).document.text).toBe(smallWorkflow);

    const again = await restarted(editor);
    const field = await screen.findByRole<HTMLInputElement>("textbox", { name: /New name/ });
    expect(field).toHaveValue("second half");
    expect(screen.getByText(/What you were typing is open again/)).toBeInTheDocument();
    fireEvent.change(field, { target: { value: "second-half" } });
    fireEvent.keyDown(field, { key: "Enter" });
    expect(await act(() => again.settledText())).toContain("- name: second-half # the second");
    await act(() => again.flush());
    expect(keptForms(again)).toBeUndefined();
  });

  it("is dropped with Escape", async () => {
    const { editor } = await renderPage();
    const field = await renaming(editor, "main/b");
    fireEvent.change(field, { target: { value: "x" } });
    await saved(editor);
    fireEvent.keyDown(field, { key: "Escape" });
    await act(() => editor.flush());
    expect(keptForms(editor)).toBeUndefined();
  });
});

describe("a dialog with something typed in it", () => {
  it("opens again about the same tasks after a restart", async () => {
    const { editor } = await renderPage();
    act(() => editor.session(({ panels }) => ({ selection: ["main/a"], panels: { ...panels, dialog: "group-loop" } })));
    fireEvent.change(await screen.findByRole("textbox", { name: "A list of items" }), { target: { value: "red\ngreen" } });
    expect(state(editor).status.saving).toBe("saving");
    await saved(editor);

    const again = await restarted(editor);
    expect(await screen.findByRole("textbox", { name: "A list of items" })).toHaveValue("red\ngreen");
    fireEvent.submit(screen.getByRole("dialog").querySelector("form")!);
    const text = await act(() => again.settledText());
    expect(text).toContain("withItems: [red, green]");
    await act(() => again.flush());
    expect(keptForms(again)).toBeUndefined();
  });

  it("is closed for good with Escape: the next one of its kind starts empty", async () => {
    const { editor } = await renderPage();
    const ask = () => act(() => editor.session(({ panels }) => ({ selection: ["main/a"], panels: { ...panels, dialog: "group-loop" } })));
    ask();
    fireEvent.change(await screen.findByRole("textbox", { name: "A list of items" }), { target: { value: "red" } });
    await saved(editor);
    const again = await restarted(editor);
    expect(await screen.findByRole("textbox", { name: "A list of items" })).toHaveValue("red");
    act(() => setPanel(again, "dialog", undefined));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    act(() => again.session(({ panels }) => ({ selection: ["main/a"], panels: { ...panels, dialog: "group-loop" } })));
    expect(await screen.findByRole("textbox", { name: "A list of items" })).toHaveValue("1\n2\n3");
  });

  it("is not saved and does not open again when nothing was typed", async () => {
    const { editor } = await renderPage();
    act(() => editor.session(({ panels }) => ({ selection: ["main/a"], panels: { ...panels, dialog: "group-loop" } })));
    await screen.findByRole("textbox", { name: "A list of items" });
    await act(() => editor.flush());
    await restarted(editor);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("is My pipelines: the new name of a pipeline", async () => {
    const { editor, user } = await renderPage();
    await act(() => editor.flush());
    act(() => setPanel(editor, "dialog", "my-pipelines"));
    await user.click(await screen.findByRole("button", { name: "Rename test.yaml" }));
    await user.keyboard("night");
    await saved(editor);
    await restarted(editor);
    const dialog = await screen.findByRole("dialog", { name: "My pipelines" });
    expect(await within(dialog).findByRole("textbox", { name: "Name of the pipeline" })).toHaveValue("night");
  });

  it("never reaches another pipeline", async () => {
    const { editor } = await renderPage();
    fireEvent.change(await renaming(editor, "main/b"), { target: { value: "x" } });
    await act(() => editor.open("other.yaml", smallWorkflow));
    await act(() => editor.flush());
    expect(keptForms(editor)).toBeUndefined();
    expect(state(editor).document.text).toBe(smallWorkflow);
  });
});

describe("the name of the document", () => {
  it("is in its box again after a restart, and goes with Enter", async () => {
    const { editor, user } = await renderPage();
    await act(() => editor.flush());
    screen.getByRole("button", { name: "test.yaml" }).focus();
    await user.keyboard("{F2}weekly");
    await saved(editor);
    const again = await restarted(editor);
    const field = await screen.findByRole("textbox", { name: "Name of the pipeline" });
    expect(field).toHaveValue("weekly");
    fireEvent.keyDown(field, { key: "Enter" });
    expect(state(again).document.fileName).toBe("weekly.yaml");
    expect(screen.queryByRole("textbox", { name: "Name of the pipeline" })).toBeNull();
  });
});

const withVolume = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: disk-}
spec:
  entrypoint: main
  templates:
  - name: main
    dag:
      tasks:
      - {name: disk, template: disk}
      - {name: train, template: train}
  - name: disk
    resource:
      action: create
      manifest: |
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: "{{workflow.name}}-disk"}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
    outputs:
      parameters:
      - {name: disk-name, valueFrom: {jsonPath: "{.metadata.name}"}}
  - name: train
    container: {image: busybox}
`;

describe("the mount path of a volume that was dropped on a task", () => {
  it("is asked for again after a restart, with what was typed", async () => {
    const editor = await editorWith(withVolume);
    render(
      <PageContext value={{ editor, canvas: { current: null } }}>
        <MountVolume
          of="main/disk"
          task="main/train"
          names={{ volume: "disk", task: "train" }}
          screen={{ x: 10, y: 10 }}
          onClose={() => undefined}
        />
      </PageContext>,
    );
    fireEvent.change(screen.getByRole("textbox", { name: "Mount path" }), { target: { value: "/data/half" } });
    await saved(editor);
    expect(keptForms(editor)?.["mount-volume"]?.values).toEqual({ path: "/data/half" });

    const again = await restarted(editor);
    const dialog = await screen.findByRole("dialog", { name: /disk.*train/ });
    expect(within(dialog).getByRole("textbox")).toHaveValue("/data/half");
    fireEvent.submit(dialog);
    expect(await act(() => again.settledText())).toContain("mountPath: /data/half");
    await act(() => again.flush());
    expect(keptForms(again)).toBeUndefined();
  });
});

describe("the group of a component in the library", () => {
  const score = `name: Score rows
inputs: [{name: Rows, type: CSV}]
implementation:
  container: {image: "busybox:1", command: [echo, {inputPath: Rows}]}
`;

  it("is in its dialog again after a restart", async () => {
    const storage = { all: async () => [], put: async () => undefined, remove: async () => undefined };
    const library = createLibrary(storage, { read: async (text: string) => ({ ...parse(text), spans: [] }) }, () => 1);
    await library.bring([{ name: "score.yaml", text: score }]);
    const editor = await editorWith(smallWorkflow);
    render(<App editor={editor} library={library} />);
    const entry = await screen.findByRole("button", { name: /Score rows/ }, { timeout: 20_000 });
    fireEvent.contextMenu(entry);
    fireEvent.click(await screen.findByRole("menuitem", { name: /Group/ }));
    fireEvent.change(await screen.findByRole("combobox", { name: /Score rows/ }), { target: { value: "ta" } });
    await saved(editor);

    await restarted(editor, library);
    const field = await screen.findByRole("combobox", { name: /Score rows/ }, { timeout: 20_000 });
    expect(field).toHaveValue("ta");
    fireEvent.change(field, { target: { value: "tables" } });
    fireEvent.submit(field.closest("form")!);
    expect(library.store.getState().entries.map(({ group }) => group)).toEqual(["tables"]);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });
});
