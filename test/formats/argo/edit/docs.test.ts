import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { editShapes } from "#document/validate-edit.ts";
import type { Edit } from "#pipeline/edit.ts";
import { authoringMessages } from "#messages/sections/authoring.ts";
import { editsMessages } from "#messages/sections/edits.ts";
import { argoMessages } from "#messages/sections/argo.ts";
import { edited } from "./changes.ts";

const page = readFileSync("docs/edits.md", "utf8");
const sample = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
const rows = [...page.matchAll(/^\| `([a-z-]+)` \| `(\{.*?\})` \| (.*) \| (.*) \|$/gm)].map(
  ([, kind = "", example = "", text = "", refusals = ""]) => ({ kind, example, refusals, after: /^\*After\* `([a-z-]+)`/.exec(text)?.[1] }),
);

describe("docs/edits.md", () => {
  it("lists every kind of edit once", () => {
    expect(rows.map((row) => row.kind).sort()).toEqual(Object.keys(editShapes).sort());
  });

  it.each(rows)("shows an example of $kind that applies to its workflow", ({ kind, example, after }) => {
    const edit = JSON.parse(example) as Edit;
    expect(edit.kind).toBe(kind);
    const first = rows.find((row) => row.kind === after);
    const text = first ? edited(sample, JSON.parse(first.example) as Edit).document.text : sample;
    expect(edited(text, edit).lines).not.toEqual([]);
  });

  it.each(rows)("names refusals of $kind that have sentences", ({ refusals }) => {
    const codes = [...refusals.matchAll(/`([a-z-]+)`/g)].map(([, code = ""]) => code).filter((code) => !(code in editShapes));
    for (const code of codes) {
      const message = [editsMessages, argoMessages, authoringMessages].some(
        ({ en, ko }) => (code in en || `${code}.other` in en) && (code in ko || `${code}.other` in ko),
      );
      expect(message, code).toBe(true);
    }
  });
});
