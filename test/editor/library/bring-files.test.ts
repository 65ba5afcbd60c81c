import { expect, it, vi } from "vitest";
import { bringIn } from "#editor/library/bring-files.ts";
import { createLibrary } from "#editor/library/library.ts";
import { parse } from "#yaml/parse.ts";
import { editorWith, smallWorkflow } from "../outside.ts";

it("names the file that is being opened from its first byte until it is shown", async () => {
  const editor = await editorWith(smallWorkflow);
  let recognised: (() => void) | undefined;
  const reader = {
    read: async (text: string) => {
      await new Promise<void>((resolve) => (recognised = resolve));
      const { stream, diagnostics } = parse(text);
      return { stream, diagnostics, spans: [] };
    },
  };
  const storage = { all: async () => [], put: async () => undefined, remove: async () => undefined };
  const library = createLibrary(storage, reader, () => 0);
  const message: (string | undefined)[] = [];
  editor.store.subscribe(({ status }) => {
    const now = status.opening ?? status.reading;
    if (now !== message.at(-1)) message.push(now);
  });
  const brought = bringIn({ editor, library }, [{ name: "large.yaml", text: smallWorkflow }], { chosen: true });
  await vi.waitFor(() => expect([message, recognised]).toEqual([["large.yaml"], expect.any(Function)]));
  recognised?.();
  await brought;
  expect(message).toEqual(["large.yaml", undefined]);
  expect(editor.store.getState().document.fileName).toBe("large.yaml");
});
