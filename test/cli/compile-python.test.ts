import { describe, expect, test } from "vitest";
import { dagwright, folderWith } from "./terminal.ts";

const pipeline = `from kfp import dsl
from kfp.components import create_component_from_func, load_component_from_file

def step(text: str) -> str:
    return text

step_op = create_component_from_func(step)
local_op = load_component_from_file('local.yaml')

@dsl.pipeline(name='Two steps')
def two(text: str = 'a'):
    first = step_op(text)
    local_op(first.output)

@dsl.pipeline(name='One step')
def one():
    step_op('x')
    step_op(undefined)
`;
const local = "name: Local\ninputs: [{name: Text}]\nimplementation:\n  container: {image: 'a:1', command: [cat, {inputPath: Text}]}\n";

describe("compile FILE.py", () => {
  test("writes the Workflow of a pipeline, with component files from beside the script", async () => {
    const { path, remove } = folderWith({ "two.py": pipeline, "local.yaml": local });
    const { code, out, stderr } = await dagwright(["compile", path("two.py"), "--function", "two"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(out).toContain("generateName: two-steps-");
    expect(out).toContain("image: a:1");
    remove();
  });

  test("writes what it understood, lists the rest with its line, and exits with 1", async () => {
    const { code, out, stderr } = await dagwright(["compile", "-", "--function", "one"], pipeline);
    expect(code).toBe(1);
    expect(out).toContain("generateName: one-step-");
    expect(stderr).toMatch(/<stdin>:18:13: warning python-pipeline-left-out: .*undefined/);
  });

  test("lists a component file that is not there", async () => {
    const { path, remove } = folderWith({ "two.py": pipeline });
    const { code, stderr } = await dagwright(["compile", path("two.py"), "--function", "two"]);
    expect(code).toBe(1);
    expect(stderr).toContain("two.py:8:12: warning python-pipeline-left-out");
    expect(stderr).toContain("two.py:13:5: warning python-pipeline-left-out");
    remove();
  });

  test("names the nearest pipeline for one that is not there, and says when there is none", async () => {
    const wrong = await dagwright(["compile", "-", "--function", "tow"], pipeline);
    expect(wrong).toMatchObject({ code: 2, out: "" });
    expect(wrong.stderr).toContain("two");
    const several = await dagwright(["compile", "-"], pipeline);
    expect(several).toMatchObject({ code: 2, out: "" });
    expect(several.stderr).toContain("two, one");
    const { path, remove } = folderWith({ "none.py": "x = 1\n" });
    const none = await dagwright(["compile", path("none.py")]);
    expect(none).toMatchObject({ code: 2, out: "" });
    expect(none.stderr).toContain("python-no-pipeline");
    remove();
  });
});

describe("open FILE.py", () => {
  test("is refused, since exporting would put YAML in the place of the Python", async () => {
    const { path, remove } = folderWith({ "two.py": pipeline });
    const { code, out, stderr } = await dagwright(["open", path("two.py")]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(stderr).toContain(`dagwright compile ${path("two.py")} -o ${path("two.yaml")}`);
    remove();
  });
});
