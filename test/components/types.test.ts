import { describe, expect, it } from "vitest";
import { byCodePoint, numberText, pythonJson, scalarText } from "#components/python-text.ts";
import { compatible, defaultAsText, isValueType, portFamily, serializeConstant, typeText } from "#components/type-names.ts";

describe("compatible", () => {
  it.each([
    [undefined, "Integer", "same"],
    ["Model", undefined, "same"],
    ["", "Integer", "same"],
    [{}, "Integer", "same"],
    ["Artifact", "Model", "same"],
    ["artifact", "CSV", "same"],
    ["Model", "ARTIFACT", "same"],
    ["Artifact", "Integer", "no"],
    ["dict", "Artifact", "no"],
    ["dict", "dict", "same"],
    ["CSV", "csv", "no"],
    ["CSV", "TSV", "no"],
    ["Integer", "int", "alias"],
    ["dict", "JsonObject", "alias"],
    ["Bool", "Boolean", "alias"],
    ["List", "JsonArray", "alias"],
    ["typing.List[int]", "JsonArray", "alias"],
    ["typing.List[int]", "typing.List[str]", "alias"],
    ["Integer", "Float", "no"],
    ["String", "Integer", "no"],
    [{ GCSPath: { data_type: "CSV" } }, { GCSPath: { data_type: "CSV", x: 1 } }, "same"],
    [{ GCSPath: { data_type: "CSV", x: 1 } }, { GCSPath: { data_type: "CSV" } }, "no"],
    [{ GCSPath: { data_type: "CSV" } }, { GCSPath: { data_type: "TSV" } }, "no"],
    [{ GCSPath: { data_type: "CSV" } }, "GCSPath", "no"],
    ["GCSPath", { GCSPath: { data_type: "CSV" } }, "same"],
    [["A", "B"], ["A", "B"], "same"],
    [["A", "B"], ["B"], "no"],
    ["constructor", "toString", "no"],
  ] as const)("%j into %j: %s", (giving, expected, verdict) => {
    expect(compatible(giving, expected)).toBe(verdict);
  });
});

describe("the other readings of a type", () => {
  it.each([
    ["String", true],
    ["str", true],
    ["Integer", true],
    ["Bool", true],
    ["JsonObject", true],
    ["Dict", true],
    [{ JsonArray: { x: 1 } }, true],
    ["CSV", false],
    ["Model", false],
    [undefined, false],
    ["GCSPath", false],
  ] as const)("%j is a value type: %s", (type, answer) => expect(isValueType(type)).toBe(answer));

  it.each([
    ["dict", "dict"],
    [{ GCSPath: {} }, "GCSPath"],
    [{ GCSPath: { data_type: "CSV", n: 1, b: true } }, "{GCSPath: {data_type: CSV, n: 1, b: true}}"],
    [["String", "Integer"], "[String, Integer]"],
    [undefined, undefined],
    ["", undefined],
  ] as const)("%j is said as %s", (type, text) => expect(typeText(type)).toBe(text));

  it("says even a hostile type in one bounded line", () => {
    expect(typeText("x\n".repeat(1000))?.length).toBe(200);
    expect(typeText("a\nb")).toBe("a b");
  });

  it.each([
    ["String", "parameter", "text"],
    ["URI", "parameter", "text"],
    ["Integer", "parameter", "number"],
    ["float", "parameter", "number"],
    ["Bool", "parameter", "bool"],
    ["Dict", "parameter", "json"],
    ["JsonObject", "parameter", "json"],
    [undefined, "parameter", "any"],
    ["CSV", "artifact", "dataset"],
    ["dict", "artifact", "dataset"],
    ["TFModel", "artifact", "model"],
    ["ClassificationMetrics", "artifact", "metrics"],
    ["UI metadata", "artifact", "metrics"],
    ["Artifact", "artifact", "any"],
    [undefined, "artifact", "any"],
  ] as const)("%j as %s belongs to the family %s", (type, kind, family) => expect(portFamily(type, kind)).toBe(family));
});

describe("constants", () => {
  it.each([
    ["Integer", 3, "3"],
    ["int", "3", "3"],
    ["Float", 0.5, "0.5"],
    ["Float", 2, "2"],
    ["Float", 1e-5, "1e-05"],
    ["float", 1e16, "1e+16"],
    ["Boolean", true, "True"],
    ["bool", false, "False"],
    ["JsonObject", { b: 1, a: [true, null] }, '{"a": [true, null], "b": 1}'],
    ["typing.List[int]", [1, 2], "[1, 2]"],
    [undefined, 7, "7"],
    [undefined, true, "True"],
    [undefined, [1], "[1]"],
    [undefined, { a: 1.5 }, '{"a": 1.5}'],
    ["CSV", "a,b", "a,b"],
    ["Integer", "not checked", "not checked"],
    ["Json", null, "null"],
  ] as const)("of type %j, %j becomes %s", (type, value, text) => expect(serializeConstant(type, value)).toEqual({ ok: true, text }));

  it.each([
    ["String", 3],
    ["Integer", 0.5],
    ["Float", [1]],
    ["Boolean", 1],
    ["CSV", 1],
    ["Model", { a: 1 }],
    [undefined, null],
  ] as const)("of type %j, %j is refused", (type, value) => expect(serializeConstant(type, value).ok).toBe(false));

  it.each([
    ["Integer", "007", "7"],
    ["Integer", " 5 ", "5"],
    ["Float", "1", "1.0"],
    ["Float", "0.5", "0.5"],
    ["Float", "1e-3", "0.001"],
    ["Float", "1E20", "1e+20"],
    ["Float", "none", "none"],
    ["float", "1", "1"],
    [undefined, "01", "01"],
    ["String", "1", "1"],
  ] as const)("the default of type %j given as %s arrives as %s", (type, text, arrives) => expect(defaultAsText(type, text)).toBe(arrives));
});

describe("Python's text", () => {
  it.each([
    [0, "0"],
    [-0, "0"],
    [1, "1"],
    [0.1, "0.1"],
    [1e-4, "0.0001"],
    [1.5e-5, "1.5e-05"],
    [9007199254740991, "9007199254740991"],
    [1.5e300, "1.5e+300"],
  ])("prints %d as an int or float", (value, text) => expect(numberText(value)).toBe(text));
  it("prints whole floats with a decimal point when asked", () => {
    expect([1, 1e15, 1e16, -0, 1.5e300].map((value) => numberText(value, true))).toEqual([
      "1.0",
      "1000000000000000.0",
      "1e+16",
      "-0.0",
      "1.5e+300",
    ]);
  });
  it("writes JSON with sorted keys, blanks behind separators and ASCII only", () => {
    expect(pythonJson({ b: "데", a: ["😀", '\u007f\n"\\/'], A: {}, "\u{10000}": 1, "\uffff": 2 })).toBe(
      '{"A": {}, "a": ["\\ud83d\\ude00", "\\u007f\\n\\"\\\\/"], "b": "\\ub370", "\\uffff": 2, "\\ud800\\udc00": 1}',
    );
  });
  it("sorts by code point", () => expect(["a", "_", "A", "ab", ""].sort(byCodePoint)).toEqual(["", "A", "_", "a", "ab"]));
  it("writes None and booleans as Python does", () => expect([null, true, false].map(scalarText)).toEqual(["None", "True", "False"]));
});
