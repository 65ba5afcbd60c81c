import type { Page } from "playwright-core";
import { expect } from "vitest";
import { checkDocument, openDocument } from "#compiler/index.ts";
import { box, drag, dropFile, exportedText, openText, pasteText, settled, e2e } from "./harness.ts";

const component = `name: Count rows
inputs: [{name: rows}]
implementation:
  container: {image: busybox, command: [wc, -l, {inputPath: rows}]}
`;

const onlyParameters = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: begun-}
spec:
  entrypoint: main
  arguments: {parameters: [{name: epochs, value: "3"}]}
  templates:
  - name: main
    dag: {tasks: []}
`;

const canvas = (page: Page) => page.getByRole("main", { name: "Canvas" });
const emptyMessage = (page: Page) => page.getByRole("heading", { name: "Add a first task" });

async function beginEmpty(page: Page): Promise<void> {
  await page.getByRole("button", { name: "New", exact: true }).click();
  await emptyMessage(page).waitFor();
  await settled(page);
}

e2e(
  "the first gesture: the empty canvas takes what is dragged from the palette where it is dropped, files, text and double clicks",
  async (app) => {
    const { page } = app;
    await beginEmpty(page);
    const entry = page
      .getByRole("complementary", { name: "Palette" })
      .getByRole("button", { name: /Container step/ })
      .first();
    // Onto the message itself: it must not be in the way.
    const message = await emptyMessage(page).boundingBox();
    if (!message) throw new Error("the empty canvas shows no message");
    const at = { x: message.x + message.width / 2, y: message.y + message.height / 2 };
    await drag(page, entry, at);
    await box(page, "container-1").waitFor();
    await settled(page);
    const placed = await box(page, "container-1").boundingBox();
    if (!placed) throw new Error("the new task is not in view");
    expect(Math.hypot(placed.x - at.x, placed.y - at.y), "distance from where it was dropped").toBeLessThan(300);
    const document = openDocument(await exportedText(app));
    expect(checkDocument(document).filter(({ level }) => level === "error")).toEqual([]);

    // A file dropped there, and text pasted there, are taken in.
    await beginEmpty(page);
    await pasteText(app, component);
    await box(page, "Count rows").waitFor();
    await beginEmpty(page);
    await dropFile(app, "main h2", "count.yaml", component);
    await box(page, "Count rows").waitFor();

    // A double click on its message opens quick add there.
    await beginEmpty(page);
    await emptyMessage(page).dblclick({ force: true });
    const field = page.getByRole("combobox", { name: "Add a task" });
    await field.fill("container");
    await field.press("Enter");
    await box(page, "container-1").waitFor();
  },
);

e2e("a wire from a pipeline parameter ends on the empty canvas and asks for a task there", async (app) => {
  const { page } = app;
  await openText(app, "begun.yaml", onlyParameters);
  const message = await emptyMessage(page).boundingBox();
  if (!message) throw new Error("the empty canvas shows no message");
  const begun = await box(page, "Pipeline parameters").boundingBox();
  expect(message.y).toBeGreaterThan((begun?.y ?? Number.POSITIVE_INFINITY) + (begun?.height ?? 0));
  // Onto the sentence below the heading.
  const at = { x: message.x + message.width / 2, y: message.y + message.height + 16 };
  await drag(page, canvas(page).getByRole("button", { name: /output epochs/ }), at);
  await page.getByRole("combobox", { name: "Add a task" }).waitFor();
});
