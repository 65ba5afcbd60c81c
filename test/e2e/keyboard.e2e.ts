import type { Page } from "playwright-core";
import { expect } from "vitest";
import { checkDocument, openDocument } from "#compiler/index.ts";
import { box, exportedText, openText, settled, e2e } from "./harness.ts";

const text = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: keys-}
spec:
  entrypoint: main
  templates:
  - name: main
    dag:
      tasks:
      - {name: one, template: give}
      - {name: two, template: take, arguments: {parameters: [{name: size, value: "1"}]}}
  - name: give
    container: {image: busybox}
    outputs: {parameters: [{name: out, valueFrom: {path: /tmp/out}}]}
  - name: take
    inputs: {parameters: [{name: size}]}
    container: {image: busybox, args: ["{{inputs.parameters.size}}"]}
`;

/** The name of what has the focus. */
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "");

/** Presses Tab until something of that name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let turn = 0; turn < 60; turn++) {
    if (name.test(await focused(page))) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never came to ${String(name)}`);
}

e2e("without a pointer: go to a task, connect it, rename it, delete and undo", async (app) => {
  const { page } = app;
  await openText(app, "keys.yaml", text);
  await box(page, "one").waitFor();
  await tabTo(page, /^(one|two)$/);
  await page.keyboard.press("Home");
  expect(await focused(page)).toBe("one");
  await page.keyboard.press("c");
  const list = page.getByRole("dialog", { name: /Connect/ });
  await list.getByRole("option", { name: /two/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("1 wire", { exact: false }).waitFor();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => focused(page)).toBe("two");
  await page.keyboard.press("F2");
  await page.keyboard.type("second");
  await page.keyboard.press("Enter");
  await box(page, "second").waitFor();
  await settled(page);
  const named = await exportedText(app);
  expect(named).toContain("name: second");
  expect(named).toContain("{{tasks.one.outputs.parameters.out}}");
  expect(checkDocument(openDocument(named)).filter(({ level }) => level === "error")).toEqual([]);
  await box(page, "second").focus();
  await page.keyboard.press("Delete");
  await box(page, "second").waitFor({ state: "detached" });
  await page.keyboard.press("Control+z");
  await box(page, "second").waitFor();
  await settled(page);
  expect(await exportedText(app)).toBe(named);
});

e2e("F6 walks through the parts of the page, F8 through the problems", async (app) => {
  const { page } = app;
  await openText(app, "keys.yaml", text.replace("template: give", "template: gone"));
  await settled(page);
  await page.keyboard.press("F8");
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-box"))).toMatch(/one$/);
  const seen = new Set<string>();
  for (let turn = 0; turn < 3; turn++) {
    await page.keyboard.press("F6");
    seen.add(await page.evaluate(() => document.activeElement?.closest(".app > *")?.className.split(" ")[0] ?? "none"));
  }
  expect([...seen].toSorted()).toEqual(["right", "status", "top"]);
});

e2e("keys pressed without waiting draw a pipeline: nothing that is typed is lost, and the focus is never on the body", async (app) => {
  const { page } = app;
  const { keyboard } = page;
  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await keyboard.press(key);
  };
  // Where the focus is whenever a key comes, and after everything that it does.
  await page.evaluate(() => {
    const lost: string[] = [];
    Object.assign(window, { lost });
    const look = (when: string) => {
      if (document.activeElement === null || document.activeElement === document.body) lost.push(when);
    };
    window.addEventListener("keydown", ({ key }) => look(`before ${key}`), true);
    window.addEventListener("keyup", ({ key }) => look(`after ${key}`), true);
  });
  await page.getByRole("button", { name: "New", exact: true }).focus();
  // The new pipeline opens, quick add opens, a step is chosen, and another one.
  await press("Enter", "n");
  await keyboard.type("container");
  await press("Enter", "n");
  await keyboard.type("script");
  await press("Enter");
  expect(await focused(page)).toBe("script-1");
  await press("Delete");
  expect(await focused(page)).toBe("container-1");
  await press("Control+z");
  expect(await focused(page)).toBe("script-1");
  await press("F2");
  await keyboard.type("second");
  await press("Enter");
  expect(await focused(page)).toBe("second");
  // The command palette takes what is typed from the first key on.
  await press("Control+k");
  await keyboard.type("put into a loop");
  await press("Enter", "Control+Enter");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("data-box"))).toMatch(/^pipeline\/for-loop/);
  // Python's editor loads when it is first opened: keys that come before it wait for it.
  await press("Control+k");
  await keyboard.type("write a python");
  await press("Enter", "Control+Home");
  await keyboard.type("# early");
  await expect.poll(() => page.getByRole("textbox", { name: "Python code" }).innerText()).toMatch(/^# early/);
  await press("Control+Home", "Shift+End", "Delete");
  await press("Escape", "Escape");
  await settled(page);
  expect(await page.evaluate(() => (window as unknown as { lost: string[] }).lost)).toEqual([]);
});

e2e("the first step comes from a button of the empty pipeline, by keys alone, and takes keys at once", async ({ page }) => {
  const { keyboard } = page;
  await page.getByRole("button", { name: "New", exact: true }).focus();
  await keyboard.press("Enter");
  await settled(page);
  await tabTo(page, /^Run a container$/);
  await keyboard.press("Enter");
  expect(await focused(page)).toBe("container-1");
  await keyboard.press("Delete");
  await keyboard.press("n");
  await keyboard.type("script");
  await keyboard.press("Enter");
  expect(await focused(page)).toBe("script-1");
});
