import { expect } from "vitest";
import { box, exportedText, openText, setting, settled, e2e } from "./harness.ts";

/** A thousand tasks, each fed by two before it. */
const tasks = Array.from({ length: 1_000 }, (_, index) => {
  const before = [index - 1, index - 7].filter((one) => one >= 0);
  return `      - {name: task-${index}, template: work${before.length > 0 ? `, dependencies: [${before.map((one) => `task-${one}`).join(", ")}]` : ""}, arguments: {parameters: [{name: n, value: "${index}"}]}}\n`;
});
const templates = Array.from(
  { length: 20 },
  (_, index) =>
    `  - name: work-${index}\n    inputs: {parameters: [{name: n}]}\n    container: {image: "registry.example/work:${index}", args: ["{{inputs.parameters.n}}"]}\n`,
);
const text = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: wide-}
spec:
  entrypoint: main
  templates:
  - name: main
    dag:
      tasks:
${tasks.map((line, index) => line.replace("template: work", `template: work-${index % 20}`)).join("")}${templates.join("")}`;

e2e("a thousand tasks are opened, moved over, searched, edited and undone", async (app) => {
  const { page } = app;
  await openText(app, "wide.yaml", text);
  await page.getByText("1,000 tasks").or(page.getByText("1000 tasks")).waitFor();
  const canvas = page.getByRole("main", { name: "Canvas" });
  await canvas.locator("[data-box]").first().waitFor({ state: "attached" });
  const area = await canvas.boundingBox();
  if (!area) throw new Error("no canvas");
  await page.mouse.move(area.x + area.width / 2, area.y + area.height / 2);
  for (let turn = 0; turn < 10; turn++) await page.mouse.wheel(120, 60);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: /Find or run/ }).fill("@task-777");
  await page.keyboard.press("Enter");
  await box(page, "task-777").waitFor();
  expect(await canvas.locator("[data-box]").count(), "only what is in view is mounted").toBeLessThan(250);
  await setting(page, "Memory limit").fill("2Gi");
  await setting(page, "Memory limit").press("Enter");
  await page.getByRole("button", { name: /lines? changed/ }).waitFor();
  await settled(page);
  const edited = await exportedText(app);
  expect(edited).toContain("memory: 2Gi");
  expect(edited.split("\n").length - text.split("\n").length).toBeLessThan(4);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: /lines? changed/ }).waitFor();
  await settled(page);
  expect(await exportedText(app)).toBe(text);
});
