import { readFileSync } from "node:fs";
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { command } from "#editor/commands/all.ts";
import type { Editor } from "#editor/editor.ts";
import Problems from "#ui/problems/problems.tsx";
import { TopBar } from "#ui/top-bar.tsx";
import { smallWorkflow } from "../editor/outside.ts";
import { renderPart } from "./page.tsx";
import { renderPage } from "./whole-page.tsx";

const state = (editor: Editor) => editor.store.getState();
const press = (key: string, how: { readonly shiftKey?: boolean } = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, code: key, ...how });
const list = () => screen.getByRole("region", { name: "Problems" });
const faulty = smallWorkflow
  .replace("template: other,", "template: gone,")
  .replace('value: "1"', 'value: "{{tasks.nobody.outputs.result}}"');

describe("next problem", () => {
  it("visits unfinished fields first, then every diagnostic, and begins again", async () => {
    const { editor } = await renderPage(faulty);
    await waitFor(() => expect(state(editor).document.diagnostics.length).toBeGreaterThan(1));
    act(() => editor.session({ selection: ["main/b"] }));
    const inspector = screen.getByRole("complementary", { name: "Inspector" });
    const cpu = await within(inspector).findByLabelText("CPU limit");
    fireEvent.change(cpu, { target: { value: "lots" } });
    fireEvent.blur(cpu);
    const [id = ""] = Object.keys(state(editor).session.drafts);
    expect(id).toContain("cpu-limit");
    act(() => editor.session({ selection: [] }));
    act(() => screen.getByRole("main", { name: "Canvas" }).focus());
    press("F8");
    expect(state(editor).session.visited).toBe(`draft\n${id}`);
    const seen = new Set<string | undefined>();
    const problems = new Set(state(editor).document.diagnostics.map(({ code, path }) => [code, ...path].join("\n")));
    for (let n = 0; n < problems.size; n++) {
      press("F8");
      seen.add(state(editor).session.visited);
    }
    expect(seen).toEqual(problems);
    press("F8");
    expect(state(editor).session.visited).toBe(`draft\n${id}`);
    press("F8", { shiftKey: true });
    expect(problems).toContain(state(editor).session.visited);
  });

  it("leads to an unfinished row even if there is no diagnostic, and focuses it", async () => {
    const { editor } = await renderPage();
    await waitFor(() => expect(state(editor).status.checking).toBe(false));
    act(() => editor.session({ selection: ["main/b"] }));
    const inspector = screen.getByRole("complementary", { name: "Inspector" });
    const cpu = await within(inspector).findByLabelText("CPU limit");
    fireEvent.change(cpu, { target: { value: "lots" } });
    fireEvent.blur(cpu);
    act(() => screen.getByRole("main", { name: "Canvas" }).focus());
    press("F8");
    await waitFor(() => expect(within(inspector).getByLabelText("CPU limit")).toHaveFocus());
  });
});

describe("a function that was left unfinished", () => {
  const broken = "def add(a: int) -> int\n    return a\n";

  it("is listed among the problems with its syntax error, is counted, and leads back to the function editor", async () => {
    const { editor, user } = await renderPart(
      <>
        <TopBar />
        <Problems />
      </>,
    );
    await waitFor(() => expect(state(editor).status.checking).toBe(false));
    act(() => editor.session({ unfinishedPython: { "": broken } }));
    await waitFor(() => expect(screen.getByTitle(/1 unfinished/)).toBeInTheDocument());
    await user.click(
      await within(list()).findByRole("button", { name: /^Error Unfinished: new function: Line 1 cannot be read as Python/ }),
    );
    expect(state(editor).session).toMatchObject({ visited: "function\n", python: { text: broken }, panels: { dialog: "python" } });
    await user.click(within(list()).getByRole("button", { name: "Discard: Unfinished: new function" }));
    expect(state(editor).session.unfinishedPython).toEqual({});
    expect(screen.queryByTitle(/unfinished/)).toBeNull();
  });

  it("is visited by “next problem”", async () => {
    const { editor } = await renderPart(<Problems />);
    act(() => editor.session({ unfinishedPython: { "main/b": broken } }));
    act(() => void command("next-problem").run({ editor, canvas: undefined }));
    expect(state(editor).session).toMatchObject({ visited: "function\nmain/b", python: { task: "main/b" }, panels: { dialog: "python" } });
  });

  it("is asked about before the export", async () => {
    const { editor, user } = await renderPage();
    act(() => editor.session({ unfinishedPython: { "main/b": "def b():\n    pass\n" } }));
    await user.click(screen.getByRole("button", { name: "Export" }));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByText("Unfinished: function of “b”")).toBeInTheDocument();
  });

  it("follows its task when that is renamed, and goes with it", async () => {
    const { editor } = await renderPage();
    act(() => editor.session({ unfinishedPython: { "main/b": "def b(): pass" } }));
    act(() => void editor.dispatch({ edits: [{ kind: "rename-task", task: "main/b" as never, name: "renamed" }] }));
    expect(Object.keys(state(editor).session.unfinishedPython)).toEqual(["main/renamed"]);
    act(() => void editor.dispatch({ edits: [{ kind: "remove-task", task: "main/renamed" as never }] }));
    expect(state(editor).session.unfinishedPython).toEqual({});
  });
});

describe("a fix of the text", () => {
  it("turns the lines that tore the comment of a pipeline spec into comments, as one step", async () => {
    const spec = readFileSync("test/fixtures/kfp-v2/compiled/before.yaml", "utf8");
    const torn = spec.replace("# Name: p\n", "# Name: p\n# Inputs:\n#    text: str [Default: 'a\n']\n");
    const { editor } = await renderPart(<Problems />, torn);
    await waitFor(() => expect(state(editor).document.diagnostics.map(({ code }) => code)).toContain("ir-header-torn"));
    await waitFor(() => expect(state(editor).status.checking).toBe(false));
    fireEvent.click(await screen.findByRole("button", { name: "Turn the line into a comment" }));
    await waitFor(() => expect(state(editor).document.text).toBe(torn.replace("\n']", "\n# ']")));
    expect(state(editor).document.model.objects).toMatchObject([{ kind: "workflow", name: "p" }]);
    act(() => void editor.undo());
    await waitFor(() => expect(state(editor).document.text).toBe(torn));
  });
});
