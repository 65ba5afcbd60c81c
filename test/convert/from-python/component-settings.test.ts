import { describe, expect, test } from "vitest";
import { compilePython } from "#compiler/python.ts";
import { field, listField, valueAt } from "#data/data.ts";
import { compileBody, compileWhole, stamps } from "./build.ts";

const double = "def double(n: int) -> int:\n    return n * 2\n\n";
const made = (call: string, before = "") => compileBody("double_op(1)", `${before}${double}double_op = ${call}\n`);
const imageOf = (compiled: ReturnType<typeof compileBody>, name = "double") => valueAt(compiled.template(name), ["container", "image"]);

describe("the image and the packages of a component", () => {
  test.each([
    ["a formatted text of constants", "HOST = 'r.example.com'\n", "f'{HOST}/double:1'"],
    ["joined texts", "HOST = 'r.example.com'\n", "HOST + '/double:1'"],
    ["a text with places", "HOST = 'r.example.com'\n", "'{}/double:1'.format(HOST)"],
    ["a text with percent signs", "HOST = 'r.example.com'\n", "'%s/double:1' % HOST"],
    ["the default of a variable of the environment", "import os\n", "os.environ.get('HOST', 'r.example.com') + '/double:1'"],
    ["the default of os.getenv", "from os import getenv\nIMAGE = getenv('IMAGE', 'r.example.com/double:1')\n", "IMAGE"],
    ["an entry of a constant", "IMAGES = {'double': 'r.example.com/double:1'}\n", "IMAGES['double']"],
  ])("may be %s", (_, before, image) => {
    const compiled = made(`create_component_from_func(double, base_image=${image})`, before);
    expect([imageOf(compiled), compiled.leftOut]).toEqual(["r.example.com/double:1", []]);
  });

  test.each([
    ["create_component_from_func(double, base_image=ask())", "ask()"],
    ["create_component_from_func(double, base_image=os.environ.get('HOST'))", "os.environ.get('HOST')"],
    ["create_component_from_func(double, None, ask())", "ask()"],
    ["create_component_from_func(double, packages_to_install=ask())", "ask()"],
    ["create_component_from_func(double, packages_to_install=['a', ask()])", "['a', ask()]"],
    ["create_component_from_func(double, annotations={'a': ask()})", "{'a': ask()}"],
    ["create_component_from_func(double, **SETTINGS)", "SETTINGS"],
    ["func_to_container_op(double, extra_code='import os')", "'import os'"],
    ["func_to_container_op(double, use_code_pickling=True)", "True"],
  ])("are reported where they are not known: %s", (call, text) => {
    const { leftOut, names } = made(call);
    expect([leftOut, names]).toEqual([[text], ["demo", "double"]]);
  });

  test("may be given as empty, which means the default", () => {
    const call = "create_component_from_func(double, base_image=None, packages_to_install=[], annotations={})";
    const compiled = made(call);
    expect([imageOf(compiled), compiled.leftOut]).toEqual(["python:3.7", []]);
  });

  test("are read from a decorator, too, and reported there", () => {
    const partial = (image: string) =>
      compileBody(
        "double(1)",
        `import functools\nHOST = 'r.example.com'\n@functools.partial(create_component_from_func, base_image=${image})\n${double}`,
      );
    expect(imageOf(partial("f'{HOST}/a'"))).toBe("r.example.com/a");
    expect(partial("ask()").leftOut).toEqual(["ask()"]);
  });

  test("lists of packages may be made of constants", () => {
    const { template, leftOut } = made("create_component_from_func(double, packages_to_install=BASE + ['b==2'])", "BASE = ['a==1']\n");
    expect(leftOut).toEqual([]);
    expect(JSON.stringify(field(template("double"), "container"))).toContain("'a==1' 'b==2'");
  });
});

describe("@dsl.python_component", () => {
  const decorated = (call: string) =>
    compileWhole("double_op(1)", `@dsl.python_component(name='twice_op', description=' doubles ', base_image='b:1')\n${double}${call}\n`);

  test("names the component and gives its image", () => {
    const compiled = decorated("double_op = func_to_container_op(double)");
    expect(imageOf(compiled, "twice-op")).toBe("b:1");
    const spec = valueAt(compiled.template("twice-op"), ["metadata", "annotations", "pipelines.kubeflow.org/component_spec"]);
    expect(JSON.parse(String(spec))).toMatchObject({ name: "twice_op", description: "doubles" });
  });
});

describe("what is only known at run time", () => {
  const internal = "{{plan:";
  test("is an input wherever a step has it", () => {
    const { text, template, leftOut } = compileBody(
      [
        "make_op('a').add_pvolumes({text: dsl.PipelineVolume(pvc='c')})",
        "dsl.ContainerOp(name='run', image='a', file_outputs={'out': text}, output_artifact_paths={'more': text})",
        "dsl.ResourceOp(name='apply', k8s_resource={'kind': 'Pod'}, action=text, attribute_outputs={'a': text})",
        "dsl.VolumeOp(name='claim', resource_name='v', size='1Gi', modes=[text])",
      ].join("\n"),
    );
    expect(leftOut).toEqual([]);
    expect(text).not.toContain(internal);
    expect(valueAt(template("make"), ["container", "volumeMounts", 0, "mountPath"])).toBe("{{inputs.parameters.text}}");
    for (const name of ["make", "run", "apply", "claim"])
      expect(listField(field(template(name), "inputs"), "parameters"), name).toContainEqual({ name: "text" });
  });

  test.each([
    ["a setting of the pipeline", "dsl.get_pipeline_conf().set_default_pod_node_selector('pool', text)\nmake_op('a')"],
    ["the name of a step", "dsl.ContainerOp(name=text, image='a')"],
    ["a part of the name of a step", "dsl.ResourceOp(name=f'x-{text}', k8s_resource={'kind': 'Pod'})"],
  ])("is reported as %s", (_, body) => {
    const { text, leftOut } = compileBody(body);
    expect(leftOut).toHaveLength(1);
    expect(text).not.toMatch(/plan[:-]/);
  });
});

describe("the name and description of a pipeline", () => {
  const compiled = (decorator: string) =>
    compilePython(
      `import kfp\nfrom kfp import dsl\nTEAM = 'a'\n@dsl.pipeline(${decorator})\ndef p():\n    dsl.ContainerOp(name='x', image='a')\n`,
      stamps,
    );
  const specOf = (decorator: string) => {
    const { workflow } = compiled(decorator);
    return JSON.parse(String(valueAt(workflow as never, ["metadata", "annotations", "pipelines.kubeflow.org/pipeline_spec"]))) as object;
  };

  test("may be made of constants", () => {
    expect(specOf("name=f'{TEAM}-train'")).toMatchObject({ name: "a-train" });
  });
  test("are reported where they are not known", () => {
    expect(compiled("name=ask()").diagnostics.map(({ code }) => code)).toEqual(["python-pipeline-left-out"]);
  });
  test("lose blanks around the description, as in the SDK", () => {
    expect(specOf("name='p', description=' Trains. '")).toMatchObject({ description: "Trains." });
  });
});
