import { describe, expect, test } from "vitest";
import { packagesOf, programIndex, readProgram } from "#python/program-lens.ts";
import { readFunctions } from "#python/functions.ts";
import { editFunction, signatureOf } from "#python/signature.ts";
import { componentOf, hasPython, run } from "./run.ts";
import type { ComponentSpec } from "#components/component-spec.ts";

const source = [
  "def train(rows_path: InputPath('CSV'), rate: float, steps: int = 10, *, log_file: OutputTextFile(str), model_path: OutputPath('Model')) -> NamedTuple('Outputs', [('loss', float), ('시간', 'Seconds')]):",
  "    '''Trains.'''",
  "    # 주석",
  "    return (rate * steps, '3')",
].join("\n");

function programIn(spec: ComponentSpec): string {
  const command = spec.implementation.kind === "container" ? (spec.implementation.command ?? []) : [];
  const words = command.map((one) => (one.kind === "text" ? one.text : ""));
  const index = programIndex(words);
  if (index === undefined) throw new Error("no program in the command");
  return words[index] as string;
}

function open(spec: ComponentSpec) {
  const lens = readProgram(programIn(spec));
  if (!lens) throw new Error("the program was not read");
  return lens;
}

/** The same interface as the KFP SDK lays its programs out, in words of our own. */
const sdkLike = [
  "def _make_parent_dirs_and_return_path(file_path: str):",
  "    import os",
  "    return file_path",
  "",
  "def pick(rows_path, model_path, n = 3):",
  "    '''Picks.'''",
  "    return [n]",
  "",
  "def _serialize_json(obj) -> str:",
  "    return obj",
  "",
  "import json",
  "import argparse",
  "_parser = argparse.ArgumentParser(prog='Pick', description='Picks.')",
  '_parser.add_argument("--rows", dest="rows_path", type=str, required=True, default=argparse.SUPPRESS)',
  '_parser.add_argument("--n", dest="n", type=int, required=False, default=argparse.SUPPRESS)',
  '_parser.add_argument("--model", dest="model_path", type=_make_parent_dirs_and_return_path, required=True, default=argparse.SUPPRESS)',
  '_parser.add_argument("----output-paths", dest="_output_paths", type=str, nargs=1)',
  "_parsed_args = vars(_parser.parse_args())",
  '_output_files = _parsed_args.pop("_output_paths", [])',
  "",
  "_outputs = pick(**_parsed_args)",
  "",
  "_outputs = [_outputs]",
  "",
].join("\n");

const oldStyle = [
  "from typing import NamedTuple",
  "",
  "def old(a : int) -> NamedTuple('O', [('x', str)]):",
  "    return ('1',)",
  "",
  "import argparse",
  "_parser = argparse.ArgumentParser(prog='Old', description='')",
  '_parser.add_argument("--a", dest="a", type=int, required=True, default=argparse.SUPPRESS)',
  "_parsed_args = vars(_parser.parse_args())",
  "_outputs = old(**_parsed_args)",
  "",
].join("\n");

const kfpTwo =
  "\nimport kfp\nfrom kfp import dsl\nfrom kfp.dsl import *\nfrom typing import *\n\ndef comp(a: int, m: Output[Model]) -> str:\n    return 'x'\n\n";

describe("the parts of a program together are the program, byte for byte:", () => {
  test.each([
    ["our own", programIn(componentOf(source)), "train", "argparse"],
    ["KFP SDK 1.x", sdkLike, "pick", "argparse"],
    ["KFP SDK 0.x", oldStyle, "old", "argparse"],
    ["KFP SDK 2.x", kfpTwo, "comp", "kfp-v2"],
  ])("%s", (_title, program, name, style) => {
    const lens = readProgram(program);
    expect(lens?.functionName).toBe(name);
    expect(lens?.style).toBe(style);
    expect(`${lens?.prefix}${lens?.source}${lens?.suffix}`).toBe(program);
    expect(lens?.source.startsWith(`def ${name}(`)).toBe(true);
    expect(lens?.source.endsWith("\n")).toBe(false);
  });
});

test.each([
  ["a script without a function", "print('def x')"],
  ["functions that nothing calls with its arguments", "import argparse\ndef f(): pass\nf()\n"],
  ["a class", "class A:\n    def f(self): pass\n"],
  ["no Python at all", "kind: Workflow\ndef: (\n"],
])("%s is not a program", (_title, text) => {
  expect(readProgram(text)).toBeUndefined();
});

test("the arguments of a KFP 2 step name its function", () => {
  expect(readProgram("import json\ndef a(): pass\ndef b(): pass\n", "a")?.functionName).toBe("a");
});

test.each([
  [["sh", "-ec", 'p=$(mktemp)\nprintf "%s" "$0" > "$p"\npython3 -u "$p" "$@"\n', "def f(): pass"], 3],
  [["sh", "-c", 'pip install x && "$0" "$@"', "python3", "-u", "-c", "def f(): pass"], 6],
  [["python3", "-u", "-c", "def f(): pass"], 3],
  [["python3", "-c", "x", "def f(): pass"], undefined],
  [["sh", "-c", "echo def f"], undefined],
])("the program of %j is found at %s", (command, index) => {
  expect(programIndex(command)).toBe(index);
});

test("the packages of a command are read from its shell words", () => {
  const packages = ["pandas==1.1.4", "numpy<2", 'a; python_version < "3.8"', "b>=1"];
  const { implementation } = componentOf("def f(): pass", { packages });
  const command =
    implementation.kind === "container" ? (implementation.command ?? []).map((one) => (one.kind === "text" ? one.text : "")) : [];
  expect(packagesOf(command)).toEqual(packages);
  expect(packagesOf(["sh", "-ec", "x", "def f(): pass"])).toEqual([]);
});

test("a reopened function has its annotations again", () => {
  const component = componentOf(source);
  const shown = signatureOf(component, open(component));
  const [before] = readFunctions(source).functions;
  const [after] = readFunctions(shown).functions;
  expect(after?.component).toEqual(before?.component);
  expect(shown).toContain("def train(rows_path: InputPath('CSV'), rate: float, steps: int = 10, *, log_file: OutputTextFile(str)");
});

test("an SDK program gets types from its interface", () => {
  const spec: ComponentSpec = {
    name: "Pick",
    inputs: [
      { name: "rows", type: { GCSPath: { data_type: "CSV" } }, optional: false, rest: {} },
      { name: "n", type: "Integer", default: "3", optional: true, rest: {} },
    ],
    outputs: [
      { name: "model", rest: {} },
      { name: "Output", type: "JsonArray", rest: {} },
    ],
    implementation: {
      kind: "container",
      image: "i",
      args: [
        { kind: "text", text: "--rows" },
        { kind: "inputPath", name: "rows" },
        {
          kind: "if",
          cond: { kind: "isPresent", name: "n" },
          then: [
            { kind: "text", text: "--n" },
            { kind: "inputValue", name: "n" },
          ],
        },
        { kind: "text", text: "--model" },
        { kind: "outputPath", name: "model" },
        { kind: "text", text: "----output-paths" },
        { kind: "outputPath", name: "Output" },
      ],
      rest: {},
    },
    rest: {},
  };
  const lens = readProgram(sdkLike);
  expect(lens && signatureOf(spec, lens).split("\n")[0]).toBe(
    "def pick(rows_path: InputPath({'GCSPath': {'data_type': 'CSV'}}), model_path: OutputPath(), n: int = 3) -> list:",
  );
});

test("a program of the oldest SDK keeps its own annotations", () => {
  const lens = readProgram(oldStyle);
  const spec: ComponentSpec = { inputs: [], outputs: [], implementation: { kind: "none" }, rest: {} };
  if (!lens) throw new Error("the program was not read");
  const shown = signatureOf(spec, lens);
  expect(shown).toBe(lens.source);
  expect(editFunction(spec, lens, shown.replace("'1'", "'2'"))).toEqual({
    kind: "same-interface",
    program: oldStyle.replace("'1'", "'2'"),
  });
});

test("an edit of the body changes only the function in the program", () => {
  const component = componentOf(source);
  const lens = open(component);
  const shown = signatureOf(component, lens);
  const unchanged = editFunction(component, lens, shown);
  expect(unchanged).toEqual({ kind: "same-interface", program: programIn(component) });
  const edited = editFunction(component, lens, shown.replace("# 주석", "print(rate)"));
  expect(edited).toEqual({ kind: "same-interface", program: programIn(component).replace("# 주석", "print(rate)") });
});

test.each([
  ["a new parameter", "rate: float", "rate: float, more: str"],
  ["another type", "rate: float", "rate: int"],
  ["another default", "= 10", "= 11"],
  ["another name", "def train", "def learn"],
  ["another output", "'loss'", "'error'"],
])("%s makes a new program", (_title, from, to) => {
  const component = componentOf(source);
  const lens = open(component);
  const edited = editFunction(component, lens, signatureOf(component, lens).replace(from, to));
  expect(edited.kind).toBe("new-interface");
});

test("a new program keeps the image of the component", () => {
  const component = componentOf(source, { image: "mine:1" });
  const lens = open(component);
  const edited = editFunction(component, lens, signatureOf(component, lens).replace("= 10", "= 11"));
  expect(edited.kind === "new-interface" && edited.component.implementation).toMatchObject({ image: "mine:1" });
});

test("a text without a function is refused", () => {
  const component = componentOf(source);
  expect(editFunction(component, open(component), "x = 1")).toEqual({ kind: "unreadable" });
});

test.skipIf(!hasPython)("an edited program runs with the edit in it", () => {
  const component = componentOf("def f(a: int) -> int:\n    return a + 1\n");
  const lens = open(component);
  const edited = editFunction(component, lens, signatureOf(component, lens).replace("+ 1", "+ 2"));
  if (edited.kind !== "same-interface" || component.implementation.kind !== "container") throw new Error("not an edit of the body");
  const command = (component.implementation.command ?? []).map((one) =>
    one.kind === "text" && one.text === programIn(component) ? { ...one, text: edited.program } : one,
  );
  expect(run({ ...component, implementation: { ...component.implementation, command } }, { a: "1" }).outputs).toEqual({ Output: "3" });
});
