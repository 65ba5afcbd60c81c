import { expect, test } from "vitest";
import { readFunctions } from "#python/functions.ts";

/** The first function of a text. */
function first(source: string) {
  const [fn] = readFunctions(source).functions;
  if (!fn) throw new Error("no function was read");
  return fn;
}

/** The ports of a function in one line each: `in rows: CSV (inputPath)`. */
function ports(source: string): readonly string[] {
  const fn = first(source);
  const parameters = fn.parameters.map((one) => {
    const side = one.passing.startsWith("output") ? "out" : "in";
    const type = one.type === undefined ? "" : `: ${typeof one.type === "string" ? one.type : JSON.stringify(one.type)}`;
    const fallback = one.default?.kind === "text" ? ` = ${one.default.text}` : one.default ? ` = <${one.default.kind}>` : "";
    return `${side} ${one.portName}${type} (${one.passing})${fallback}`;
  });
  return [...parameters, ...fn.outputs.map((one) => `returns ${one.name}${one.type === undefined ? "" : `: ${String(one.type)}`}`)];
}

const signatures: readonly (readonly [title: string, source: string, expected: readonly string[]])[] = [
  ["a parameter without annotation is a value of any type", "def f(x): pass", ["in x (value)"]],
  [
    "Python's own classes have KFP names",
    "def f(a: str, b: int, c: float, d: bool, e: list, g: dict): pass",
    [
      "in a: String (value)",
      "in b: Integer (value)",
      "in c: Float (value)",
      "in d: Boolean (value)",
      "in e: JsonArray (value)",
      "in g: JsonObject (value)",
    ],
  ],
  ["text as annotation is the type, letter by letter", 'def f(a: "dict", b: "CSV"): pass', ["in a: dict (value)", "in b: CSV (value)"]],
  ["InputPath takes off _path", "def f(rows_path: InputPath('CSV')): pass", ["in rows: CSV (inputPath)"]],
  ["InputPath takes off _file_path", "def f(rows_file_path: InputPath()): pass", ["in rows (inputPath)"]],
  ["InputPath keeps _path before _file", "def f(rows_path_file: InputPath()): pass", ["in rows_path (inputPath)"]],
  ["a text file takes off _file", "def f(rows_file: InputTextFile(str)): pass", ["in rows: String (inputTextFile)"]],
  ["a text file keeps _path", "def f(rows_path: InputTextFile(str)): pass", ["in rows_path: String (inputTextFile)"]],
  ["a value keeps _path", "def f(rows_path: str): pass", ["in rows_path: String (value)"]],
  [
    "a binary file to read and one to write",
    "def f(a_file: InputBinaryFile(), b_file: OutputBinaryFile('Model')): pass",
    ["in a (inputBinaryFile)", "out b: Model (outputBinaryFile)"],
  ],
  ["a text file to write", "def f(log_file: OutputTextFile(str)): pass", ["out log: String (outputTextFile)"]],
  ["OutputPath without brackets has no type", "def f(x_path: OutputPath): pass", ["out x (outputPath)"]],
  ["OutputPath of a class", "def f(x_path: OutputPath(dict)): pass", ["out x: JsonObject (outputPath)"]],
  ["OutputPath of text", 'def f(x_path: OutputPath("dict")): pass', ["out x: dict (outputPath)"]],
  ["a type given by name", "def f(x_path: OutputPath(type='CSV')): pass", ["out x: CSV (outputPath)"]],
  [
    "a mapping stays a mapping",
    "def f(x_path: InputPath({'GCSPath': {'data_type': 'CSV'}})): pass",
    ['in x: {"GCSPath":{"data_type":"CSV"}} (inputPath)'],
  ],
  ["a dotted name", "import kfp\ndef f(x_path: kfp.components.InputPath('A')): pass", ["in x: A (inputPath)"]],
  ["a name by another name", "from kfp.components import InputPath as In\ndef f(x_path: In('A')): pass", ["in x: A (inputPath)"]],
  ["a module by another name", "import kfp.components as comp\ndef f(x_path: comp.OutputPath(str)): pass", ["out x: String (outputPath)"]],
  ["Optional counts as what is in it", "def f(x: Optional[int] = None): pass", ["in x: Integer (value) = <none>"]],
  [
    "a union with None counts as the other",
    "def f(x: Union[str, None], y: int | None): pass",
    ["in x: String (value)", "in y: Integer (value)"],
  ],
  ["a generic is its text with typing before it", "from typing import List\ndef f(x: List[int]): pass", ["in x: typing.List[int] (value)"]],
  [
    "a generic through a module's alias",
    "import typing as t\ndef f(x: t.Dict[str, t.Any]): pass",
    ["in x: typing.Dict[str, typing.Any] (value)"],
  ],
  ["a built-in generic is its text", "def f(x: list[int]): pass", ["in x: list[int] (value)"]],
  ["a choice of words is its text", "def f(x: Literal['a', \"b\"]): pass", ["in x: typing.Literal['a', 'b'] (value)"]],
  [
    "text behind the arrow is a type, even if a class has that name",
    "class Out(NamedTuple):\n    a: int\ndef f() -> 'Out': pass",
    ["returns Output: Out"],
  ],
  ["another class is its name", "import pandas as pd\ndef f(x: pd.DataFrame): pass", ["in x: DataFrame (value)"]],
  ["a return value is the output Output", "def f() -> float: pass", ["returns Output: Float"]],
  ["no output from None", "def f() -> None: pass", []],
  ["Output_2 if Output is taken", "def f(Output: OutputPath()) -> str: pass", ["out Output (outputPath)", "returns Output_2: String"]],
  [
    "a NamedTuple gives its fields",
    "def f() -> NamedTuple('Out', [('a', int), ('b', 'CSV')]): pass",
    ["returns a: Integer", "returns b: CSV"],
  ],
  ["a NamedTuple over a name", "Out = NamedTuple('Out', [('a', int)])\ndef f() -> Out: pass", ["returns a: Integer"]],
  [
    "a NamedTuple as class",
    "class Out(NamedTuple):\n    '''Doc.'''\n    a: float\n    b: str = 'x'\ndef f() -> Out: pass",
    ["returns a: Float", "returns b: String"],
  ],
  ["a namedtuple without types", "def f() -> collections.namedtuple('Out', 'a b'): pass", ["returns a", "returns b"]],
  [
    "clashing ports are counted",
    "def f(x_path: InputPath(), x: str, x_file: InputTextFile()): pass",
    ["in x (inputPath)", "in x_2: String (value)", "in x_3 (inputTextFile)"],
  ],
  [
    "inputs and outputs may share a name",
    "def f(x_path: InputPath(), x_file: OutputTextFile()): pass",
    ["in x (inputPath)", "out x (outputTextFile)"],
  ],
  ["Korean names stay", "def f(데이터_path: InputPath('표')): pass", ["in 데이터: 표 (inputPath)"]],
  ["keyword-only parameters are ports as well", "def f(a, *, b: int = 2): pass", ["in a (value)", "in b: Integer (value) = 2"]],
  ["a type from a constant", "T = 'Rows'\ndef f(x_path: InputPath(T)): pass", ["in x: Rows (inputPath)"]],
];

test.each(signatures)("%s", (_title, source, expected) => {
  expect(ports(source)).toEqual(expected);
});

const defaults: readonly (readonly [parameter: string, expected: string | undefined])[] = [
  ["x: int = 3", "3"],
  ["x: int = -1", "-1"],
  ["x: int = 1_000_000", "1000000"],
  ["x: int = 0x10", "16"],
  ["x: float = 0.1", "0.1"],
  ["x: float = 1e-5", "1e-05"],
  ["x: float = 1e16", "1e+16"],
  ["x: float = 123456789.0", "123456789.0"],
  ["x: float = 0.00012", "0.00012"],
  ["x: float = 1", "1"],
  ["x: bool = True", "True"],
  ["x: str = 'a\\tb'", "a\tb"],
  ["x: str = 'a' \"b\"", "ab"],
  ["x: str = r'\\d'", "\\d"],
  ["x: str = '\\ud55c글'", "한글"],
  ["x: list = [1, 'a', None, True]", '[1, "a", null, true]'],
  ["x: dict = {'b': 1.0, 'a': {'한': [2]}}", '{"a": {"\\ud55c": [2]}, "b": 1.0}'],
  ["x: tuple = None", undefined],
  ["x = 5", "5"],
  ["x = [1, 2]", "[1, 2]"],
  ["x: str = DEFAULT", "from the module"],
];

test.each(defaults)("the default of `%s` is written as KFP writes it", (parameter, expected) => {
  const fn = first(`DEFAULT = 'from the module'\ndef f(${parameter}): pass`);
  expect(fn.component.inputs[0]?.default).toBe(expected);
  expect(fn.component.inputs[0]?.optional).toBe(true);
});

test("a default that is an expression is kept as text and makes the input optional", () => {
  expect(first("def f(x = len('abc')): pass").parameters[0]?.default).toEqual({ kind: "unread", source: "len('abc')" });
});

test("the component has the human name and the summary of the docstring", () => {
  const { component } = first('def split_rows_op(x):\n    """Splits rows.\n\n    More text.\n    """\n');
  expect(component.name).toBe("Split rows op");
  expect(component.description).toBe("Splits rows.");
});

const docstrings: readonly (readonly [style: string, text: string])[] = [
  ["Google", "Sums.\n\n    Args:\n        a (int): first\n            number\n        b: second\n\n    Returns:\n        the sum\n    "],
  ["reST", "Sums.\n\n    :param int a: first\n        number\n    :param b: second\n    :returns: the sum\n    "],
  [
    "NumPy",
    "Sums.\n\n    Parameters\n    ----------\n    a : int\n        first\n        number\n    b\n        second\n\n    Returns\n    -------\n    int\n    ",
  ],
  ["epydoc", "Sums.\n\n    @param a: first\n        number\n    @param b: second\n    @return: the sum\n    "],
];

test.each(docstrings)("a docstring in %s style describes the parameters", (_style, text) => {
  const fn = first(`def f(a: int, b):\n    """${text}"""\n    return a\n`);
  expect(fn.summary).toBe("Sums.");
  expect(fn.parameters.map((one) => one.description)).toEqual(["first\nnumber", "second"]);
});

const settings: readonly (readonly [title: string, source: string])[] = [
  ["a decorator with arguments", "@component(base_image='img:1', packages_to_install=['pandas==1.1.4', \"a\" 'b'])\ndef f(): pass"],
  ["a dotted decorator", "@dsl.component(base_image='img:1', packages_to_install=['pandas==1.1.4', 'ab'])\ndef f(): pass"],
  [
    "a call behind the function",
    "def f(): pass\nop = create_component_from_func(f, base_image='img:1', packages_to_install=['pandas==1.1.4', 'ab'])",
  ],
  [
    "a call in another function",
    "def f(): pass\ndef build():\n    return kfp.components.create_component_from_func(func=f, base_image='img:1', packages_to_install=['pandas==1.1.4', 'ab'])",
  ],
  ["positional arguments", "def f(): pass\nop = comp.create_component_from_func(f, None, 'img:1', ['pandas==1.1.4', 'ab'])"],
  ["func_to_container_op", "def f(): pass\nop = func_to_container_op(f, base_image='img:1', packages_to_install=['pandas==1.1.4', 'ab'])"],
  [
    "constants of the module",
    "IMAGE = 'img:1'\nPACKAGES = ['pandas==1.1.4', 'ab']\n@component(base_image=IMAGE, packages_to_install=PACKAGES)\ndef f(): pass",
  ],
  [
    "a partial as decorator",
    "@partial(create_component_from_func, base_image='img:1', packages_to_install=['pandas==1.1.4', 'ab'])\ndef f(): pass",
  ],
];

test.each(settings)("image and packages come from %s", (_title, source) => {
  const fn = readFunctions(source).functions.find((one) => one.name === "f");
  expect(fn?.baseImage).toBe("img:1");
  expect(fn?.packagesToInstall).toEqual(["pandas==1.1.4", "ab"]);
});

test("annotations of the call become the component's annotations", () => {
  const fn = first("def f(): pass\nop = create_component_from_func(f, annotations={'author': '김'})");
  expect(fn.component.metadata).toEqual({ annotations: { author: "김" } });
});

test("decorators are listed with the arguments that can be read", () => {
  const fn = first("@create_component_from_func\n@other.one(1, name='x', skipped=call())\ndef f(): pass");
  expect(fn.decorators.map((one) => [one.name, Object.keys(one.arguments)])).toEqual([
    ["create_component_from_func", []],
    ["other.one", ["0", "name"]],
  ]);
});

test("spans cover the decorators, the definition and the name", () => {
  const source = "x = 1\n@component\ndef f(a):\n    # 주석\n    return a  # end\n    # last\n\ny = 2\n";
  const fn = first(source);
  expect(source.slice(...fn.span)).toBe("@component\ndef f(a):\n    # 주석\n    return a  # end\n    # last");
  expect(fn.source).toBe("def f(a):\n    # 주석\n    return a  # end\n    # last");
  expect(source.slice(...fn.nameSpan)).toBe("f");
  expect(fn.parameters.map((one) => source.slice(...one.span))).toEqual(["a"]);
});

test("several functions are read in their order, methods and inner functions are not", () => {
  const source = "def a(): \n    def inner(): pass\nclass C:\n    def m(self): pass\nasync def b(): pass\n@d\ndef c(): pass\n";
  expect(readFunctions(source).functions.map((one) => [one.name, one.isAsync])).toEqual([
    ["a", false],
    ["b", true],
    ["c", false],
  ]);
});

test("windows line breaks and a byte order mark change nothing", () => {
  const fn = first("\ufeffdef f(a_path: InputPath('A')) -> int:\r\n    return 1\r\n\r\nx = 1\r\n");
  expect(fn.component.inputs.map((one) => one.name)).toEqual(["a"]);
  expect(fn.source).toBe("def f(a_path: InputPath('A')) -> int:\r\n    return 1");
});

test("lines for the notebook are passed over", () => {
  const source = '%%time\n!pip install kfp\n%matplotlib inline\ndef f(a: int) -> str:\n    return """\n%s is a\n!""" % a\n';
  const { functions, diagnostics } = readFunctions(source);
  expect(diagnostics).toEqual([]);
  expect(functions[0]?.source).toBe(source.slice(source.indexOf("def")).trimEnd());
});
