import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect } from "vitest";
import type { Editor } from "#editor/editor.ts";
import { createLibrary } from "#editor/library/library.ts";
import { type ByteFile, readFiles } from "#editor/library/read-files.ts";
import type { Outside } from "#editor/ports.ts";
import { openPythonFile } from "#services/python-file.ts";
import { App } from "#ui/app.tsx";
import { parse } from "#yaml/parse.ts";
import { spanOf } from "#yaml/spans.ts";
import { editorWith, createTextService, outsideHere, smallWorkflow } from "../editor/outside.ts";

/** What a user does and sees on the whole page. The functions have the names of those of the end-to-end tests (test/e2e/harness.ts). */
export interface UserPage {
  readonly editor: Editor;
  readonly user: ReturnType<typeof userEvent.setup>;
  readonly outside: ReturnType<typeof outsideHere>;
  /** Chooses a file by the button Open and waits until it is shown. */
  openText(name: string, text: string): Promise<void>;
  /** Chooses files by the button Open; what comes of them is not waited for. */
  choose(...files: readonly ByteFile[]): Promise<void>;
  /** The text at the moment, as Export gives it; a question about open problems is answered with yes. */
  exportedText(): Promise<string>;
  /** Drops a file anywhere on the page, as a file manager does. */
  dropFile(name: string, text: string): void;
  /** Pastes a text where the focus is. */
  pasteText(text: string): void;
}

/** Shows the whole page with a workflow open, over files, a storage and a library in memory. */
export async function showPage(text: string = smallWorkflow): Promise<UserPage> {
  const textService = createTextService();
  const read = async (other: string, paths: Parameters<NonNullable<Outside["text"]["read"]>>[1] = []) => {
    const source = parse(other);
    return { stream: source.stream, diagnostics: source.diagnostics, spans: paths.map((path) => spanOf(source, path)) };
  };
  Object.assign(textService, { read, python: async (asked: Parameters<typeof openPythonFile>[0]) => openPythonFile(asked) });
  const outside = outsideHere(textService);
  const editor = await editorWith(text, outside);
  const entries = new Map<string, { readonly id: string }>();
  const library = createLibrary(
    {
      all: async () => [...entries.values()] as never,
      put: async (changed) => changed.forEach((entry) => entries.set(entry.id, entry)),
      remove: async (id) => void entries.delete(id),
    },
    { read },
    () => 0,
  );
  render(<App editor={editor} library={library} />);
  // The panels are loaded on demand.
  await screen.findByRole("searchbox", { name: "Search components" }, { timeout: 20_000 });
  await settled();

  const page: UserPage = {
    editor,
    outside,
    user: userEvent.setup(),
    async choose(...files) {
      outside.chosen = [...(await readFiles(files))];
      fireEvent.click(screen.getByRole("button", { name: "Open" }));
      await settled();
    },
    async openText(name, opened) {
      await page.choose(new File([opened], name));
      await waitFor(() => expect(editor.store.getState().document.fileName).toBe(name));
      await settled();
    },
    async exportedText() {
      const before = outside.downloads.length;
      fireEvent.click(screen.getByRole("button", { name: "Export" }));
      await waitFor(() => {
        const anyway = screen.queryByRole("button", { name: "Export anyway" });
        if (anyway) fireEvent.click(anyway);
        expect(outside.downloads.length).toBe(before + 1);
      });
      return outside.downloads.at(-1)?.text ?? "";
    },
    dropFile(name, dropped) {
      fireEvent.drop(document.body, { dataTransfer: { types: ["Files"], files: [new File([dropped], name)] } });
    },
    pasteText(pasted) {
      const data = new DataTransfer();
      data.setData("text/plain", pasted);
      const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      act(() => void (document.activeElement ?? document.body).dispatchEvent(event));
    },
  };
  return page;
}

/** Waits until the page says that it is at rest (src/ui/settled-mark.ts). */
export async function settled(): Promise<void> {
  await waitFor(() => expect(document.querySelector("main")?.dataset.settled).toBe("true"), { timeout: 20_000, interval: 10 });
}

/** The landmark of the canvas; looked up without its role, since asking for roles looks at the style of every element of the page. */
export function canvas(): HTMLElement {
  const found = document.querySelector<HTMLElement>('main[aria-label="Canvas"]');
  if (!found) throw new Error("the page shows no canvas");
  return found;
}
export const box = (name: string) => within(canvas()).getByRole("group", { name });
export const findBox = (name: string) => within(canvas()).findByRole("group", { name }, { timeout: 10_000 });
export const noBox = (name: string) => within(canvas()).queryByRole("group", { name }) === null;

/** Selects a task as a click on its box does. */
export async function select(name: string, options: { readonly shift?: boolean } = {}): Promise<void> {
  const at = { pointerId: 1, pointerType: "mouse", isPrimary: true, button: 0, clientX: 10, clientY: 10, shiftKey: options.shift === true };
  const target = box(name);
  act(() => target.focus());
  fireEvent.pointerDown(target, { ...at, buttons: 1 });
  fireEvent.pointerUp(target, { ...at, buttons: 0 });
  fireEvent.click(target, at);
  await settled();
}

/** A field of the inspector by its usual name. */
export const setting = (name: string) =>
  within(screen.getByRole("complementary", { name: "Inspector" })).findByLabelText(name, {}, { timeout: 10_000 });

/** Types a value into a field of the inspector and presses Enter. */
export async function set(name: string, value: string): Promise<void> {
  const field = await setting(name);
  fireEvent.change(field, { target: { value } });
  fireEvent.keyDown(field, { key: "Enter", code: "Enter" });
  await settled();
}

/** Presses a key where the focus is. */
export function press(key: string, more: object = {}): void {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key;
  fireEvent.keyDown(document.activeElement ?? document.body, { key, code, ...more });
}

/** Runs a command by its name in the command palette. */
export async function runCommand(name: string): Promise<void> {
  press("k", { ctrlKey: true });
  fireEvent.change(screen.getByRole("combobox", { name: "Find or run a command" }), { target: { value: `>${name}` } });
  await screen.findAllByRole("option");
  press("Enter");
  await settled();
}
