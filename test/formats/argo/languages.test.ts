import { describe, expect, it } from "vitest";
import {
  andDepends,
  isPlain,
  namesInDepends,
  parseDepends,
  printDepends,
  renameInDepends,
  withoutInDepends,
} from "#formats/argo/syntax/depends.ts";
import { chainsIn, referencesInExpression } from "#formats/argo/syntax/expression.ts";
import { readText, referencesInText, tagsIn, writeReference, writeText } from "#formats/argo/syntax/references.ts";
import { parseWhen, readCondition } from "#formats/argo/syntax/when.ts";

describe("tags", () => {
  it("know every kind of variable", () => {
    const kinds = (text: string) => referencesInText(text)[0];
    expect(kinds("{{tasks.a-b.outputs.parameters.p}}")).toEqual({
      kind: "task-output",
      task: "a-b",
      of: "tasks",
      output: "p",
      port: "parameter",
    });
    expect(kinds("{{steps.s.outputs.artifacts.x}}")).toEqual({
      kind: "task-output",
      task: "s",
      of: "steps",
      output: "x",
      port: "artifact",
    });
    expect(kinds("{{steps.s.outputs.result}}")).toEqual({ kind: "task-output", task: "s", of: "steps", output: "result" });
    expect(kinds("{{tasks.a.exitCode}}")).toEqual({ kind: "task-output", task: "a", of: "tasks", output: "exitCode" });
    expect(kinds("{{tasks.a.outputs.parameters}}")).toEqual({ kind: "task-output", task: "a", of: "tasks", output: "outputs.parameters" });
    expect(kinds("{{inputs.parameters.x}}")).toEqual({ kind: "graph-input", port: "parameter", name: "x" });
    expect(kinds("{{inputs.artifacts.x.path}}")).toEqual({
      kind: "graph-input",
      port: "artifact",
      name: "x",
      spelling: "{{inputs.artifacts.x.path}}",
    });
    expect(kinds("{{workflow.parameters.rate}}")).toEqual({ kind: "pipeline-parameter", name: "rate" });
    expect(kinds("{{workflow.outputs.artifacts.g}}")).toEqual({ kind: "global-output", port: "artifact", name: "g" });
    expect(kinds("{{item.os}}")).toEqual({ kind: "item", key: "os" });
    for (const name of [
      "workflow.name",
      "workflow.parameters",
      "workflow.parameters.json",
      "tasks.name",
      "retries",
      "pod.name",
      "inputs.parameters",
      "",
    ]) {
      expect(kinds(`{{${name}}}`)).toEqual({ kind: "variable", name });
    }
  });

  it("keep their spelling where it is not the usual one", () => {
    expect(referencesInText("{{ item }}")[0]).toEqual({ kind: "item", spelling: "{{ item }}" });
    expect(referencesInText("{{item}}")[0]).toEqual({ kind: "item" });
  });

  it("are printed as they were read, whatever the text contains", () => {
    for (const text of [
      "",
      "a",
      "{{item}}",
      "a{{ item }}b{{=1+2}}c",
      "{{",
      "}}{{",
      "{{a{{b}}",
      "{{{{x}}}}",
      "{{= tasks.a.ip }}",
      "{{tasks..outputs.result}}",
      "{{=\n}}",
      "{{tasks.a.outputs.}}",
      "{{inputs.parameters.}}",
    ]) {
      const binding = readText(text, "from");
      expect(
        binding.kind === "reference" ? writeReference(binding.reference) : binding.kind === "text" ? writeText(binding.parts) : undefined,
      ).toBe(text);
    }
    expect(tagsIn("x {{a}} {{b").length).toBe(1);
  });
});

describe("expressions", () => {
  const names = (source: string) => chainsIn(source).map((chain) => chain.map((step) => step.name).join("/"));

  it("give their member chains, with dots, keys and optional steps", () => {
    expect(names("tasks['a-b'].outputs.result == 'x' ? steps.c?.outputs : inputs.parameters[\"p q\"]")).toEqual([
      "tasks/a-b/outputs/result",
      "steps/c/outputs",
      "inputs/parameters/p q",
    ]);
  });

  it("are blind to strings, comments, members and other names", () => {
    expect(names("'tasks.a' + \"item\" + `steps.b` // tasks.c\n/* item */ + sprig.tasks.x + mytasks.a + 3.item")).toEqual([]);
    expect(names("asInt(item) + toJson(tasks)")).toEqual(["item", "tasks"]);
  });

  it("look into computed keys", () => {
    expect(names("tasks[inputs.parameters.which].outputs")).toEqual(["tasks/", "inputs/parameters/which"]);
  });

  it("take a name with a dash behind a dot as the subtraction it is", () => {
    expect(referencesInExpression("tasks.my-step.outputs")[0]).toEqual({ kind: "variable", name: "tasks.my" });
  });

  it("end where the text ends, however broken", () => {
    for (const source of ["tasks[", "tasks['a", "tasks.", "'", "/*", "tasks['a'", "1.", "..", "tasks..x"])
      expect(Array.isArray(referencesInExpression(source))).toBe(true);
  });
});

describe("depends", () => {
  it("is read with its precedence and printed with no more parentheses than needed", () => {
    for (const [text, printed] of [
      ["a", "a"],
      ["a&&b || !c.Failed", "a && b || !c.Failed"],
      ["(a || b) && (c)", "(a || b) && c"],
      ["!(a && b.AnySucceeded)", "!(a && b.AnySucceeded)"],
    ] as const) {
      const formula = parseDepends(text);
      expect(formula && printDepends(formula)).toBe(printed);
    }
    for (const text of ["", "a &&", "a b", "(a", "a & b", "a.b.c", "&&"]) expect(parseDepends(text)).toBeUndefined();
    expect(parseDepends("!".repeat(5000) + "a")).toBeUndefined();
  });

  it("is plain only if it is a conjunction of bare names", () => {
    expect(isPlain(parseDepends("a && b && c"))).toBe(true);
    for (const text of ["a || b", "a && b.Failed", "!a", ""]) expect(isPlain(parseDepends(text))).toBe(false);
  });

  it("tells its names and the results asked of them, also where it does not parse", () => {
    expect(namesInDepends("(a.Failed || a.Errored) && b &&")).toEqual([
      { task: "a", results: ["Failed", "Errored"] },
      { task: "b", results: [] },
    ]);
  });

  it("is renamed, joined and shortened with the rest of its text unchanged where possible", () => {
    expect(renameInDepends("a  && (a.Failed||ab)", "a", "x")).toBe("x  && (x.Failed||ab)");
    expect(andDepends("a  && b", "c")).toBe("a  && b && c");
    expect(andDepends("a || b", "c")).toBe("(a || b) && c");
    expect(andDepends("", "c")).toBe("c");
    expect(withoutInDepends("a && (b || !c)", "b")).toBe("a && !c");
    expect(withoutInDepends("a.Failed", "a")).toBeUndefined();
    expect(withoutInDepends("a  && b", "c")).toBe("a  && b");
  });
});

describe("when", () => {
  it("is read as comparisons of texts and references", () => {
    expect(parseWhen(`"{{tasks.flip.outputs.parameters.o}}" == "heads" && {{item}} >= 3 || !(a != 'b c')`)).toEqual({
      kind: "or",
      left: {
        kind: "and",
        left: {
          kind: "compare",
          operator: "==",
          left: { reference: { kind: "task-output", task: "flip", of: "tasks", output: "o", port: "parameter" }, quoted: true },
          right: { text: "heads", quoted: true },
        },
        right: {
          kind: "compare",
          operator: ">=",
          left: { reference: { kind: "item" }, quoted: false },
          right: { text: "3", quoted: false },
        },
      },
      right: {
        kind: "not",
        of: { kind: "compare", operator: "!=", left: { text: "a", quoted: false }, right: { text: "b c", quoted: true } },
      },
    });
  });

  it("keeps its text and references where it has no tree", () => {
    for (const text of ["true", "a in (b, c)", "{{=inputs.parameters.x > 1}}", "a ==", '"open', "a == b c", "{{x == y"]) {
      expect(readCondition(text)).toMatchObject({ text });
      expect(readCondition(text).tree).toBeUndefined();
    }
    expect(readCondition("{{=inputs.parameters.x > 1}}").references).toHaveLength(1);
  });
});
