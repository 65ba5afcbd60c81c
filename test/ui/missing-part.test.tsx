import { act, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { loadPart, MissingPart } from "#editor/missing-part.ts";
import { documentClient } from "#services/document-client.ts";
import { earlyPart } from "#ui/early-part.tsx";
import { lazyPart } from "#ui/lazy-part.ts";
import { Loading } from "#ui/loading.tsx";
import { Messages } from "#ui/messages.tsx";
import { reloadPage } from "#ui/missing-part.tsx";
import { PageContext, runCommand } from "#ui/use-editor.ts";
import { bringIn } from "#editor/library/bring-files.ts";
import { createLibrary } from "#editor/library/library.ts";
import { parse } from "#yaml/parse.ts";
import { editorWith, createTextService, outsideHere, smallWorkflow } from "../editor/outside.ts";
import { renderPart } from "./page.tsx";

const gone = () => Promise.reject(new TypeError("Failed to fetch dynamically imported module"));
const notice = () => screen.findByRole("alert");

it("a panel that cannot be fetched leaves the rest of the page, says so in its place, and offers to reload", async () => {
  const Panel = lazyPart(gone);
  await renderPart(
    <>
      <Messages />
      <p>canvas</p>
      <Loading>
        <Panel />
      </Loading>
    </>,
  );
  expect(await screen.findByText("This part could not be loaded.")).toBeInTheDocument();
  expect(await notice()).toHaveTextContent("Your work is saved in this browser");
  expect(screen.getByRole("button", { name: "Reload page" })).toBeInTheDocument();
  expect(screen.getByText("canvas")).toBeInTheDocument();
});

it("a dialog that cannot be fetched is not open, and is fetched again when it is asked for again", async () => {
  const load = vi.fn(gone).mockImplementationOnce(gone);
  const { Part } = earlyPart(load);
  const { editor, rerender } = await renderPart(
    <>
      <Messages />
      <Part />
    </>,
    smallWorkflow,
    (one) => one.session(({ panels }) => ({ panels: { ...panels, dialog: "commands" } })),
  );
  await notice();
  expect(editor.store.getState().session.panels.dialog).toBeUndefined();
  const around = (part: React.ReactNode) => <PageContext value={{ editor, canvas: { current: null } }}>{part}</PageContext>;
  rerender(around(null));
  load.mockImplementation((() => Promise.resolve({ default: () => <p>dialog</p> })) as never);
  rerender(around(<Part />));
  expect(await screen.findByText("dialog")).toBeInTheDocument();
});

it("a command that cannot be fetched says so", async () => {
  const { editor } = await renderPart(<Messages />);
  const command = { id: "x", group: "edit", keys: [], scope: "page", run: () => loadPart(gone) } as const;
  await act(async () => runCommand({ editor, canvas: { current: null } }, command as never));
  expect(await notice()).toHaveTextContent("A part of Dagwright could not be loaded.");
});

it("other failures of a command are shown with their reason", async () => {
  const { editor } = await renderPart(<Messages />);
  const run = () => Promise.reject(new Error("the disk is on fire"));
  await act(async () => runCommand({ editor, canvas: { current: null } }, { id: "x", group: "edit", keys: [], scope: "page", run }));
  expect(await notice()).toHaveTextContent("That did not work: the disk is on fire");
});

it("a Python file whose parser cannot be fetched is refused with the offer to reload, and nothing stays “opening”", async () => {
  const textService = { ...createTextService(), python: () => Promise.reject(new MissingPart("python-file")) };
  const editor = await editorWith(smallWorkflow, outsideHere(textService as never));
  render(
    <PageContext value={{ editor, canvas: { current: null } }}>
      <Messages />
    </PageContext>,
  );
  const storage = { all: async () => [], put: async () => undefined, remove: async () => undefined };
  const library = createLibrary(storage, { read: async (text) => ({ ...parse(text), spans: [] }) }, () => 0);
  const text = "from kfp import dsl\n@dsl.pipeline(name='p')\ndef p():\n    pass\n";
  await act(() => bringIn({ editor, library }, [{ name: "p.py", text }], { chosen: true }));
  expect(await notice()).toHaveTextContent("A part of Dagwright could not be loaded.");
  expect(editor.store.getState().status).toMatchObject({ opening: undefined, reading: undefined });
  expect(editor.store.getState().document.text).toBe(smallWorkflow);
});

it("a document worker that cannot be fetched answers every question with a missing part, also later ones", async () => {
  const worker = Object.assign(new EventTarget(), { postMessage: () => undefined });
  const client = documentClient(worker as unknown as Worker);
  const first = client.open("a: 1");
  worker.dispatchEvent(new Event("error"));
  await expect(first).rejects.toBeInstanceOf(MissingPart);
  await expect(client.open("a: 1")).rejects.toBeInstanceOf(MissingPart);
});

it("reloading saves first, and does not wait for ever for a save that never ends", async () => {
  const editor = await editorWith(smallWorkflow);
  const { storage } = editor.outside as ReturnType<typeof outsideHere>;
  editor.dispatch({ edits: [{ kind: "rename-task", task: "main/a", name: "first" }] });
  const load = vi.fn(() => {
    expect([...storage.kept.values()].at(-1)?.text).toContain("name: first");
  });
  await reloadPage(editor, load);
  expect(load).toHaveBeenCalledTimes(1);

  vi.useFakeTimers();
  try {
    const never = vi.fn();
    const reloading = reloadPage({ ...editor, flush: () => new Promise<void>(() => undefined) }, never);
    await vi.advanceTimersByTimeAsync(3_000);
    await reloading;
    expect(never).toHaveBeenCalledTimes(1);
  } finally {
    vi.useRealTimers();
  }
});

it("the notice says when the work is not saved", async () => {
  const { editor } = await renderPart(<Messages />);
  act(() => {
    editor.session({ missingPart: true });
    editor.store.setState(({ status }) => ({ status: { ...status, saving: "failed" } }));
  });
  expect(await notice()).toHaveTextContent("Your work is not saved: export it");
});
