import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Editor } from "#editor/editor.ts";
import { yamlTextField } from "#editor/typed-text.ts";
import type { Edit } from "#pipeline/edit.ts";
import { bringBackPipeline } from "#editor/deleted-pipeline.ts";
import { exportAll, removePipeline, renamePipeline } from "#editor/my-pipelines.ts";
import { runs } from "#test/runs.ts";
import { memoryBrowser } from "./pages.ts";
import { smallWorkflow } from "./outside.ts";

const state = (editor: Editor) => editor.store.getState();
const add = (name: string): Edit => ({ kind: "add-task", graph: "main", name, template: "work" });
/** Resolves when the pages have received and handled all messages: those, and the storage in memory, need microtasks only. */
const delivered = () => new Promise((resolve) => setImmediate(resolve));
const isReadOnly = (editor: Editor) => state(editor).status.isReadOnly === true;

describe.each(["locks", "leases"] as const)("several pages of one browser (%s)", (how) => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Two pages with one pipeline: the first edits it, the second follows. */
  async function twoPages() {
    const browser = memoryBrowser(how);
    const first = await browser.page();
    await first.open("test.yaml", smallWorkflow);
    await first.flush();
    const { id } = state(first).document;
    const second = await browser.page();
    await second.openKept(id);
    return { browser, first, second, id };
  }

  it("lets the first page edit and the second follow within a second, changing nothing", async () => {
    const { first, second } = await twoPages();
    expect([isReadOnly(first), isReadOnly(second)]).toEqual([false, true]);
    first.dispatch({ edits: [add("new")] });
    first.place("main", { "main/new": { x: 40, y: 80 } }, { code: "step-move", values: { n: 1 } });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(state(second).document.text).toBe(state(first).document.text);
    expect(state(second).document.text).toContain("name: new");
    expect(JSON.stringify(state(second).document.stream)).toContain('"new"');
    expect(state(second).document.places).toEqual(state(first).document.places);
    expect(second.dispatch({ edits: [add("other")] })).toMatchObject({ ok: false, refusal: { code: "editor-read-only" } });
    expect(second.refusal([add("other")])?.code).toBe("editor-read-only");
    expect(await second.replaceText("kind: Workflow\n")).toBe(false);
    second.undo();
    second.place("main", { "main/a": { x: 1, y: 1 } }, { code: "step-move", values: { n: 1 } });
    await second.flush();
    expect(await second.settledText()).toBe(await first.settledText());
    expect(state(second).document.places).toEqual(state(first).document.places);
  });

  it("hands over without loss, with drafts and history, and follows then", async () => {
    const { first, second } = await twoPages();
    first.dispatch({ edits: [add("new")] });
    first.draft("main/a\ncpu", { text: "much", field: { code: "cpu", values: {} }, reason: { code: "why", values: {} } });
    first.typing(yamlTextField, {
      text: `${smallWorkflow}# typed\n`,
      field: { code: "yaml-text", values: {} },
      takeOver: () => first.replaceText(`${smallWorkflow}# typed\n`, { base: smallWorkflow }),
    });
    await second.editHere();
    expect([isReadOnly(first), isReadOnly(second)]).toEqual([true, false]);
    expect(state(second).document.text).toContain("# typed");
    expect(state(second).document.text).toContain("name: new");
    expect(Object.keys(state(second).session.drafts)).toEqual(["main/a\ncpu"]);
    expect(state(first).session.toast?.code).toBe("toast-taken-over");
    second.undo();
    second.undo();
    expect(await second.settledText()).toBe(smallWorkflow);
    second.redo();
    await second.flush();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(state(first).document.text).toBe(state(second).document.text);
    expect(state(first).document.text).toContain("name: new");
    await first.editHere();
    expect([isReadOnly(first), isReadOnly(second)]).toEqual([false, true]);
    first.redo();
    expect(await first.settledText()).toContain("# typed");
  });

  it("says why it cannot take over, and takes over when asked again", async () => {
    const { browser, second } = await twoPages();
    const reading = vi.spyOn(browser.storage, "read").mockRejectedValue(new Error("disk error"));
    await second.editHere();
    reading.mockRestore();
    expect(state(second).session.refusal).toMatchObject({ code: "editor-not-taken-over", values: { reason: "disk error" } });
    expect(isReadOnly(second)).toBe(true);
    await second.editHere();
    expect(isReadOnly(second)).toBe(false);
    expect(second.dispatch({ edits: [add("more")] }).ok).toBe(true);
  });

  it("lets the following page edit when the other has opened something else", async () => {
    const { first, second } = await twoPages();
    first.dispatch({ edits: [add("new")] });
    await first.open("other.yaml", smallWorkflow);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(isReadOnly(second)).toBe(false);
    expect(second.dispatch({ edits: [add("more")] }).ok).toBe(true);
    expect(await second.settledText()).toContain("name: new");
    second.undo();
    second.undo();
    expect(await second.settledText()).toBe(smallWorkflow);
  });

  it("keeps both when a page that does not answer is taken over from, and says so there", async () => {
    const { browser, first, second, id } = await twoPages();
    const { keep } = browser.storage;
    // The first page hangs: it cannot save.
    let isHanging = true;
    browser.storage.keep = async (save) => {
      if (isHanging && save.body?.text.includes("name: unsaved")) await new Promise(() => undefined);
      return keep(save);
    };
    first.dispatch({ edits: [add("unsaved")] });
    await vi.advanceTimersByTimeAsync(500);
    const taken = second.editHere();
    await vi.advanceTimersByTimeAsync(4_000);
    await taken;
    isHanging = false;
    second.dispatch({ edits: [add("mine")] });
    await second.flush();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(isReadOnly(second)).toBe(false);
    expect(browser.storage.kept.get(id)?.text).toContain("name: mine");
    expect(state(first).session.toast?.code).toBe("toast-conflict");
    expect(state(first).document.id).not.toBe(id);
    expect(state(first).document.text).toContain("name: unsaved");
    expect(isReadOnly(first)).toBe(false);
  });
});

describe("a page that is gone", () => {
  it("leaves the editing to the page that follows, with everything that was saved", async () => {
    const browser = memoryBrowser();
    const first = await browser.page();
    await first.open("test.yaml", smallWorkflow);
    first.dispatch({ edits: [add("new")] });
    await first.flush();
    const second = await browser.page();
    await second.openKept(state(first).document.id);
    expect(isReadOnly(second)).toBe(true);
    browser.end(first);
    await expect.poll(() => isReadOnly(second)).toBe(false);
    second.undo();
    expect(await second.settledText()).toBe(smallWorkflow);
  });

  it("loses a lease after six seconds without renewal", async () => {
    vi.useFakeTimers();
    try {
      const browser = memoryBrowser("leases");
      const first = await browser.page();
      await first.open("test.yaml", smallWorkflow);
      await first.flush();
      const second = await browser.page();
      await second.openKept(state(first).document.id);
      // A page that sleeps renews nothing: its timers stop while the clock goes on.
      await vi.advanceTimersByTimeAsync(20_000);
      expect(isReadOnly(second)).toBe(true);
      vi.setSystemTime(Date.now() + 7_000);
      await vi.advanceTimersByTimeAsync(600);
      expect(isReadOnly(second)).toBe(false);
      await vi.advanceTimersByTimeAsync(3_000);
      expect(isReadOnly(first)).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("random edits in two pages", () => {
  const action = fc.record({
    page: fc.constantFrom(0, 1),
    what: fc.oneof(
      { weight: 5, arbitrary: fc.constant("add" as const) },
      { weight: 1, arbitrary: fc.constant("undo" as const) },
      { weight: 2, arbitrary: fc.constant("take over" as const) },
      { weight: 1, arbitrary: fc.constant("steal" as const) },
      { weight: 2, arbitrary: fc.constant("save" as const) },
    ),
  });

  it("lose nothing that was acknowledged: it is in some pipeline", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 30 }), async (actions) => {
        const browser = memoryBrowser();
        const pages = [await browser.page(), await browser.page()] as const;
        await pages[0].open("test.yaml", smallWorkflow);
        await pages[0].flush();
        await pages[1].openKept(state(pages[0]).document.id);
        let count = 0;
        const acknowledged = new Map<string, string>();
        for (const { page, what } of actions) {
          const editor = pages[page];
          if (what === "add") editor.dispatch({ edits: [add(`t${++count}`)] });
          else if (what === "undo") editor.undo();
          else if (what === "take over") await editor.editHere();
          else if (what === "steal") browser.end(editor);
          else {
            await editor.flush();
            const { status, document } = state(editor);
            if (status.saving === "saved" && !status.isReadOnly && status.waiting === 0) acknowledged.set(document.id, document.text);
          }
        }
        for (const editor of pages) await editor.flush();
        for (const id of acknowledged.keys()) expect(browser.storage.kept.has(id)).toBe(true);
        // Each page shows what is kept under its id, or can still save it.
        for (const editor of pages) {
          const { status, document } = state(editor);
          if (!status.isReadOnly) expect(browser.storage.kept.get(document.id)?.text).toBe(document.text);
        }
        // Of each pipeline the history leads back to the beginning: no save of one page went over that of another.
        for (const { id } of [...browser.storage.kept.values()]) {
          const reader = await (await memoryBrowserOver(browser)).page();
          await reader.openKept(id);
          reader.travelTo(0);
          expect(await reader.settledText()).toBe(smallWorkflow);
        }
      }),
      { numRuns: 40 },
    );
  });
});

/** The same storage in a browser of its own, whose pages may edit everything. */
async function memoryBrowserOver(browser: ReturnType<typeof memoryBrowser>): Promise<ReturnType<typeof memoryBrowser>> {
  const other = memoryBrowser();
  Object.assign(other.storage, browser.storage);
  return other;
}

describe("a pipeline that another page changes in My pipelines", () => {
  const entry = async (browser: ReturnType<typeof memoryBrowser>, id: string) => {
    const found = (await browser.storage.list()).find((one) => one.id === id);
    if (!found) throw new Error(`no pipeline ${id}`);
    return found;
  };
  /** One page edits `first.yaml`, the other one something else. */
  async function apart(how: "locks" | "leases" = "locks") {
    const browser = memoryBrowser(how);
    const first = await browser.page();
    await first.open("first.yaml", smallWorkflow);
    await first.flush();
    const second = await browser.page();
    await second.open("second.yaml", smallWorkflow);
    await second.flush();
    return { browser, first, second, id: state(first).document.id };
  }

  it.each(["locks", "leases"] as const)("is renamed by the page that edits it, and stays so (%s)", async (how) => {
    const { browser, first, second, id } = await apart(how);
    expect(await renamePipeline(second, await entry(browser, id), "weekly")).toBeUndefined();
    expect(state(first).document.fileName).toBe("weekly.yaml");
    expect(browser.storage.kept.get(id)?.fileName).toBe("weekly.yaml");
    first.dispatch({ edits: [add("new")] });
    await first.flush();
    expect(browser.storage.kept.get(id)).toMatchObject({ fileName: "weekly.yaml" });
    expect(browser.storage.kept.get(id)?.text).toContain("name: new");
    expect(isReadOnly(first)).toBe(false);
    // The open one is that of the other page as well.
    await second.openKept(id);
    expect(isReadOnly(second)).toBe(true);
    expect(await renamePipeline(second, await entry(browser, id), "monthly")).toBeUndefined();
    await expect.poll(() => state(second).document.fileName).toBe("monthly.yaml");
  });

  it("keeps its name if that page does not respond, and says so", async () => {
    const { browser, first, second, id } = await apart();
    first.flush = () => new Promise(() => undefined);
    const { keep } = browser.storage;
    browser.storage.keep = (save) => (save.id === id ? new Promise(() => undefined) : keep(save));
    vi.useFakeTimers();
    try {
      const renamed = renamePipeline(second, await entry(browser, id), "weekly");
      await vi.advanceTimersByTimeAsync(4_000);
      expect(await renamed).toEqual({ code: "other-tab-silent", values: { name: "first.yaml" } });
      expect(browser.storage.kept.get(id)?.fileName).toBe("first.yaml");
    } finally {
      vi.useRealTimers();
    }
  });

  it.each(["locks", "leases"] as const)("is deleted with all that was typed, and the page that edited it says so (%s)", async (how) => {
    const { browser, first, second, id } = await apart(how);
    first.dispatch({ edits: [add("new")] });
    await removePipeline(second, await entry(browser, id), await browser.storage.list());
    expect(browser.storage.kept.has(id)).toBe(false);
    await expect.poll(() => state(first).status.isRemoved).toBe(true);
    expect(state(second).session.deleted?.pipeline.kept.text).toContain("name: new");
    // It changes nothing and comes back by no save of that page.
    expect(first.dispatch({ edits: [add("later")] })).toMatchObject({ ok: false, refusal: { code: "editor-removed" } });
    vi.useFakeTimers();
    try {
      await first.flush();
      await vi.advanceTimersByTimeAsync(60_000);
    } finally {
      vi.useRealTimers();
    }
    expect(state(first).status).toMatchObject({ isRemoved: true, isReadOnly: true });
    expect(browser.storage.kept.has(id)).toBe(false);

    await bringBackPipeline(second);
    expect(browser.storage.kept.get(id)?.text).toContain("name: new");
    await expect.poll(() => isReadOnly(first), { timeout: 3_000 }).toBe(false);
    expect(state(first).status.isRemoved).toBe(false);
    expect(first.dispatch({ edits: [add("later")] }).ok).toBe(true);
    await first.flush();
    expect(browser.storage.kept.get(id)?.text).toContain("name: later");
  });

  it("is stored again by the page that shows it, and bringing it back in the other one changes nothing then", async () => {
    const { browser, first, second, id } = await apart();
    await removePipeline(second, await entry(browser, id), await browser.storage.list());
    await expect.poll(() => state(first).status.isRemoved).toBe(true);
    await first.editHere();
    expect(first.dispatch({ edits: [add("later")] }).ok).toBe(true);
    await first.flush();
    expect(browser.storage.kept.get(id)?.text).toContain("name: later");
    await bringBackPipeline(second);
    expect(browser.storage.kept.get(id)?.text).toContain("name: later");
    expect(isReadOnly(first)).toBe(false);
  });

  it("is deleted by the page that edits it while another one follows", async () => {
    const { browser, first, second, id } = await apart();
    await second.openKept(id);
    expect(isReadOnly(second)).toBe(true);
    await removePipeline(first, await entry(browser, id), await browser.storage.list());
    expect(browser.storage.kept.has(id)).toBe(false);
    await expect.poll(() => state(second).status.isRemoved).toBe(true);
    await second.flush();
    expect(browser.storage.kept.has(id)).toBe(false);
    expect(state(first).document.fileName).toBe("second.yaml");
  });

  it("is marked as exported by the zip of the other page", async () => {
    const { browser, first, second, id } = await apart();
    first.dispatch({ edits: [add("new")] });
    await first.flush();
    expect((await entry(browser, id)).isExported).toBe(false);
    expect(await exportAll(second)).toEqual({ count: 2, unmarked: [] });
    expect((await entry(browser, id)).isExported).toBe(true);
    expect(state(first).document.exported).toBe(state(first).document.text);
    expect(isReadOnly(first)).toBe(false);
  });
});

describe("random deletions and renames in two pages", () => {
  const action = fc.record({
    page: fc.constantFrom(0, 1),
    what: fc.oneof(
      { weight: 4, arbitrary: fc.constant("add" as const) },
      { weight: 2, arbitrary: fc.constant("save" as const) },
      { weight: 2, arbitrary: fc.constant("edit here" as const) },
      { weight: 2, arbitrary: fc.constant("delete" as const) },
      { weight: 2, arbitrary: fc.constant("bring back" as const) },
      { weight: 1, arbitrary: fc.constant("rename" as const) },
      { weight: 1, arbitrary: fc.constant("open other" as const) },
    ),
    which: fc.nat(5),
  });

  it("lose nothing that was saved and not deleted, and store nothing again by themselves", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 25 }), async (actions) => {
        const browser = memoryBrowser();
        const pages = [await browser.page(), await browser.page()] as const;
        await pages[0].open("test.yaml", smallWorkflow);
        await pages[0].flush();
        await pages[1].openKept(state(pages[0]).document.id);
        let count = 0;
        const acknowledged = new Map<string, string>();
        /** Deleted and not brought back. */
        const gone = new Set<string>();
        for (const { page, what, which } of actions) {
          const editor = pages[page];
          const all = await browser.storage.list();
          const entry = all[which % Math.max(1, all.length)];
          const { id } = state(editor).document;
          if (what === "add") editor.dispatch({ edits: [add(`t${++count}`)] });
          else if (what === "edit here") {
            await editor.editHere();
            if (!isReadOnly(editor)) gone.delete(id);
          } else if (what === "delete" && entry) {
            await removePipeline(editor, entry, all);
            if (!browser.storage.kept.has(entry.id)) gone.add(entry.id);
          } else if (what === "bring back") {
            const back = state(editor).session.deleted?.pipeline.kept.id;
            await bringBackPipeline(editor);
            if (back !== undefined) gone.delete(back);
          } else if (what === "rename" && entry) await renamePipeline(editor, entry, `name-${++count}`);
          else if (what === "open other" && entry) await editor.openKept(entry.id);
          else await editor.flush();
          await editor.flush();
          const { status, document } = state(editor);
          if (status.saving === "saved" && !status.isReadOnly && status.waiting === 0) acknowledged.set(document.id, document.text);
          for (const deleted of gone) expect(browser.storage.kept.has(deleted), `${deleted} came back by itself`).toBe(false);
        }
        for (const editor of pages) await editor.flush();
        await delivered();
        for (const id of acknowledged.keys()) expect([id, browser.storage.kept.has(id)]).toEqual([id, !gone.has(id)]);
        for (const editor of pages) {
          const { status, document } = state(editor);
          if (!status.isReadOnly) expect(browser.storage.kept.get(document.id)?.text).toBe(document.text);
        }
      }),
      { numRuns: runs(40) },
    );
  });
});
