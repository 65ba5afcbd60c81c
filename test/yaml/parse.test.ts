import { describe, expect, test } from "vitest";
import type { Data } from "#data/data.ts";
import { parse } from "#yaml/parse.ts";
import { applySplices } from "#yaml/text-splice.ts";
import { reparse } from "#yaml/reparse.ts";

function data(text: string): Data {
  const source = parse(text);
  expect(source.diagnostics).toEqual([]);
  expect(source.stream).toHaveLength(1);
  return source.stream[0] as Data;
}

describe("scalars are read as Kubernetes tools read them", () => {
  test.each([
    ["yes", true],
    ["Off", false],
    ["y", true],
    ["NO", false],
    ["~", null],
    ["", null],
    ["Null", null],
    ["nUll", "nUll"],
    ["012", 10],
    ["08", 8],
    ["0o17", 15],
    ["0x1F", 31],
    ["0b11", 3],
    ["1_000", 1000],
    ["+5", 5],
    ["-0", 0],
    ["1e3", 1000],
    [".5", 0.5],
    ["1.", 1],
    ["-1.5e-3", -0.0015],
    ["22:30", "22:30"],
    ["2001-12-14", "2001-12-14"],
    ["1.2.3", "1.2.3"],
    [".inf", ".inf"],
    ["0x", "0x"],
    ["e3", "e3"],
    ["18446744073709551616", 18446744073709552000],
    ["'yes'", "yes"],
    ['"012"', "012"],
    ["!!str 012", "012"],
    ["!!int '5'", 5],
    ["!!float 5", 5],
    ["!!binary aGk=", "hi"],
    ["!local x", "x"],
  ])("%s", (text, value) => {
    expect(parse(`v: ${text}\n`).stream).toEqual([{ v: value }]);
  });
  describe("words of pipeline specs, which Kubeflow's server reads by YAML 1.2", () => {
    const spec = (values: string) => `pipelineInfo: {name: p}\nvalues:\n${values}`;
    const found = (text: string) => parse(text).diagnostics.map(({ code, span }) => [code, span && text.slice(...span)]);

    test("yes, no, on and off are text there", () => {
      const words = "- yes\n- No\n- ON\n- off\n- y\n- N\n- true\n- ~\n";
      expect(parse(spec(words)).stream).toEqual([
        { pipelineInfo: { name: "p" }, values: ["yes", "No", "ON", "off", "y", "N", true, null] },
      ]);
      expect(parse(`kind: Workflow\nvalues:\n${words}`).stream).toEqual([
        { kind: "Workflow", values: [true, false, true, false, true, false, true, null] },
      ]);
      expect(parse(`platforms: {}\nno: no\n`).stream).toEqual([{ platforms: {}, no: "no" }]);
      expect(parse(`apiVersion: pipelines.kubeflow.org/v2beta1\nkind: Pipeline\nspec: {a: on}\n`).stream).toMatchObject([
        { spec: { a: "on" } },
      ]);
    });

    test.each(["yes", "OFF", "1:20", "2024-05-01", "2024-05-01T09:30:00Z", "0o17", "1e3", "1e+3", "=", ".5e3"])(
      "yaml-readers-differ: the SDK reads %s otherwise",
      (word) => {
        expect(found(spec(`- ${word}\n`))).toEqual([["yaml-readers-differ", word]]);
        expect(found(spec(`- "${word}"\n`))).toEqual([]);
        const [fix] = parse(spec(`- ${word}\n`)).diagnostics[0]?.fixes ?? [];
        expect(applySplices(spec(`- ${word}\n`), fix?.splices ?? [])).toBe(spec(`- "${word}"\n`));
        expect(found(`kind: Workflow\nvalues:\n- ${word}\n`)).toEqual([]);
      },
    );

    test.each(["y", "n", "true", "~", "0777", "1.5", "1.0e+3", ".5", "-1", "1_000", "kfp-2.17.3", "12:00 Uhr", "e3"])(
      "nothing is said of %s, which both read alike",
      (word) => expect(found(spec(`- ${word}\n`))).toEqual([]),
    );

    test("a document that becomes a pipeline spec is read again, by other rules", () => {
      const before = parse("flag: yes\nname: p\n");
      const after = reparse(before, [{ start: 10, end: 14, text: "pipelineInfo" }]);
      expect(before.stream).toEqual([{ flag: true, name: "p" }]);
      expect(after.stream).toEqual([{ flag: "yes", pipelineInfo: "p" }]);
      expect(reparse(parse("pipelineInfo: {}\na:\n  flag: b\n"), [{ start: 28, end: 29, text: "on" }]).stream).toEqual([
        { pipelineInfo: {}, a: { flag: "on" } },
      ]);
    });
  });

  test("number-inexact: a whole number beyond 2^53 is noted", () => {
    expect(parse("v: 12345678901234567890\n").diagnostics).toMatchObject([
      { code: "number-inexact", level: "info", path: [0, "v"], span: [3, 23] },
    ]);
  });
  test("tag-misfit: a value that is not what its tag says is read as text", () => {
    const source = parse("v: !!int abc\n");
    expect(source.stream).toEqual([{ v: "abc" }]);
    expect(source.diagnostics).toMatchObject([{ code: "tag-misfit", path: [0, "v"] }]);
  });
});

describe("structure", () => {
  test("keys that are no text become text", () => {
    expect(data("1: a\ntrue: b\n1.5: c\n? off\n: d\n")).toEqual({ 1: "a", true: "b", "1.5": "c", false: "d" } as never);
  });
  test("a key y or n stays a letter, as columns and parameters are named, while the value y is true", () => {
    expect(data("x: 1\ny: n\n? n\n: y\nyes: {Y: 1}\n")).toEqual({ x: 1, y: false, n: true, true: { Y: 1 } });
  });
  test("merge keys yield to written keys, wherever they are", () => {
    expect(data("a: &a {x: 1, q: 2}\nb: &b {q: 3, z: 4}\nc:\n  x: 9\n  <<: [*a, *b]\nd:\n  <<: *a\n  q: 8\n")).toMatchObject({
      c: { x: 9, q: 2, z: 4 },
      d: { x: 1, q: 8 },
    });
  });
  test("a quoted << is a key like any other", () => {
    expect(data("'<<': {a: 1}\n")).toEqual({ "<<": { a: 1 } });
  });
  test("an alias has the data of its anchor", () => {
    expect(data("a: &x\n  - 1\nb: *x\nc: [*x, &k t, *k]\n")).toEqual({ a: [1], b: [1], c: [[1], "t", "t"] });
  });
  test("a list may be in the column of its key", () => {
    expect(data("a:\n- b:\n  - c\n  d: e\nf:\n  - g\n")).toEqual({ a: [{ b: ["c"], d: "e" }], f: ["g"] });
  });
  test("block texts keep, clip or strip their final breaks", () => {
    expect(data("a: |\n  x\n\n   y\n\nb: |-\n  x\n\nc: |+\n  x\n\nd: >\n  x\n  y\n\n  z\n   w\n  v\ne: |2\n    x\n")).toEqual({
      a: "x\n\n y\n",
      b: "x",
      c: "x\n\n",
      d: "x y\nz\n w\nv\n",
      e: "  x\n",
    });
  });
  test("plain and quoted texts fold over lines", () => {
    expect(data("a: one\n  two\n\n  three # c\nb: \"x\n  y\\\n  z\\n\"\nc: 'it''s\n\n  so'\n")).toEqual({
      a: "one two\nthree",
      b: "x yz\n",
      c: "it's\nso",
    });
  });
  test("a quoted text may close in the column of its key", () => {
    expect(data('args: ["\n  run\n  it\n"]\nnext: "a\nb"\n')).toEqual({ args: [" run it "], next: "a b" });
  });
  test("flow collections may be indented in any way, and hold single pairs and trailing commas", () => {
    expect(data('a: [\nb: 1, {c, d: },\n]\ne: {f: http://x:80/y, "g":1}\n')).toEqual({
      a: [{ b: 1 }, { c: null, d: null }],
      e: { f: "http://x:80/y", g: 1 },
    });
  });
  test("JSON is read", () => {
    expect(data('{"a": [1, true, null, "x\\u00e9\\/"], "b": {}}')).toEqual({ a: [1, true, null, "xé/"], b: {} });
  });
  test("a byte order mark and Windows line ends leave no trace", () => {
    expect(data("\uFEFFa: |\r\n  x\r\n  y\r\nb: c\r\n")).toEqual({ a: "x\ny\n", b: "c" });
  });
});

describe("streams", () => {
  test.each([
    ["nothing", "", []],
    ["comments alone", "# a\n\n# b\n", []],
    ["markers around empty documents", "---\n---\na: 1\n---\n", [null, { a: 1 }, null]],
    ["ends and directives", "%YAML 1.1\n---\na: 1\n...\n# between\n---\nb\n...\n", [{ a: 1 }, "b"]],
    ["a value on the marker's line", "--- [1]\n--- |\n  text\n", [[1], "text\n"]],
    ["markers inside a block text's lines", "a: |\n  ---\n  x\n", [{ a: "---\nx\n" }]],
  ])("%s", (_, text, wanted) => {
    const source = parse(text);
    expect(source.diagnostics).toEqual([]);
    expect(source.stream).toEqual(wanted);
  });
  test("yaml-syntax: a broken document leaves the others readable and keeps what comes before the error", () => {
    const source = parse("a: 1\n---\nb: 2\nc: [1, 2\n---\ne: 4\n");
    expect(source.stream).toEqual([{ a: 1 }, { b: 2, c: [1, 2] }, { e: 4 }]);
    expect(source.diagnostics).toMatchObject([{ code: "yaml-syntax", level: "error", path: [1, "c"] }]);
  });
});

describe("errors are reported with their position", () => {
  test.each([
    ["tab", "a:\n\tb: 1\n", 2, 1],
    ["nested-mapping", "a: b: c\n", 1, 5],
    ["nested-mapping", "a: b\n  c: d\n", 2, 4],
    ["colon", "a: 1\nb\nc: 2\n", 2, 1],
    ["indent", "a: 1\n   b: 2\n".replace("a: 1", 'a: "1"'), 2, 4],
    ["leftover", 'a: "x" y\n', 1, 8],
    ["quote-open", 'a: 1\nb: "x\nc: d\n', 2, 4],
    ["flow-open", "a: 1\nb: {c: d\n", 2, 4],
    ["flow-separator", 'a: ["x" "y"]\n', 1, 9],
    ["flow-comma", "a: [1,,2]\n", 1, 7],
    ["escape", 'a: "\\q"\n', 1, 4],
    ["block-header", "a: |x\n", 1, 4],
    ["alias-undefined", "a: *b\n", 1, 4],
    ["character", "a: @b\n", 1, 4],
    ["list-here", "a: - b\n", 1, 4],
    ["character", "a: {b: ?c}\n", 1, 8],
    ["key-lines", '"a\n b": c\n', 1, 1],
    ["tag-handle", "a: !x!y z\n", 1, 4],
  ])("yaml-syntax: %s", (problem, text, line, column) => {
    const { diagnostics } = parse(text);
    expect(diagnostics).toMatchObject([{ code: "yaml-syntax", level: "error", values: { problem, line, column } }]);
    const [start] = diagnostics[0]?.span as readonly [number, number];
    expect(text.slice(0, start).split("\n")).toHaveLength(line);
  });
  test("duplicate-key: the last one wins, and both positions are reported", () => {
    const source = parse("m:\n  a: 1\n  b: 2\n  a: 3\n");
    expect(source.stream).toEqual([{ m: { a: 3, b: 2 } }]);
    expect(source.diagnostics).toEqual([
      {
        code: "duplicate-key",
        level: "error",
        values: { key: "a", line: 4, column: 3, firstLine: 2 },
        path: [0, "m", "a"],
        span: [19, 20],
      },
    ]);
  });
  test("prototype-key: __proto__ is dropped, and no object gets another prototype", () => {
    const source = parse('__proto__: {evil: 1}\nconstructor: c\na: {"__proto__": 1, toString: t}\n');
    expect(source.diagnostics.map((one) => one.code)).toEqual(["prototype-key", "prototype-key"]);
    expect(source.diagnostics[0]?.path).toEqual([0, "a", "__proto__"]);
    const root = source.stream[0] as Record<string, Data>;
    expect(Object.keys(root)).toEqual(["constructor", "a"]);
    expect(Object.getPrototypeOf(root)).toBe(Object.prototype);
    expect((root as { evil?: Data }).evil).toBeUndefined();
  });
});

describe("hostile texts", () => {
  test("file-too-large: fifty million characters are refused at once", () => {
    const source = parse("x".repeat(50_000_000));
    expect(source.stream).toEqual([]);
    expect(source.diagnostics).toMatchObject([{ code: "file-too-large", values: { size: 50_000_000, limit: 20_000_000 } }]);
  });
  test.each([
    ["open brackets", "[".repeat(100_000)],
    ["open braces", '{"a":'.repeat(100_000)],
    ["dashes", "- ".repeat(100_000)],
    ["question marks", "? ".repeat(100_000)],
    ["stairs of keys", Array.from({ length: 2000 }, (_, level) => `${" ".repeat(level)}k:\n`).join("")],
  ])("yaml-syntax: endless nesting ends in a diagnostic: %s", (_, text) => {
    expect(parse(text).diagnostics).toMatchObject([{ code: "yaml-syntax", values: { problem: "too-deep" } }]);
  });
  test("alias-bomb: aliases of aliases are counted before anything is built", () => {
    const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let level = 1; level < 12; level++)
      lines.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(", ")}]`,
      );
    const source = parse(lines.join("\n"));
    expect(source.stream).toEqual([null]);
    expect(source.diagnostics).toMatchObject([{ code: "alias-bomb", level: "error" }]);
  });
  test("yaml-syntax: too many values end the reading", () => {
    expect(parse("- a\n".repeat(100), { nodes: 50 }).diagnostics).toMatchObject([{ values: { problem: "too-many" } }]);
  });
  test("yaml-syntax: the documents of a text share the limit, and one counts as a few values", () => {
    for (const text of ["---\n", "--- a\n", "---\n...\n", "---\n{}\n", "---\na: [\n"]) {
      const source = parse(text.repeat(100), { nodes: 50 });
      expect(source.documents.length).toBeLessThan(12);
      expect(source.diagnostics.at(-1)).toMatchObject({ values: { problem: "too-many" } });
    }
    expect(parse("a: 1\n---\n".repeat(5), { nodes: 50 }).diagnostics).toEqual([]);
  });
  test("an anchor given again counts from its place on, even inside another of its name", () => {
    expect(parse("a: &x {b: &x 1, c: *x}\nd: *x\n").stream).toEqual([{ a: { b: 1, c: 1 }, d: 1 }]);
  });
  test("an alias inside its own anchor is not defined yet", () => {
    expect(parse("a: &a\n  b: *a\n").diagnostics).toMatchObject([{ values: { problem: "alias-undefined" } }]);
  });
});
