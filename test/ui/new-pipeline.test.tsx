import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { findBox, settled, showPage } from "./user-page.tsx";

const toolbar = () => within(screen.getByRole("banner", { name: "Toolbar" }));

test("a new pipeline shows no error, and is not called ready either", async () => {
  const page = await showPage();
  fireEvent.click(screen.getByRole("button", { name: "New" }));
  const state = await toolbar().findByRole("button", { name: "No tasks yet" });
  expect(toolbar().queryByRole("img", { name: "Error" })).toBeNull();
  expect(within(screen.getByRole("contentinfo")).queryByRole("img")).toBeNull();

  // The list has the hint, and Export asks.
  fireEvent.click(state);
  const problems = within(await screen.findByRole("region", { name: "Problems" }));
  expect(await problems.findByText(/has no tasks/)).toBeVisible();
  fireEvent.click(screen.getByRole("button", { name: "Export" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(await dialog.findByText(/has no tasks/)).toBeVisible();
  fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape", code: "Escape" });
  await settled();

  fireEvent.click(await screen.findByRole("button", { name: "Run a container" }));
  await findBox("container-1");
  await waitFor(() => expect(toolbar().getByRole("button", { name: "Ready" })).toBeVisible());
  expect(page.editor.store.getState().document.diagnostics).toEqual([]);
});
