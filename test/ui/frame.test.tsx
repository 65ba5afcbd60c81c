import { act, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import Outline from "#ui/palette/outline.tsx";
import Palette from "#ui/palette/palette.tsx";
import Problems from "#ui/problems/problems.tsx";
import { StatusBar } from "#ui/status-bar.tsx";
import { TopBar } from "#ui/top-bar.tsx";
import { renderPart } from "./page.tsx";
import { smallWorkflow } from "../editor/outside.ts";

describe("the bar", () => {
  it("has the buttons that people and tests rely on", async () => {
    await renderPart(<TopBar />);
    for (const name of ["New", "Open", "Export", "Copy YAML", "Undo", "Redo", "Arrange", "Command palette"])
      expect(screen.getByRole("button", { name })).toBeInTheDocument();
  });

  it("undoes and redoes, and says what", async () => {
    const { editor, user } = await renderPart(<TopBar />);
    expect(screen.getByRole("button", { name: "Undo" })).toBeDisabled();
    act(() => void editor.dispatch({ edits: [{ kind: "rename-task", task: "main/a", name: "first" }] }));
    await act(() => editor.settledText());
    expect(screen.getByRole("button", { name: "Undo" }).title).toMatch(/^Undo: /);
    expect(screen.getByRole("button", { name: "3 lines changed" })).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect(await editor.settledText()).toBe(smallWorkflow);
    await user.click(screen.getByRole("button", { name: "Redo" }));
    expect(await editor.settledText()).toContain("name: first");
  });

  it("exports the current text", async () => {
    // Argo refuses a dag that says its order in both ways.
    const text = smallWorkflow.replace("dependencies: [a]", "depends: a");
    const { editor, user } = await renderPart(<TopBar />, text);
    await user.click(screen.getByRole("button", { name: "Export" }));
    const { downloads } = editor.outside as unknown as { downloads: { name: string; text: string }[] };
    await waitFor(() => expect(downloads).toHaveLength(1));
    expect(downloads).toEqual([{ name: "test.yaml", text }]);
  });

  it("speaks Korean", async () => {
    await renderPart(<TopBar />, smallWorkflow, (editor) => editor.session({ language: "ko" }));
    expect(screen.getByRole("button", { name: "내보내기" })).toBeInTheDocument();
  });
});

describe("the palette", () => {
  it("adds a step by Enter, and filters", async () => {
    const { editor, user } = await renderPart(<Palette />);
    screen.getByRole("button", { name: "Script step" }).focus();
    await user.keyboard("{Enter}");
    expect(await editor.settledText()).toContain("template: script-1");
    await user.type(screen.getByRole("searchbox"), "oth");
    expect(screen.getByRole("button", { name: "other" })).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "work" })).toBeNull();
    await user.type(screen.getByRole("searchbox"), "zzz");
    await user.click(screen.getByRole("button", { name: "Clear search" }));
    expect(screen.getByRole("button", { name: "work" })).toBeInTheDocument();
  });
});

describe("equal entries of the palette", () => {
  const twins = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: twins-, annotations: {pipelines.kubeflow.org/kfp_sdk_version: 1.8.22}}
spec:
  entrypoint: main
  templates:
  - {name: main, dag: {tasks: [{name: train, template: train}, {name: train-2, template: train-2}]}}
  - {name: train, metadata: {annotations: {pipelines.kubeflow.org/task_display_name: Train it}}, container: {image: a}}
  - {name: train-2, metadata: {annotations: {pipelines.kubeflow.org/task_display_name: Train it}}, container: {image: a}}
  - {name: score, metadata: {annotations: {pipelines.kubeflow.org/task_display_name: Score}}, container: {image: a}}
`;
  it("are distinguished by their identifiers; others show their names alone", async () => {
    await renderPart(<Palette />, twins);
    for (const name of ["Train it train", "Train it train-2", "Score"]) expect(screen.getByRole("button", { name })).toBeInTheDocument();
  });
});

describe("the status bar", () => {
  const nested = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: nested-}
spec:
  entrypoint: main
  templates:
  - {name: main, dag: {tasks: [{name: a, template: work}, {name: group, template: inner}]}}
  - {name: inner, dag: {tasks: [{name: b, template: work}, {name: c, template: work}]}}
  - {name: work, container: {image: a}}
`;
  it("counts the tasks of all levels", async () => {
    await renderPart(<StatusBar />, nested);
    expect(screen.getByText(/^3 tasks/)).toBeInTheDocument();
  });
});

describe("the outline", () => {
  it("is a tree of all tasks, walked with arrows, that shares the selection", async () => {
    const { editor, user } = await renderPart(<Outline />);
    expect(screen.getAllByRole("treeitem").map((item) => item.textContent)).toEqual(["a", "b", "c"]);
    act(() => screen.getAllByRole("treeitem")[0]?.focus());
    await user.keyboard("{ArrowDown}{Enter}");
    expect(editor.store.getState().session.selection).toEqual(["main/b"]);
    expect(screen.getByRole("treeitem", { name: "b" })).toHaveAttribute("aria-selected", "true");
    await user.keyboard("{Delete}");
    expect(screen.getAllByRole("treeitem").map((item) => item.textContent)).toEqual(["a", "c"]);
  });
});

describe("the problems", () => {
  it("lists problems, the worst first, and goes to what they are about", async () => {
    const { editor, user } = await renderPart(<Problems />, smallWorkflow.replace("template: other, depends", "template: gone, depends"));
    await act(async () => {
      const diagnostics = await editor.outside.text.check();
      editor.store.setState((state) => ({ document: { ...state.document, diagnostics } }));
    });
    const rows = screen.getAllByRole("listitem").map((row) => row.textContent);
    expect(rows.filter((row) => row.includes("gone"))).toEqual([expect.stringMatching(/line \d+$/)]);
    await user.click(screen.getByRole("button", { name: /gone/ }));
    expect(editor.store.getState().session.selection).toEqual(["main/c"]);
  });
});
