import { describe, expect, test } from "vitest";
import type { Data } from "#data/data.ts";
import { applyOperations, type Operation } from "#data/operations.ts";
import { parse } from "#yaml/parse.ts";
import { patch, type PatchOptions } from "#yaml/patch.ts";
import { applySplices, invertSplices } from "#yaml/text-splice.ts";

/** The text after the operations; the data and the way back are checked on the way. */
function patched(text: string, operations: readonly Operation[], options?: PatchOptions): string {
  const source = parse(text);
  const result = patch(source, operations, options);
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostic));
  expect(applySplices(text, result.splices)).toBe(result.source.text);
  expect(applySplices(result.source.text, invertSplices(text, result.splices))).toBe(text);
  if (!options) expect(parse(result.source.text).stream).toEqual(applyOperations(source.stream as Data, operations));
  return result.source.text;
}
const set = (path: readonly (string | number)[], value: Data, before?: string): Operation => ({
  op: "set",
  path: [0, ...path],
  value,
  ...(before === undefined ? {} : { before }),
});
const remove = (...path: (string | number)[]): Operation => ({ op: "remove", path: [0, ...path] });
const insert = (path: readonly (string | number)[], value: Data): Operation => ({ op: "insert", path: [0, ...path], value });
const move = (path: readonly (string | number)[], to: readonly (string | number)[]): Operation => ({
  op: "move",
  path: [0, ...path],
  to: [0, ...to],
});
const rename = (path: readonly (string | number)[], key: string): Operation => ({ op: "rename", path: [0, ...path], key });

describe("setting a value", () => {
  test.each([
    ["plain", "a: old # c\n", "new", "a: new # c\n"],
    ["double quotes", 'a: "old"\n', "new", 'a: "new"\n'],
    ["single quotes", "a: 'old'\n", "it's", "a: 'it''s'\n"],
    ["a word of YAML 1.1", "a: old\n", "yes", "a: 'yes'\n"],
    ["an octal look-alike", 'a: old\nb: "x"\n', "012", 'a: "012"\nb: "x"\n'],
    ["a number", "a: 'old'\n", 5, "a: 5\n"],
    ["nothing before", "a:\n", "new", "a: new\n"],
    ["nothing before, with a comment", "a: # c\n", "new", "a: new # c\n"],
    ["aligned values", "a:    old\nbb:   x\n", "new", "a:    new\nbb:   x\n"],
    ["a literal block", "a: |\n    x\n    y\nb: 1\n", "x\nz\n", "a: |\n    x\n    z\nb: 1\n"],
    ["a folded line", "a: >-\n  one long\n  text\n", "other text", "a: >-\n  other text\n"],
    ["no final line break", "a: old", "new", "a: new"],
    ["Windows line ends", "a: |\r\n  x\r\nb: 1\r\n", "x\ny\n", "a: |\r\n  x\r\n  y\r\nb: 1\r\n"],
    ["a byte order mark", "\uFEFFa: old\n", "new", "\uFEFFa: new\n"],
    ["a mapping in place of text", "a: old # c\nb: 1\n", { x: 1 }, "a: # c\n  x: 1\nb: 1\n"],
    ["a list in the neighbours' indentation", "a: old\nb:\n  - 1\n", ["x"], "a:\n  - x\nb:\n  - 1\n"],
    ["text in place of a mapping", "a: # c\n  x: 1 # gone\nb: 1\n", "new", "a: new # c\nb: 1\n"],
    ["an empty mapping", "a:\n  x: 1\nb: 1\n", {}, "a: {}\nb: 1\n"],
  ])("keeps the style: %s", (_, text, value, wanted) => {
    expect(patched(text, [set(["a"], value as Data)])).toBe(wanted);
  });
  test("changes only what differs inside a mapping", () => {
    const text = "r:\n  # what it needs\n  limits: {cpu: '1', memory: 1Gi} # at most\n  requests:\n    cpu: '1'\n";
    expect(patched(text, [set(["r"], { limits: { cpu: "4", memory: "1Gi" }, requests: { cpu: "1", memory: "2Gi" } })])).toBe(
      "r:\n  # what it needs\n  limits: {cpu: '4', memory: 1Gi} # at most\n  requests:\n    cpu: '1'\n    memory: '2Gi'\n".replace(
        "'2Gi'",
        "2Gi",
      ),
    );
  });
  test("writes JSON into JSON", () => {
    expect(patched('{"a": {"b": "x"}, "l": ["y"]}\n', [set(["a", "c"], "yes"), insert(["l", 1], "z"), set(["a", "b"], [1])])).toBe(
      '{"a": {"b": [1], "c": "yes"}, "l": ["y", "z"]}\n',
    );
  });
});

describe("adding a key", () => {
  test("goes behind the last one, in its column", () => {
    expect(patched("s:\n    a: 1 # c\n\nt: 2\n", [set(["s", "b"], { c: "d" })])).toBe("s:\n    a: 1 # c\n    b:\n        c: d\n\nt: 2\n");
  });
  test("goes before another one and above its comments", () => {
    expect(patched("a: 1\n# about b\nb: 2\n", [set(["k"], 5, "b")])).toBe("a: 1\nk: 5\n# about b\nb: 2\n");
  });
  test("goes before the first one behind a dash", () => {
    expect(patched("- a: 1\n  b: 2\n", [set([0, "k"], 5, "a")])).toBe("- k: 5\n  a: 1\n  b: 2\n");
  });
  test("opens an empty mapping", () => {
    expect(patched("a: {} # c\nb: {x: {}}\n", [set(["a", "k"], "v"), set(["b", "x", "k"], "v")])).toBe("a: # c\n  k: v\nb: {x: {k: v}}\n");
  });
  test("stays on the line in flow style", () => {
    expect(patched("- {name: a, template: b}\n", [set([0, "when"], "{{x}} == 1")])).toBe("- {name: a, template: b, when: '{{x}} == 1'}\n");
  });
  test("takes a line of its own in flow style over several lines", () => {
    expect(patched("a: {\n  b: 1, # one\n  c: 2 # two\n}\n", [set(["a", "d"], 3)])).toBe("a: {\n  b: 1, # one\n  c: 2, # two\n  d: 3\n}\n");
  });
  test("is written without a final line break where there is none", () => {
    expect(patched("a: 1", [set(["b"], 2)])).toBe("a: 1\nb: 2");
  });
});

describe("list items", () => {
  const flow = "tasks:\n- {name: a, template: x}\n- {name: b, template: x}\n";
  test("new ones follow the form of their neighbours", () => {
    expect(patched(flow, [insert(["tasks", 2], { name: "c", template: "x" })])).toBe(`${flow}- {name: c, template: x}\n`);
    expect(patched("args: [\"a\", 'b']\n", [insert(["args", 2], "c"), insert(["args", 0], "z")])).toBe("args: [\"z\", \"a\", 'b', 'c']\n");
    expect(patched("l:\n  -   name: a\n      x: 1\n", [insert(["l", 0], { name: "k", x: [2] })])).toBe(
      "l:\n  -   name: k\n      x:\n        -   2\n  -   name: a\n      x: 1\n",
    );
  });
  test("an empty list opens in the habit of the file", () => {
    expect(patched("a: [] # none\nb:\n  - x\n", [insert(["a", 0], { name: "k" })])).toBe("a: # none\n  - name: k\nb:\n  - x\n");
  });
  test("the last one leaves an empty list", () => {
    expect(patched("a:\n  - x # gone\nb: 1\n", [remove("a", 0)])).toBe("a: []\nb: 1\n");
  });
  test("a removed one takes its comments along and leaves the others", () => {
    const text = "l:\n# far\n\n# about a\n- a # behind a\n# about b\n- b\n# at the end\n";
    expect(patched(text, [remove("l", 0)])).toBe("l:\n# far\n\n# about b\n- b\n# at the end\n");
    expect(patched(text, [remove("l", 1)])).toBe("l:\n# far\n\n# about a\n- a # behind a\n# at the end\n");
  });
  test("a moved one takes its comments along", () => {
    const text = "l:\n  # about a\n  - name: a # behind a\n    x: |\n      text\n  - name: b\n";
    expect(patched(text, [move(["l", 0], ["l", 1])])).toBe("l:\n  - name: b\n  # about a\n  - name: a # behind a\n    x: |\n      text\n");
  });
  test("a moved one takes the indentation of its new list", () => {
    const text = "a:\n- name: x\n  s: |\n    one\n\n    two\n- name: y\nb:\n    c:\n      - name: z\n";
    expect(patched(text, [move(["a", 0], ["b", "c", 1])])).toBe(
      "a:\n- name: y\nb:\n    c:\n      - name: z\n      - name: x\n        s: |\n          one\n\n          two\n",
    );
  });
  test("steps inside steps keep their form", () => {
    const text = "steps:\n- - name: a\n    template: x\n  - name: b\n    template: x\n- - name: c\n    template: x\n";
    expect(patched(text, [remove("steps", 0, 0)])).toBe("steps:\n- - name: b\n    template: x\n- - name: c\n    template: x\n");
    expect(patched(text, [insert(["steps", 1, 0], { name: "k", template: "x" })])).toBe(
      text.replace("- - name: c\n", "- - name: k\n    template: x\n  - name: c\n"),
    );
  });
  test("one of the last line goes without leaving a line break", () => {
    expect(patched("l:\n- a\n- b", [remove("l", 1)])).toBe("l:\n- a");
  });
});

describe("habits of the file", () => {
  const kfp =
    "spec:\n  templates:\n  - name: a\n    container:\n      args: [--x, '1']\n      image: i\n    inputs:\n      parameters:\n      - {name: x}\n  arguments:\n    parameters: []\n";
  test("where small collections are on one line, new ones are, too", () => {
    expect(
      patched(kfp, [
        set(["spec", "templates", 0, "container", "resources"], { limits: { cpu: "4" } }),
        insert(["spec", "arguments", "parameters", 0], { name: "lr", value: "0.1" }),
      ]),
    ).toBe(
      kfp
        .replace("      image: i\n", "      image: i\n      resources:\n        limits: {cpu: '4'}\n")
        .replace("    parameters: []\n", "    parameters:\n    - {name: lr, value: '0.1'}\n"),
    );
  });
  test("where they are in block style, new ones are, too", () => {
    expect(patched("env:\n- name: A\n  value: b\n", [set(["labels"], { a: "b" }), insert(["env", 1], { name: "C", value: "d" })])).toBe(
      "env:\n- name: A\n  value: b\n- name: C\n  value: d\nlabels:\n  a: b\n",
    );
  });
  test("a comment below, indented deeper, is removed with what it belongs to", () => {
    expect(patched("s:\n  a: 1\n  b:\n    c: 2\n    # inside b\n  # outside\nt: 1\n", [remove("s", "b")])).toBe(
      "s:\n  a: 1\n  # outside\nt: 1\n",
    );
  });
});

describe("keys", () => {
  test("a renamed one keeps its quotes and its place", () => {
    expect(patched("a: 1\n'b': 2 # c\n", [rename(["b"], "no"), rename(["a"], "yes")])).toBe("'yes': 1\n'no': 2 # c\n");
  });
  test("after a removed first one the next is behind the dash", () => {
    expect(patched("- name: a\n  image: b\n", [remove(0, "name")])).toBe("- image: b\n");
  });
  test("a removed one in flow style goes with its comma", () => {
    expect(patched("a: {b: 1, c: 2, d: 3}\n", [remove("a", "b"), remove("a", "d")])).toBe("a: {c: 2}\n");
  });
  test("a repeated one goes altogether", () => {
    expect(patched("a: 1\nb: 2\na: 3\n", [remove("a")])).toBe("b: 2\n");
  });
  test("a repeated one is changed where it counts", () => {
    expect(patched("a: 1\nb: 2\na: 3\n", [set(["a"], 4)])).toBe("a: 1\nb: 2\na: 4\n");
  });
});

describe("anchors", () => {
  test("an alias that is edited is written out in place, and the others stay", () => {
    const text = "x: &r {cpu: 1}\nv: *r # c\nz: *r\n";
    expect(patched(text, [set(["v", "cpu"], 2)])).toBe("x: &r {cpu: 1}\nv: {cpu: 2} # c\nz: *r\n");
  });
  test("an anchor whose body is edited moves with the old value to its first alias", () => {
    const text = "x: &r {cpu: 1}\nv: *r\nz: *r\n";
    expect(patched(text, [set(["x", "cpu"], 2)])).toBe("x: {cpu: 2}\nv: &r {cpu: 1}\nz: *r\n");
  });
  test("an anchor that is removed moves to its first alias", () => {
    expect(patched("x: &r\n  cpu: 1\nv:\n  - *r\n  - *r\n", [remove("x")])).toBe("v:\n  - &r\n    cpu: 1\n  - *r\n");
  });
  test("beside a merge key only the overriding key is written", () => {
    const text = "base: &b\n  image: a\n  env:\n    X: 1\nt:\n  <<: *b\n  name: t\n";
    expect(patched(text, [set(["t", "image"], "c")])).toBe(`${text}  image: c\n`);
    expect(patched(text, [set(["t", "env", "X"], 2)])).toBe(`${text}  env:\n    X: 2\n`);
  });
  test("«change all» edits the anchor for every alias", () => {
    const text = "x: &r {cpu: 1}\nv: *r\n";
    expect(patched(text, [set(["v", "cpu"], 2)], { sharedAnchors: "change-all" })).toBe("x: &r {cpu: 2}\nv: *r\n");
    expect(patched(text, [set(["x", "cpu"], 2)], { sharedAnchors: "change-all" })).toBe("x: &r {cpu: 2}\nv: *r\n");
  });
  test("no-longer-shared is noted with the place that was let go", () => {
    const result = patch(parse("x: &r {cpu: 1}\nv: *r\n"), [set(["v", "cpu"], 2)]);
    expect(result.ok && result.notices).toEqual([
      { code: "no-longer-shared", level: "info", values: { anchor: "r", n: 1 }, path: [0, "v"] },
    ]);
  });
});

describe("documents", () => {
  test("only the one that is named changes", () => {
    const text = "# head\n---\na: 1\n...\n---\nkind: Other\na: 1 # x\n";
    expect(patched(text, [{ op: "set", path: [1, "a"], value: 2 }])).toBe("# head\n---\na: 1\n...\n---\nkind: Other\na: 2 # x\n");
  });
  test("patch-refused: one with an error is left alone", () => {
    const result = patch(parse("a: 1\nb: [\n"), [set(["a"], 2)]);
    expect(!result.ok && result.diagnostic).toMatchObject({ code: "patch-refused", values: { problem: "broken" }, path: [0, "a"] });
  });
  test("patch-refused: a path that does not fit changes nothing, whatever came before it", () => {
    const result = patch(parse("a: 1\n"), [set(["a"], 2), remove("gone")]);
    expect(!result.ok && result.diagnostic).toMatchObject({ code: "patch-refused", values: { problem: "misfit" } });
  });
});

describe("documents of the stream", () => {
  const add = (index: number, value: Data): Operation => ({ op: "insert", path: [index], value });
  test("get one more at the end, or lose the last one", () => {
    expect(patched("a: 1\n", [add(1, { b: { c: [] } })])).toBe("a: 1\n---\nb:\n  c: []\n");
    expect(patched("a: 1", [add(1, { b: 2 })])).toBe("a: 1\n---\nb: 2\n");
    expect(patched("a: 1\n--- # two\nb: 2\n", [{ op: "remove", path: [1] }])).toBe("a: 1\n");
  });
  test("stay as they are anywhere else, and in JSON", () => {
    const refused = (text: string, operation: Operation) => patch(parse(text), [operation]).ok;
    expect(refused("a: 1\n---\nb: 2\n", { op: "remove", path: [0] })).toBe(false);
    expect(refused("a: 1\n", { op: "remove", path: [0] })).toBe(false);
    expect(refused('{"a": 1}\n', add(1, { b: 2 }))).toBe(false);
  });
});

test("a whole number keeps the form 2.0", () => {
  expect(patched("a: 2.0\nb:\n- 1.0\nc: 1.5\n", [set(["a"], 3), set(["b", 0], 7), set(["c"], 2)])).toBe("a: 3.0\nb:\n- 7.0\nc: 2\n");
});
