import type { AnyValues } from "#diagnostics/diagnostic.ts";
import { expect, test } from "vitest";
import { readFunctions } from "#python/functions.ts";
import { createTranslate } from "#messages/translate.ts";
import { pythonMessages } from "#messages/sections/python.ts";

/** The codes with the text at their place. */
function found(source: string): readonly string[] {
  return readFunctions(source).diagnostics.map((one) => `${one.code} @ ${source.slice(...(one.span as [number, number]))}`);
}

const image = "@component(base_image='mine')\n";

const cases: readonly (readonly [code: string, title: string, source: string, path: string])[] = [
  ["python-syntax", "a bracket that is never closed", "def f(a, b:\n    return a\n", "return"],
  ["python-syntax", "a word too many", "def f(a):\n    x = = 1\n    return\n", "="],
  ["python-print", "print as in Python 2", "def f(a):\n    print 'x'\n", "print 'x'"],
  ["python-no-function", "a text without functions", "x = 1\ny = 2", "x = 1"],
  ["python-no-function", "an empty text", "", ""],
  ["python-duplicate-function", "two functions of one name", "def f(): pass\ndef f(): pass", "f"],
  ["python-async", "an asynchronous function", "async def f(): pass", "f"],
  ["python-lambda", "a lambda as component", "op = create_component_from_func(lambda x: x)", "lambda x: x"],
  ["python-lambda", "a named lambda as component", "g = lambda x: x\nop = func_to_container_op(g)", "g"],
  ["python-lambda", "a lambda as default", "def f(x=lambda: 1): pass", "lambda: 1"],
  ["python-star-args", "*args", "def f(*args): pass", "*args"],
  ["python-star-args", "**kwargs", "def f(**kwargs: int): pass", "**kwargs: int"],
  ["python-positional-only", "a parameter before the slash", "def f(a, /, b): pass", "a"],
  ["python-duplicate-parameter", "a parameter twice", "def f(a, a): pass", "a"],
  ["python-default-order", "no default behind one", "def f(a=1, b): pass", "b"],
  ["python-default-order", "no default behind a product", "def f(a=2 * 3, b: int): pass", "b: int"],
  ["python-default-type", "text is missing for a str", "def f(a: str = 3): pass", "3"],
  ["python-default-type", "a fraction for an int", "def f(a: int = 0.5): pass", "0.5"],
  ["python-default-type", "a number for an own type", "def f(a: 'Seconds' = 5): pass", "5"],
  ["python-default-unread", "a call as default", "def f(a=max(1, 2)): pass", "max(1, 2)"],
  ["python-mutable-default", "a list as default", "def f(a: list = []): pass", "[]"],
  ["python-output-default", "a default for an output file", "def f(a_path: OutputPath() = None): pass", "None"],
  ["python-file-default", "a default for an input file", "def f(a_path: InputPath() = 'x'): pass", "'x'"],
  ["python-v2-artifact", "an artifact of KFP 2", "def f(a: Input[Dataset]): pass", "Input[Dataset]"],
  [
    "python-return-unreadable",
    "a NamedTuple made of an unknown list",
    "def f() -> NamedTuple('O', fields()): return (1,)",
    "NamedTuple('O', fields())",
  ],
  ["python-return-missing", "an output without return", "def f() -> int:\n    x = 1", "f"],
  ["python-return-unannotated", "a return without output", "def f(x):\n    return x", "return x"],
  ["python-return-count", "one value of two", "def f() -> NamedTuple('O', [('a', int), ('b', int)]):\n    return (1,)", "return (1,)"],
  [
    "python-return-count",
    "three values without brackets",
    "def f() -> NamedTuple('O', [('a', int), ('b', int)]):\n    return 1, 2, 3",
    "return 1, 2, 3",
  ],
  ["python-generator", "yield", "def f() -> list:\n    yield 1", "yield 1"],
  ["python-outside-import", "a module imported outside", "import pandas as pd\ndef f():\n    pd.read_csv('x')", "pd"],
  ["python-outside-import", "a module in a default", "import math\ndef f(x=math.pi): pass", "math"],
  ["python-outside-name", "a constant", "LIMIT = 3\ndef f(x):\n    return x > LIMIT", "LIMIT"],
  ["python-outside-name", "another function", "def g(): pass\ndef f():\n    g()", "g"],
  ["python-outside-name", "a name in a formatted text", "who = 'x'\ndef f():\n    print(f'{who!r}')", "who"],
  ["python-outside-name", "anything after a star import", "from math import *\ndef f():\n    print(pi)", "pi"],
  ["python-unknown-name", "a name from nowhere", "def f():\n    return np.zeros(1)", "np"],
  ["python-unknown-name", "a name within a method", "def f():\n    class A:\n        y = 1\n        def m(self): return y\n", "y"],
  ["python-path-without-annotation", "a path that is opened", "def f(rows_path):\n    open(rows_path)", "rows_path"],
  [
    "python-path-without-annotation",
    "a path that is written",
    "def f(out_path: str):\n    with open(out_path, 'w') as f: f.write('')",
    "out_path: str",
  ],
  [
    "python-path-without-annotation",
    "a path for a data frame",
    `${image}def f(rows_file: str):\n    import pandas\n    pandas.read_csv(rows_file)`,
    "rows_file: str",
  ],
  ["python-port-name-invalid", "a Korean output", "def f(모델_path: OutputPath()): pass", "모델_path"],
  ["python-field-name", "a field with a leading underscore", "def f() -> NamedTuple('O', [('_a', int)]): return (1,)", "('_a', int)"],
  ["python-metrics-misnamed", "metrics under another name", "def f(metrics_path: OutputPath('Metrics')): pass", "metrics_path"],
  ["python-metrics-misnamed", "a letter missing", "def f(mlpipeline_metric_path: OutputPath()): pass", "mlpipeline_metric_path"],
  [
    "python-metrics-misnamed",
    "UI metadata returned under a near name",
    "def f() -> NamedTuple('O', [('mlpipeline_uimetadata', str)]): return ('',)",
    "('mlpipeline_uimetadata', str)",
  ],
  ["python-package-name", "two packages in one entry", "@component(packages_to_install=['pandas numpy'])\ndef f(): pass", "'pandas numpy'"],
  ["python-package-name", "one equals sign", "@component(packages_to_install=['pandas=1.0'])\ndef f(): pass", "'pandas=1.0'"],
  ["python-package-import-name", "the import's name", "@component(packages_to_install=['sklearn'])\ndef f(): pass", "'sklearn'"],
  ["python-package-standard", "a standard module", "@component(packages_to_install=['json'])\ndef f(): pass", "'json'"],
  ["python-package-missing", "a module that nothing installs", "def f():\n    from sklearn import svm", "from sklearn import svm"],
  ["python-template-tag", "a tag of Argo", "def f():\n    print('{{inputs.parameters.x}}')", "{{inputs.parameters.x}}"],
  ["python-template-tag", "an expression of Argo", "def f():\n    print('{{=1 + 1}}')", "{{=1 + 1}}"],
  ["python-dollar", "two dollar signs", "def f():\n    print('$$')", "$$"],
  ["python-dollar-variable", "a variable of Kubernetes", "def f():\n    print('$(HOME)')", "$(HOME)"],
];

test.each(cases)("%s: %s", (code, _title, source, location) => {
  expect(found(source)).toContain(`${code} @ ${location}`);
});

const good: readonly (readonly [title: string, source: string])[] = [
  [
    "names bound in every way",
    `${image}def f(a):
    import os.path, sys as system
    from json import dumps as d
    b, (c, *e) = a
    for g, h in []: print(g, h)
    with open('x') as i: print(i)
    try: pass
    except ValueError as j: print(j)
    k = [l for l in b for m in l if m]
    n = {o: p for o, p in c}
    q = lambda r, s=1, *t, **u: (r, s, t, u)
    if (v := 3): print(v)
    def w(x, y=b): return x, y, w
    class Z:
        aa = 1
        bb = aa
        def m(self): return Z, super()
    global cc
    cc = 1
    print(os, system, d, e, k, n, q, cc, sum(dd for dd in b), __name__)
    match a:
        case [ee, *ff]: print(ee, ff)
        case {'k': gg, **hh}: print(gg, hh)
        case Z(aa=ii) as jj: print(ii, jj)
`,
  ],
  ["local annotations that are never evaluated", "def f():\n    x: Unknown = 1\n    print(x)"],
  [
    "annotations of inner functions, which stay behind",
    "from typing import List\ndef f():\n    def g(x: List[int]) -> List: return x\n    g([])",
  ],
  ["recursion", "def f(n: int) -> int:\n    return f(n - 1)"],
  ["numbers that end with a dot", "def f(a: float = 1.) -> float:\n    return 100. * a"],
  ["brackets around the head of with", "def f(a_path: InputPath()):\n    with (open(a_path) as a, open(a_path) as b):\n        pass\n"],
  ["parameters behind a star need no default", "def f(a=1, *, b): pass"],
  ["a path that is only handed on", "def f(gcs_path: str):\n    print(gcs_path)"],
  [
    "reserved outputs",
    "def f(mlpipeline_metrics_path: OutputPath('Metrics'), mlpipeline_ui_metadata_path: OutputPath('UI_Metadata')): pass",
  ],
  [
    "packages in all spellings",
    "@component(packages_to_install=['a', 'a-b[c,d]==1.2.*', 'x>=1,<2', \"y~=1.0; python_version<'3.8'\", 'z @ https://h/z.whl', 'git+https://h/r@1#egg=z', 'numpy<2'])\ndef f(): pass",
  ],
  ["a module in a try", "def f():\n    try:\n        import torch\n    except ImportError:\n        torch = None\n    print(torch)"],
  ["a module that the image may have", `${image}def f():\n    import torch\n    print(torch)`],
  ["braces of formatting", "def f(x):\n    print('{{}} {{x}}'.format(), f'{{{x}}}')"],
  ["parameters behind a star at the front, of which only some have a default", "def f(*, a: int = 3, b: str):\n    print(a, b)"],
  ["early returns of nothing", "def f(x):\n    if x: return\n    return None"],
  ["a stub", "def f() -> int:\n    raise NotImplementedError()"],
  ["a tuple that cannot be counted", "def f(x) -> NamedTuple('O', [('a', int), ('b', int)]):\n    return (*x, 1)"],
];

test.each(good)("nothing is wrong with %s", (_title, source) => {
  expect(found(source)).toEqual([]);
});

test("the hint for an import shows the line to write", () => {
  const t = createTranslate([pythonMessages], "en");
  const hints = ["import pandas as pd", "import os", "from a.b import c as d", "from a import e"].map((line) => {
    const name = line.split(" ").at(-1) ?? "";
    const [one] = readFunctions(`${line}\ndef f():\n    return ${name}.x\n`).diagnostics.filter(
      (each) => each.code === "python-outside-import",
    );
    return one && t(`${one.code}.hint`, one.values);
  });
  expect(hints).toEqual([
    "Put this line inside the function: import pandas as pd",
    "Put this line inside the function: import os",
    "Put this line inside the function: from a.b import c as d",
    "Put this line inside the function: from a import e",
  ]);
});

test("the same name is reported once, at its first place", () => {
  expect(found("def f():\n    np.a()\n    np.b()")).toEqual(["python-unknown-name @ np"]);
});

test("a path that is written asks for OutputPath, one that is read for InputPath", () => {
  const annotation = (body: string) => (readFunctions(`def f(x_path: str):\n    ${body}`).diagnostics[0]?.values as AnyValues).annotation;
  expect(annotation("open(x_path, mode='w')")).toBe("OutputPath");
  expect(annotation("open(x_path, 'rb')")).toBe("InputPath");
  expect(annotation("open(x_path)")).toBe("InputPath");
  expect(annotation("y.to_csv(x_path)")).toBe("OutputPath");
});

test("every diagnostic has a message and a hint in both languages, with all its values", () => {
  const english = createTranslate([pythonMessages], "en");
  const korean = createTranslate([pythonMessages], "ko");
  for (const [, , source] of cases) {
    for (const one of readFunctions(source).diagnostics) {
      for (const t of [english, korean]) {
        const messages = [t(one.code, one.values), t(`${one.code}.hint`, one.values)];
        expect(messages).not.toContain(one.code);
        expect(messages).not.toContain(`${one.code}.hint`);
        for (const name of Object.keys(one.values)) expect(messages.join(" ")).not.toContain(`{${name}}`);
      }
    }
  }
  expect(Object.keys(pythonMessages.en)).toEqual(Object.keys(pythonMessages.ko));
});

test("whatever is cut off, reading never throws", () => {
  const source = cases.map(([, , text]) => text).join("\n") + good.map(([, text]) => text).join("\n");
  for (let end = 0; end < source.length; end += 7) expect(Array.isArray(readFunctions(source.slice(end, end + 400)).functions)).toBe(true);
});

test("deeply nested brackets are read in bounded time", () => {
  const deep = `def f(x=${"[".repeat(3000)}${"]".repeat(3000)}): pass`;
  expect(readFunctions(deep).functions.length).toBeLessThanOrEqual(1);
});
