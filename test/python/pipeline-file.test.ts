import { expect, test } from "vitest";
import { readPipelineFile } from "#python/pipeline-file.ts";
import type { ArgumentText, Statement, Value } from "#python/pipeline-tree.ts";
import { str } from "#python/print-value.ts";

const head = `import kfp
from kfp import dsl
from kfp.components import create_component_from_func, InputPath, OutputPath

@create_component_from_func
def make(n: int, out_path: OutputPath('dict')):
    pass

def use(in_path: InputPath('dict'), rate: float = 0.5) -> float:
    return 1.0
use_op = create_component_from_func(use, base_image='python:3.9')
text_op = kfp.components.load_component_from_text('''
name: Text
''')

@dsl.pipeline(name='My pipeline', description='Does it.')
`;

/** A value in one word. */
function word(value: Value): string {
  switch (value.kind) {
    case "constant":
      return value.value.kind === "str" ? JSON.stringify(value.value.value) : str(value.value);
    case "parameter":
      return `$${value.name}`;
    case "output":
      return `#${value.task}.${value.output ?? ""}`;
    case "item":
      return `item${value.loop}${value.key === undefined ? "" : `.${value.key}`}`;
    case "text":
      return `"${value.parts.map((part) => (typeof part === "string" ? part : `{${word(part)}}`)).join("")}"`;
    case "list":
      return `[${value.items.map(word).join(" ")}]`;
    case "map":
      return `{${value.entries.map(([key, item]) => `${word(key)}: ${word(item)}`).join(" ")}}`;
    case "volume":
      return `#${value.task}.volume`;
    case "mounted":
      return `#${value.task}.pvolume${value.path ?? ""}`;
    case "volume-after":
      return `${word(value.volume)} after ${value.tasks.map((task) => `#${task}`).join(" ")}`;
    case "object":
      return `${value.name}(${words(value.arguments)})`;
  }
}

function words(list: readonly ArgumentText[]): string {
  return list.map((one) => (one.name === undefined ? word(one.value) : `${one.name}=${word(one.value)}`)).join(", ");
}

/** A statement in one line; the content of a block follows it, indented. */
function lines(statements: readonly Statement[], indent = ""): readonly string[] {
  return statements.flatMap((one): readonly string[] => {
    switch (one.kind) {
      case "task":
        return [`${indent}#${one.id} ${one.of.kind} ${one.of.kind === "function" ? one.of.name : ""}(${words(one.arguments)})`];
      case "operator":
        return [`${indent}#${one.id} ${one.operator}(${words(one.arguments)})`];
      case "setting":
        return [`${indent}#${one.task}.${one.name}(${words(one.arguments)})`];
      case "assign":
        return [`${indent}#${one.task}.${one.path.join(".")} = ${word(one.value)}`];
      case "after":
        return [`${indent}#${one.task} after ${one.tasks.map((task) => `#${task}`).join(" ")}`];
      case "pipeline-setting":
        return [`${indent}pipeline.${one.name}(${words(one.arguments)})`];
      case "condition":
        return [`${indent}if ${word(one.left)} ${one.operator} ${word(one.right)}`, ...lines(one.body, `${indent}  `)];
      case "loop":
        return [`${indent}for item${one.id} in ${word(one.items)}`, ...lines(one.body, `${indent}  `)];
      case "sub-graph":
        return [`${indent}at most ${one.parallelism ?? "all"}`, ...lines(one.body, `${indent}  `)];
      case "exit-handler":
        return [`${indent}finally #${one.task}`, ...lines(one.body, `${indent}  `)];
    }
  });
}

function read(body: string, parameters = "") {
  const file = readPipelineFile(`${head}def my_pipeline(${parameters}):\n${body.replace(/^/gm, "    ")}\n`);
  const [pipeline] = file.pipelines;
  if (!pipeline) throw new Error("no pipeline was read");
  return {
    file,
    pipeline,
    lines: lines(pipeline.statements),
    leftOut: file.diagnostics.filter((one) => one.code === "python-pipeline-left-out").map((one) => one.values.text),
  };
}

test("a pipeline has its decorator's name and typed parameters with defaults", () => {
  const { pipeline, file } = read(
    '"""Doc.\n\nArgs:\n    rate: how fast\n"""',
    "rate: float = 0.1, name: str = '모델', flag: bool = None, any_one=[1]",
  );
  expect([pipeline.name, pipeline.description, pipeline.functionName]).toEqual(["My pipeline", "Does it.", "my_pipeline"]);
  expect(pipeline.parameters.map(({ span: _span, ...one }) => one)).toEqual([
    { name: "rate", type: "Float", default: { kind: "text", text: "0.1" }, description: "how fast" },
    { name: "name", type: "String", default: { kind: "text", text: "모델" }, description: undefined },
    { name: "flag", type: "Boolean", default: { kind: "none" }, description: undefined },
    { name: "any_one", type: undefined, default: { kind: "text", text: "[1]" }, description: undefined },
  ]);
  expect([...file.functions.keys()]).toEqual(["make", "use"]);
  expect(file.functions.get("use")?.baseImage).toBe("python:3.9");
  expect(file.components.get("text_op")).toEqual({ kind: "text", text: "\nname: Text\n" });
});

const cases: readonly (readonly [title: string, body: string, expected: readonly string[]])[] = [
  [
    "calls of components and their outputs",
    "a = make(n)\nuse_op(a.outputs['out'], rate=0.3)\nuse_op(a.output)",
    ["#1 function make($n)", "#2 function use(#1.out, rate=0.3)", "#3 function use(#1.)"],
  ],
  ["a task as argument is its only output", "a = make(3)\nuse_op(a)", ["#1 function make(3)", "#2 function use(#1.)"]],
  [
    "a chain of settings",
    "make(1).set_memory_limit('1G').set_cpu_request('2')",
    ["#1 function make(1)", '#1.set_memory_limit("1G")', '#1.set_cpu_request("2")'],
  ],
  [
    "a chain over several lines",
    "a = (\n    make(1)\n    .set_retry(3)\n    .set_display_name('준비')\n)\na.container.set_image_pull_policy('Always')",
    ["#1 function make(1)", "#1.set_retry(3)", '#1.set_display_name("준비")', '#1.container.set_image_pull_policy("Always")'],
  ],
  [
    "order",
    "a = make(1)\nb = make(2).after(a)\nmake(3).after(a, b)",
    ["#1 function make(1)", "#2 function make(2)", "#2 after #1", "#3 function make(3)", "#3 after #1 #2"],
  ],
  [
    "a variable with a new meaning",
    "a = make(1)\na = use_op(a.output)\nuse_op(a.output)",
    ["#1 function make(1)", "#2 function use(#1.)", "#3 function use(#2.)"],
  ],
  ["values through variables and constants", "x = 5\nu = make(x).output\nuse_op(u)", ["#1 function make(5)", "#2 function use(#1.)"]],
  [
    "calls within calls",
    "use_op(make(1).set_retry(2).outputs['out'], rate=use_op(make(2)).output)",
    ["#1 function make(1)", "#1.set_retry(2)", "#2 function make(2)", "#3 function use(#2.)", "#4 function use(#1.out, rate=#3.)"],
  ],
  [
    "text with values in it",
    "make(f'a-{n}-{{b}}')\nmake('x' + n)\nmake('%s/%s' % (n, 1))\nmake('{}!'.format(n))",
    ['#1 function make("a-{$n}-{b}")', '#2 function make("x{$n}")', '#3 function make("{$n}/{1}")', '#4 function make("{$n}!")'],
  ],
  [
    "lists and mappings with values",
    "make([n, 1])\nmake({'a': n})\nmake({'a': 1})",
    ["#1 function make([$n 1])", '#2 function make({"a": $n})', "#3 function make({'a': 1})"],
  ],
  [
    "a VolumeOp and its mounting",
    "v = dsl.VolumeOp(name='v1', resource_name='mypvc', size='1Gi', modes=dsl.VOLUME_MODE_RWM)\na = make(1).add_pvolumes({'/mnt': v.volume})\nmake(2).add_pvolumes({'/mnt': a.pvolume})\nmake(3).add_pvolumes({'/x': v.volume.after(a)})\nmake(4).add_pvolumes({'/y': a.pvolumes['/mnt']})",
    [
      `#1 VolumeOp(name="v1", resource_name="mypvc", size="1Gi", modes=['ReadWriteMany'])`,
      "#2 function make(1)",
      '#2.add_pvolumes({"/mnt": #1.volume})',
      "#3 function make(2)",
      '#3.add_pvolumes({"/mnt": #2.pvolume})',
      "#4 function make(3)",
      '#4.add_pvolumes({"/x": #1.volume after #2})',
      "#5 function make(4)",
      '#5.add_pvolumes({"/y": #2.pvolume/mnt})',
    ],
  ],
  [
    "a claim that exists",
    "make(1).add_pvolumes({'/mnt': dsl.PipelineVolume(pvc='mypvc')})",
    ["#1 function make(1)", '#1.add_pvolumes({"/mnt": PipelineVolume(pvc="mypvc")})'],
  ],
  [
    "a ContainerOp",
    "c = dsl.ContainerOp(name='c', image='i:1', command=['sh', '-c'], arguments=['echo', n], file_outputs={'o': '/o'}, pvolumes={'/m': dsl.PipelineVolume(pvc='p')})\nuse_op(c.outputs['o'])",
    [
      `#1 ContainerOp(name="c", image="i:1", command=['sh', '-c'], arguments=["echo" $n], file_outputs={'o': '/o'}, pvolumes={"/m": PipelineVolume(pvc="p")})`,
      "#2 function use(#1.o)",
    ],
  ],
  [
    "environment variables and secrets",
    "from kubernetes.client import V1EnvVar\nfrom kfp.onprem import use_k8s_secret\na = make(1)\na.add_env_variable(V1EnvVar(name='E', value='v'))\na.apply(use_k8s_secret('s', {'k': 'E'}))",
    ["#1 function make(1)", '#1.add_env_variable(V1EnvVar(name="E", value="v"))', `#1.apply(use_k8s_secret("s", {'k': 'E'}))`],
  ],
  [
    "conditions",
    "a = make(1)\nwith dsl.Condition(a.output == 'heads', name='won'):\n    use_op(a.output)\nwith dsl.Condition(n > 3):\n    make(2)",
    ["#1 function make(1)", 'if #1. == "heads"', "  #3 function use(#1.)", "if $n > 3", "  #5 function make(2)"],
  ],
  [
    "loops",
    "with dsl.ParallelFor([{'a': 1}], parallelism=2) as item:\n    make(item.a)\n    with dsl.ParallelFor(n) as inner:\n        make(inner)",
    ["for item1 in [{'a': 1}]", "  #2 function make(item1.a)", "  for item3 in $n", "    #4 function make(item3)"],
  ],
  [
    "an exit handler",
    "last = make(0)\nwith dsl.ExitHandler(last):\n    make(1)",
    ["#1 function make(0)", "finally #1", "  #3 function make(1)"],
  ],
  [
    "a setting by assignment",
    "a = make(1)\na.execution_options.caching_strategy.max_cache_staleness = 'P0D'",
    ["#1 function make(1)", '#1.execution_options.caching_strategy.max_cache_staleness = "P0D"'],
  ],
  [
    "settings of the pipeline",
    "dsl.get_pipeline_conf().set_timeout(60)\nconf = dsl.get_pipeline_conf()\nconf.set_parallelism(2)",
    ["pipeline.set_timeout(60)", "pipeline.set_parallelism(2)"],
  ],
  [
    "a component made in the pipeline",
    "op = kfp.components.load_component_from_url('https://h/c.yaml')\nop(1)\nkfp.components.func_to_container_op(use)(2)",
    ["#1 url (1)", "#2 function use(2)"],
  ],
];

test.each(cases)("%s", (_title, body, expected) => {
  const result = read(body, "n: int = 1");
  expect(result.lines).toEqual(expected);
  expect(result.leftOut).toEqual([]);
});

test("a function that returns a ContainerOp is called with its arguments", () => {
  const file = readPipelineFile(
    "from kfp import dsl\ndef echo(text, image='i:1'):\n    return dsl.ContainerOp(name='echo', image=image, arguments=['echo', text]).set_retry(2)\n@dsl.pipeline(name='P')\ndef p(t='x'):\n    a = echo(t)\n    echo(a.output, image='j:1')\n",
  );
  expect(lines(file.pipelines[0]?.statements ?? [])).toEqual([
    '#1 ContainerOp(name="echo", image="i:1", arguments=["echo" $t])',
    "#1.set_retry(2)",
    '#2 ContainerOp(name="echo", image="j:1", arguments=["echo" #1.])',
    "#2.set_retry(2)",
  ]);
  expect(file.diagnostics).toEqual([]);
});

test("settings are also read outside of the function", () => {
  const file = readPipelineFile(
    `${head}def p():\n    make(1)\nif __name__ == '__main__':\n    conf = dsl.PipelineConf()\n    conf.set_timeout(60).set_parallelism(2)\n    Compiler().compile(p, 'x', pipeline_conf=conf)\n`,
  );
  expect(lines(file.pipelines[0]?.statements ?? [])).toEqual([
    "pipeline.set_timeout(60)",
    "pipeline.set_parallelism(2)",
    "#1 function make(1)",
  ]);
  expect(file.diagnostics).toEqual([]);
});

test("a pipeline without decorator is found by its compiling, and named after the function", () => {
  const file = readPipelineFile(
    "def my_flow():\n    pass\nif __name__ == '__main__':\n    kfp.compiler.Compiler().compile(my_flow, 'x.yaml')\n",
  );
  expect(file.pipelines.map((one) => one.name)).toEqual(["My flow"]);
});

const notUnderstood: readonly (readonly [title: string, body: string, expected: readonly string[], leftOut: readonly string[]])[] = [
  ["a loop of Python", "for i in range(3):\n    a = make(i)\nuse_op(a.output)", ["#1 function use()"], ["for i in range(3):", "a.output"]],
  ["a choice of Python", "if n:\n    make(1)\nmake(2)", ["#1 function make(2)"], ["if n:"]],
  [
    "an unknown call",
    "a = other(1)\nuse_op(a)",
    ["#1 function use()"],
    ["other(1)", "a"].map((one) => (one === "other(1)" ? "a = other(1)" : one)),
  ],
  [
    "an unknown block and what it binds",
    "with dsl.Nothing(parallelism=1):\n    a = make(1)\nuse_op(a)",
    ["#1 function use()"],
    ["dsl.Nothing(parallelism=1)", "a"],
  ],
  ["a setting with a part that is not understood", "make(1).set_memory_limit(size())", ["#1 function make(1)"], ["size()"]],
];

test.each(notUnderstood)("%s is left out with its line", (_title, body, expected, leftOut) => {
  const result = read(body, "n=1");
  expect(result.lines).toEqual(expected);
  expect(result.leftOut).toEqual(leftOut);
});

test("what is left out is reported with its line and place", () => {
  const source = `${head}def p():\n    for i in x:\n        make(i)\n`;
  const [one] = readPipelineFile(source).diagnostics;
  expect(one?.values).toMatchObject({ line: source.slice(0, source.indexOf("for i in x")).split("\n").length });
  expect(source.slice(...(one?.span as [number, number])).startsWith("for i in x:")).toBe(true);
});

test("mistakes in component functions are reported with the pipeline", () => {
  const file = readPipelineFile(head.replace("    pass\n", "    pd.read_csv(out_path)\n") + "def p():\n    make(1)\n");
  expect(file.diagnostics.map((one) => one.code)).toEqual(["python-unknown-name"]);
});

test("python-no-pipeline: a file without pipeline says so", () => {
  expect(readPipelineFile("def f(): pass").diagnostics.map((one) => one.code)).toContain("python-no-pipeline");
});

test("whatever is cut off, reading never throws", () => {
  const source = head + "def p(n):\n" + cases.map(([, body]) => body.replace(/^/gm, "    ")).join("\n");
  for (let start = 0; start < source.length; start += 11)
    expect(Array.isArray(readPipelineFile(source.slice(0, start)).pipelines)).toBe(true);
});

test("a sub-graph keeps its limit, a constant of the module counts", () => {
  expect(read("with dsl.SubGraph(parallelism=1 + 1):\n    make(1)").lines).toEqual(["at most 2", "  #2 function make(1)"]);
  expect(read("with dsl.SubGraph(parallelism=size()):\n    make(1)").leftOut).toEqual(["dsl.SubGraph(parallelism=size())"]);
});

test("a loop whose limit is not understood is left out with what is in it", () => {
  const { lines: found, leftOut } = read("with dsl.ParallelFor([1], parallelism=size()) as item:\n    make(item)");
  expect(found).toEqual([]);
  expect(leftOut).toEqual(["dsl.ParallelFor([1], parallelism=size())"]);
});

test("names assigned in one line mean the value at their position", () => {
  expect(read("a, b = make(1), make(2)\nuse_op(b.output)\nuse_op(a.output)").lines.slice(2)).toEqual([
    "#3 function use(#2.)",
    "#4 function use(#1.)",
  ]);
  expect(read("a, *b = [make(1)]").leftOut).toEqual(["a, *b = [make(1)]"]);
});

test("a deleted name means nothing", () => {
  expect(read("a = make(1)\ndel a\nuse_op(a.output)").leftOut).toEqual(["del a", "a.output"]);
});

test("what a pipeline returns is placed, too", () => {
  expect(read("return make(1).output").lines).toEqual(["#1 function make(1)"]);
});

test("deleting what a resource step makes is a step", () => {
  const { lines: found } = read("d = dsl.VolumeOp(name='d', resource_name='d', size='1Gi')\nd.delete().after(make(1))");
  expect(found[1]).toMatch(/^#2 kubernetes_resource_delete_op\(name=#1\.name, kind=#1\.manifest\)$/);
  expect(found.at(-1)).toBe("#2 after #3");
});

test("parts of constants and JSON of them are constants", () => {
  expect(read("c = {'a': [1, 'x']}\nmake(c['a'][-1])").lines).toEqual(
    ["#1 function make('x')"].map((line) => line.replace("'x'", found("'x'"))),
  );
  expect(read("import json\nmake(json.dumps({'b': 1, 'a': None}))").leftOut).toEqual([]);
  expect(read("import json\nmake(json.dumps({'b': 1}, indent=2))").leftOut).toHaveLength(1);
});

/** A constant as `lines` shows it. */
function found(text: string): string {
  return /\((.*)\)$/.exec(read(`make(${text})`).lines[0] ?? "")?.[1] ?? "";
}

test("a group that may call itself is listed where it is defined", () => {
  const file = readPipelineFile(
    `${head.replace("@dsl.pipeline", "@dsl.graph_component\ndef again(x):\n    pass\n\n@dsl.pipeline")}def my_pipeline():\n    again(1)\n`,
  );
  expect(
    file.diagnostics
      .filter((one) => one.code === "python-pipeline-left-out")
      .map((one) => one.values["text"])
      .sort(),
  ).toEqual(["again(1)", "def again(x):"]);
});
