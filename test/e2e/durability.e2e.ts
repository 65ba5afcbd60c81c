import type { Page } from "playwright-core";
import { expect } from "vitest";
import { box, exportedText, openText, setting, settled, type App, e2e } from "./harness.ts";

const text = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: kept-}
spec:
  entrypoint: main
  templates:
  - name: main
    dag:
      tasks:
      - {name: a, template: work}
      - {name: b, template: work, dependencies: [a]}
  - name: work
    container: {image: alpine:3.20}
`;

e2e("what is typed into the YAML without a pause is there after the page was killed, but for the last 300 ms", async (app) => {
  const { page, context, address } = app;
  await openText(app, "kept.yaml", text);
  await box(page, "a").focus();
  await page.keyboard.press("y");
  const pane = page.getByRole("complementary", { name: "YAML" });
  await pane.getByRole("button", { name: "Edit text", exact: true }).click();
  const area = pane.getByRole("textbox");
  await area.focus();
  await page.keyboard.press("Control+End");
  // Every key is typed less than the pause of 400 ms after the one before, so the text is never read meanwhile.
  const keys: { readonly count: number; readonly at: number }[] = [];
  const begun = Date.now();
  for (let count = 1; Date.now() - begun < 3_000; count++) {
    keys.push({ count, at: Date.now() });
    await page.keyboard.press("x");
  }
  const killed = Date.now();
  await page.close({ runBeforeUnload: false });
  const again = await context.newPage();
  await again.goto(address);
  await settled(again);
  const saved = (await exportedText({ page: again })).slice(text.length).length;
  const lost = keys.filter(({ count }) => count > saved);
  expect(keys.length).toBeGreaterThan(20);
  expect(killed - (lost[0]?.at ?? killed)).toBeLessThanOrEqual(300);
});

for (const how of ["locks", "leases"] as const) {
  const title = `two tabs with one pipeline: one edits, the other follows and takes over without loss (${how})`;
  const tell = async (app: App) => {
    const { page, context, address } = app;
    // Without a secure context, such as plain http inside a cluster, there are no locks.
    if (how === "leases") await context.addInitScript(() => Object.defineProperty(navigator, "locks", { value: undefined }));
    await page.reload();
    await openText(app, "kept.yaml", text);
    await box(page, "a").click();
    await setting(page, "CPU limit").fill("2");
    await saved(page);
    const second = await context.newPage();
    await second.goto(address);
    const editHere = second.getByRole("button", { name: "Edit here" });
    await editHere.waitFor();
    await second.locator(".docname b").filter({ hasText: "kept.yaml" }).waitFor();

    await setting(page, "CPU limit").fill("3");
    const typed = Date.now();
    await box(second, "a").click();
    await expect.poll(() => setting(second, "CPU limit").inputValue(), { timeout: 10_000 }).toBe("3");
    expect(Date.now() - typed).toBeLessThan(3_000);
    // Nothing is changed by the tab that follows.
    await second.keyboard.press("Delete");
    await second.getByRole("alert").getByText("This pipeline is being edited in another tab.").waitFor();
    await second.getByRole("alert").getByRole("button", { name: "Dismiss" }).click();
    await second.getByRole("alert").waitFor({ state: "detached" });
    expect(await setting(second, "CPU limit").isDisabled()).toBe(true);
    await setting(second, "CPU limit").click({ force: true });
    await second.getByRole("alert").getByText("This pipeline is being edited in another tab.").waitFor();
    await second.getByRole("alert").getByRole("button", { name: "Dismiss" }).click();
    expect(await box(second, "a").count()).toBe(1);
    expect(await setting(page, "CPU limit").inputValue()).toBe("3");

    // Typed just now, and not yet taken over when the other tab takes over.
    await setting(page, "CPU limit").fill("4");
    await editHere.click();
    await page.getByRole("button", { name: "Edit here" }).waitFor();
    await expect.poll(() => setting(second, "CPU limit").inputValue(), { timeout: 10_000 }).toBe("4");
    await box(second, "b").click();
    await second.keyboard.press("Delete");
    await box(second, "b").waitFor({ state: "detached" });
    await box(page, "b").waitFor({ state: "detached" });
    // The steps done in the first tab can be undone in the second.
    const undo = second.getByRole("button", { name: "Undo", exact: true });
    await undo.click();
    await box(second, "b").waitFor();
    await undo.click();
    await expect.poll(() => setting(second, "CPU limit").inputValue(), { timeout: 10_000 }).not.toBe("4");
    while (await undo.isEnabled()) await undo.click();
    await expect.poll(() => exportedText({ page: second }), { timeout: 15_000 }).toBe(text);
    await saved(second);

    // When the tab that edits is closed, the other edits.
    await second.close();
    await page.getByRole("button", { name: "Edit here" }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Redo", exact: true }).click();
    expect(await exportedText(app)).not.toBe(text);
  };
  e2e(title, tell, { ownContext: how === "leases" });
}

async function saved(page: Page): Promise<void> {
  await page.getByRole("status").getByText("Saved", { exact: true }).waitFor();
}

e2e("after a reload the half-typed name is in its field, and undo goes back to the bytes that were opened", async (app) => {
  const { page } = app;
  await openText(app, "kept.yaml", text);
  await box(page, "a").click();
  await setting(page, "CPU limit").fill("2");
  await setting(page, "Name").fill("half");
  await saved(page);
  await page.reload();
  await box(page, "a").click();
  await expect.poll(() => setting(page, "Name").inputValue()).toBe("half");
  await setting(page, "Name").focus();
  await setting(page, "Name").press("Enter");
  await box(page, "half").waitFor();
  await page.getByText(/Typed before the page was closed/).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "History", exact: true }).click();
  const history = page.getByRole("dialog", { name: "History" });
  await history.getByRole("button", { name: /CPU limit/ }).waitFor();
  await app.screenshot("history");
  await history.getByRole("button", { name: /As opened/ }).click();
  await page.keyboard.press("Escape");
  expect(await exportedText(app)).toBe(text);
  await saved(page);
  await page.reload();
  await page.getByRole("button", { name: "Redo", exact: true }).click();
  await page.getByRole("button", { name: "Redo", exact: true }).click();
  await box(page, "half").waitFor();
  expect(await exportedText(app)).toContain("cpu");
});

e2e("a save that fails says why, offers to export, and is done later by itself", async (app) => {
  const { page } = app;
  await openText(app, "kept.yaml", text);
  await saved(page);
  await page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function () {
      throw new DOMException("no room", "QuotaExceededError");
    };
    Object.assign(window, { repair: () => (IDBObjectStore.prototype.put = put) });
  });
  await box(page, "a").click();
  await setting(page, "CPU limit").fill("2");
  const bar = page.getByRole("alert").filter({ hasText: "the storage of this browser is full" });
  await bar.waitFor();
  await bar.getByRole("button", { name: "Export" }).waitFor();
  await app.screenshot("not saved");
  await page.getByRole("status").getByText("Not saved", { exact: true }).waitFor();
  await page.evaluate(() => (window as unknown as { repair: () => void }).repair());
  await saved(page);
  await bar.waitFor({ state: "detached" });
  await page.reload();
  await box(page, "a").click();
  await expect.poll(() => setting(page, "CPU limit").inputValue()).toBe("2");
});

e2e("pipelines that an older version kept are there", async ({ page, address }) => {
  // An empty page of the same origin, so that the page itself does not open the database first.
  await page.route("**/*", (route) => route.fulfill({ contentType: "text/html", body: "<title>empty</title>" }));
  await page.goto(address);
  await page.reload();
  await page.evaluate(
    (kept) =>
      new Promise<void>((resolve, reject) => {
        indexedDB.deleteDatabase("dagwright").onsuccess = () => {
          const asked = indexedDB.open("dagwright", 1);
          asked.onerror = () => reject(new Error("no database"));
          asked.onupgradeneeded = () => {
            asked.result.createObjectStore("pipelines", { keyPath: "id" }).createIndex("at", "at");
            asked.result.createObjectStore("places", { keyPath: "text" }).createIndex("at", "at");
          };
          asked.onsuccess = () => {
            const writing = asked.result.transaction("pipelines", "readwrite");
            writing.objectStore("pipelines").put({ id: "old", fileName: "old.yaml", text: kept, exported: "", places: {}, at: 1 });
            writing.oncomplete = () => {
              asked.result.close();
              resolve();
            };
          };
        };
      }),
    text,
  );
  await page.unrouteAll();
  await page.reload();
  await page.locator(".docname").filter({ hasText: "old.yaml" }).waitFor();
  await box(page, "b").waitFor();
  expect(await exportedText({ page })).toBe(text);
});

for (const about of ["a new function", "the function of a task"] as const) {
  e2e(`${about} that is being written is in the function editor again after the page was killed`, async (told) => {
    const { page, context, address } = told;
    await page.getByRole("button", { name: "New", exact: true }).click();
    await page.getByText("Add a first task").waitFor();
    const code = (of: Page) => of.getByRole("textbox", { name: "Python code" });
    await page.getByRole("button", { name: "Python function", exact: true }).click();
    if (about === "the function of a task") {
      await code(page).click();
      await page.keyboard.press("Control+A");
      await page.keyboard.insertText("def add(a: int) -> int:\n    return a\n");
      await page.getByRole("dialog").getByRole("group", { name: "Add" }).waitFor();
      await page.getByRole("button", { name: "Add to pipeline" }).click();
      await box(page, "Add").click();
      await page.getByRole("button", { name: "Edit Python function" }).click();
    }
    await code(page).click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("# half a th");
    await page.getByRole("dialog").getByRole("textbox", { name: "Base image" }).fill("python:3.1");
    await page.getByRole("dialog").getByRole("textbox", { name: "Packages" }).fill("pand");
    await page.locator(".save-state").getByText("Saved", { exact: true }).waitFor();
    await page.close({ runBeforeUnload: false });
    const again = await context.newPage();
    await again.goto(address);
    await again.getByRole("dialog").waitFor();
    expect(await again.getByRole("dialog").getByRole("textbox", { name: "Packages" }).inputValue()).toBe("pand");
    await expect.poll(() => code(again).innerText()).toContain("# half a th");
    expect(await again.getByRole("dialog").getByRole("textbox", { name: "Base image" }).inputValue()).toBe("python:3.1");
  });
}
