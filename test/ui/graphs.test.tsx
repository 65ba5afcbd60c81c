import { fireEvent, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { box, canvas, findBox, press, showPage } from "./user-page.tsx";
import { nested as text } from "#test/fixtures/pipelines.ts";

test("a graph that calls itself is marked and never unrolled", async () => {
  await showPage(text);
  fireEvent.doubleClick(box("again"));
  await findBox("round");
  expect((await screen.findAllByText("calls itself", { exact: false })).length).toBeGreaterThan(0);
});

test("templates that no task leads to wait in a tray and can be looked at", async () => {
  await showPage(text);
  expect(screen.getByText("Not called", { exact: false })).toBeInTheDocument();
  fireEvent.click(within(canvas()).getByRole("button", { name: /^unused/ }));
  await findBox("nobody-calls-me");
});

test("the outline lists every task of every graph, leads to it and renames it", async () => {
  await showPage(text);
  fireEvent.click(screen.getByRole("button", { name: "Outline" }));
  const tree = within(await screen.findByRole("tree", { name: "Outline" }));
  fireEvent.click(tree.getByRole("treeitem", { name: "bottom" }));
  await findBox("bottom");
  expect(screen.getByRole("navigation", { name: "Path" }).textContent).toMatch(/middle[^]*deep/);
  const item = tree.getByRole("treeitem", { name: "bottom" });
  item.focus();
  press("F2");
  fireEvent.change(await screen.findByRole("textbox", { name: /New name/ }), { target: { value: "lowest" } });
  press("Enter");
  expect(await tree.findByRole("treeitem", { name: "lowest" })).toBeInTheDocument();
});
