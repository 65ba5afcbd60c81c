import { describe, expect, test } from "vitest";
import { atLine, namesLine } from "#messages/at-line.ts";
import { translator } from "#messages/index.ts";

const english = translator("en");
const korean = translator("ko");
const syntax = { code: "python-syntax", values: { line: 2 } };
const tab = { code: "yaml-syntax", values: { problem: "tab", line: 3, column: 1, found: "a" } };
const many = { code: "yaml-syntax", values: { problem: "too-many", line: 4, column: 1, found: "a" } };
const separator = { code: "yaml-syntax", values: { problem: "flow-separator", line: 5, column: 7, found: "a" } };

describe("the line of a message is said once", () => {
  test("by the message, if it names its line", () => {
    for (const message of [syntax, tab, separator]) {
      expect(namesLine(english, message)).toBe(true);
      expect(atLine(english, 9, message)).toBe(english(message.code, message.values));
      expect(atLine(korean, 9, message)).toBe(korean(message.code, message.values));
    }
    expect(atLine(english, 2, syntax)).toBe("Line 2 cannot be read as Python.");
  });
  test("in front of it, if it does not", () => {
    expect(namesLine(english, many)).toBe(false);
    expect(atLine(english, 4, many)).toBe("Line 4: The text contains too many values to be read.");
    expect(atLine(korean, 4, many)).toMatch(/^4행: /);
  });
});
