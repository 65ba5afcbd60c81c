import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDepends, printDepends } from "#formats/argo/syntax/depends.ts";
import { readModel } from "#compiler/readers.ts";
import { readText, writeReference, writeText } from "#formats/argo/syntax/references.ts";
import { renameInText } from "#formats/argo/syntax/rename.ts";
import { writeModel } from "#compiler/writers.ts";
import type { Binding } from "#pipeline/binding.ts";
import type { Data } from "#data/data.ts";
import { allGraphs } from "#pipeline/graph-of.ts";
import { runs } from "#test/runs.ts";

const pieces = [
  "{{",
  "}}",
  "=",
  "item",
  "tasks.a.outputs.result",
  "tasks['a'].ip",
  "steps.a-b.outputs.parameters.p",
  " ",
  "x",
  ".",
  "'",
  "inputs.parameters.p",
  "workflow.parameters.q",
  "//",
  "[",
  "]",
  "데이터",
];
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(""));

/** Values for a workflow's keys: sometimes valid, mostly not. */
const value: fc.Arbitrary<Data> = fc.letrec<{ any: Data }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.constantFrom<Data>(null, true, 3, "", "a", "b", "a && b.Failed", "main"),
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        "name",
        "template",
        "dag",
        "tasks",
        "steps",
        "inputs",
        "outputs",
        "parameters",
        "artifacts",
        "arguments",
        "value",
        "from",
        "valueFrom",
        "expression",
        "when",
        "depends",
        "withItems",
        "hooks",
        "inline",
        "templateRef",
        "globalName",
        "onExit",
        "0",
      ),
      tie("any"),
      { maxKeys: 5 },
    ),
  ),
})).any;

const printed = (binding: Binding): string | undefined => {
  if (binding.kind === "constant") return binding.value as string;
  if (binding.kind === "reference") return writeReference(binding.reference);
  return binding.kind === "text" ? writeText(binding.parts) : undefined;
};

describe("whatever the file holds", () => {
  it("a text is printed as it was read", () => {
    fc.assert(
      fc.property(text, (one) => {
        expect(printed(readText(one, "value"))).toBe(one);
      }),
    );
  });

  it("renaming there and back gives the text again", () => {
    fc.assert(
      fc.property(text, fc.constantFrom("tasks", "steps"), (one, of) => {
        const there = renameInText(one, { kind: "task", of, from: "a", to: "zz" });
        expect(renameInText(there, { kind: "task", of, from: "zz", to: "a" })).toBe(one);
      }),
    );
  });

  it("a formula that was printed reads as the same formula", () => {
    const formula = fc
      .array(fc.constantFrom("a", "b-c.Failed", "&&", "||", "!", "(", ")", " "), { maxLength: 10 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(formula, (one) => {
        const tree = parseDepends(one);
        // Chains of one operator may be regrouped; what is printed is stable from then on.
        if (tree) expect(printDepends(parseDepends(printDepends(tree))!)).toBe(printDepends(tree));
      }),
    );
  });

  it("a workflow of any shape comes back as it was read, also through JSON, and can be drawn", () => {
    const spec = fc.record(
      { entrypoint: value, arguments: value, templates: fc.oneof(fc.array(value, { maxLength: 3 }), value), hooks: value, onExit: value },
      { requiredKeys: [] },
    );
    const object = fc.record(
      {
        apiVersion: fc.constant("argoproj.io/v1alpha1"),
        kind: fc.constantFrom("Workflow", "CronWorkflow"),
        metadata: value,
        spec: fc.oneof(spec, fc.record({ workflowSpec: spec }), value),
      },
      { requiredKeys: ["kind"] },
    );
    fc.assert(
      fc.property(fc.array(object as fc.Arbitrary<Data>, { maxLength: 2 }), (stream) => {
        const { model } = readModel(stream);
        const expected = JSON.stringify(stream);
        expect(JSON.stringify(writeModel(model))).toBe(expected);
        expect(JSON.stringify(writeModel(JSON.parse(JSON.stringify(model))))).toBe(expected);
        expect(allGraphs(model).length).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: runs(200, 20_000) },
    );
  });
});
