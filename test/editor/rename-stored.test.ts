import { describe, expect, it } from "vitest";
import { openDocument } from "#compiler/document.ts";
import type { Editor } from "#editor/editor.ts";
import { renamePipeline } from "#editor/my-pipelines.ts";
import { smallWorkflow } from "./outside.ts";
import { memoryBrowser } from "./pages.ts";

const state = (editor: Editor) => editor.store.getState();
const named = smallWorkflow.replace(/generateName: \S+|name: \S+/, "name: nightly");

/** A page that shows something else than the stored pipeline `nightly.yaml`. */
async function elsewhere(fileName = "nightly.yaml", text = named) {
  const browser = memoryBrowser();
  const page = await browser.page();
  await page.open(fileName, text);
  page.dispatch({ edits: [{ kind: "add-task", graph: "main", name: "added", template: "work" }] });
  await page.flush();
  const { id } = state(page).document;
  await page.open("other.yaml", smallWorkflow);
  await page.flush();
  const entry = async () => (await browser.storage.list()).find((one) => one.id === id) ?? { id, fileName: "", at: 0 };
  const rename = async (name: string) => renamePipeline(page, (await entry()) as never, name);
  const kept = () => browser.storage.kept.get(id);
  return { browser, page, id, rename, kept };
}

const title = (text = "") => {
  const [workflow] = openDocument(text).model.objects;
  return workflow?.kind === "workflow" ? workflow.name : undefined;
};

describe("renaming a stored pipeline that is not open", () => {
  it("renames its title, too, if the file is named after it, and changes nothing else", async () => {
    const { rename, kept } = await elsewhere();
    const before = kept()?.text ?? "";
    expect(title(before)).toBe("nightly");
    expect(await rename("Weekly run")).toBeUndefined();
    expect(kept()?.fileName).toBe("Weekly run.yaml");
    expect(kept()?.text).toBe(before.replace("name: nightly", "name: weekly-run"));
  });

  it("is a step of its history, which undo takes back and redo does again", async () => {
    const { page, id, rename, kept } = await elsewhere();
    const before = kept()?.text;
    await rename("weekly");
    const after = kept()?.text;
    await page.openKept(id);
    expect([state(page).document.fileName, state(page).document.text]).toEqual(["weekly.yaml", after]);
    expect(state(page).history.past).toHaveLength(2);
    page.undo();
    expect(await page.settledText()).toBe(before);
    expect(state(page).document.fileName).toBe("nightly.yaml");
    page.undo();
    expect(await page.settledText()).toBe(named);
    page.redo();
    page.redo();
    expect(await page.settledText()).toBe(after);
    expect(state(page).document.fileName).toBe("weekly.yaml");
  });

  it("renames the graph of a new pipeline with it, and its boxes stay where they are", async () => {
    const browser = memoryBrowser();
    const page = await browser.page();
    await page.newPipeline();
    const { id } = state(page).document;
    const graph = state(page).session.graph ?? "";
    const added = page.dispatch({
      edits: [
        { kind: "add-template", data: { name: "load", container: { image: "a" } } },
        { kind: "add-task", graph, name: "load", template: "load" },
      ],
    });
    expect(added.ok).toBe(true);
    page.place(graph, { [`${graph}/load`]: { x: 40, y: 80 } }, { code: "step-move", values: { n: 1 } });
    await page.flush();
    const before = { ...state(page).document };
    await page.open("other.yaml", smallWorkflow);
    const entry = (await browser.storage.list()).find((one) => one.id === id);
    if (!entry) throw new Error("it is not stored");
    await renamePipeline(page, entry, "Weekly run");
    await page.openKept(id);
    const renamed = state(page);
    expect(renamed.document.fileName).toBe("Weekly run.yaml");
    const [place] = Object.values(renamed.document.places[renamed.session.graph ?? ""] ?? {});
    expect([renamed.session.graph === graph, place]).toEqual([false, { x: 40, y: 80 }]);
    page.undo();
    expect(await page.settledText()).toBe(before.text);
    expect(state(page).document.places).toEqual(before.places);
  });

  it("leaves the title alone if the user has separated the two", async () => {
    const { rename, kept } = await elsewhere("my copy.yaml");
    const before = kept()?.text;
    await rename("weekly");
    expect([kept()?.fileName, kept()?.text]).toEqual(["weekly.yaml", before]);
  });

  it("leaves a text that cannot be read alone", async () => {
    const { rename, kept } = await elsewhere("broken.yaml", "a: [");
    await rename("weekly");
    expect([kept()?.fileName, kept()?.text]).toEqual(["weekly.yaml", "a: ["]);
  });

  it("keeps what another page saved in the meantime, and renames that", async () => {
    const { browser, id, rename, kept } = await elsewhere();
    const { keep } = browser.storage;
    let saves = 0;
    browser.storage.keep = async (save) => {
      if (save.id === id && saves++ === 0) {
        const former = kept();
        if (!former) throw new Error("nothing is stored");
        const { fileName, text, exported, places } = former;
        await keep({
          id,
          base: former.revision,
          at: 1,
          body: { fileName, text: `${text}# saved by another page\n`, exported, places, tasks: 1 },
        });
      }
      return keep(save);
    };
    await rename("weekly");
    expect(saves).toBe(2);
    expect(kept()?.text).toContain("# saved by another page");
    expect([kept()?.fileName, title(kept()?.text)]).toEqual(["weekly.yaml", "weekly"]);
  });

  it("waits with the title while typed text is not committed", async () => {
    const { browser, id, rename, kept } = await elsewhere();
    const former = kept();
    await browser.storage.keep({
      id,
      base: former?.revision ?? 0,
      at: 1,
      drafts: { fields: {}, text: `${former?.text}# typed\n` } as never,
    });
    await rename("weekly");
    expect([kept()?.fileName, title(kept()?.text), kept()?.drafts?.text]).toEqual(["weekly.yaml", "nightly", `${former?.text}# typed\n`]);
  });
});
