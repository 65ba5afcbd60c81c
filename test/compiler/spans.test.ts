import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkDocument } from "#compiler/checking.ts";
import { openDocument } from "#compiler/document.ts";
import { compilePython } from "#compiler/python.ts";
import { readFunctions } from "#python/functions.ts";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";

const examples = readdirSync("examples")
  .filter((name) => /\.(ya?ml|py)$/.test(name))
  .map((name) => ({ name, text: readFileSync(`examples/${name}`, "utf8") }))
  .filter(({ text }) => text.length < 20_000);
const yaml = examples.filter(({ name }) => !name.endsWith(".py")).map(({ text }) => text);
const python = `from kfp import dsl\nfrom kfp.components import create_component_from_func\n\ndef step(text: str = 'a') -> str:\n    """Does it.\n\n    Args:\n        text: some text\n    """\n    return text\n\nstep_op = create_component_from_func(step, base_image='python:3.9')\n\n@dsl.pipeline(name='Two')\ndef two(a: str = 'x'):\n    first = step_op(a)\n    with dsl.Condition(first.output == 'a'):\n        step_op(first.output).after(first)\n`;

/** A text cut off, with a piece taken out, put twice, or with some signs put in. */
const damaged = (texts: readonly string[]) =>
  fc
    .record({
      text: fc.constantFrom(...texts),
      from: fc.double({ min: 0, max: 1, noNaN: true }),
      size: fc.nat(40),
      signs: fc.constantFrom(
        "",
        "[",
        "{",
        "]",
        "}",
        "?",
        "? ",
        ": ",
        "- ",
        ", ",
        '"',
        "'",
        "&a ",
        "*a",
        "|",
        "\t",
        "\n",
        "#",
        "\u0000",
        "%",
        "(",
        ")",
        "\\",
      ),
      rest: fc.boolean(),
    })
    .map(({ text, from, size, signs, rest }) => {
      const at = Math.floor(from * text.length);
      return text.slice(0, at) + signs + (rest ? text.slice(at + size) : "");
    });

function expectWithin(diagnostics: readonly Diagnostic[], text: string): void {
  for (const { code, span } of diagnostics) {
    if (span === undefined) continue;
    expect([code, span[0] >= 0 && span[0] <= span[1] && span[1] <= text.length]).toEqual([code, true]);
  }
}

describe("the span of every diagnostic lies within the text", () => {
  test("of damaged YAML, as it was read and as it is checked", () => {
    fc.assert(
      fc.property(damaged(yaml), (text) => {
        const document = openDocument(text);
        expectWithin(document.diagnostics, text);
        expectWithin(checkDocument(document), text);
      }),
      { numRuns: 150, seed: 8 },
    );
  });
  test("of damaged Python", () => {
    fc.assert(
      fc.property(damaged([python]), (text) => {
        expectWithin(compilePython(text, { sdkVersion: "1.8.22", compiledAt: "2024-01-01T00:00:00" }).diagnostics, text);
        expectWithin(readFunctions(text).diagnostics, text);
      }),
      { numRuns: 100, seed: 8 },
    );
  });
  test.each([
    ["a list that is never closed", "spec:\n  templates:\n    - name: a\n      script: {command: [flip\n      script:\n        image: b\n"],
    ["a list in a list", "a: [b\nc: [d: [e\n"],
    ["a mapping", "a: {b: {c"],
    ["an explicit key at the end", "a: {?"],
    ["an explicit key in a list", "a: [? "],
  ])("of %s", (_, text) => {
    const head = "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {name: a}\n";
    for (const whole of [text, head + text]) expectWithin(checkDocument(openDocument(whole)), whole);
  });
});
