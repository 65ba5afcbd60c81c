import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { checkDocument, openDocument } from "#compiler/index.ts";
import { point } from "./canvas/canvas-page.tsx";
import { box, canvas, findBox, select, set, settled, showPage, type UserPage } from "./user-page.tsx";

const inspector = () => within(screen.getByRole("complementary", { name: "Inspector" }));
const port = (name: string) => within(canvas()).getByRole("button", { name });

async function declare(page: UserPage, direction: "input" | "output", kind: "parameter" | "artifact", name: string): Promise<void> {
  await page.user.selectOptions(await inspector().findByRole("combobox", { name: `Add ${direction}` }), kind);
  const field = inspector().getByRole("textbox", { name: `Add ${direction}` });
  fireEvent.change(field, { target: { value: name } });
  fireEvent.keyDown(field, { key: "Enter", code: "Enter" });
  await inspector().findByRole("textbox", { name: new RegExp(`${direction} ${name}`) });
}

async function begin(): Promise<UserPage> {
  const page = await showPage();
  fireEvent.click(screen.getByRole("button", { name: "New" }));
  await settled();
  fireEvent.click(await screen.findByRole("button", { name: "Run a container" }));
  await findBox("container-1");
  await settled();
  return page;
}

async function rename(from: string, to: string): Promise<void> {
  await select(from);
  await set("Name", to);
  await findBox(to);
}

/** Two steps, the first with a value and a file to give, the second with places for both. */
async function twoSteps(): Promise<UserPage> {
  const page = await begin();
  await rename("container-1", "prepare");
  await declare(page, "output", "parameter", "count");
  await declare(page, "output", "artifact", "rows");
  fireEvent.click(screen.getAllByRole("button", { name: /Container step/ })[0]!);
  await findBox("container-1");
  await rename("container-1", "train");
  await declare(page, "input", "parameter", "epochs");
  await declare(page, "input", "artifact", "data");
  await settled();
  return page;
}

async function wire(from: string, to: string): Promise<void> {
  const [start, end] = [port(from), port(to)];
  act(() => {
    point("pointerdown", start, [200, 90], { button: 0, buttons: 1 });
    point("pointermove", end, [320, 290], { buttons: 1 });
    point("pointerup", end, [320, 290], { button: 0, buttons: 0 });
  });
  await settled();
}

test("a wire that cannot work says why: a file is no value, and a cycle is no order", async () => {
  const page = await twoSteps();
  await wire("output rows (artifact)", "input epochs (parameter)");
  await within(canvas()).findAllByText(/“rows” of “prepare” is a file; “epochs” of “train” takes a value/);
  fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape", code: "Escape" });
  await wire("output count (parameter)", "input epochs (parameter)");
  await waitFor(() => expect(screen.getByRole("contentinfo")).toHaveTextContent("1 wire"));
  await select("train");
  await declare(page, "output", "parameter", "score");
  await select("prepare");
  await declare(page, "input", "parameter", "seed");
  await wire("output score (parameter)", "input seed (parameter)");
  await screen.findAllByText(/This would create a cycle/);
  fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape", code: "Escape" });
  await settled();
  expect(await page.exportedText()).not.toContain("tasks.train.outputs");
});

test("every step of drawing can be undone to the empty pipeline and done again", async () => {
  const page = await twoSteps();
  await wire("output count (parameter)", "input epochs (parameter)");
  await waitFor(() => expect(screen.getByRole("contentinfo")).toHaveTextContent("1 wire"));
  const drawn = await page.exportedText();
  const all = async (name: "Undo" | "Redo") => {
    const button = screen.getByRole("button", { name });
    while (!button.hasAttribute("disabled")) fireEvent.click(button);
    await settled();
  };
  await all("Undo");
  expect(screen.getByRole("button", { name: "Run a container" })).toBeInTheDocument();
  await all("Redo");
  expect(box("train")).toBeInTheDocument();
  expect(await page.exportedText()).toBe(drawn);
});

test("tasks may be named in any script, and the file still says which is which", async () => {
  const page = await begin();
  await rename("container-1", "데이터 준비");
  fireEvent.click(screen.getAllByRole("button", { name: /Container step/ })[0]!);
  await findBox("container-2");
  await rename("container-2", "데이터 정리");
  const text = await page.exportedText();
  expect(text).toContain("데이터 준비");
  expect(text).toContain("데이터 정리");
  expect(checkDocument(openDocument(text)).filter(({ level }) => level === "error")).toEqual([]);
});
