/**
 * Two tabs of one browser with the same pipeline, used in turn and at random: edits are made, the other tab takes over, tabs are reloaded,
 * with and without waiting for "Saved". Whatever was called saved is there in the end.
 */
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { checkDocument, openDocument } from "#compiler/index.ts";
import { isCi, isSoak } from "#test/runs.ts";
import { Draw } from "#test/yaml/random-text.ts";
import { box, exportedText, openText, pasteText, setting, settled, e2e } from "./harness.ts";

const text = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: tabs-}
spec:
  entrypoint: main
  templates:
  - name: main
    dag:
      tasks:
      - {name: target, template: work}
  - name: work
    container: {image: "busybox:1"}
`;
const edits = isSoak ? 1_000 : isCi ? 200 : 30;

const tasksShown = async (page: Page) => Number(/(\d+) tasks?/.exec((await page.getByRole("contentinfo").textContent()) ?? "")?.[1]);
const saved = (page: Page) => page.getByRole("status").getByText("Saved", { exact: true }).waitFor();

/** Lets this tab be the one that edits. */
async function takeOver(page: Page): Promise<void> {
  const editHere = page.getByRole("button", { name: "Edit here" });
  if (!(await editHere.isVisible())) return;
  await editHere.click();
  await editHere.waitFor({ state: "detached" });
  await settled(page);
}

e2e(
  `${edits} random edits in two tabs: nothing that was called saved is lost`,
  async (app) => {
    const { page, context, address } = app;
    const draw = new Draw(11);
    await openText(app, "tabs.yaml", text);
    await saved(page);
    const second = await context.newPage();
    second.on("pageerror", (error) => app.errors.push(error.stack ?? error.message));
    await second.goto(address);
    await settled(second);
    const tabs = [page, second];

    const added: string[] = [];
    const images = ["busybox:1"];
    let acknowledged = { added: 0, images: 1 };
    let [turns, reloads] = [0, 0];
    let tab = page;
    for (let edit = 0; edit < edits; edit++) {
      if (draw.chance(0.12)) {
        tab = tabs[1 - tabs.indexOf(tab)] as Page;
        turns += 1;
        await settled(tab);
      }
      await takeOver(tab);
      const count = await tasksShown(tab);
      expect(count, `edit ${edit}: the tab that takes over has what the other one did`).toBe(1 + added.length);
      if (draw.chance(0.75)) {
        const name = `e${edit}`;
        await tab
          .getByRole("main", { name: "Canvas" })
          .focus()
          .catch(() => undefined);
        await pasteText({ page: tab }, `tasks:\n- {name: ${name}, template: work}\nx-dagwright: {version: 1, layout: {}}\n`);
        await expect.poll(() => tasksShown(tab), { timeout: 10_000 }).toBe(count + 1);
        added.push(name);
      } else {
        const image = `registry.example/e${edit}:1`;
        await tab.keyboard.press("Escape");
        await selectTarget(tab);
        await setting(tab, "Image").fill(image);
        images.push(image);
      }
      if (draw.chance(0.3)) {
        await saved(tab);
        acknowledged = { added: added.length, images: images.length };
      }
      if (draw.chance(0.03)) {
        await saved(tab);
        acknowledged = { added: added.length, images: images.length };
        await tab.reload();
        await settled(tab);
        reloads += 1;
      }
    }
    await saved(tab);
    acknowledged = { added: added.length, images: images.length };

    for (const one of tabs) {
      await one.reload();
      await settled(one);
    }
    await takeOver(page);
    const out = await exportedText({ page });
    for (const name of added.slice(0, acknowledged.added)) expect(out).toContain(`name: ${name},`);
    expect(await tasksShown(page)).toBe(1 + added.length);
    // Typed a moment before the reload it may be a draft still, which is in its field again.
    await selectTarget(page);
    expect(await setting(page, "Image").inputValue()).toBe(images[acknowledged.images - 1]);
    expect(checkDocument(openDocument(out)).filter(({ level }) => level === "error")).toEqual([]);
    console.info(`two tabs: ${edits} edits, ${turns} changes of the tab, ${reloads} reloads`);
  },
  { timeout: 60_000 + edits * 2_000 },
);

/** Selects the task, which may be out of view by now, by its name. */
async function selectTarget(page: Page): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: /Find or run/ }).fill("@target");
  await page.keyboard.press("Enter");
  await box(page, "target").waitFor();
}
