import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { ServedFileDialog } from "#ui/dialogs/served-file.tsx";
import { smallWorkflow } from "../editor/outside.ts";
import { renderPart } from "./page.tsx";

describe("the message about the served file", () => {
  it("shows how a file that changed on disk differs, and reloads it as one step that undo takes back", async () => {
    const { editor } = await renderPart(<ServedFileDialog onClose={() => undefined} />);
    const before = editor.store.getState().document.text;
    const disk = smallWorkflow.replace('value: "100"', 'value: "200"');
    act(() => editor.session({ servedProblem: { problem: "changed", name: "w.yaml", text: disk } }));
    const dialog = screen.getByRole("dialog", { name: "“w.yaml” has changed on disk" });
    const lines = within(dialog).getByRole("region", { name: "Differences between the file on disk and this editor" });
    expect(lines.textContent).toContain("1 added, 1 removed");
    await userEvent.click(within(dialog).getByRole("button", { name: "Reload from disk" }));
    expect(await editor.settledText()).toBe(disk);
    await act(async () => {
      editor.undo();
      await editor.settledText();
    });
    expect(await editor.settledText()).toBe(before);
  });
  it("names the reason, and offers a copy first", async () => {
    const { editor } = await renderPart(<ServedFileDialog onClose={() => undefined} />);
    act(() => editor.session({ servedProblem: { problem: "not-permitted", name: "w.yaml", reason: "EACCES" } }));
    const dialog = screen.getByRole("dialog", { name: "You have no permission for “w.yaml”" });
    expect(dialog.textContent).toContain("The system refuses it (EACCES).");
    const buttons = within(dialog)
      .getAllByRole("button")
      .map((button) => button.textContent);
    expect(buttons.slice(-2)).toEqual(["Save as…", "Keep editing"]);
  });
});
