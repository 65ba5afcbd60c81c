import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { editDocument, openDocument } from "#compiler/document.ts";
import { editShapes } from "#document/validate-edit.ts";
import type { Edit } from "#pipeline/edit.ts";
import { authoringMessages } from "#messages/sections/authoring.ts";
import { editsMessages } from "#messages/sections/edits.ts";
import { refused } from "./changes.ts";
import { dag } from "./fixtures.ts";

const of = (edit: unknown) => refused(dag, edit as Edit);

describe("edits from outside", () => {
  it("edit-kind-unknown: an unknown kind names the nearest one", () => {
    const result = editDocument(openDocument(dag), [{ kind: "remove-taks", task: "load" } as unknown as Edit]);
    expect(result.ok || result.refusal).toMatchObject({ code: "edit-kind-unknown", values: { nearest: "remove-task" } });
    expect(of(null)).toBe("edit-kind-unknown");
    expect(of({ kind: "toString" })).toBe("edit-kind-unknown");
  });

  it("edit-field-wrong: fields that are missing or of another form are reported", () => {
    expect(of({ kind: "remove-task" })).toBe("edit-field-wrong");
    expect(of({ kind: "move-task", task: "load", to: "first" })).toBe("edit-field-wrong");
    expect(of({ kind: "connect", from: "load", to: { task: "train", port: "count" } })).toBe("edit-field-wrong");
    expect(of({ kind: "set-setting", target: { kind: "template" }, path: [], value: 1 })).toBe("edit-field-wrong");
    expect(of({ kind: "set-loop", task: "load", loop: { withItems: "abc" } })).toBe("edit-field-wrong");
  });
});

describe("sentences", () => {
  it.each(Object.keys(editShapes))("name the edit %s in both languages", (kind) => {
    expect({ ...editsMessages.en, ...authoringMessages.en }).toHaveProperty([`edit.${kind}`]);
    expect({ ...editsMessages.ko, ...authoringMessages.ko }).toHaveProperty([`edit.${kind}`]);
  });

  it("say every refusal and note of the planners, with the same codes in both languages", () => {
    const folder = "src/formats/argo/edit";
    const source = readdirSync(folder)
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(`${folder}/${file}`, "utf8"))
      .join("\n");
    const codes = new Set(
      [...source.matchAll(/"((?:edit|port)-[a-z-]+)"/g)]
        .map((match) => match[1] as string)
        .filter((code) => /^(edit-|port-undeclared)/.test(code)),
    );
    expect(codes.size).toBeGreaterThan(40);
    for (const code of codes)
      for (const words of [editsMessages.en, editsMessages.ko]) expect(code in words || `${code}.other` in words, code).toBe(true);
    const plain = (words: Readonly<Record<string, string>>) =>
      Object.keys(words)
        .filter((code) => !code.endsWith(".one"))
        .sort();
    expect(plain(editsMessages.ko)).toEqual(plain(editsMessages.en));
  });
});
