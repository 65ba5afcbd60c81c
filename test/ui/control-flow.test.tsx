import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { currentGraph } from "#editor/actions.ts";
import type { Editor } from "#editor/editor.ts";
import { ENTRY_TYPE } from "#ui/canvas/canvas-props.ts";
import { findBox, select, settled, showPage } from "./user-page.tsx";
import { renderPage } from "./whole-page.tsx";
import { plainScript as script } from "#test/fixtures/pipelines.ts";

const text = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: control-}
spec:
  entrypoint: main
  arguments: {parameters: [{name: deploy, value: "yes"}]}
  templates:
  - name: main
    dag:
      tasks:
      - {name: one, template: give}
      - {name: sure, template: inner, depends: one, when: "{{tasks.one.outputs.parameters.out}} == ok"}
      - {name: odd, template: inner, depends: one, when: "{{tasks.one.outputs.parameters.out}} == a || true"}
      - name: each
        template: inner
        withItems: [a, "1"]
      - {name: count, template: give, withSequence: {count: "3"}}
  - name: inner
    dag: {tasks: [{name: x, template: give}]}
  - name: give
    container: {image: busybox}
    outputs: {parameters: [{name: out, valueFrom: {path: /tmp/out}}]}
`;
const withoutValues = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: bare-}
spec:
  entrypoint: main
  templates:
  - name: main
    dag: {tasks: [{name: a, template: work}]}
  - name: work
    container: {image: busybox}
`;

const dialog = () => screen.findByRole("dialog");
const submit = async () => fireEvent.submit((await dialog()).querySelector("form")!);
const settings = async (editor: Editor, task: string, what: "condition-settings" | "loop-settings") => {
  act(() => editor.session((now) => ({ selection: [`main/${task}`], panels: { ...now.panels, dialog: what } })));
  return within(await dialog());
};
/** Lines of a text that differ. */
const changed = (before: string, after: string) => {
  const [a, b] = [before.split("\n"), after.split("\n")];
  return [
    ...a.filter((line) => !b.includes(line)).map((line) => `- ${line.trim()}`),
    ...b.filter((line) => !a.includes(line)).map((line) => `+ ${line.trim()}`),
  ];
};

describe("an existing condition", () => {
  it("opens in the form that makes one, and changes only what is changed there", async () => {
    const { editor } = await renderPage(text);
    const form = await settings(editor, "sure", "condition-settings");
    expect(form.getByRole("heading")).toHaveTextContent("Condition of “sure”");
    expect(form.getByRole("combobox", { name: "Value" })).toHaveDisplayValue("one › out");
    expect(form.getByRole("textbox", { name: "Compared with" })).toHaveValue("ok");
    fireEvent.change(form.getByRole("textbox", { name: "Compared with" }), { target: { value: "fine" } });
    await submit();
    expect(changed(text, await editor.settledText())).toEqual([
      expect.stringContaining("out}} == ok"),
      '+ - {name: sure, template: inner, depends: one, when: "{{tasks.one.outputs.parameters.out}} == fine"}',
    ]);
  });
  it("changes nothing when it is saved as it was", async () => {
    const { editor } = await renderPage(text);
    await settings(editor, "sure", "condition-settings");
    await submit();
    expect(await editor.settledText()).toBe(text);
  });
  it("is shown as its formula where the form cannot express it", async () => {
    const { editor } = await renderPage(text);
    const form = await settings(editor, "odd", "condition-settings");
    const formula = form.getByRole("textbox");
    expect(formula).toHaveValue("{{tasks.one.outputs.parameters.out}} == a || true");
    expect(formula).toBe(document.activeElement);
    fireEvent.change(formula, { target: { value: "false" } });
    await submit();
    expect(changed(text, await editor.settledText()).at(-1)).toContain('when: "false"');
  });
  it("of KFP v2 keeps the value that it compares", async () => {
    const compiled = readFileSync("test/fixtures/kfp-v2/compiled/cond.yaml", "utf8");
    const { editor } = await renderPage(compiled);
    const task = currentGraph(editor.store.getState())?.tasks.find(({ name }) => name === "condition-1");
    act(() => editor.session((now) => ({ selection: [task!.id], panels: { ...now.panels, dialog: "condition-settings" } })));
    const form = within(await dialog());
    fireEvent.change(form.getByRole("textbox", { name: "Compared with" }), { target: { value: "5" } });
    await submit();
    const condition = "condition: int(inputs.parameter_values['pipelinechannel--a-Output'])";
    expect(changed(compiled, await editor.settledText())).toEqual([`- ${condition} > 3`, `+ ${condition} > 5`]);
  });
});

describe("the inspector", () => {
  it("calls a condition, a loop and a sub-pipeline what they are", async () => {
    const { editor } = await renderPage(text.replace("- {name: one,", "- {name: plain, template: inner}\n      - {name: one,"));
    const head = async (task: string) => {
      act(() => editor.session((now) => ({ selection: [`main/${task}`], panels: { ...now.panels, right: "inspector" } })));
      return within(await screen.findByRole("complementary", { name: "Inspector" }));
    };
    expect(await (await head("sure")).findByText(/^Condition · used/)).toBeInTheDocument();
    expect(await (await head("each")).findByText(/^Loop · used/)).toBeInTheDocument();
    expect(await (await head("plain")).findByText(/^Sub-pipeline · used/)).toBeInTheDocument();
    expect(await (await head("count")).findByText(/^Container · used/)).toBeInTheDocument();
  });
});

describe("a double click on the head of a condition", () => {
  it("opens the form that makes one, under the name on the box", async () => {
    const { editor } = await renderPage(text);
    fireEvent.doubleClick(within(screen.getByRole("group", { name: "sure" })).getByText("If one.out == ok"));
    expect((await dialog()).querySelector("h2")).toHaveTextContent("Condition of “sure”");
    expect(editor.store.getState().session.selection).toEqual(["main/sure"]);
  });
});

describe("an existing loop", () => {
  it("opens in the form with its items, texts that look like numbers as they are", async () => {
    const { editor } = await renderPage(text);
    const form = await settings(editor, "each", "loop-settings");
    expect(form.getByRole("textbox", { name: "A list of items" })).toHaveValue('[\n  "a",\n  "1"\n]');
    await submit();
    expect(await editor.settledText()).toBe(text);
  });
  it("takes another list and a limit of how many at once", async () => {
    const { editor } = await renderPage(text);
    const form = await settings(editor, "each", "loop-settings");
    fireEvent.change(form.getByRole("textbox", { name: "A list of items" }), { target: { value: "a\nb" } });
    fireEvent.change(form.getByPlaceholderText("all"), { target: { value: "2" } });
    await submit();
    const after = await editor.settledText();
    expect(after).toContain('withItems: [a, "b"]');
    expect(after).toContain("parallelism: 2");
  });
  it("over a sequence is shown as text", async () => {
    const { editor } = await renderPage(text);
    const form = await settings(editor, "count", "loop-settings");
    fireEvent.change(form.getByRole("textbox"), { target: { value: '{"count": "5"}' } });
    await submit();
    expect(changed(text, await editor.settledText()).at(-1)).toContain('withSequence: {count: "5"}');
  });
  it("is offered where the task is", async () => {
    const { editor, user } = await renderPage(text);
    act(() => editor.session({ selection: ["main/each"] }));
    const inspector = screen.getByRole("complementary", { name: "Inspector" });
    await user.click(await within(inspector).findByRole("button", { name: "Loop settings…" }));
    expect(within(await dialog()).getByRole("heading")).toHaveTextContent("Loop of “each”");
  });
});

describe("a new condition", () => {
  it("runs a task only if an output is unequal to a parameter", async () => {
    const page = await showPage();
    await page.choose(new File([script], "plain.py"));
    await findBox("Work");
    await settled();
    await select("Work");
    act(() => page.editor.session((now) => ({ panels: { ...now.panels, dialog: "group-condition" } })));
    const form = within(await dialog());
    const values = form.getByRole("combobox", { name: "Value" });
    // Two tasks have the title "Other": their names tell them apart.
    const offered = within(values)
      .getAllByRole("option")
      .map((option) => option.textContent);
    expect(offered.toSorted()).toEqual(["Flip › Output", "Other (other) › Output", "Other (other-2) › Output", "seed", "side"]);
    await page.user.selectOptions(values, "Flip › Output");
    await page.user.selectOptions(form.getByLabelText("What it is compared with"), "side");
    await page.user.click(form.getByRole("checkbox"));
    await page.user.click(form.getByRole("button", { name: "Put into a condition" }));
    await settled();
    expect(await page.exportedText()).toMatch(
      /when: '"\{\{tasks\.flip\.outputs\.parameters\.flip-Output\}\}" != "\{\{(inputs|workflow)\.parameters\.side\}\}"'/,
    );
  });
});

describe("a condition with nothing to compare", () => {
  it("offers to add a parameter, and compares that", async () => {
    const { editor, user } = await renderPage(withoutValues);
    act(() => editor.session((now) => ({ selection: ["main/a"], panels: { ...now.panels, dialog: "group-condition" } })));
    await dialog();
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Add parameter" }));
    await user.keyboard("{Enter}");
    expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Compared with" }));
    await user.keyboard("true{Enter}");
    const after = await editor.settledText();
    expect(after).toMatch(/name: enabled, value: 'true'/);
    expect(after).toContain(`when: '"{{workflow.parameters.enabled}}" == "true"'`);
  });
});

describe("groups in the palette", () => {
  const entry = (name: string) => screen.getByRole("button", { name });
  it.each([
    ["loop", "Loop"],
    ["조건", "Condition"],
    ["exit", "Exit handler"],
    ["sub", "Sub-pipeline"],
  ])("are found by %s", async (typed, name) => {
    await renderPage(text);
    fireEvent.change(screen.getByRole("searchbox", { name: "Search components" }), { target: { value: typed } });
    await waitFor(() => expect(entry(name)).toBeInTheDocument());
  });
  it("go around the selected tasks", async () => {
    const { editor } = await renderPage(withoutValues);
    act(() => editor.session({ selection: ["main/a"] }));
    fireEvent.click(entry("Sub-pipeline"));
    expect(editor.store.getState().session.selection).toEqual(["main/group"]);
    expect(document.activeElement?.getAttribute("data-box")).toBe("main/group");
  });
  it("begin with a step of their own where nothing is selected, in one step of the history", async () => {
    const { editor } = await renderPage(withoutValues);
    fireEvent.click(entry("Loop"));
    expect(within(await dialog()).getByText(/starts with a new container step/)).toBeInTheDocument();
    await submit();
    expect(document.activeElement?.getAttribute("data-box")).toBe("main/loop");
    expect(await editor.settledText()).toContain("withItems");
    act(() => editor.undo());
    expect(await editor.settledText()).toBe(withoutValues);
  });
  it("an exit handler comes with its step, and everything else goes under it", async () => {
    const { editor } = await renderPage(withoutValues);
    fireEvent.click(entry("Exit handler"));
    const after = await editor.settledText();
    expect(after).toMatch(/onExit: exit-handler/);
    act(() => editor.undo());
    expect(await editor.settledText()).toBe(withoutValues);
  });
  it("go around the box that they are dropped on", async () => {
    const { editor } = await renderPage(withoutValues);
    const data = new DataTransfer();
    data.setData(ENTRY_TYPE, "group:sub-dag");
    fireEvent.drop(within(screen.getByRole("application")).getByRole("group", { name: "a" }), { dataTransfer: data });
    expect(editor.store.getState().session.selection).toEqual(["main/group"]);
    act(() => editor.undo());
    act(() => editor.session({ selection: ["main/a"] }));
    fireEvent.drop(screen.getByRole("application"), { dataTransfer: data });
    // Beside the task that was selected, which stays where it is.
    expect(await editor.settledText()).toContain("name: container-1");
  });
});

describe("quick add", () => {
  it("shows icons, and finds a loop in both languages", async () => {
    await renderPage(withoutValues);
    const box = within(screen.getByRole("application")).getByRole("group", { name: "a" });
    act(() => box.focus());
    fireEvent.keyDown(box, { key: "n", code: "KeyN" });
    const list = within(screen.getByRole("listbox", { name: "Add a task" }));
    const options = list.getAllByRole("option");
    expect(options.length).toBeGreaterThan(10);
    expect(options.every((option) => option.querySelector("svg") !== null)).toBe(true);
    for (const typed of ["loop", "반복"]) {
      fireEvent.change(screen.getByRole("combobox", { name: "Add a task" }), { target: { value: typed } });
      await waitFor(() => expect(list.getAllByRole("option")[0]).toHaveTextContent("Loop"));
    }
    fireEvent.keyDown(screen.getByRole("combobox", { name: "Add a task" }), { key: "Enter", code: "Enter" });
    expect(within(await dialog()).getByRole("heading")).toHaveTextContent("Run for each");
  });
});

describe("Runs after", () => {
  const order = text
    .replace("template: inner, depends: one,", "template: inner, depends: one && each,")
    .replace("- {name: one, template: give}", "- {name: zero, template: give}\n      - {name: one, template: give, depends: zero.Failed}");
  const list = () => within(screen.getByRole("complementary", { name: "Inspector" })).findByRole("list", { name: "Runs after" });
  it("lists what a task waits for; what it uses is fixed, the rest can be removed", async () => {
    const { editor, user } = await renderPage(order);
    act(() => editor.session({ selection: ["main/sure"] }));
    const rows = within(await list()).getAllByRole("listitem");
    expect(rows.map((row) => row.textContent)).toEqual(["oneuses its “out”", "each"]);
    expect(within(rows[0]!).queryByRole("button")).toBeNull();
    await user.click(within(rows[1]!).getByRole("button", { name: "No longer run after “each”" }));
    expect(changed(order, await editor.settledText()).at(-1)).toContain("depends: one,");
    await waitFor(() => expect(document.activeElement).not.toBe(document.body));
  });
  it("says which result it waits for, and takes another task", async () => {
    const { editor } = await renderPage(order);
    act(() => editor.session({ selection: ["main/one"] }));
    expect(await list()).toHaveTextContent("zeroFailed");
    const add = screen.getByRole("combobox", { name: "Run after…" });
    // Not what waits for it already, and not itself.
    expect(
      within(add)
        .getAllByRole("option")
        .map((option) => option.textContent),
    ).toEqual(["Run after…", "each", "count"]);
    fireEvent.change(add, { target: { value: "count" } });
    expect(changed(order, await editor.settledText()).at(-1)).toContain("depends: zero.Failed && count");
  });
});
