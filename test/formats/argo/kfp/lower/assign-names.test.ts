import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assignNames, longestPipelineName, longestTemplateName, type NameWish } from "#formats/argo/kfp/lower/assign-names.ts";

const op = (id: string, name: string): NameWish => ({ kind: "op", id, name });
const names = (pipeline: string, ...wishes: NameWish[]) => {
  const given = assignNames(pipeline, wishes);
  return [...given.templates.values(), given.pipeline];
};

describe("names", () => {
  it("are cleaned and numbered in program order", () => {
    expect(names("Nightly train", op("1", "Train model (v2)"), op("2", "Train model (v2)"), op("3", "2nd try"))).toEqual([
      "train-model-v2",
      "train-model-v2-2",
      "n2nd-try",
      "nightly-train",
    ]);
  });
  it("keep names of other scripts apart", () => {
    expect(names("파이프라인", op("1", "데이터 준비"), op("2", "데이터 정리"), op("3", "데이터 train"))).toEqual([
      "task",
      "task-2",
      "train",
      "pipeline",
    ]);
  });
  it("stay unique after cleaning, against groups and against the pipeline", () => {
    expect(
      names("a", op("1", "a_b"), op("2", "a-b"), op("3", "A b"), op("4", "a"), op("5", "condition-1"), { kind: "condition", id: "6" }),
    ).toEqual(["condition-1", "a-b", "a-b-2", "a-b-3", "a", "condition-1-2", "a-2"]);
  });
  it("give a numbered name that a later op asks for to whoever came first", () => {
    expect(names("p", op("1", "a"), op("2", "a"), op("3", "a 2"))).toEqual(["a", "a-2", "a-2-2", "p"]);
  });
  it("count groups with one counter, loops over literal lists twice", () => {
    const given = assignNames("p", [
      { kind: "loop", id: "l", literal: true },
      { kind: "condition", id: "c", name: "is tails" },
      { kind: "loop", id: "m", literal: false },
      { kind: "exit-handler", id: "e" },
      { kind: "graph", id: "g", name: "my_func" },
      { kind: "sub-dag", id: "s" },
    ]);
    expect([...given.templates.values()]).toEqual([
      "for-loop-2",
      "condition-is-tails-3",
      "for-loop-4",
      "exit-handler-5",
      "graph-my-func-6",
      "subgraph-7",
    ]);
    expect(given.items.get("l")).toBe("loop-item-param-1");
  });
  it("fit Kubernetes however long the human names are", () => {
    const long = "x".repeat(200);
    const given = names(long, op("1", long), op("2", long), { kind: "condition", id: "3", name: long });
    expect(given.slice(0, 3).every((name) => name.length <= longestTemplateName)).toBe(true);
    expect(given[3]?.length).toBeLessThanOrEqual(longestPipelineName);
    expect(new Set(given).size).toBe(4);
  });
  it("are unique and valid for any near-collisions", () => {
    const name = fc.oneof(
      fc.string({ unit: fc.constantFrom("a", "A", "-", "_", " ", "2", "데", "é", ".") }),
      fc.constantFrom("condition-1", "for-loop-1", "task", "pipeline", "task-2"),
    );
    fc.assert(
      fc.property(name, fc.array(fc.record({ kind: fc.constantFrom("op", "condition"), name })), (pipeline, wishes) => {
        const given = names(pipeline, ...wishes.map((wish, i): NameWish => ({ ...wish, id: String(i) }) as NameWish));
        expect(new Set(given).size).toBe(wishes.length + 1);
        for (const one of given) expect(one).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
      }),
    );
  });
});
