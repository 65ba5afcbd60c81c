import { act, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { command } from "#editor/commands/all.ts";
import type { Editor } from "#editor/editor.ts";
import { bringFolder, bringIn, chooseFiles } from "#editor/library/bring-files.ts";
import { createLibrary } from "#editor/library/library.ts";
import { readFiles } from "#editor/library/read-files.ts";
import { parse } from "#yaml/parse.ts";
import Dialogs from "#ui/dialogs/dialogs.tsx";
import { Messages } from "#ui/messages.tsx";
import { type outsideHere, smallWorkflow } from "../editor/outside.ts";
import { renderPart } from "./page.tsx";

const commented = (comment: string) => `# ${comment}\n${smallWorkflow}`;
const latin1 = new File([Buffer.from(commented("café über"), "latin1")], "latin1.yaml");
/** "한뷁" in CP949. */
const korean = new File([Buffer.from("# "), Buffer.from([0xc7, 0xd1, 0x94, 0xee]), Buffer.from(`\n${smallWorkflow}`)], "korean.yaml");
const wide = new File([Buffer.from(`\ufeff${smallWorkflow}`, "utf16le")], "wide.yaml");

function libraryHere() {
  const storage = { all: async () => [], put: async () => undefined, remove: async () => undefined };
  return createLibrary(storage, { read: async (text) => ({ ...parse(text), spans: [] }) }, () => 0);
}

const world = (editor: Editor) => editor.outside as unknown as ReturnType<typeof outsideHere>;
const page = (
  <>
    <Messages />
    <Dialogs />
  </>
);
const text = (editor: Editor) => editor.store.getState().document.text;

describe("a file that is not UTF-8", () => {
  it("is not opened, but offered in the encodings that fit, with a preview", async () => {
    const { editor, user } = await renderPart(page);
    await act(async () => bringIn({ editor, library: libraryHere() }, await readFiles([latin1]), { chosen: true }));
    expect(text(editor)).toBe(smallWorkflow);
    expect(screen.getByRole("dialog", { name: "“latin1.yaml” is not UTF-8" })).toBeInTheDocument();
    expect(screen.getByText(/Line 1 contains the byte 0xe9/)).toBeInTheDocument();
    expect(screen.getByRole("combobox", { name: "Encoding" })).toHaveDisplayValue("Western European (Windows-1252)");
    expect(screen.getByRole("region", { name: "Preview" })).toHaveTextContent("# café über");
    await user.click(screen.getByRole("button", { name: "Open and save as UTF-8" }));
    await waitFor(() => expect(text(editor)).toBe(commented("café über")));
    expect(editor.store.getState().document.fileName).toBe("latin1.yaml");
    expect(editor.store.getState().document.exported, "it differs from the file").not.toBe(text(editor));
    expect(screen.queryByRole("dialog")).toBeNull();
    await act(() => editor.flush());
    expect(world(editor).kept.get(editor.store.getState().document.id)?.text).toBe(commented("café über"));
  });

  it("in Korean is read with the syllables that Windows added", async () => {
    const { editor, user } = await renderPart(page);
    await act(async () => bringIn({ editor, library: libraryHere() }, await readFiles([korean]), { chosen: true }));
    expect(screen.getByRole("combobox", { name: "Encoding" })).toHaveDisplayValue("Korean (EUC-KR, CP949)");
    expect(screen.getByRole("region", { name: "Preview" })).toHaveTextContent("# 한뷁");
    await user.click(screen.getByRole("button", { name: "Open and save as UTF-8" }));
    await waitFor(() => expect(text(editor)).toBe(commented("한뷁")));
  });

  it("cannot be opened in an encoding that does not fit, and stays out when the dialog is closed", async () => {
    const { editor, user } = await renderPart(page);
    await act(async () => bringIn({ editor, library: libraryHere() }, await readFiles([latin1]), { chosen: true }));
    await user.selectOptions(screen.getByRole("combobox", { name: "Encoding" }), "euc-kr");
    expect(screen.getByRole("button", { name: "Open and save as UTF-8" })).toBeDisabled();
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(text(editor)).toBe(smallWorkflow);
  });

  it("is asked about one after the other", async () => {
    const { editor, user } = await renderPart(page);
    await act(async () => bringIn({ editor, library: libraryHere() }, await readFiles([latin1, korean]), {}));
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    await user.click(await screen.findByRole("button", { name: "Open and save as UTF-8" }));
    await waitFor(() => expect(text(editor)).toBe(commented("한뷁")));
  });

  it("is offered by Open, too, and by a folder of components", async () => {
    const { editor } = await renderPart(page);
    const library = libraryHere();
    world(editor).chosen = [...(await readFiles([latin1]))];
    await act(() => chooseFiles({ editor, library }));
    expect(screen.getByRole("dialog", { name: "“latin1.yaml” is not UTF-8" })).toBeInTheDocument();
    const component = new File([Buffer.from("name: caf\xe9\n", "latin1")], "component.yaml");
    await act(() => bringFolder({ editor, library }, [component]));
    expect(editor.store.getState().session.undecoded?.map(({ name }) => name)).toEqual(["latin1.yaml", "component.yaml"]);
  });
});

it("a binary file is refused with the line", async () => {
  const { editor } = await renderPart(page);
  const binary = new File([Buffer.from("kind: Workflow\nname: a\0b\n")], "binary.yaml");
  await act(async () => bringIn({ editor, library: libraryHere() }, await readFiles([binary]), { chosen: true }));
  expect(screen.getByRole("alert")).toHaveTextContent("“binary.yaml” is not a text file: line 2");
  expect(text(editor)).toBe(smallWorkflow);
});

it("UTF-16 is opened, kept and exported as UTF-16", async () => {
  const { editor } = await renderPart(page);
  await act(async () => bringIn({ editor, library: libraryHere() }, await readFiles([wide]), { chosen: true }));
  expect(text(editor)).toBe(`\ufeff${smallWorkflow}`);
  await act(() => editor.flush());
  const { id } = editor.store.getState().document;
  expect(world(editor).kept.get(id)?.encoding).toBe("utf-16le");
  await act(() => editor.open("other.yaml", smallWorkflow));
  expect(editor.store.getState().document.encoding).toBeUndefined();
  await act(() => editor.openKept(id));
  // The workflow has an error that Export asks about.
  await act(async () => void (await command("export").run({ editor, canvas: undefined })));
  if (screen.queryByRole("button", { name: "Export anyway" }))
    await act(async () => screen.getByRole("button", { name: "Export anyway" }).click());
  await waitFor(() =>
    expect(world(editor).downloads).toEqual([{ name: "wide.yaml", text: `\ufeff${smallWorkflow}`, encoding: "utf-16le" }]),
  );
});
