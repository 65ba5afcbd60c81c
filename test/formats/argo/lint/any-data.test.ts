import fc from "fast-check";
import { expect, test } from "vitest";
import { checkDocument } from "#compiler/checking.ts";
import { readModel } from "#compiler/readers.ts";
import { type Data, isList, isMap } from "#data/data.ts";
import { parse } from "#yaml/parse.ts";
import { runs } from "#test/runs.ts";
import { failingCases } from "./cases.ts";

/** Small documents that together use every part that the rules look at. */
const documents: readonly Data[] = failingCases
  .map(
    ({ spec, document }) => document ?? `{apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: {generateName: n-}, spec: ${spec}}`,
  )
  .filter((text) => text.length < 2000)
  .map((text) => parse(text).stream[0] ?? null);

/** Every place in the data. */
function placesIn(data: Data, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  const below = isList(data)
    ? data.flatMap((item, i) => placesIn(item, [...path, i]))
    : isMap(data)
      ? Object.keys(data).flatMap((key) => placesIn(data[key] as Data, [...path, key]))
      : [];
  return [path, ...below];
}

function replaced(data: Data, path: readonly (string | number)[], value: Data): Data {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (isList(data)) return data.map((item, index) => (index === step ? replaced(item, rest, value) : item));
  return isMap(data) ? { ...data, [step]: replaced(data[String(step)] as Data, rest, value) } : data;
}

const odd = fc.oneof(
  fc.constantFrom<Data>(
    null,
    [],
    {},
    "",
    "{{",
    "{{inputs.parameters.}}",
    "{{item}}",
    "{{=",
    0,
    -1,
    1e300,
    true,
    [[]],
    [null],
    [{}],
    { name: null },
    { name: [1] },
    "a && (",
    "__proto__",
    "constructor",
  ),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Data>,
);

test("whatever the data, the check answers with diagnostics that have a path in the document", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...documents),
      fc.nat(),
      odd,
      fc.constantFrom("lint", "default", "submit" as const),
      (document, at, value, mode) => {
        const paths = placesIn(document);
        const stream = [replaced(document, paths[at % paths.length] ?? [], value)];
        const { model, diagnostics } = readModel(stream);
        const found = checkDocument(
          { stream, model, diagnostics },
          { mode: mode as "lint", others: { models: [], complete: true }, target: "kfp" },
        );
        for (const diagnostic of found) expect(diagnostic.code).toMatch(/^[a-z][a-z0-9-]+$/);
        // Asked twice it answers the same: nothing is remembered that should not be.
        expect(
          checkDocument({ stream, model, diagnostics }, { mode: mode as "lint", others: { models: [], complete: true }, target: "kfp" }),
        ).toEqual(found);
      },
    ),
    { numRuns: runs(500, 30_000) },
  );
});

test("a template that calls itself and a chain of references end", () => {
  const text = `{apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: {generateName: n-}, spec: {entrypoint: m, onExit: m, templates: [
    {name: m, steps: [[{name: a, template: m, when: "{{workflow.status}} != Failed"}]]}]}}`;
  const { stream } = parse(text);
  const { model, diagnostics } = readModel(stream);
  expect(checkDocument({ stream, model, diagnostics }).filter(({ level }) => level === "error")).toEqual([]);
});
