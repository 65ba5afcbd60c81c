import { describe, expect, test } from "vitest";
import { checkDocument } from "#compiler/checking.ts";
import { openDocument } from "#compiler/document.ts";
import { isSoak } from "../runs.ts";
import { bulks } from "./bulk.ts";

/** Milliseconds of processor time that the check takes; other processes of the machine do not count. */
function checkTime(text: string): number {
  const before = process.cpuUsage();
  checkDocument(openDocument(text));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

describe("a document with a great many of one kind", () => {
  test.each(bulks.map((bulk) => [bulk.name, bulk] as const))("%s: lists a bounded number of diagnostics", (_, { text, full }) => {
    const found = checkDocument(openDocument(text(Math.max(60, Math.ceil(full / 200)))));
    expect(found.length).toBeLessThan(10_500);
  });

  if (isSoak)
    test.each(bulks.map((bulk) => [bulk.name, bulk] as const))("%s: is checked within 5 s at full size", (_, { text, full }) => {
      expect(checkTime(text(full))).toBeLessThan(5_000);
    });
});
