import { expect } from "vitest";
import { checkDocument, openDocument } from "#compiler/index.ts";
import { box, exportedText, openText, settled, story, type Story } from "./harness.ts";

const text = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: chain-}
spec:
  entrypoint: main
  arguments: {parameters: [{name: mode, value: fast}]}
  templates:
  - name: main
    dag:
      tasks:
      - {name: first, template: work, arguments: {parameters: [{name: size, value: "1"}]}}
      - {name: second, template: work, dependencies: [first], arguments: {parameters: [{name: size, value: "{{tasks.first.outputs.parameters.out}}"}]}}
      - {name: third, template: work, dependencies: [second], arguments: {parameters: [{name: size, value: "{{tasks.second.outputs.parameters.out}}"}]}}
  - name: work
    inputs: {parameters: [{name: size}]}
    outputs: {parameters: [{name: out, valueFrom: {path: /tmp/out}}]}
    container: {image: busybox, args: ["{{inputs.parameters.size}}"]}
`;

async function command(told: Story, name: string): Promise<void> {
  await told.page.keyboard.press("Control+k");
  await told.page.getByRole("combobox", { name: /Find or run/ }).fill(`>${name}`);
  await told.page.keyboard.press("Enter");
}

const errors = (out: string) => checkDocument(openDocument(out)).filter(({ level }) => level === "error");

story("a task taken out of a chain leaves its neighbours joined", async (told) => {
  const { page } = told;
  await openText(told, "chain.yaml", text);
  await box(page, "second").click();
  await page.keyboard.press("Control+Delete");
  await box(page, "second").waitFor({ state: "detached" });
  await settled(page);
  const out = await exportedText(told);
  expect(out).toContain(
    '{name: third, template: work, dependencies: [first], arguments: {parameters: [{name: size, value: "{{tasks.first.outputs.parameters.out}}"}]}}',
  );
  await page.keyboard.press("Control+z");
  await box(page, "second").waitFor();
  await settled(page);
  expect(await exportedText(told)).toBe(text);
});

story(
  "tasks are copied and pasted as YAML that people can read",
  async (told) => {
    const { page } = told;
    await openText(told, "chain.yaml", text);
    await box(page, "second").click();
    await box(page, "third").click({ modifiers: ["Shift"] });
    await page.keyboard.press("Control+c");
    await page.getByText("2 tasks copied").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^# Tasks of a pipeline[^]*tasks:[^]*templates:/);
    await page.keyboard.press("Control+v");
    await box(page, "third-2").waitFor();
    await settled(page);
    const out = await exportedText(told);
    expect(out).toContain("{{tasks.second-2.outputs.parameters.out}}");
    expect(out.match(/- name: work/g)).toHaveLength(1);
  },
  { clipboard: true },
);

story("tasks are put into a condition, and taken out again", async (told) => {
  const { page } = told;
  await openText(told, "chain.yaml", text);
  await box(page, "third").click();
  await command(told, "Put into a condition");
  const dialog = page.getByRole("dialog", { name: "Run only if" });
  await dialog.getByRole("combobox", { name: "Value" }).selectOption({ label: "mode" });
  await dialog.getByRole("textbox", { name: "Compared with" }).fill("fast");
  await dialog.getByRole("button", { name: "Put into a condition" }).click();
  await dialog.waitFor({ state: "detached" });
  await settled(page);
  const out = await exportedText(told);
  expect(out).toMatch(/when: .*mode.*== .*fast/);
  expect(errors(out)).toEqual([]);
  await command(told, "Ungroup");
  await box(page, "third").waitFor();
  await settled(page);
  expect(errors(await exportedText(told))).toEqual([]);
});

story("tasks are put into a loop over items, and into a group by key", async (told) => {
  const { page } = told;
  await openText(told, "chain.yaml", text);
  await box(page, "third").click();
  await command(told, "Put into a loop");
  const dialog = page.getByRole("dialog", { name: "Run for each" });
  await dialog.getByRole("textbox", { name: "A list of items" }).fill("a\nb");
  await dialog.getByRole("button", { name: "Put into a loop" }).click();
  await dialog.waitFor({ state: "detached" });
  await box(page, "first").click();
  await box(page, "second").click({ modifiers: ["Shift"] });
  await page.keyboard.press("Control+g");
  await box(page, "first").waitFor({ state: "detached" });
  await settled(page);
  const out = await exportedText(told);
  expect(out).toMatch(/withItems/);
  expect(errors(out)).toEqual([]);
});
