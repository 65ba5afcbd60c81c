import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { checkDocument, openDocument } from "#compiler/index.ts";
import { findBox, noBox, press, runCommand, select, settled, showPage } from "./user-page.tsx";
import { chain as text } from "#test/fixtures/pipelines.ts";

const errors = (out: string) => checkDocument(openDocument(out)).filter(({ level }) => level === "error");
const gone = (name: string) => waitFor(() => expect(screen.queryByRole("dialog", { name })).toBeNull());

test("tasks are put into a condition, and taken out again", async () => {
  const page = await showPage(text);
  await select("third");
  await runCommand("Put into a condition");
  const dialog = within(await screen.findByRole("dialog", { name: "Run only if" }));
  const values = dialog.getByRole("combobox", { name: "Value" });
  await page.user.selectOptions(values, "mode");
  fireEvent.change(dialog.getByRole("textbox", { name: "Compared with" }), { target: { value: "fast" } });
  await page.user.click(dialog.getByRole("button", { name: "Put into a condition" }));
  await gone("Run only if");
  await settled();
  const out = await page.exportedText();
  expect(out).toMatch(/when: .*mode.*== .*fast/);
  expect(errors(out)).toEqual([]);
  await runCommand("Ungroup");
  await findBox("third");
  await settled();
  expect(errors(await page.exportedText())).toEqual([]);
});

test("tasks are put into a loop over items, and into a group by key", async () => {
  const page = await showPage(text);
  await select("third");
  await runCommand("Put into a loop");
  const dialog = within(await screen.findByRole("dialog", { name: "Run for each" }));
  fireEvent.change(dialog.getByRole("textbox", { name: "A list of items" }), { target: { value: "a\nb" } });
  await page.user.click(dialog.getByRole("button", { name: "Put into a loop" }));
  await gone("Run for each");
  await settled();
  await select("first");
  await select("second", { shift: true });
  press("g", { ctrlKey: true });
  await waitFor(() => expect(noBox("first")).toBe(true));
  await settled();
  const out = await page.exportedText();
  expect(out).toMatch(/withItems/);
  expect(errors(out)).toEqual([]);
});
