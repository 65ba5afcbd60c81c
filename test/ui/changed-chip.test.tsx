import { act } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Editor } from "#editor/editor.ts";
import { TopBar } from "#ui/top-bar.tsx";
import { smallWorkflow } from "../editor/outside.ts";
import { renderPart } from "./page.tsx";

/** Resolves when React has rendered everything that is due. */
const flushRenders = () => act(async () => undefined);

/** Does something and returns every text about changed lines that the bar showed meanwhile, even for one render. */
async function shownDuring(bar: HTMLElement, work: () => Promise<unknown>): Promise<readonly string[]> {
  const seen: string[] = [];
  const note = (records: readonly MutationRecord[]) => {
    for (const { addedNodes, target, type } of records)
      for (const node of type === "childList" ? addedNodes : [target]) {
        const message = /[\d,]+ lines? changed/.exec(node.textContent ?? "");
        if (message) seen.push(message[0]);
      }
  };
  const watch = new MutationObserver(note);
  watch.observe(bar, { childList: true, subtree: true, characterData: true });
  await work();
  await flushRenders();
  note(watch.takeRecords());
  watch.disconnect();
  return seen;
}

const rename = (editor: Editor) => async () => {
  await act(async () => {
    editor.dispatch({ edits: [{ kind: "rename-task", task: "main/a", name: "first" }] });
    await editor.settledText();
  });
};

describe("the count of changed lines", () => {
  const other = smallWorkflow.replaceAll("alpine", "busybox").replace("metadata:", "metadata:\n  labels: {team: a}");

  it("is never shown for a file that was just opened", async () => {
    const { editor, container } = await renderPart(<TopBar />);
    expect(await shownDuring(container, () => act(() => editor.open("other.yaml", other)))).toEqual([]);
  });

  it("of the former pipeline is never shown under the name of another", async () => {
    const { editor, container } = await renderPart(<TopBar />);
    expect(await shownDuring(container, rename(editor))).toEqual(["3 lines changed"]);
    expect(await shownDuring(container, () => act(() => editor.open("other.yaml", other)))).toEqual([]);
    expect(await shownDuring(container, rename(editor))).toEqual(["3 lines changed"]);
  });

  it("goes at once when the text is exported", async () => {
    const { editor, container } = await renderPart(<TopBar />);
    await rename(editor)();
    const text = await editor.settledText();
    expect(await shownDuring(container, () => act(async () => editor.exported(text)))).toEqual([]);
    expect(container).not.toHaveTextContent("changed");
  });
});
