import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** All tests and their data as one text, except for the file that asks. */
export function testText(except: string): string {
  return readdirSync("test", { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(?:ts|tsx|json|yaml|yml|txt)$/.test(file) && !file.includes("node_modules") && !file.endsWith(except))
    .map((file) => readFileSync(join("test", file), "utf8"))
    .join("\n");
}
