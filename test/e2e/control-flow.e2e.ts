import type { Page } from "playwright-core";
import { expect } from "vitest";
import { box, drag, exportedText, openText, settled, type App, e2e } from "./harness.ts";
import { plainScript as script } from "#test/fixtures/pipelines.ts";

async function begin({ page }: App): Promise<void> {
  await box(page, "Train").first().waitFor();
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Open", exact: true }).click()]);
  await chooser.setFiles({ name: "plain.py", mimeType: "text/x-python", buffer: Buffer.from(script) });
  await box(page, "Flip").waitFor();
}

/** An entry of the menu of a box, pressed on its title. */
async function choose(page: Page, task: string, entry: RegExp): Promise<void> {
  await box(page, task).click({ button: "right", position: { x: 60, y: 14 } });
  await page.getByRole("menuitem", { name: entry }).click();
}

e2e("a key of a loop's items is a port, and a wire from it feeds the task inside", async (app) => {
  const { page } = app;
  await begin(app);
  await choose(page, "Work", /Put into a loop/);
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "A list of items" }).fill('[{"name": "a", "rate": 1}, {"name": "b", "rate": 2}]');
  await dialog.getByRole("button", { name: "Put into a loop" }).click();
  await box(page, "Loop 1").dblclick({ position: { x: 300, y: 70 } });
  const port = (name: string) => page.getByRole("main", { name: "Canvas" }).getByLabel(name).first();
  await drag(page, port("output item.name (parameter)"), port("input item (parameter, String)"));
  await app.screenshot("loop item wired");
  await settled(page);
  const text = await exportedText(app);
  expect(text).toContain("- name: loop-item-param-1-subvar-name\n            value: '{{item.name}}'");
  expect(text).toContain("withItems:");
});

const existing = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: existing-}
spec:
  entrypoint: main
  arguments: {parameters: [{name: deploy, value: "yes"}]}
  templates:
  - name: main
    dag:
      tasks:
      - {name: first, template: step}
      - name: again # nightly
        template: step
        dependencies: [first]
        withItems: [a, b]
  - name: step
    container: {image: busybox}
`;

e2e("an existing loop opens in its form, a condition is dropped on a task, and an order is taken away in the inspector", async (app) => {
  const { page, screenshot } = app;
  await openText(app, "existing.yaml", existing);
  await box(page, "again").click();
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await inspector.getByRole("button", { name: "Loop settings…" }).click();
  const items = page.getByRole("dialog").getByRole("textbox", { name: "A list of items" });
  expect(await items.inputValue()).toBe("a\nb");
  await items.fill("a\nb\nc");
  await page.keyboard.press("Control+Enter");
  await settled(page);
  await inspector.getByRole("list", { name: "Runs after" }).scrollIntoViewIfNeeded();
  await screenshot("runs after");
  await inspector.getByRole("button", { name: "No longer run after “first”" }).click();
  await settled(page);
  const changed = await exportedText(app);
  expect(changed).toBe(existing.replace("[a, b]", "[a, b, c]").replace("        dependencies: [first]\n", ""));
  await page.locator('[data-entry="group:condition"]').dragTo(box(page, "first"));
  const form = page.getByRole("dialog");
  await form.getByRole("textbox", { name: "Compared with" }).fill("yes");
  await screenshot("condition form");
  await page.keyboard.press("Enter");
  await settled(page);
  expect(await exportedText(app)).toContain('when: "\\"{{workflow.parameters.deploy}}\\" == \\"yes\\""');
  await page.keyboard.press("n");
  await screenshot("quick add");
  await page.keyboard.press("Escape");
});
