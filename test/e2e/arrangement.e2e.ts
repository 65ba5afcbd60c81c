import { expect } from "vitest";
import { box, exportedText, openText, settled, e2e } from "./harness.ts";
import { chain as text } from "#test/fixtures/pipelines.ts";

e2e("a task taken out of a chain leaves its neighbours joined", async (app) => {
  const { page } = app;
  await openText(app, "chain.yaml", text);
  await box(page, "second").click();
  await page.keyboard.press("Control+Delete");
  await box(page, "second").waitFor({ state: "detached" });
  await settled(page);
  const out = await exportedText(app);
  expect(out).toContain(
    '{name: third, template: work, dependencies: [first], arguments: {parameters: [{name: size, value: "{{tasks.first.outputs.parameters.out}}"}]}}',
  );
  await page.keyboard.press("Control+z");
  await box(page, "second").waitFor();
  await settled(page);
  expect(await exportedText(app)).toBe(text);
});

e2e(
  "tasks are copied and pasted as YAML that people can read",
  async (app) => {
    const { page } = app;
    await openText(app, "chain.yaml", text);
    await box(page, "second").click();
    await box(page, "third").click({ modifiers: ["Shift"] });
    await page.keyboard.press("Control+c");
    await page.getByText("2 tasks copied").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^# Tasks of a pipeline[^]*tasks:[^]*templates:/);
    await page.keyboard.press("Control+v");
    await box(page, "third-2").waitFor();
    await settled(page);
    const out = await exportedText(app);
    expect(out).toContain("{{tasks.second-2.outputs.parameters.out}}");
    expect(out.match(/- name: work/g)).toHaveLength(1);
  },
  { clipboard: true },
);
