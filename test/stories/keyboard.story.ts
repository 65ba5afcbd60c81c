import type { Page } from "playwright-core";
import { expect } from "vitest";
import { checkDocument, openDocument } from "#compiler/index.ts";
import { box, exportedText, openText, settled, story } from "./harness.ts";

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

story("without a pointer: go to a task, connect it, rename it, delete and undo", async (told) => {
  const { page } = told;
  await openText(told, "keys.yaml", text);
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
  const named = await exportedText(told);
  expect(named).toContain("name: second");
  expect(named).toContain("{{tasks.one.outputs.parameters.out}}");
  expect(checkDocument(openDocument(named)).filter(({ level }) => level === "error")).toEqual([]);
  await box(page, "second").focus();
  await page.keyboard.press("Delete");
  await box(page, "second").waitFor({ state: "detached" });
  await page.keyboard.press("Control+z");
  await box(page, "second").waitFor();
  await settled(page);
  expect(await exportedText(told)).toBe(named);
});

story("Ctrl and Cmd do the same, and a Korean keyboard finds the letters by their place", async (told) => {
  const { page } = told;
  await openText(told, "keys.yaml", text);
  await box(page, "one").click();
  await page.keyboard.press("Meta+d");
  await page.getByText("3 tasks").waitFor();
  await page.keyboard.press("Meta+z");
  await page.getByText("2 tasks").waitFor();
  await page.keyboard.press("Control+y");
  await page.getByText("3 tasks").waitFor();
  await box(page, "two").focus();
  await page.evaluate(() =>
    document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key: "ㅜ", code: "KeyN", bubbles: true, cancelable: true })),
  );
  await page.getByRole("dialog", { name: "Add a task" }).waitFor();
  await page.keyboard.press("Escape");
});

story("F6 walks through the parts of the page, F8 through the problems", async (told) => {
  const { page } = told;
  await openText(told, "keys.yaml", text.replace("template: give", "template: gone"));
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
