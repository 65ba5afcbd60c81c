import { describe, expect, it } from "vitest";
import { editDocument, openDocument, printFresh, replaceText, undoEdit } from "#compiler/document.ts";
import { dag, kfp, steps } from "../formats/argo/edit/fixtures.ts";

describe("a document", () => {
  it("keeps its text while nothing is edited", () => {
    for (const text of [dag, steps, kfp]) expect(openDocument(text).text).toBe(text);
  });

  it("does several edits together, each on what the former left", () => {
    const result = editDocument(openDocument(dag), [
      { kind: "rename-task", task: "load", name: "fetch" },
      { kind: "remove-task", task: "fetch" },
    ]);
    expect(result.ok && result.labels.map((label) => label.code)).toEqual(["edit.rename-task", "edit.remove-task"]);
    expect(result.ok && result.document.text).not.toContain("tasks.fetch");
  });

  it("does none of them if one is refused, and says which", () => {
    const document = openDocument(dag);
    const result = editDocument(document, [
      { kind: "rename-task", task: "load", name: "fetch" },
      { kind: "remove-task", task: "load" },
    ]);
    expect(result).toMatchObject({ ok: false, index: 1, refusal: { code: "edit-task-unknown" } });
    expect(document.text).toBe(dag);
  });

  it("is given back by undo, and an undo of another document is our own mistake", () => {
    const document = openDocument(dag);
    const first = editDocument(document, [{ kind: "remove-task", task: "load" }]);
    if (!first.ok) throw new Error(first.refusal.code);
    expect(undoEdit(first.document, first.undo)).toBe(document);
    expect(() => undoEdit(openDocument(steps), first.undo)).toThrow("another document");
  });

  it("shares what an edit does not touch", () => {
    const document = openDocument(dag);
    const result = editDocument(document, [
      { kind: "set-setting", target: { kind: "template", template: "say" }, path: ["container", "image"], value: "alpine:3.21" },
    ]);
    const templates = (of: typeof document) => (of.stream[0] as { spec: { templates: readonly unknown[] } }).spec.templates;
    const shared = result.ok && templates(result.document).map((template, index) => template === templates(document)[index]);
    expect(shared).toEqual([true, true, true, false]);
  });

  it("keeps the identity of templates when its text is replaced", () => {
    const document = openDocument(dag);
    const replaced = replaceText(
      document,
      dag.replace("alpine:3.20", "alpine:3.21").replace("\n    - name: load", "\n    - name: extra\n      suspend: {}\n    - name: load"),
    );
    const templates = (of: typeof document) => (of.stream[0] as { spec: { templates: readonly { name: string }[] } }).spec.templates;
    const kept = templates(replaced).filter((template) => templates(document).includes(template));
    expect(kept.map((template) => template.name)).toEqual(["main", "load", "train"]);
    expect(replaceText(document, `${dag}\n# a comment`).stream).toBe(document.stream);
  });

  it("is printed again from its data alone", () => {
    const { stream, model } = openDocument(kfp);
    expect(openDocument(printFresh(stream)).stream).toEqual(stream);
    expect(printFresh(model)).toBe(printFresh(stream));
  });

  it("never throws for a text that cannot be read", () => {
    const broken = openDocument("a: [1\nb: }");
    expect(broken.diagnostics.length).toBeGreaterThan(0);
    expect(editDocument(broken, [{ kind: "remove-task", task: "x" }])).toMatchObject({ ok: false });
  });
});
