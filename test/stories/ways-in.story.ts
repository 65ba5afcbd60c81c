import { expect } from "vitest";
import { box, dropFile, exportedText, open, openText, pasteText, setting, settled, story } from "./harness.ts";

const text = `# kept as it is
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: drop-}
spec:
  entrypoint: main
  templates:
  - name: main
    dag:
      tasks:
      - {name: one, template: work}
      - {name: two, template: work, dependencies: [one]}
  - name: work
    container: {image: "busybox:1"}
`;

story("a file dropped anywhere is opened, also on a panel", async (told) => {
  const { page } = told;
  await box(page, "Prepare data").waitFor();
  await dropFile(told, ".left", "dropped.yaml", text);
  await box(page, "two").waitFor();
  await page.locator(".docname").getByText("dropped.yaml").waitFor();
  expect(await exportedText(told)).toBe(text);
});

story("YAML pasted onto the page is opened; pasted into a field it stays text", async (told) => {
  const { page } = told;
  await box(page, "Prepare data").click();
  await pasteText(told, text);
  await box(page, "one").waitFor();
  expect(await exportedText(told)).toBe(text);
  await page.getByRole("searchbox", { name: "Search components" }).focus();
  await pasteText(told, text.replaceAll("two", "three"));
  await settled(page);
  expect(await box(page, "three").count()).toBe(0);
});

story("what was not exported is there again after a reload, with its undone lines told", async (told) => {
  const { page } = told;
  await openText(told, "kept.yaml", text);
  await box(page, "one").click();
  await setting(page, "Image").fill("busybox:2");
  await setting(page, "Image").press("Enter");
  await page.getByRole("button", { name: "1 line changed" }).waitFor();
  await settled(page);
  await page.getByRole("status").getByText("Saved", { exact: true }).waitFor();
  await page.reload();
  await box(page, "one").click();
  expect(await setting(page, "Image").inputValue()).toBe("busybox:2");
  await page.getByRole("button", { name: "1 line changed" }).waitFor();
  expect(await exportedText(told)).toBe(text.replace("busybox:1", "busybox:2"));
});

story("a file with several workflows shows one at a time; a change goes into the one shown", async (told) => {
  const { page } = told;
  const second = text
    .replace("# kept as it is\n", "")
    .replace("drop-", "second-")
    .replaceAll("one", "first")
    .replaceAll("busybox:1", "alpine:3");
  await openText(told, "both.yaml", `${text}---\n${second}`);
  await box(page, "one").waitFor();
  await page.getByRole("combobox", { name: "Workflow of this file" }).selectOption({ index: 1 });
  await box(page, "first").click();
  await setting(page, "CPU limit").fill("2");
  await setting(page, "CPU limit").press("Enter");
  await page.getByRole("button", { name: /lines? changed/ }).waitFor();
  await settled(page);
  const out = await exportedText(told);
  expect(out.startsWith(`${text}---\n`)).toBe(true);
  expect(out).toContain("cpu");
});

story("two pages of one browser: what was kept last is opened, and older pipelines are found by name", async (told) => {
  const { page } = told;
  await openText(told, "older.yaml", text);
  await page.getByRole("status").getByText("Saved", { exact: true }).waitFor();
  await openText(told, "newer.yaml", text.replaceAll("two", "late"));
  await box(page, "late").waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: /Find or run/ }).fill("older");
  await page.getByRole("option", { name: /older\.yaml/ }).click();
  await box(page, "two").waitFor();
});

story("nothing is asked of the network but the page itself", async () => {
  const { story: told, close } = await open();
  const asked: string[] = [];
  told.page.on("request", (request) => asked.push(request.url()));
  await openText(told, "a.yaml", text);
  await box(told.page, "one").click();
  await told.page.getByRole("contentinfo").getByRole("button", { name: "YAML" }).click();
  await settled(told.page);
  expect(asked.filter((url) => !url.startsWith(told.address) && !url.startsWith("blob:") && !url.startsWith("data:"))).toEqual([]);
  await close();
});
