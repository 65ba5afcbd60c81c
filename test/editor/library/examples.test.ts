import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openDocument } from "#compiler/document.ts";
import { checkDocument } from "#compiler/checking.ts";
import { compilePython } from "#compiler/python.ts";
import { exampleIds, examplesFor } from "#editor/library/examples.ts";
import { builtExamples } from "#services/examples.ts";
import { libraryMessages } from "#messages/sections/library.ts";

const names = [
  "passing-by-value",
  "passing-by-file",
  "passing-by-file-ko",
  "export-metrics",
  "export-metrics-ko",
  "gpu-training",
  "gpu-training-ko",
  "fan-out",
  "fan-out-ko",
  "small-training",
];
const stamps = { sdkVersion: "1.8.22", compiledAt: "2026-01-01T00:00:00.000000" };
const place = (file: string) => new URL(`../../../examples/${file}`, import.meta.url);

describe("examples", () => {
  test.each(names)("%s.yaml is what its Python file compiles to", (name) => {
    const compiled = compilePython(readFileSync(place(`${name}.py`), "utf8"), stamps);
    expect(compiled.diagnostics).toEqual([]);
    if (process.env.DAGWRIGHT_UPDATE) writeFileSync(place(`${name}.yaml`), compiled.text ?? "");
    expect(readFileSync(place(`${name}.yaml`), "utf8")).toBe(compiled.text);
  });

  test.each([...names, "kfp-v2-training", "kfp-v2-training-ko", "argo-orders", "argo-orders-ko"])(
    "%s.yaml has nothing that Argo or Kubeflow would refuse",
    (name) => {
      const found = checkDocument(openDocument(readFileSync(place(`${name}.yaml`), "utf8")), { target: "kfp" });
      expect(found.filter(({ level }) => level === "error" || level === "cluster")).toEqual([]);
    },
  );

  test("each can be opened by its id and has a name in both languages", async () => {
    const examples = builtExamples();
    expect(examples.ids).toEqual([...exampleIds]);
    for (const id of exampleIds) {
      expect((await examples.read(id)).text).toMatch(/^(?:kind: Workflow|pipelineInfo:)$/m);
      expect(libraryMessages.en[`example-${id}`]).toBeTruthy();
      expect(libraryMessages.ko[`example-${id}`]).toBeTruthy();
    }
  });

  test("those of one's own language are offered, and those that have no translation", () => {
    expect(examplesFor("en")).toEqual(["by-value", "by-file", "metrics", "gpu", "fan-out", "training", "v2", "argo"]);
    expect(examplesFor("ko")).toEqual(["by-value", "by-file-ko", "metrics-ko", "gpu-ko", "fan-out-ko", "training", "v2-ko", "argo-ko"]);
  });
});
