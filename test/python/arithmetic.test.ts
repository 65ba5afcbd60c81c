import { expect, test } from "vitest";
import { calculated } from "#python/arithmetic.ts";
import { literalOf, type PythonValue } from "#python/literals.ts";
import { repr } from "#python/print-value.ts";
import { childrenOf, parsePython } from "#python/syntax.ts";

function valueOf(text: string): string | undefined {
  const tree = parsePython(`x = ${text}\n`);
  const node = childrenOf(tree.root)[0]?.lastChild;
  const value = node ? literalOf(tree, node) : undefined;
  return value && repr(value);
}

test.each([
  ["60 * 60", "3600"],
  ["2 ** 10", "1024"],
  ["7 / 2", "3.5"],
  ["4 / 2", "2.0"],
  ["-7 // 2", "-4"],
  ["-7 % 3", "2"],
  ["7 % -3", "-2"],
  ["1 + 2 * 3", "7"],
  ["(1 + 2) * 0.5", "1.5"],
  ["'a' + 'b'", "'ab'"],
  ["[1] + [2]", "[1, 2]"],
  ["9007199254740993 + 1", "9007199254740994"],
])("%s is %s", (text, expected) => {
  expect(valueOf(text)).toBe(expected);
});

test.each(["1 / 0", "1 // 0", "1 % 0", "2 ** -1", "10 ** 100000", "2 ** 129", "'a' - 'b'", "'a' * 3", "1 << 3"])(
  "%s has no value",
  (text) => {
    expect(valueOf(text)).toBeUndefined();
  },
);

test("booleans are no numbers here", () => {
  const one: PythonValue = { kind: "int", value: 1n };
  expect(calculated("+", { kind: "bool", value: true }, one)).toBeUndefined();
});
