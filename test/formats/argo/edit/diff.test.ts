import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffOperations } from "#data/difference.ts";
import type { Data } from "#data/data.ts";
import { applyOperations } from "#data/operations.ts";

const difference = (before: Data, after: Data) =>
  diffOperations([before], [after], []).map(({ op, path }) => `${op} ${path.slice(1).join(".")}`);
const names = (list: string) => list.split("").map((name) => ({ name, value: `${name}1` }));

describe("the difference of two values", () => {
  it("is one operation for one field", () => {
    expect(difference({ a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } })).toEqual(["set a.c"]);
    expect(difference({ a: 1, b: 2 }, { b: 2 })).toEqual(["remove a"]);
  });

  it("matches the items of keyed lists by name", () => {
    expect(difference({ env: names("abc") }, { env: names("bac") })).toEqual(["move env.0"]);
    expect(difference({ env: names("abcdef") }, { env: names("bcdefa") })).toEqual(["move env.0"]);
    expect(difference({ env: names("abc") }, { env: names("axbc") })).toEqual(["insert env.1"]);
    expect(
      difference(
        { env: names("abc") },
        {
          env: [
            { name: "a", value: "a1" },
            { name: "b", value: "new" },
            { name: "c", value: "c1" },
          ],
        },
      ),
    ).toEqual(["set env.1.value"]);
  });

  it("matches other lists by what they have in common", () => {
    expect(difference({ args: ["a", "b", "c"] }, { args: ["a", "x", "b", "c"] })).toEqual(["insert args.1"]);
    expect(difference({ args: ["a", "b", "c"] }, { args: ["a", "c"] })).toEqual(["remove args.1"]);
    expect(difference({ args: ["a", "b", "c"] }, { args: ["a", "B", "c"] })).toEqual(["set args.1"]);
  });

  it("always leads to the new value", () => {
    const item = fc.record({ name: fc.constantFrom("a", "b", "c", "d", "e"), value: fc.integer({ min: 0, max: 2 }) });
    const value = fc.record({
      env: fc.array(item, { maxLength: 7 }),
      args: fc.array(fc.constantFrom("x", "y", "z"), { maxLength: 7 }),
      rest: fc.dictionary(fc.constantFrom("k", "l", "m"), fc.jsonValue({ maxDepth: 2 })),
    });
    fc.assert(
      fc.property(value, value, (before, after) => {
        const [a, b] = [[before] as unknown as Data, [after] as unknown as Data];
        expect(applyOperations(a, diffOperations(a, b, []))).toEqual(b);
      }),
    );
  });
});
