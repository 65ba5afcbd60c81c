/** Makes all golden cases inside a real worker of a browser; the test in test/e2e compares the bytes with those of Node. */
import { produce } from "./produce.ts";

const texts = import.meta.glob<string>("./*/{pipeline.yaml,pipeline.py,function.py,plan.json,edits.json}", {
  query: "?raw",
  import: "default",
  eager: true,
});

const cases: Record<string, Record<string, string>> = {};
for (const [path, text] of Object.entries(texts)) {
  const [, name = "", file = ""] = path.split("/");
  (cases[name] ??= {})[file] = text;
}
self.postMessage(Object.fromEntries(Object.entries(cases).map(([name, files]) => [name, attempt(files)])));

function attempt(files: Record<string, string>): string {
  try {
    return produce(files);
  } catch (error) {
    return `failed: ${String(error)}`;
  }
}
