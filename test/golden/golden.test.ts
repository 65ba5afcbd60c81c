import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inputs, produce } from "./produce.ts";

const folder = "test/golden";
const cases = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() && inputs.some((file) => existsSync(join(folder, entry.name, file))) ? [entry.name] : [],
);

describe("the golden cases", () => {
  it("are found", () => expect(cases.length).toBeGreaterThan(8));

  it.each(cases)("%s gives the text that was agreed on", (name) => {
    const location = join(folder, name);
    const files = Object.fromEntries(
      readdirSync(location)
        .filter((file) => file !== "workflow.yaml")
        .map((file) => [file, readFileSync(join(location, file), "utf8")]),
    );
    const made = produce(files);
    const expected = join(location, "workflow.yaml");
    if (process.env.DAGWRIGHT_UPDATE) writeFileSync(expected, made);
    expect(existsSync(expected), "run `npm run update`").toBe(true);
    expect(made).toBe(readFileSync(expected, "utf8"));
    expect(made).toMatch(/^# .{20}/);
  });
});
