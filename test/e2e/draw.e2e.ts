import type { Page } from "playwright-core";
import { expect } from "vitest";
import { checkDocument, openDocument } from "#compiler/index.ts";
import { field, listField } from "#data/data.ts";
import { box, drag, exportedText, setting, settled, e2e } from "./harness.ts";

async function declare(page: Page, direction: "input" | "output", kind: "parameter" | "artifact", name: string): Promise<void> {
  const panel = page.getByRole("complementary", { name: "Inspector" });
  await panel.getByRole("combobox", { name: `Add ${direction}`, exact: true }).selectOption(kind);
  const text = panel.getByRole("textbox", { name: `Add ${direction}`, exact: true });
  await text.fill(name);
  await text.press("Enter");
  await panel.getByRole("textbox", { name: new RegExp(`${direction} ${name}`) }).waitFor();
}

async function begin(page: Page): Promise<void> {
  await page.getByRole("button", { name: "New", exact: true }).click();
  await page.getByRole("button", { name: "Run a container" }).click();
  await box(page, "container-1").waitFor();
}

async function rename(page: Page, from: string, to: string): Promise<void> {
  await box(page, from).click();
  await setting(page, "Name").fill(to);
  await setting(page, "Name").press("Enter");
  await box(page, to).waitFor();
}

/** Two steps, the first with a value and a file to give, the second with places for both. */
async function twoSteps(page: Page): Promise<void> {
  await begin(page);
  await rename(page, "container-1", "prepare");
  await declare(page, "output", "parameter", "count");
  await declare(page, "output", "artifact", "rows");
  await page
    .getByRole("complementary", { name: "Palette" })
    .getByRole("button", { name: /Container step/ })
    .first()
    .focus();
  await page.keyboard.press("Enter");
  await rename(page, "container-1", "train");
  await declare(page, "input", "parameter", "epochs");
  await declare(page, "input", "artifact", "data");
}

const port = (page: Page, name: string) => page.getByRole("main", { name: "Canvas" }).getByRole("button", { name });

e2e("a newcomer draws two container steps, wires a value and a file, and exports a Workflow without errors", async (app) => {
  const { page } = app;
  await twoSteps(page);
  await drag(page, port(page, "output count (parameter)"), port(page, "input epochs (parameter)"));
  await drag(page, port(page, "output rows (artifact)"), port(page, "input data (artifact)"));
  await page.getByText("2 wires").waitFor();
  await box(page, "train").click();
  await setting(page, "Image").fill("registry.example/train:2");
  await setting(page, "Image").press("Enter");
  await setting(page, "CPU limit").fill("2");
  await setting(page, "Memory limit").fill("4Gi");
  await setting(page, "GPU limit").fill("1");
  await setting(page, "GPU limit").press("Enter");
  await settled(page);
  const text = await exportedText(app);
  const document = openDocument(text);
  expect(checkDocument(document).filter(({ level }) => level === "error")).toEqual([]);
  const templates = listField(field(document.stream[0], "spec"), "templates");
  const named = (name: string) => templates.find((template) => field(template, "name") === name);
  const tasks = listField(field(named("pipeline"), "dag"), "tasks").toSorted((a, b) =>
    String(field(a, "name")) < String(field(b, "name")) ? -1 : 1,
  );
  expect(tasks).toEqual([
    { name: "prepare", template: "prepare" },
    {
      name: "train",
      template: "train",
      dependencies: ["prepare"],
      arguments: {
        parameters: [{ name: "epochs", value: "{{tasks.prepare.outputs.parameters.count}}" }],
        artifacts: [{ name: "data", from: "{{tasks.prepare.outputs.artifacts.rows}}" }],
      },
    },
  ]);
  expect(field(named("train"), "container")).toMatchObject({ image: "registry.example/train:2", resources: { limits: { memory: "4Gi" } } });
  expect(field(field(field(named("train"), "container"), "resources"), "limits")).toMatchObject({ "nvidia.com/gpu": 1 });
});
