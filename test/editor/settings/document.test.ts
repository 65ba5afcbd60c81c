import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { settingsDocument } from "./settings-document.ts";

const file = new URL("../../../docs/settings.md", import.meta.url);

it("docs/settings.md says what the table says", () => {
  if (process.env.DAGWRIGHT_UPDATE) writeFileSync(file, settingsDocument());
  expect(readFileSync(file, "utf8")).toBe(settingsDocument());
});
