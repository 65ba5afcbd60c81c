import type { AnyValues } from "#diagnostics/diagnostic.ts";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compilePython } from "#compiler/python.ts";
import { translator } from "#messages/index.ts";
import { stamps } from "../convert/from-python/build.ts";

const folder = new URL("python", import.meta.url).pathname;
const cases = readdirSync(folder).filter((name) => name.endsWith(".py"));

test.each(cases)("%s compiles to its golden text", (name) => {
  const { text = "", diagnostics } = compilePython(readFileSync(join(folder, name), "utf8"), stamps);
  const header = diagnostics
    .map(({ code, values }) => {
      const { problem }: AnyValues = values;
      return `# ${translator("en")(problem === undefined ? code : `${code}.${problem}`, values)}\n`;
    })
    .join("");
  const file = join(folder, name.replace(/\.py$/, ".yaml"));
  if (process.env.DAGWRIGHT_UPDATE) writeFileSync(file, header + text);
  expect(existsSync(file) && readFileSync(file, "utf8"), "run `npm run update`").toBe(header + text);
});
