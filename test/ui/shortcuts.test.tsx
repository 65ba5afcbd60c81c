import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { commands } from "#editor/commands/all.ts";
import { focusKeys } from "#editor/commands/canvas.ts";
import { translator } from "#messages/index.ts";
import { ShortcutsDialog } from "#ui/dialogs/shortcuts.tsx";
import { renderPart } from "./page.tsx";
import { box, press, settled, showPage } from "./user-page.tsx";

const t = translator("en");

test("the shortcut sheet lists every command with a key and the keys of the canvas", async () => {
  const { user } = await renderPart(<ShortcutsDialog onClose={vi.fn()} />);
  const sheet = screen.getByRole("region", { name: "Keyboard shortcuts" });
  const names = [
    ...commands.filter(({ keys }) => keys.length > 0).map(({ id }) => t(`command-${id}`)),
    ...focusKeys.map(({ id }) => t(`key-${id}`)),
  ];
  for (const name of names) expect(within(sheet).getByText(name)).toBeInTheDocument();
  await user.type(screen.getByRole("searchbox"), "wires");
  expect(within(sheet).getByText("List wires").parentElement).toHaveTextContent(/W$/);
  expect(within(sheet).queryByText("Export")).toBeNull();
});

test("what a key of the canvas does can also be chosen in the command palette", async () => {
  const { editor } = await showPage();
  act(() => box("a").focus());
  act(() =>
    editor.session({
      selection: [
        editor.store
          .getState()
          .document.model.objects.flatMap((one) => (one.kind === "workflow" ? one.templates.flatMap(({ tasks }) => tasks) : []))
          .find(({ name }) => name === "a")!.id,
      ],
    }),
  );
  press("k", { ctrlKey: true });
  const input = screen.getByRole("combobox", { name: "Find or run a command" });
  fireEvent.change(input, { target: { value: "run after" } });
  const option = await screen.findByRole("option", { name: /Run after…/ });
  expect(option).toHaveTextContent("Shift+C");
  fireEvent.click(option);
  await settled();
  await waitFor(() => expect(screen.getByRole("listbox", { name: /after/i })).toBeInTheDocument());
});
