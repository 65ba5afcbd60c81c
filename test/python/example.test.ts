import { describe, expect, test } from "vitest";
import { readFunctions } from "#python/functions.ts";
import { readPipelineFile } from "#python/pipeline-file.ts";
import { programOf } from "#python/program.ts";
import type { CommandItem } from "#components/component-spec.ts";
import { hasPython, run } from "./run.ts";

/** Two steps that pass a file, as a Korean tutorial would write them. */
const source = `import kfp
from kfp.components import InputPath, OutputPath, create_component_from_func

@create_component_from_func
def write_numbers_op(numbers_path: OutputPath("dict")):
    # 파일에 딕셔너리를 저장합니다
    import json

    with open(numbers_path, "w") as f:
        json.dump({"하나": 1, "둘": 2}, f)

@create_component_from_func
def read_and_multiply_op(data_input_path: InputPath("dict")) -> float:
    import json

    with open(data_input_path) as f:
        return float(sum(json.load(f).values()) * 10)  # 합계

@kfp.dsl.pipeline(name="파일 넘기기")
def my_pipeline():
    write_task = write_numbers_op()
    read_and_multiply_op(write_task.outputs["numbers"])

if __name__ == "__main__":
    kfp.compiler.Compiler().compile(my_pipeline, "my.yaml")
`;

const text = (item: CommandItem) => (item.kind === "text" ? item.text : `<${item.kind} ${"name" in item ? item.name : ""}>`);

describe("a file with two components and a pipeline", () => {
  const components = readFunctions(source).functions.map((fn) => programOf(fn));

  test("has nothing wrong in its components", () => {
    expect(readPipelineFile(source).diagnostics).toEqual([]);
  });

  test("gives the interfaces that the SDK would give", () => {
    expect(components.slice(0, 2).map(({ name, inputs, outputs }) => ({ name, inputs, outputs }))).toEqual([
      { name: "Write numbers op", inputs: [], outputs: [{ name: "numbers", type: "dict", description: undefined, rest: {} }] },
      {
        name: "Read and multiply op",
        inputs: [{ name: "data_input", type: "dict", description: undefined, default: undefined, optional: false, rest: {} }],
        outputs: [{ name: "Output", type: "Float", rest: {} }],
      },
    ]);
  });

  test("gives the arguments that the SDK would give", () => {
    const lines = components
      .slice(0, 2)
      .map(({ implementation }) => (implementation.kind === "container" ? (implementation.args ?? []).map(text) : []));
    expect(lines).toEqual([
      ["--numbers", "<outputPath numbers>"],
      ["--data-input", "<inputPath data_input>", "----output-paths", "<outputPath Output>"],
    ]);
  });

  test("keeps the comments inside of the functions in the programs", () => {
    const programs = components
      .slice(0, 2)
      .map(({ implementation }) => (implementation.kind === "container" ? text(implementation.command?.at(-1) as CommandItem) : ""));
    expect(programs[0]).toContain("    # 파일에 딕셔너리를 저장합니다\n");
    expect(programs[1]).toContain("  # 합계\n");
    expect(programs.join()).not.toMatch(/@create|InputPath|OutputPath/);
  });

  test("is read as a pipeline of two tasks", () => {
    const [pipeline] = readPipelineFile(source).pipelines;
    expect(pipeline?.name).toBe("파일 넘기기");
    expect(
      pipeline?.statements.map((one) => one.kind === "task" && [one.id, one.variable, one.of, one.arguments.map(({ value }) => value)]),
    ).toEqual([
      [1, "write_task", { kind: "function", name: "write_numbers_op" }, []],
      [2, undefined, { kind: "function", name: "read_and_multiply_op" }, [{ kind: "output", task: 1, output: "numbers" }]],
    ]);
  });

  test.skipIf(!hasPython)("runs step by step", () => {
    const [write, read] = components;
    if (!write || !read) throw new Error("two components were expected");
    const written = run(write).outputs.numbers ?? "";
    expect(run(read, { data_input: written }).outputs).toEqual({ Output: "30.0" });
  });
});
