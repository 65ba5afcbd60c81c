import { act, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { Editor } from "#editor/editor.ts";
import type { Edit } from "#pipeline/edit.ts";
import { HistoryDialog } from "#ui/dialogs/history.tsx";
import { smallWorkflow } from "../editor/outside.ts";
import { renderPart } from "./page.tsx";

const add = (name: string): Edit => ({ kind: "add-task", graph: "main", name, template: "work" });
const label = (name: string) => ({ code: "step-add", values: { name } });
const steps = (editor: Editor) => editor.store.getState().history;

describe("the history", () => {
  it("lists the steps by name, the latest above, and goes back and forth to the one chosen", async () => {
    const { editor, user } = await renderPart(<HistoryDialog onClose={vi.fn()} />, smallWorkflow, (editor) => {
      for (const name of ["one", "two", "three"]) editor.dispatch({ edits: [add(name)], label: label(name) });
    });
    const rows = () => screen.getAllByRole("listitem").map((row) => row.textContent ?? "");
    expect(rows().map((text) => /one|two|three|As opened/.exec(text)?.[0])).toEqual(["three", "two", "one", "As opened"]);
    expect(screen.getByRole("button", { current: "step" })).toHaveTextContent("three");
    await user.click(screen.getByRole("button", { name: /one/ }));
    expect(await act(() => editor.settledText())).not.toContain("name: two");
    expect(editor.store.getState().document.text).toContain("name: one");
    expect(screen.getByRole("button", { current: "step" })).toHaveTextContent("one");
    expect(screen.getByRole("button", { name: /three/ })).toHaveTextContent("undone");
    await user.click(screen.getByRole("button", { name: /As opened/ }));
    expect(await act(() => editor.settledText())).toBe(smallWorkflow);
    await user.click(screen.getByRole("button", { name: /three/ }));
    expect(await act(() => editor.settledText())).toContain("name: three");
    expect(steps(editor).past).toHaveLength(3);
  });

  it("says that older steps were dropped", async () => {
    const { editor } = await renderPart(<HistoryDialog onClose={vi.fn()} />);
    expect(screen.queryByText(/Older steps were dropped/)).toBeNull();
    act(() => editor.store.setState({ history: { past: [], future: [], isCut: true } }));
    expect(screen.getByText(/Older steps were dropped/)).toBeInTheDocument();
  });
});
