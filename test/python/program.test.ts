import { describe, expect, test } from "vitest";
import { launcher } from "#python/program.ts";
import { componentOf, hasPython, run } from "./run.ts";

const texts = (source: string, options = {}) => {
  const { implementation } = componentOf(source, options);
  if (implementation.kind !== "container") throw new Error("no container");
  return {
    image: implementation.image,
    command: (implementation.command ?? []).map((one) => (one.kind === "text" ? one.text : one)),
    args: implementation.args,
  };
};

test("the command is a launcher and the program", () => {
  const { image, command } = texts("def f(): pass");
  expect(image).toBe("python:3.7");
  expect(command.slice(0, 3)).toEqual(["sh", "-ec", launcher]);
  expect(command).toHaveLength(4);
  expect(command[3]).toContain("def f(): pass");
});

test("packages are installed before the program runs, for the user if it must be", () => {
  const { command } = texts("def f(): pass", { packages: ["pandas==1.1.4", 'numpy; python_version < "3.8"', "it's"] });
  const install = `PIP_DISABLE_PIP_VERSION_CHECK=1 python3 -m pip install --quiet --no-warn-script-location 'pandas==1.1.4' 'numpy; python_version < "3.8"' "it's"`;
  expect(command.slice(0, 3)).toEqual(["sh", "-c", `(${install} || ${install} --user) && "$0" "$@"`]);
  expect(command.slice(3, 5)).toEqual(["sh", "-ec"]);
});

test("a package that a shell would change is quoted for the shell", () => {
  expect(texts("def f(): pass", { packages: ["a'$(b)"] }).command[2]).toContain(` 'a'\\''$(b)' `);
});

test("arguments are flags and placeholders: inputs, then files to write, then returned values", () => {
  const { args } = texts(
    "def f(out_path: OutputPath('A'), in_path: InputPath('B'), my_value: int, maybe: str = None) -> NamedTuple('O', [('x', int), ('y', str)]): pass",
  );
  expect(args).toEqual([
    { kind: "text", text: "--in" },
    { kind: "inputPath", name: "in" },
    { kind: "text", text: "--my-value" },
    { kind: "inputValue", name: "my_value" },
    {
      kind: "if",
      cond: { kind: "isPresent", name: "maybe" },
      then: [
        { kind: "text", text: "--maybe" },
        { kind: "inputValue", name: "maybe" },
      ],
    },
    { kind: "text", text: "--out" },
    { kind: "outputPath", name: "out" },
    { kind: "text", text: "----output-paths" },
    { kind: "outputPath", name: "x" },
    { kind: "outputPath", name: "y" },
  ]);
});

test("the program holds the function without decorators and annotations, comments kept", () => {
  const program = String(
    texts(
      "# above\n@component\ndef f(a: int = 3,  # 주석\n      *, b: 'x'=1) -> float:\n    # 안\n    def g(q: Foo) -> int: return q\n    def h(q: int) -> int: return q\n    return a\n",
    ).command[3],
  );
  expect(program).toContain(
    "def f(a = 3,  # 주석\n      *, b=1):\n    # 안\n    def g(q): return q\n    def h(q: int) -> int: return q\n    return a\n",
  );
  expect(program).not.toContain("@component");
});

if (!hasPython && process.env.CI === "true") test("CI has Python to run programs with", () => expect.fail("python3 does not start"));

describe.skipIf(!hasPython)("a generated program, run with Python,", () => {
  test("writes the value of each type as KFP does", () => {
    const source = [
      "def f() -> NamedTuple('O', [('s', str), ('i', int), ('i2', int), ('d', float), ('b', bool), ('l', list), ('m', dict), ('u', ''), ('o', 'CSV')]):",
      "    return ('글', 3, '4', 1, True, [1, {'b': 1, 'a': '한'}], '{\"ready\": 1}', 2.5, 'x')",
    ].join("\n");
    expect(run(componentOf(source)).outputs).toEqual({
      s: "글",
      i: "3",
      i2: "4",
      d: "1",
      b: "True",
      l: '[1, {"a": "\\ud55c", "b": 1}]',
      m: '{"ready": 1}',
      u: "2.5",
      o: "x",
    });
  });

  test.each([
    ["str", "3"],
    ["int", "3.5"],
    ["float", "[]"],
    ["bool", "1"],
    ["dict", "{1: {2}}"],
  ])("fails if a function which returns %s returns %s", (type, value) => {
    const done = run(componentOf(`def f() -> ${type}: return ${value}`));
    expect(done.status).not.toBe(0);
    expect(done.stderr).toContain("TypeError");
    expect(done.outputs).toEqual({});
  });

  test("reads a value of each type", () => {
    const source =
      "def f(s: str, i: int, d: float, b: bool, l: list, m: dict, t: typing.List[int], c: 'CSV', u) -> str:\n    return repr((s, i, d, b, l, m, t, c, u))";
    const done = run(componentOf(source), { s: "가", i: "-3", d: "1e3", b: "no", l: "[1]", m: '{"k": null}', t: "[2]", c: "1", u: "2" });
    expect(done.outputs).toEqual({ Output: "('가', -3, 1000.0, False, [1], {'k': None}, [2], '1', '2')" });
  });

  test.each(["True", "true", "YES", "1", "on"])("reads %s as true", (word) => {
    expect(run(componentOf("def f(x: bool) -> bool: return x"), { x: word }).outputs).toEqual({ Output: "True" });
  });

  test("refuses a word that is neither true nor false", () => {
    expect(run(componentOf("def f(x: bool): pass"), { x: "maybe" }).status).not.toBe(0);
  });

  test("takes values that begin with a dash, are empty or hold spaces", () => {
    expect(run(componentOf("def f(a, b, c) -> str: return repr([a, b, c])"), { a: "--b", b: "", c: "-1 x" }).outputs).toEqual({
      Output: "['--b', '', '-1 x']",
    });
  });

  test("leaves optional arguments to the function's own defaults", () => {
    const component = componentOf(
      "def f(a: int = 1 + 1, b: str = None, c_path: InputPath() = None, d: list = (5,)) -> str: return repr((a, b, c_path, d))",
    );
    expect(run(component).outputs).toEqual({ Output: "(2, None, None, (5,))" });
    expect(run(component, { a: "7", d: "[1]" }).outputs).toEqual({ Output: "(7, None, None, [1])" });
  });

  test("refuses to run without a required argument", () => {
    const component = componentOf("def f(a, b: str = ''): pass");
    const broken = { ...component, implementation: { ...component.implementation, args: [] } } as typeof component;
    expect(run(broken).stderr).toContain("--a");
  });

  test("hands over files in all styles", () => {
    const source = [
      "def copy(a_path: InputPath('A'), b_file: InputTextFile(str), c_file: InputBinaryFile(),",
      "         x_path: OutputPath('X'), y_file: OutputTextFile(str), z_file: OutputBinaryFile()):",
      "    with open(a_path, encoding='utf-8') as source, open(x_path, 'w', encoding='utf-8') as target:",
      "        target.write(source.read() + '!')",
      "    y_file.write(b_file.read() + '?')",
      "    z_file.write(c_file.read() + b'.')",
    ].join("\n");
    expect(run(componentOf(source), { a: "하나", b: "둘", c: "셋" }).outputs).toEqual({ x: "하나!", y: "둘?", z: "셋." });
  });

  test("writes metrics and returned values side by side", () => {
    const source = [
      "@create_component_from_func",
      "def evaluate(mlpipeline_metrics_path: OutputPath('Metrics'), 정확도: float) -> NamedTuple('Out', [('ok', bool)]):",
      "    '''Evaluates 100% of it.'''",
      "    import json",
      "    from collections import namedtuple",
      "    with open(mlpipeline_metrics_path, 'w') as f:",
      "        json.dump({'metrics': [{'name': 'accuracy', 'numberValue': 정확도, 'format': 'PERCENTAGE'}]}, f)",
      "    return namedtuple('Out', 'ok')(정확도 > 0.5)",
    ].join("\n");
    expect(run(componentOf(source), { 정확도: "0.91" }).outputs).toEqual({
      mlpipeline_metrics: '{"metrics": [{"name": "accuracy", "numberValue": 0.91, "format": "PERCENTAGE"}]}',
      ok: "True",
    });
  });

  test("reads Korean words where the container has no locale", () => {
    const done = run(
      componentOf("def f(글: str) -> str: return 글"),
      { 글: "한글" },
      { LC_ALL: "C", LANG: "C", PYTHONCOERCECLOCALE: "0", PYTHONUTF8: "0" },
    );
    expect(done.stderr).toBe("");
    expect(done.outputs).toEqual({ Output: "한글" });
  });

  test("prints the function's own output and passes its failure on", () => {
    const done = run(componentOf("def f():\n    print('안녕 \\\\ %s \\n')\n    raise SystemExit(3)"), {}, { PYTHONIOENCODING: "utf-8" });
    expect(done.stdout).toBe("안녕 \\ %s \n\n");
    expect(done.status).toBe(3);
  });

  test("says how many values were expected of a tuple", () => {
    expect(run(componentOf("def f() -> NamedTuple('O', [('a', int), ('b', int)]): return (1,)")).stderr).toContain(
      "returned 1 values instead of 2",
    );
  });

  test("runs a function with windows line breaks, recursion and names that look like the program's", () => {
    const source = "def main(n: int, path: str, value: str) -> int:\r\n    return 1 if n < 2 else n * main(n - 1, path, value)\r\n";
    expect(run(componentOf(source), { n: "5", path: "p", value: "v" }).outputs).toEqual({ Output: "120" });
  });
});
