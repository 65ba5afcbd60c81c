import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { exportFile } from "#editor/commands/file.ts";
import type { Editor } from "#editor/editor.ts";
import Inspector from "#ui/inspector/inspector.tsx";
import Problems from "#ui/problems/problems.tsx";
import { parse } from "#yaml/parse.ts";
import { outsideHere } from "../../editor/outside.ts";
import { renderPart } from "../page.tsx";

const workflow = (container: string) => `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  templates:
  - name: main
    dag: {tasks: [{name: train, template: work}, {name: other, template: idle}]}
  - name: work
    container: {image: a${container}}
  - name: idle
    container: {image: b}
`;
const page = (
  <>
    <Inspector />
    <Problems />
  </>
);
const train = (container = "") => renderPart(page, workflow(container), (editor) => editor.session({ selection: ["main/train"] }));
const template = async (editor: Editor) =>
  (parse(await editor.settledText()).stream[0] as unknown as { spec: { templates: readonly { container: unknown }[] } }).spec.templates[1]
    ?.container;
const unfinished = () =>
  within(screen.getByRole("region", { name: "Problems" }))
    .queryAllByRole("listitem")
    .map(({ textContent }) => textContent?.replace("Discard", "") ?? "")
    .filter((text) => text.startsWith("Unfinished"));

describe("an unfinished row is a draft: listed, kept, not in the text", () => {
  it("a variable without a value", async () => {
    const { editor, user } = await train();
    await user.click(screen.getByRole("button", { name: "Add variable" }));
    await user.keyboard("MODE{Enter}");
    expect(screen.getByLabelText("Value of MODE")).toHaveFocus();
    await user.click(screen.getByLabelText("Image"));
    expect(unfinished()).toEqual(["Unfinished: Variable MODE of “train”: Value of MODE is missing"]);
    expect(await editor.settledText()).toBe(workflow(""));

    act(() => editor.session({ selection: ["main/other"] }));
    expect(screen.queryByLabelText("Value of MODE")).toBeNull();
    act(() => editor.session({ selection: ["main/train"] }));
    await user.type(screen.getByLabelText("Value of MODE"), "fast{Enter}");
    expect(await template(editor)).toEqual({ image: "a", env: [{ name: "MODE", value: "fast" }] });
    expect(unfinished()).toEqual([]);
    expect(editor.store.getState().history.past).toHaveLength(1);
    // The next row is open and blank: it vanishes.
    expect(screen.getByLabelText("Variable name", { selector: "[data-part]" })).toHaveFocus();
    await user.click(screen.getByLabelText("Image"));
    expect(screen.queryByLabelText("Variable name", { selector: "[data-part]" })).toBeNull();
  });

  it("an empty value that is meant", async () => {
    const { editor, user } = await train();
    await user.click(screen.getByRole("button", { name: "Add variable" }));
    await user.keyboard("MODE{Enter}{Enter}");
    await user.click(screen.getByRole("button", { name: "Keep it empty" }));
    expect(await template(editor)).toEqual({ image: "a", env: [{ name: "MODE", value: "" }] });
    expect(unfinished()).toEqual([]);
  });

  it.each([
    ["secret", "Secret of KEY", "secretKeyRef"],
    ["config-map", "Config map of KEY", "configMapKeyRef"],
  ])("a variable from a %s without its name", async (source, label, field) => {
    const { editor, user } = await train(", env: [{name: KEY, value: old}]");
    await user.selectOptions(screen.getByLabelText("From KEY"), source);
    await user.click(screen.getByLabelText("Image"));
    expect(unfinished()).toEqual([`Unfinished: Variable KEY of “train”: ${label} is missing`]);
    expect(await editor.settledText()).toBe(workflow(", env: [{name: KEY, value: old}]"));
    await user.type(screen.getByLabelText(label), "My Team{Enter}");
    expect(unfinished()[0]).toContain("“My Team” is not a name");
    expect(await editor.settledText()).not.toContain(field);
    await user.click(screen.getByRole("button", { name: "Use my-team" }));
    await user.click(screen.getByLabelText("Image"));
    expect(await template(editor)).toEqual({ image: "a", env: [{ name: "KEY", valueFrom: { [field]: { name: "my-team", key: "KEY" } } }] });
    expect(unfinished()).toEqual([]);
  });

  it("a secret without a key, while the document keeps its last key", async () => {
    const before = ", env: [{name: KEY, valueFrom: {secretKeyRef: {name: team, key: token}}}]";
    const { editor, user } = await train(before);
    await user.clear(screen.getByLabelText("Key of KEY"));
    await user.click(screen.getByLabelText("Image"));
    expect(unfinished()).toHaveLength(1);
    expect(await editor.settledText()).toBe(workflow(before));
  });

  it("a label without a value, and both halves emptied removes the row", async () => {
    const { editor, user } = await train();
    await user.click(screen.getByRole("button", { name: "Add Labels" }));
    await user.keyboard("team{Enter}");
    await user.click(screen.getByLabelText("Image"));
    expect(unfinished()).toEqual(["Unfinished: Labels: team of “train”: Labels: team is missing"]);
    expect(await editor.settledText()).toBe(workflow(""));
    await user.type(screen.getByLabelText("Labels: team"), "search{Enter}");
    expect(await editor.settledText()).toContain("labels: {team: search}");
    await user.clear(screen.getByLabelText("Key 1 of Labels"));
    await user.clear(screen.getByLabelText("Labels: team"));
    await user.click(screen.getByLabelText("Image"));
    expect(await editor.settledText()).not.toContain("team");
    expect(unfinished()).toEqual([]);
  });

  it("an import of variables without a secret or config map", async () => {
    const { editor, user } = await train();
    await user.click(screen.getByRole("button", { name: "Add All keys of" }));
    await user.click(screen.getByLabelText("Image"));
    expect(await editor.settledText()).toBe(workflow(""));
    await user.click(screen.getByRole("button", { name: "Add All keys of" }));
    await user.keyboard("{Enter}");
    await user.type(screen.getByLabelText(/^Config map of All keys of/), "flags{Enter}");
    expect(await template(editor)).toEqual({ image: "a", envFrom: [{ configMapRef: { name: "flags" } }] });
  });

  it("a volume whose claim has no name that can be", async () => {
    const { editor, user } = await train();
    await user.selectOptions(screen.getByLabelText("Add volume"), "persistentVolumeClaim");
    await user.keyboard("Team Data{Enter}");
    await user.click(screen.getByLabelText("Image"));
    expect(unfinished()[0]).toContain("Unfinished: New volume");
    expect(screen.getByLabelText("claim name")).toHaveValue("Team Data");
    expect(await editor.settledText()).toBe(workflow(""));
  });

  it("a metric whose name Prometheus does not take", async () => {
    const { editor } = await train();
    fireEvent.change(screen.getByLabelText("Find a setting"), { target: { value: "Metrics" } });
    const field = await screen.findByLabelText("Metrics");
    for (const name of ["''", "9lives"]) {
      fireEvent.change(field, { target: { value: `prometheus:\n- {name: ${name}, help: h, counter: {value: "1"}}` } });
      fireEvent.blur(field);
      await waitFor(() => expect(unfinished()).toEqual([expect.stringContaining("cannot name a metric")]));
      expect(await editor.settledText()).toBe(workflow(""));
    }
    fireEvent.change(field, { target: { value: `prometheus:\n- {name: lives, help: h, counter: {value: "1"}}` } });
    fireEvent.blur(field);
    expect(unfinished()).toEqual([]);
    expect(await editor.settledText()).toContain("lives");
  });

  it("an argument that was added and never typed", async () => {
    const { editor, user } = await train(", args: [one]");
    await user.click(screen.getByRole("button", { name: "Add Args" }));
    expect(screen.getByLabelText("Args 2")).toHaveFocus();
    await user.click(screen.getByLabelText("Image"));
    expect(screen.queryByLabelText("Args 2")).toBeNull();
    expect(await editor.settledText()).toBe(workflow(", args: [one]"));
  });

  it("an argument that is emptied goes when it is left, not while it is typed", async () => {
    const { editor, user } = await train(", args: [one, two]");
    await user.clear(screen.getByLabelText("Args"));
    expect(screen.getByLabelText("Args")).toHaveValue("");
    await user.click(screen.getByLabelText("Image"));
    expect(await template(editor)).toEqual({ image: "a", args: ["two"] });
  });
});

describe("drafts", () => {
  it("are led to from the list of problems, and discarded there", async () => {
    const { editor, user } = await train();
    await user.click(screen.getByRole("button", { name: "Add variable" }));
    await user.keyboard("MODE");
    act(() => editor.session({ selection: [] }));
    await user.click(screen.getByText(/^Unfinished: Variable MODE/));
    expect(editor.store.getState().session.selection).toEqual(["main/train"]);
    // What is missing has the focus.
    expect(screen.getByLabelText("Value of MODE")).toHaveFocus();
    await user.click(screen.getByRole("button", { name: /^Discard/ }));
    expect(editor.store.getState().session.drafts).toEqual({});
    expect(screen.queryByLabelText("Variable name")).toBeNull();
  });

  it("of the rows behind a removed one follow their row", async () => {
    const { editor, user } = await train(", env: [{name: A, value: a}, {name: B, valueFrom: {secretKeyRef: {name: s, key: k}}}]");
    await user.clear(screen.getByLabelText("Key of B"));
    await user.tab();
    await user.click(screen.getByRole("button", { name: "Remove A" }));
    expect(screen.getByLabelText("Key of B")).toBeInvalid();
    expect(Object.keys(editor.store.getState().session.drafts)).toHaveLength(1);
  });

  it("make Export ask, and are plain data", async () => {
    const outside = outsideHere();
    const { editor, user } = await renderPart(page, workflow(""), (one) => one.session({ selection: ["main/train"] }));
    await user.click(screen.getByRole("button", { name: "Add variable" }));
    await user.keyboard("MODE{Enter}");
    await act(() => exportFile(editor));
    expect(editor.store.getState().session.panels.dialog).toBe("export");
    expect(outside.downloads).toEqual([]);
    const { drafts } = editor.store.getState().session;
    expect(JSON.parse(JSON.stringify(drafts))).toEqual(drafts);
    expect(Object.keys(drafts)).toEqual(["main/train\nrow-env-+1"]);
  });
});
