import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lowerPipeline } from "#formats/argo/kfp/lower/lower-pipeline.ts";
import type { PlanItem, PlanReference } from "#pipeline/pipeline-plan.ts";
import { runs } from "#test/runs.ts";
import { constant, item, lower, output, parameter, stamps, step } from "./build.ts";

/** A choice among what can be referred to, taken when the plan is put together; the upper ones are wild and may refer to anything. */
type Pick = number;
type Shape =
  | { readonly kind: "step"; readonly value: Pick | null; readonly file: Pick | null; readonly after: Pick | null }
  | { readonly kind: "condition"; readonly left: Pick; readonly body: readonly Shape[] }
  | { readonly kind: "loop"; readonly items: Pick | null; readonly body: readonly Shape[] }
  | { readonly kind: "sub-dag"; readonly body: readonly Shape[] };

/** Pipelines in nested groups. `wild`: how many of a thousand references go anywhere, even out of reach. */
function plans(wild: number): fc.Arbitrary<readonly PlanItem[]> {
  const pick = fc.nat(999);
  const shape = fc.letrec<{ item: Shape; body: readonly Shape[] }>((tie) => ({
    item: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.record({ kind: fc.constant("step" as const), value: fc.option(pick), file: fc.option(pick), after: fc.option(pick, { freq: 1 }) }),
      fc.record({ kind: fc.constant("condition" as const), left: pick, body: tie("body") }),
      fc.record({ kind: fc.constant("loop" as const), items: fc.option(pick), body: tie("body") }),
      fc.record({ kind: fc.constant("sub-dag" as const), body: tie("body") }),
    ),
    body: fc.array(tie("item"), { minLength: 1, maxLength: 5 }),
  }));
  return shape.body.map((body) => new Planter(wild).body(body));
}

class Planter {
  private counts = { step: 0, loop: 0, other: 0 };
  /** What later steps may refer to: parameters, outputs not closed up in a loop, items of the loops around. */
  private visible: PlanReference[] = [parameter("p"), parameter("q")];
  constructor(private readonly wild: number) {}

  body(shapes: readonly Shape[]): readonly PlanItem[] {
    return shapes.map((shape) => this.item(shape));
  }

  private item(shape: Shape): PlanItem {
    switch (shape.kind) {
      case "step": {
        const id = `s${++this.counts.step}`;
        const given = {
          ...(shape.value !== null && { value: this.pick(shape.value) }),
          ...(shape.file !== null && { file: this.pick(shape.file) }),
        };
        const earlier = shape.after === null ? undefined : this.pick(shape.after);
        const made = step(id, given, earlier?.kind === "output" ? { after: [earlier.op] } : {});
        this.visible.push(output(id));
        return made;
      }
      case "condition":
        return {
          kind: "condition",
          id: `g${++this.counts.other}`,
          operator: "==",
          left: this.pick(shape.left),
          right: constant("x"),
          body: this.body(shape.body),
        };
      case "sub-dag":
        return { kind: "sub-dag", id: `g${++this.counts.other}`, body: this.body(shape.body) };
      case "loop": {
        const id = `l${++this.counts.loop}`;
        const items = shape.items === null ? ({ kind: "list", items: [{ k: 1 }] } as const) : this.pick(shape.items);
        const before = [...this.visible];
        this.visible.push(item(id), item(id, "k"));
        const body = this.body(shape.body);
        this.visible = before;
        return { kind: "loop", id, items, body };
      }
    }
  }

  private pick(pick: Pick): PlanReference {
    if (pick < this.wild) return [output(`s${pick % 7}`), item(`l${pick % 4}`), parameter("gone")][pick % 3] ?? parameter("p");
    return this.visible[pick % this.visible.length] ?? parameter("p");
  }
}

describe("any plan", () => {
  it("gives a workflow in which everything used is offered, declared, given and waited for, unless an error is reported", () => {
    const parameters = [{ name: "p", default: "[1]" }, { name: "q" }];
    fc.assert(
      fc.property(
        plans(0),
        (body) => void expect(lower(body, parameters).codes.filter((code) => code !== "lower-condition-output")).toEqual([]),
      ),
      { numRuns: runs(60, 5_000) },
    );
    // Wild references are reported; whatever is not, must be sound all the same (lower() checks).
    fc.assert(
      fc.property(plans(100), (body) => void lower(body, parameters)),
      { numRuns: runs(60, 5_000) },
    );
  });

  it("gives the same workflow every time", () => {
    fc.assert(
      fc.property(plans(50), (body) => {
        const make = () => JSON.stringify(lowerPipeline({ name: "p", parameters: [{ name: "p" }, { name: "q" }], body }, stamps));
        expect(make()).toBe(make());
      }),
      { numRuns: runs(30, 2_000) },
    );
  });
});
