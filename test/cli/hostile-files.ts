// Texts that want more time, memory or trust than they may get. Sizes are the largest at which a naive reader would fail at once.

const head = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  templates:
  - name: main
    container: {image: a}
`;
const tasks = (text: string) => head.replace("container: {image: a}", `dag:\n      tasks:\n${text}`);
const task = (more: string) => tasks(`      - {name: b, template: main}\n      - {name: a, template: main, ${more}}\n`);
const times = (n: number, line: (index: number) => string) => Array.from({ length: n }, (_, index) => line(index)).join("");
const doubled = (text: string) => `${text}${times(29, (i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(6)}]\n`)}`;

const imports = "from kfp import dsl\nfrom kfp.components import create_component_from_func, load_component_from_file\n";
const pipeline = (lines: readonly string[], use: string) =>
  `${imports}@dsl.pipeline(name="p")\ndef p():\n${lines.map((line) => `    ${line}\n`).join("")}    s = dsl.ContainerOp(name="a", image="b", arguments=[${use}])\n`;
const repeatedly = (start: string, line: string) => pipeline([`t = ${start}`, ...Array<string>(40).fill(line)], "t");
const expression = (text: string) => pipeline([`t = ${text}`], "t");
const component = (text: string) =>
  `${imports}@create_component_from_func\n${text}\n    pass\n@dsl.pipeline(name="p")\ndef p():\n    c("x")\n`;

/** YAML files by name. */
export const hostileYaml: Readonly<Record<string, () => string>> = {
  "a million documents": () => "---\n".repeat(1_000_000),
  "a million documents with a value": () => "--- []\n".repeat(1_000_000),
  "documents that end": () => "---\n...\n".repeat(1_000_000),
  "as many documents as fit": () => "---\n".repeat(4_000_000),
  "documents with a directive": () => "%YAML 1.2\n---\n".repeat(500_000),
  "lines of dashes": () => "-\n".repeat(4_000_000),
  "keys without values": () => times(1_500_000, (i) => `k${i}:\n`),
  "a list of many": () => `[${"a,".repeat(4_000_000)}]`,
  "nested lists": () => `a: ${"[".repeat(2_000_000)}`,
  "aliases that multiply": () => doubled("a0: &a0 [x, x]\n"),
  "merges that multiply": () => `a0: &a0 {x: 1}\n${times(60, (i) => `a${i + 1}: &a${i + 1} {<<: [*a${i}, *a${i}], k${i}: *a${i}}\n`)}`,
  "a merge of itself": () => "a: &a\n  <<: *a\n",
  "a wide merge": () => `a: &a {${times(20_000, (i) => `k${i}: 1,`)}}\nb:\n${"- <<: *a\n".repeat(2_000)}`,
  "a name of five megabytes": () => head.replaceAll("main", "m".repeat(5_000_000)),
  "a long formula": () => task(`depends: "${"b && ".repeat(200_000)}b"`),
  "a deep formula": () => task(`depends: "${"(".repeat(200_000)}b${")".repeat(200_000)}"`),
  "a deep condition": () => task(`when: "${"(".repeat(200_000)}1${")".repeat(200_000)}"`),
  "many references": () => head.replace("image: a", `image: "${"{{a}}".repeat(300_000)}"`),
  "references that open only": () => head.replace("image: a", `image: "${"{{".repeat(500_000)}"`),
  "a long expression": () => head.replace("image: a", `image: "{{=${"a+".repeat(300_000)}a}}"`),
  "huge numbers": () => `${head}    parallelism: ${"9".repeat(1_000_000)}\n    activeDeadlineSeconds: 1e999999999\n`,
  "a patch that multiplies": () =>
    head.replace("{image: a}", `{image: a}\n    podSpecPatch: |\n${doubled("a0: &a0 [x]\n").replaceAll(/^/gm, "      ")}`),
  "a deep loop": () => task(`withParam: '${"[".repeat(500_000)}'`),
  "a deep annotation": () =>
    head.replace("generateName: a-", `generateName: a-, annotations: {pipelines.kubeflow.org/pipeline_spec: '${"[".repeat(500_000)}'}`),
  "a million items": () => task(`withItems: [${"1,".repeat(1_000_000)}]`),
  "a list of objects in itself": () => `${"{kind: List, items: [".repeat(5_000)}${"]}".repeat(5_000)}`,
  "a v2 component within itself": () =>
    "pipelineInfo: {name: a}\nschemaVersion: 2.1.0\nroot: &d {dag: {tasks: {a: {componentRef: {name: c}}}}}\ncomponents: {c: *d}\n",
  "v2 components that multiply": () =>
    `pipelineInfo: {name: a}\nschemaVersion: 2.1.0\nroot: {dag: {tasks: {a: {componentRef: {name: c0}}}}}\ncomponents:\n${times(
      60,
      (i) => `  c${i}: {dag: {tasks: {a: {componentRef: {name: c${i + 1}}}, b: {componentRef: {name: c${i + 1}}}}}}\n`,
    )}`,
  "control characters in keys and names": () => task(`"\\e[31mx\\nfake.yaml:1:1: error ok: fine": 1, "\\0": 2, "\\u202e": 3, "\\ud800": 4`),
  "keys of JavaScript": () => `{__proto__: {a: 1}, constructor: {prototype: 2}}\n---\n${head}    __proto__: {a: 1}\n    toString: 1\n`,
};

/** Python files by name. */
export const hostilePython: Readonly<Record<string, () => string>> = {
  "a text added to itself": () => repeatedly('"xy"', "t = t + t"),
  "a text in its f-string": () => repeatedly('"xy"', 't = f"{t}{t}"'),
  "a text in its format": () => repeatedly('"xy"', 't = "{0}{0}".format(t)'),
  "a text in its percent": () => repeatedly('"xy"', 't = "%s%s" % (t, t)'),
  "a text joined": () => repeatedly('"xy"', "t = t.join([t, t])"),
  "a text replaced": () => repeatedly('"xx"', 't = t.replace("x", "xx")'),
  "a list added to itself": () => repeatedly('["x"]', "t = t + t"),
  "a list in itself": () => repeatedly('["x"]', "t = [t, t]"),
  "a text times ten thousand million": () => expression('"x" * 10000000000'),
  "a wide format": () => expression('"{:>1000000000}".format("x") + "%999999999s" % "x" + "x".ljust(10 ** 9)'),
  "a power of powers": () => expression("10 ** 10 ** 10"),
  "helpers that call twice": () =>
    `${imports}def f0():\n    dsl.ContainerOp(name="a", image="b")\n${times(39, (i) => `def f${i + 1}():\n    f${i}()\n    f${i}()\n`)}${expression("f39()").slice(imports.length)}`,
  "a helper that calls itself": () => `${imports}def f(x):\n    return f(x) + f(x)\n${expression('f("a")').slice(imports.length)}`,
  "a loop over a long range": () => pipeline(["for i in range(10 ** 12):", '    dsl.ContainerOp(name="a", image="b")'], '"t"'),
  "comprehensions of comprehensions": () => expression("[a + b + c for a in range(9999) for b in range(9999) for c in range(9999)]"),
  "a docstring of 200,000 lines": () => component(`def c(a: str):\n    """${"line\n".repeat(200_000)}"""`),
  "a docstring of 200,000 parameters": () =>
    component(`def c(a: str):\n    """x\n    Args:\n${times(200_000, (i) => `      a${i}: b\n`)}    """`),
  "a docstring of spaces": () => component(`def c(a: str):\n    """${" ".repeat(5_000_000)}"""`),
  "deep brackets": () => expression(`${"(".repeat(1_000_000)}${")".repeat(1_000_000)}`),
  "deep lists": () => expression(`${"[".repeat(10_000)}${"]".repeat(10_000)}`),
  "brackets that open only": () => expression("{".repeat(1_000_000)),
  "deep lambdas": () => expression(`${"lambda: ".repeat(20_000)}1`),
  "deep negation": () => expression(`${"not ".repeat(100_000)}1`),
  "deep f-strings": () => expression(`${'f"{'.repeat(5_000)}1${'}"'.repeat(5_000)}`),
  "a long sum": () => expression(`${'"a" + '.repeat(100_000)}"b"`),
  "long chains": () => expression(`a${".b".repeat(100_000)}${"[0]".repeat(50_000)}${"()".repeat(50_000)}`),
  "deep ifs": () => `${imports}def p():\n${times(3_000, (i) => `${" ".repeat(i + 1)}if True:\n`)}${" ".repeat(3_002)}pass\n`,
  "a line of ten megabytes": () => expression(`"${"a".repeat(10_000_000)}"`),
  "a number of a million digits": () => expression("9".repeat(1_000_000)),
  "NUL, escapes and lone surrogates": () =>
    `${expression('"\\ud800\0\\x1b[2J"').replace('name="a"', 'name="\\x1b[2J\\nfake.py:1:1: error ok: fine"')}\0`,
  "files outside of its folder": () =>
    `${imports}${["../../../../etc/passwd", "/etc/passwd", "/dev/zero", "a\\0b", "\\x1b[2J", "."].map((name, i) => `c${i} = load_component_from_file("${name}")\n`).join("")}@dsl.pipeline(name="p")\ndef p():\n    c0(); c1(); c2(); c3(); c4(); c5()\n`,
};
