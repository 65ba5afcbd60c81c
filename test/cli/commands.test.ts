import { existsSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { dagwright, folderWith, twoTasks } from "./terminal.ts";

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((remove) => remove()));
const files = (named: Record<string, string>) => {
  const folder = folderWith(named);
  undo.push(folder.remove);
  return folder.path;
};
/** The lines that differ, as `-old` and `+new`. */
const difference = (before: string, after: string) => {
  const [a, b] = [before.split("\n"), after.split("\n")];
  return [
    ...a.filter((line) => !b.includes(line)).map((line) => `-${line.trim()}`),
    ...b.filter((line) => !a.includes(line)).map((line) => `+${line.trim()}`),
  ];
};

describe("words", () => {
  test("without arguments the help is printed and the exit code is 2", async () => {
    const { code, out, stderr } = await dagwright([]);
    expect([code, out]).toEqual([2, ""]);
    expect(stderr).toContain("dagwright check PLACE…");
  });
  test("--help and --version are results and end well", async () => {
    expect((await dagwright(["--help"])).out).toContain("Exit codes: 0 success, 1 problems found");
    expect((await dagwright(["set", "--help"])).out).toContain("dagwright set FILE --task TASK KEY=VALUE…");
    expect((await dagwright(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
  test("a mistyped command, option or value names the nearest valid one", async () => {
    expect((await dagwright(["chekc", "x"])).stderr).toContain('did you mean "check"?');
    expect((await dagwright(["check", "x", "--formt", "json"])).stderr).toContain("did you mean --format?");
    expect((await dagwright(["check", "x", "--format", "jsn"])).stderr).toContain('did you mean "json"?');
    expect((await dagwright(["check", "x", "--format", "jsn"])).code).toBe(2);
  });
  test("a missing file ends with 2 and says why", async () => {
    const { code, stderr, out } = await dagwright(["compile", "/nowhere.yaml"]);
    expect([code, out]).toEqual([2, ""]);
    expect(stderr).toContain("/nowhere.yaml cannot be read (ENOENT)");
  });
  test("bytes that are not UTF-8 are refused rather than changed", async () => {
    const path = files({});
    const { writeFileSync } = await import("node:fs");
    writeFileSync(path("latin.yaml"), Buffer.from([0x61, 0x3a, 0x20, 0xe9]));
    const { code, stderr } = await dagwright(["compile", path("latin.yaml")]);
    expect(code).toBe(2);
    expect(stderr).toContain("is not UTF-8 text");
  });
});

describe("check", () => {
  const broken = twoTasks.replace("template: load\n", "template: lod\n");
  test("a sound file ends with 0 and prints nothing", async () => {
    const { code, out, stderr } = await dagwright(["check", "-"], twoTasks);
    expect([code, out]).toEqual([0, ""]);
    expect(stderr).toContain("1 file checked: nothing found");
  });
  test("an error is printed with file, line and column, and ends with 1", async () => {
    const path = files({ "w.yaml": broken });
    const { code, out } = await dagwright(["check", path("w.yaml")]);
    expect(code).toBe(1);
    expect(out).toContain(`${path("w.yaml")}:13:`);
    expect(out).toContain("error template-undefined: “load” calls the template “lod”, which does not exist");
  });
  test("--format json gives the same diagnostics as data", async () => {
    const { out } = await dagwright(["check", "-", "--format", "json"], broken);
    const { findings } = JSON.parse(out) as { findings: { code: string; line: number; place: unknown[] }[] };
    expect(findings.filter(({ code }) => code === "template-undefined")).toMatchObject([
      { line: 13, place: [0, "spec", "templates", 0, "dag", "tasks", 0, "template"] },
    ]);
  });
  test("--disable leaves a code out, and --level makes lesser diagnostics count", async () => {
    expect((await dagwright(["check", "-", "--disable", "template-undefined"], broken)).code).toBe(0);
    const unused = twoTasks.replace(
      "- {name: rate, value: '0.1'}",
      "- {name: rate, value: '0.1'}\n                - {name: extra, value: x}",
    );
    expect((await dagwright(["check", "-"], unused)).code).toBe(0);
    expect((await dagwright(["check", "-", "--level", "warning"], unused)).code).toBe(1);
  });
  test("folders are walked, and a template of a neighbouring file is found", async () => {
    const caller = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: m
  templates:
    - name: m
      steps: [[{name: s, templateRef: {name: lib, template: t}}]]
`;
    const library = `apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: lib}
spec: {templates: [{name: t, container: {image: i}}]}
`;
    const path = files({ "deep/caller.yaml": caller, "deep/lib.yaml": library, "deep/notes.txt": "no yaml: [" });
    const all = await dagwright(["check", path("deep")]);
    expect(all.stderr).toContain("2 files checked: nothing found");
    expect((await dagwright(["check", path("deep/caller.yaml")])).code).toBe(0);
    expect((await dagwright(["check", "-"], caller)).out).toContain("template-ref-not-found");
  });
  test("text that is no YAML is one diagnostic, with its line", async () => {
    const { code, out } = await dagwright(["check", "-"], "a: 1\nb:\n\t- c\n");
    expect(code).toBe(1);
    expect(out).toMatch(/^<stdin>:3:\d+: error yaml-syntax: Line 3 is indented with a tab/);
    expect(out).not.toContain("nothing-to-lint");
  });
  test("--as checks a document as another kind, and --mode asks for values", async () => {
    const spec =
      "metadata: {name: x}\nspec:\n  entrypoint: m\n  arguments: {parameters: [{name: p}]}\n  templates: [{name: m, container: {image: i}}]\n";
    expect((await dagwright(["check", "-", "--as", "Workflow"], spec)).code).toBe(0);
    expect((await dagwright(["check", "-", "--as", "Workflow", "--mode", "default"], spec)).out).toContain("arg-value-required");
  });
});

describe("compile and model", () => {
  test("an unedited file comes out with the same bytes", async () => {
    expect((await dagwright(["compile", "-"], twoTasks)).out).toBe(twoTasks);
    const odd = `\uFEFF${twoTasks.replaceAll("\n", "\r\n")}# no newline at the end`;
    expect((await dagwright(["compile", "-"], odd)).out).toBe(odd);
  });
  test("the model alone compiles to what --fresh prints", async () => {
    const model = await dagwright(["model", "-"], twoTasks);
    expect(JSON.parse(model.out)).toMatchObject({ model: { objects: [{ place: [0], specPlace: [0, "spec"] }] } });
    expect(model.out).not.toContain("trains a model every night");
    const again = await dagwright(["compile", "-"], model.out);
    const fresh = await dagwright(["compile", "-", "--fresh"], twoTasks);
    expect(again.out).toBe(fresh.out);
    expect(fresh.out).toContain("generateName: train-");
  });
  test("-o writes a file and leaves standard output empty", async () => {
    const path = files({ "w.yaml": twoTasks });
    const { out, code } = await dagwright(["compile", path("w.yaml"), "-o", path("out.yaml")]);
    expect([out, code]).toEqual(["", 0]);
    expect(readFileSync(path("out.yaml"), "utf8")).toBe(twoTasks);
  });
  test("unreadable text is refused, and nothing is written", async () => {
    const path = files({});
    const { code, stderr } = await dagwright(["compile", "-", "-o", path("out.yaml")], "a: [1\n");
    expect(code).toBe(2);
    expect(stderr).toContain("yaml-syntax");
    expect(existsSync(path("out.yaml"))).toBe(false);
  });
  test("a model that was tampered with is refused with a message", async () => {
    const { code, stderr } = await dagwright(["compile", "-"], '{"dagwright": "model/1", "model": {"objects": 3}}');
    expect(code).toBe(2);
    expect(stderr).toContain("this is not a model printed by `dagwright model`");
  });
});

describe("graph", () => {
  test("json lists each graph template once, with typed ports and wires", async () => {
    const { out } = await dagwright(["graph", "-"], twoTasks);
    const { templates } = JSON.parse(out) as {
      templates: { name: string; nodes: { path: string; inputs: unknown[] }[]; edges: unknown[] }[];
    };
    expect(templates.map(({ name }) => name)).toEqual(["main"]);
    expect(templates[0]?.nodes.map(({ path }) => path)).toEqual(["main/load", "main/train"]);
    expect(templates[0]?.nodes[1]?.inputs).toEqual([
      { name: "rate", kind: "parameter", type: null },
      { name: "data", kind: "artifact", type: null },
    ]);
    expect(templates[0]?.edges).toContainEqual({
      from: { path: "main/load", port: "data" },
      to: { path: "main/train", port: "data" },
      kind: "artifact",
    });
  });
  test("svg and mermaid show every task, their names made harmless", async () => {
    const named = twoTasks.replaceAll("generateName: train-", 'generateName: "a-"').replaceAll("name: load\n", "name: load\n");
    const svg = (await dagwright(["graph", "-", "--format", "svg"], named)).out;
    expect(svg).toMatch(/^<svg xmlns/);
    expect(svg).toContain("<title>main/train</title>");
    const hostile = twoTasks.replace("template: train\n", "template: train\n            when: \"'<script>' == 'x'\"\n");
    expect((await dagwright(["graph", "-", "--format", "svg"], hostile)).out).not.toContain("<script>");
    const mermaid = (await dagwright(["graph", "-", "--format", "mermaid"], hostile)).out;
    expect(mermaid).toContain('t0n0 -->|"data"| t0n1');
    expect(mermaid).not.toContain("<script>");
  });
  test("a text without workflows ends with 1", async () => {
    expect((await dagwright(["graph", "-"], "kind: ConfigMap\napiVersion: v1\n")).code).toBe(1);
  });
});

describe("set", () => {
  const changed = async (...words: string[]) => {
    const ran = await dagwright(["set", "-", "--task", "train", ...words], twoTasks);
    expect(ran.stderr).toBe("");
    return difference(twoTasks, ran.out);
  };
  test("a limit changes one line and keeps the comment beside others", async () => {
    expect(await changed("resources.limits.cpu=3")).toEqual(["-limits: {cpu: 1}", "+limits: {cpu: 3}"]);
  });
  test("a resource whose name has dots and a slash is one key", async () => {
    expect(await changed("resources.limits.nvidia.com/gpu=1")).toEqual(["-limits: {cpu: 1}", "+limits: {cpu: 1, nvidia.com/gpu: 1}"]);
  });
  test("an environment variable is replaced or added, always as text", async () => {
    expect(await changed("env.MODE=fast")).toEqual(["-value: slow", "+value: fast"]);
    expect(await changed("env.LEVEL=3")).toEqual(["+- name: LEVEL", '+value: "3"']);
  });
  test("an argument, the image and several keys at once", async () => {
    expect(await changed("image=trainer:2")).toEqual(['-image: "trainer:1"   # pinned', '+image: "trainer:2"   # pinned']);
    expect((await changed("arguments.rate=0.2", "env.MODE=fast")).length).toBe(4);
  });
  test("labels and node selectors hold text and take dotted keys", async () => {
    expect(await changed("nodeSelector.kubernetes.io/arch=amd64", "labels.team=7")).toEqual(
      expect.arrayContaining(["+kubernetes.io/arch: amd64", "+team: '7'"]),
    );
  });
  test("any other path of the template is set as it is", async () => {
    expect(await changed("retryStrategy.limit=2")).toEqual(["+retryStrategy:", "+limit: 2"]);
  });
  test("an unknown task, an ambiguous one and an unknown key say what there is", async () => {
    expect((await dagwright(["set", "-", "--task", "trian", "image=x"], twoTasks)).stderr).toContain('did you mean "train"?');
    expect((await dagwright(["set", "-", "--task", "train", "imge=x"], twoTasks)).stderr).toContain('did you mean "image"?');
    expect((await dagwright(["set", "-", "--task", "train", "image"], twoTasks)).stderr).toContain("is not of the form KEY=VALUE");
    expect((await dagwright(["set", "-", "image=x"], twoTasks)).stderr).toContain("--task is required");
  });
  test("a definition that several tasks share changes for all, and that is reported", async () => {
    const shared = twoTasks.replace(
      "            template: train\n            dependencies",
      "            template: load\n            dependencies",
    );
    const { stderr, code } = await dagwright(["set", "-", "--task", "train", "image=x:1"], shared);
    expect(code).toBe(0);
    expect(stderr).toContain('the template "load" is used by 2 tasks; all of them change');
  });
});

describe("apply", () => {
  const edits = JSON.stringify([{ kind: "rename-task", task: "main/load", name: "fetch" }]);
  test("edits given as data are done, and what names the task follows", async () => {
    const path = files({ "w.yaml": twoTasks, "e.json": edits });
    const { out, code } = await dagwright(["apply", path("w.yaml"), path("e.json")]);
    expect(code).toBe(0);
    expect(difference(twoTasks, out)).toEqual(
      expect.arrayContaining([
        "+- name: fetch",
        "+dependencies: [fetch]",
        '+- {name: data, from: "{{tasks.fetch.outputs.artifacts.data}}"}',
      ]),
    );
  });
  test("a refused edit ends with 1, says why and writes nothing", async () => {
    const path = files({ "w.yaml": twoTasks, "e.json": JSON.stringify([{ kind: "remove-task", task: "main/nobody" }]) });
    const { out, code, stderr } = await dagwright(["apply", path("w.yaml"), path("e.json"), "-o", path("out.yaml")]);
    expect([out, code]).toEqual(["", 1]);
    expect(stderr).toContain("edit 1 (remove-task) cannot be done");
    expect(existsSync(path("out.yaml"))).toBe(false);
  });
  test("what is no list of edits ends with 2", async () => {
    const path = files({ "w.yaml": twoTasks, "a.json": "[1]", "b.json": "{" });
    expect((await dagwright(["apply", path("w.yaml"), path("a.json")])).code).toBe(2);
    expect((await dagwright(["apply", path("w.yaml"), path("b.json")])).stderr).toContain("is not JSON");
  });
});

describe("component", () => {
  const python = 'def add(a: int, b: int = 2) -> int:\n    """Adds two numbers."""\n    return a + b\n\ndef other():\n    pass\n';
  test("a function becomes a component.yaml with its ports", async () => {
    const { out, code } = await dagwright(["component", "-", "--function", "add", "--image", "python:3.9"], python);
    expect(code).toBe(0);
    expect(out).toContain("image: python:3.9");
    expect(out).toMatch(/inputs:\n\s*- name: a\n\s+type: Integer/);
  });
  test("only errors of the requested function are reported and stop it", async () => {
    const broken = `${python}\ndef third(*args):\n    return args\n`;
    expect(await dagwright(["component", "-", "--function", "add"], broken)).toMatchObject({ stderr: "", code: 0 });
    const third = await dagwright(["component", "-", "--function", "third"], broken);
    expect([third.stderr.includes("*args"), third.code]).toEqual([true, 1]);
  });
  test("of several functions one must be named", async () => {
    const { stderr, code } = await dagwright(["component", "-"], python);
    expect(code).toBe(2);
    expect(stderr).toContain("add, other");
    expect((await dagwright(["component", "-", "--function", "ad"], python)).stderr).toContain('did you mean "add"?');
  });
});
