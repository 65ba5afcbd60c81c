import { expect, test } from "vitest";
import { valueAt } from "#data/data.ts";
import { parse } from "#yaml/parse.ts";

/** What a plain scalar is in a document that goes on with these lines. */
function read(word: string, rest: string) {
  return valueAt(parse(`value: ${word}\n${rest}`).stream, [0, "value"]);
}

const component = "implementation:\n  container: {image: a}\n";
const object = "apiVersion: v1\nkind: ConfigMap\n";

test("a component's port may be called y or n, as in Python, while Kubernetes takes both for truth values", () => {
  expect(["y", "Y", "n", "N"].map((word) => read(word, component))).toEqual(["y", "Y", "n", "N"]);
  expect(["y", "n"].map((word) => read(word, object))).toEqual([true, false]);
  expect(["yes", "off", "True", "~"].map((word) => read(word, component))).toEqual([true, false, true, null]);
});

test("a component's numbers are those of Python: an exponent needs a point before and a sign", () => {
  expect(["1e-3", "1e3", "1.5e3", "0o17", "-.5"].map((word) => read(word, component))).toEqual(["1e-3", "1e3", "1.5e3", "0o17", "-.5"]);
  expect(["1.5e-3", "010", "0x1F", "1_000", "-2", ".5", "5.", "0"].map((word) => read(word, component))).toEqual([
    0.0015, 8, 31, 1000, -2, 0.5, 5, 0,
  ]);
  expect(read("1e-3", object)).toBe(0.001);
});

test("each document of a stream is read by its own rule", () => {
  expect(parse(`name: y\n${component}---\nname: y\n${object}`).stream).toMatchObject([{ name: "y" }, { name: true }]);
});
