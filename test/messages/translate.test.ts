import { expect, test } from "vitest";
import { type Section, createTranslate } from "#messages/translate.ts";

const section: Section = {
  en: {
    size: "It has {size} characters.",
    "tasks.one": "{n} task",
    "tasks.other": "{n} tasks",
    odd: "Odd.",
    "odd.tab": "A tab.",
    line: "line {line}",
  },
  ko: { size: "{size}자입니다.", tasks: "태스크 {n}개", odd: "이상합니다.", "odd.tab": "탭입니다.", line: "{line}행" },
};
const english = createTranslate([section], "en");
const korean = createTranslate([section], "ko");

test("large numbers are grouped, small ones and texts are not", () => {
  expect(english("size", { size: 52_428_800 })).toBe("It has 52,428,800 characters.");
  expect(korean("size", { size: 52_428_800 })).toBe("52,428,800자입니다.");
  expect(english("line", { line: 4173 })).toBe("line 4173");
  expect(english("size", { size: "10000000" })).toBe("It has 10000000 characters.");
});

test("a very long value is quoted in part, never half of a character", () => {
  const long = english("size", { size: "x".repeat(1_000_000) });
  expect(long).toBe(`It has ${"x".repeat(500)}… characters.`);
  expect(english("size", { size: `${"x".repeat(499)}😀😀` })).toBe(`It has ${"x".repeat(499)}… characters.`);
  expect(english("size", { size: "x".repeat(500) })).toBe(`It has ${"x".repeat(500)} characters.`);
});

test("a count chooses its form, a problem its message, and an unknown code is shown as it is", () => {
  expect(english("tasks", { n: 1 })).toBe("1 task");
  expect(english("tasks", { n: 12_000 })).toBe("12,000 tasks");
  expect(korean("tasks", { n: 1 })).toBe("태스크 1개");
  expect(english("odd", { problem: "tab" })).toBe("A tab.");
  expect(english("never-heard-of")).toBe("never-heard-of");
});
