import type { AnyValues } from "#diagnostics/diagnostic.ts";
import { describe, expect, test } from "vitest";
import { openDocument } from "#compiler/document.ts";
import { compilePython, isIncomplete, looksLikePipeline, openPython } from "#compiler/python.ts";
import { field, listField, valueAt } from "#data/data.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import { workflowOf } from "#pipeline/find-by-id.ts";
import { compileBody, compileWhole, stamps } from "./build.ts";

const score = `
score_op = load_component_from_text('''
name: Score
inputs:
- {name: Tag, default: 'x'}
- {name: Rows in, type: CSV}
- {name: rows-in}
outputs: [{name: Kept rows}, {name: MLPipeline Metrics}]
implementation:
  container:
    image: s:1
    command: [score, {inputPath: Rows in}, {inputValue: rows-in}, {inputValue: Tag}, {outputPath: Kept rows}, {outputPath: MLPipeline Metrics}]
''')
`;

describe("arguments", () => {
  test("positional ones meet the inputs that must be given first", () => {
    const { template } = compileWhole("score_op('a', 'b', 'c')", score);
    expect(valueAt(template("score"), ["container", "command"])).toEqual([
      "score",
      "/tmp/inputs/Rows_in/data",
      "b",
      "c",
      "/tmp/outputs/Kept_rows/data",
      "/tmp/outputs/MLPipeline_Metrics/data",
    ]);
  });

  test("keywords are the inputs' names as Python can say them, clashes with a number", () => {
    const { template } = compileWhole("score_op(rows_in='a', rows_in_2='b')", score);
    expect(valueAt(template("score"), ["container", "command", 2])).toBe("b");
  });

  test("a port is called without its suffix", () => {
    const { template } = compileWhole("files_op(rows=text, count=3)");
    expect(valueAt(template("files"), ["inputs", "artifacts"])).toEqual([{ name: "text", path: "/tmp/inputs/rows/data" }]);
  });

  test("None leaves an optional input open", () => {
    const { template } = compileWhole("files_op('a', 3, None)");
    expect(valueAt(template("files"), ["container", "args"])).not.toContain("--note");
  });

  test.each([
    ["an input that is not there", "make_op(texts='a')", "'a'"],
    ["one more than there are", "make_op('a', 'b')", "'b'"],
    ["an input twice", "make_op('a', text='b')", "'b'"],
    ["None for an input with a default", "make_op(None)", "None"],
    ["an output that is not there", "make_op(make_op().outputs['other'])", "make_op().outputs['other']"],
    ["one output of several", "make_op(files_op('a', 1).output)", "files_op('a', 1).output"],
    [
      "an artifact that cannot be connected",
      "make_op(score_op('a', 'b').outputs['MLPipeline Metrics'])",
      "score_op('a', 'b').outputs['MLPipeline Metrics']",
    ],
    ["a volume", "make_op(dsl.PipelineVolume(pvc='c'))", "dsl.PipelineVolume(pvc='c')"],
  ])("%s is left out at its place, the task stays", (_title, call, leftOut) => {
    const made = compileBody(call, score);
    expect(made.leftOut).toEqual([leftOut]);
    expect(made.names).toContain("make");
    expect(isIncomplete(made.diagnostics)).toBe(true);
  });

  test("a constant that does not fit its type is reported", () => {
    const { diagnostics } = compileBody("files_op('a', 'b' if False else 1.5)");
    expect(diagnostics.map((one) => one.code)).toContain("python-pipeline-left-out");
    const made = compileBody("files_op('a', 1.5)");
    expect(made.diagnostics.map((one) => one.code)).toEqual(["lower-constant-type"]);
    expect(made.source.slice(...(made.diagnostics[0]?.span ?? [0, 0]))).toBe("files_op('a', 1.5)");
  });
});

describe("references", () => {
  test("output of the only output, outputs by name or by Python's form of it", () => {
    const { task } = compileWhole(
      "kept = score_op('a', 'b')\nfiles_op(kept.output, 1)\nfiles_op(kept.outputs['Kept rows'], 1)\nfiles_op(kept.outputs['kept_rows'], 1)",
      score,
    );
    const from = ["files", "files-2", "files-3"].map((name) => valueAt(task("demo", name), ["arguments", "artifacts", 0, "from"]));
    expect(new Set(from)).toEqual(new Set(["{{tasks.score.outputs.artifacts.score-Kept-rows}}"]));
  });

  test("text around references stays", () => {
    const { template } = compileWhole(
      "a = make_op()\nmake_op(f'{text}/{a.output}/%s' % n)\nmake_op('{}-{}'.format(n, a.output))".replace("/%s' % n", "/x'"),
    );
    expect(valueAt(template("make-2"), ["container", "args"])).toContain("{{inputs.parameters.text}}/{{inputs.parameters.make-Output}}/x");
    expect(valueAt(template("make-3"), ["container", "args"])).toContain("{{inputs.parameters.n}}-{{inputs.parameters.make-Output}}");
  });

  test("a name means what it means at that line", () => {
    const { task } = compileWhole("a = make_op('1')\na = make_op(a.output)\nmake_op(a.output)");
    expect(task("demo", "make-3")["dependencies"]).toEqual(["make-2"]);
  });
});

describe("groups", () => {
  test("every group becomes a template with what it says", () => {
    const { task, template, spec } = compileWhole(
      "end = make_op('end')\nwith dsl.ExitHandler(end):\n    a = make_op()\n    with dsl.Condition(a.output == 'x', name='is x'):\n        with dsl.ParallelFor([{'k': 1}, {'k': 2}], parallelism=2) as item:\n            make_op(item.k)",
    );
    expect(spec["onExit"]).toBe("make");
    expect(task("exit-handler-1", "condition-is-x-2")["when"]).toBe(
      '"{{tasks.make-2.outputs.parameters.make-Output}}" == "x"'.replace("make-Output", "make-2-Output"),
    );
    expect(task("condition-is-x-2", "for-loop-4")["withItems"]).toEqual([{ k: 1 }, { k: 2 }]);
    expect(template("for-loop-4")["parallelism"]).toBe(2);
  });

  test.each([
    [
      "a key that the items do not have",
      "with dsl.ParallelFor([{'k': 1}]) as item:\n    make_op(item.other)\n    make_op(item.k)",
      "item.other",
    ],
    ["a loop over nothing", "make_op()\nwith dsl.ParallelFor([]) as item:\n    make_op(item)", "dsl.ParallelFor([])"],
    ["a loop over a text", "make_op()\nwith dsl.ParallelFor('[1]') as item:\n    make_op(item)", "dsl.ParallelFor('[1]')"],
    [
      "a condition on an unknown output",
      "a = files_op('a', 1)\nwith dsl.Condition(a.output == 1):\n    make_op()",
      "dsl.Condition(a.output == 1)",
    ],
  ])("%s is left out", (_title, body, expected) => {
    expect(compileBody(body).leftOut).toEqual([expected]);
  });

  test("a group of which nothing is left goes, too", () => {
    const { names } = compileBody("make_op()\nwith dsl.Condition(n == 1):\n    unknown_op()");
    expect(names).toEqual(["demo", "make"]);
  });
});

describe("volumes", () => {
  const uses = (name: string, volume: string) =>
    `${name} = dsl.ContainerOp(name='${name}', image='a:1', command=['x'], pvolumes={'/d': ${volume}})`;

  test("a volume that a task has mounted comes after that task", () => {
    const { task } = compileWhole(
      [
        "disk = dsl.VolumeOp(name='disk', resource_name='d', size='1Gi')",
        uses("a", "disk.volume"),
        uses("b", "a.pvolume"),
        uses("c", "b.pvolumes['/d']"),
        uses("d", "disk.volume.after(a, c)"),
      ].join("\n"),
    );
    expect(["a", "b", "c", "d"].map((name) => task("demo", name)["dependencies"])).toEqual([
      ["disk"],
      ["a", "disk"],
      ["b", "disk"],
      ["a", "c", "disk"],
    ]);
  });

  test("an existing claim gets the name that the SDK gives it", () => {
    const { template } = compileWhole(uses("a", "dsl.PipelineVolume(pvc='foo')"));
    expect(template("a")["volumes"]).toEqual([
      { name: "pvolume-4cf668b8c7be134cfcbd7758d1eef9643d1bd7ed9925a98e707635b", persistentVolumeClaim: { claimName: "foo" } },
    ]);
  });

  test("a step that lacks what it needs is left out with what it lacks", () => {
    const { diagnostics } = compileBody(
      "make_op()\ndsl.VolumeOp(name='d', resource_name='d')\ndsl.ContainerOp(name='c')\ndsl.ResourceOp(name='r')",
    );
    expect(diagnostics.map((one) => (one.values as AnyValues).what)).toEqual(["size", "image", "k8s_resource"]);
  });
});

describe("a whole file", () => {
  test("opens as any document, in the SDK's order", () => {
    const { source } = compileWhole("a = make_op(text)\nwith dsl.Condition(a.output == 'x'):\n    make_op(n)");
    const { text = "", diagnostics } = openPython(source, stamps);
    const document = openDocument(text);
    expect({ findings: diagnostics, diagnostics: document.diagnostics }).toEqual({ findings: [], diagnostics: [] });
    const workflow = workflowOf(document.model);
    const graph = workflow?.templates.find((one) => one.name === "demo");
    expect(workflow && graph && graphOf(document.model, workflow, graph).nodes.length).toBe(2);
    expect(listField(field(document.stream[0], "spec"), "templates").map((one) => field(one, "name"))).toEqual([
      "condition-1",
      "demo",
      "make",
      "make-2",
    ]);
  });

  test("the same text gives the same bytes", () => {
    const { source, text } = compileWhole("make_op(text)");
    expect(compilePython(source, stamps).text).toBe(text);
    expect(text).toContain("2024-05-01T09:30:00.000000");
  });

  test("components come from the given texts, else they are listed where they are named and used", () => {
    const before = "local_op = load_component_from_file('local.yaml')\n";
    const text = "name: Local\nimplementation: {container: {image: 'l:1', command: [x]}}\n";
    const known = compileWhole("local_op()", before, { load: (location) => (location === "local.yaml" ? text : undefined) });
    expect(valueAt(known.template("local"), ["metadata", "annotations", "pipelines.kubeflow.org/component_ref"])).toMatch(
      /^\{"digest": "[0-9a-f]{64}", "url": "local.yaml"\}$/,
    );
    expect(compileBody("make_op()\nlocal_op()", before).leftOut).toEqual(["load_component_from_file('local.yaml')", "local_op()"]);
  });

  test("a component text that is none is left out with what is wrong in it", () => {
    const { diagnostics, names, source } = compileBody("make_op()\nbad_op()", "bad_op = load_component_from_text('name: [')\n");
    const wrong = diagnostics.find((one) => one.level === "error");
    expect(wrong?.span && source.slice(...wrong.span)).toBe("bad_op()");
    expect(names).toEqual(["demo", "make"]);
  });

  test("of several pipelines the requested one is compiled, and only its errors are reported", () => {
    const other = "\n@dsl.pipeline(name='Other')\ndef other():\n    make_op(unknown)\n";
    expect(compileBody("make_op()", other, { pipeline: "demo" })).toMatchObject({ pipelines: ["other", "demo"], diagnostics: [] });
    expect(compileBody("make_op()", other).spec["entrypoint"]).toBe("other");
  });

  test("Python without a pipeline is reported, YAML does not look like Python", () => {
    expect(compilePython("x = 1\n", stamps)).toMatchObject({ diagnostics: [{ code: "python-no-pipeline" }], pipelines: [] });
    expect(looksLikePipeline(compileWhole("make_op()").source)).toBe(true);
    expect(looksLikePipeline(compileWhole("make_op()").text ?? "")).toBe(false);
  });

  test("names in any script stay distinct and are in the component", () => {
    const before =
      "@create_component_from_func\ndef 데이터_준비():\n    pass\n\n@create_component_from_func\ndef 데이터_정리():\n    pass\n";
    const { names, text } = compileWhole("데이터_준비()\n데이터_정리()", before);
    expect(names).toEqual(["demo", "task", "task-2"]);
    expect(text).toMatch(/데이터 준비|\\\\ub370/);
  });

  test("hostile names do no harm", () => {
    const body =
      "make_op('a').add_pod_label('__proto__', 'x')\nmake_op({'__proto__': {'polluted': 1}})\ndsl.ResourceOp(name='constructor', k8s_resource={'__proto__': {'polluted': 1}, 'kind': 'X'})";
    const { workflow } = compileBody(body);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(JSON.stringify(workflow)).not.toContain('polluted":1}');
  });

  test("whatever is cut off, compiling never throws", () => {
    const { source } = compileWhole(
      "disk = dsl.VolumeOp(name='d', resource_name='d', size='1Gi')\na = make_op(text).add_pvolumes({'/d': disk.volume}).set_retry(2)\nwith dsl.ParallelFor(items) as item:\n    make_op(f'{item} {a.output}')",
    );
    for (let end = 0; end < source.length; end += 7) expect(() => compilePython(source.slice(0, end), stamps)).not.toThrow();
  });
});
