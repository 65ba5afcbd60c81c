import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { kfpV2Editing } from "#formats/kfp-v2/editing.ts";
import { argoMessages } from "#messages/sections/argo.ts";
import { authoringMessages } from "#messages/sections/authoring.ts";
import { editsMessages } from "#messages/sections/edits.ts";
import { kfpV2EditsMessages } from "#messages/sections/kfp-v2-edits.ts";

const page = readFileSync("docs/edits.md", "utf8");
const section = /^## Pipelines of KFP v2\n([\s\S]*?)^## /m.exec(page)?.[1] ?? "";
const rows = [...section.matchAll(/^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \| .* \| (.*) \|$/gm)];
const codesIn = (text = "") => [...text.matchAll(/`([a-z0-9-]+)`/g)].map(([, code = ""]) => code);

it("docs/edits.md lists every edit of KFP v2 once", () => {
  expect(rows.flatMap(([, kinds]) => codesIn(kinds)).sort()).toEqual(Object.keys(kfpV2Editing.planners).sort());
});

it("docs/edits.md names refusals that have messages", () => {
  const messages = [editsMessages, argoMessages, authoringMessages, kfpV2EditsMessages];
  const codes = rows.flatMap(([, , refusals]) => codesIn(refusals)).filter((code) => !(code in kfpV2Editing.planners));
  for (const code of codes) {
    const isKnown = messages.some(({ en, ko }) => (code in en || `${code}.other` in en) && (code in ko || `${code}.other` in ko));
    expect(isKnown, code).toBe(true);
  }
});
