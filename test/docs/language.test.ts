import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

// One term for one thing, and the standard one: what this project once called by names of its own stays renamed. Comments, titles of tests
// and documents are checked for words, code for identifiers. See CONTRIBUTING.md, "Language".

/** A word of our own, and what to write instead. Phrases are matched in comments, titles of tests and documents. */
const phrases: readonly (readonly [RegExp, string])[] = [
  [/\b(at hand)\b/, "current, existing, given"],
  [/\b(anew|afresh)\b/, "again, from scratch"],
  [/\bmistakes? of ours\b/, "a bug, an invariant"],
  [/\bgives? the way to\b/, "returns an unsubscribe function"],
  [/\b(is|are) told\b/, "is reported, is shown"],
  [/\bbe it\b/, "even, whether"],
  [/\blooked at afterwards\b/, "checked later"],
  [/\b(mended|mends|mending)\b/, "fixed, corrected"],
  [/\bstands? (for|in|on|at|before|beside|behind|around|under|outside|inside)\b/, "is in, means, represents"],
  [/\bas (it|they) stands?\b/, "unchanged, current"],
  [/\b(the|a|one|each|of|[Ee]very|no|all|its) findings?\b/, "diagnostic (code), problem (screen)"],
  [/\b(furniture|surroundings)\b/, "overlays, context"],
  [/\b(shelf|keeper)\b/, "storage, autosave, text service"],
  [/\b(stories)\b/, "end-to-end tests"],
  [/\b(a|the|no|in|close|closes|of) circles?\b/, "cycle"],
  [/\bborders? of (a |the )?groups?\b/, "boundary of a group"],
];

/** Identifiers, whole or as a part that begins with a capital letter. */
const identifiers: readonly (readonly [RegExp, string])[] = [
  [
    /\b(fetch|watch|split|argo|authoring|canvas|cli|component|edits|files|inspector|library|lint|python|saving|served|settings|yaml)Words\b/,
    "messages",
  ],
  [/\b(say|useSay|speaker|Speaker|Said|said)\b(?=\s*[(:=,])/, "t, useTranslate, Translate, Message"],
  [/\b(findings?|Findings?)\b(?=\s*[:.(=,])/, "diagnostics"],
  [/\b(faults?|\w*[a-z]Faults?|Faults?)\b(?=\s*[:.(=,])/, "Error, error"],
  [/\b(shelf|Shelf|keeper|Keeper|textLine|TextLine)\b/, "storage, textService, textSync"],
  [/\b(specPlace|taskPlace|namePlace|samePlace)\b/, "specPath, taskPath"],
  [/\btold\b(?=\s*[:.(=,])/, "result, parsed, stderr"],
];

/** Lines that name such a word for a reason: data of users, names of others, geometry. */
const allowed: readonly RegExp[] = [
  /findings: recordsOf|\{ findings|findings\.filter|specPlace: \[0/, // the JSON of the command line, which scripts read
  /stored-python/,
  /\bfinding\b.*place|remarks/, // what an older version stored
];
const folders = ["src", "test", "docs"];
const skipped =
  /^test\/(golden|corpus|fixtures|conformance|docs\/language\.test\.ts)|^src\/messages\/sections|^docs\/(diagnostics|settings)\.md/;

const files = folders
  .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.(tsx?|js|md)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name).replaceAll("\\", "/"))
  .filter((file) => !skipped.test(file));

/** The lines of a file in which people read prose: comments and titles of tests, all lines of a document. */
function prose(file: string): readonly (readonly [number, string])[] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.flatMap((line, index): (readonly [number, string])[] => {
    if (file.endsWith(".md")) return [[index + 1, line]];
    if (/^\s*(\/\*\*?|\*|\/\/)/.test(line) || /^\s*(it|test|describe|e2e)(\.\w+)*\(/.test(line)) return [[index + 1, line]];
    const comment = /\s\/\/ (.*)$/.exec(line)?.[1];
    return comment === undefined ? [] : [[index + 1, comment]];
  });
}

function code(file: string): readonly (readonly [number, string])[] {
  if (file.endsWith(".md")) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line, index): (readonly [number, string])[] =>
      /^\s*(\/\*\*?|\*|\/\/)/.test(line) ? [] : [[index + 1, line.replace(/"[^"]*"|`[^`]*`|\/\/ .*$|>[^<>{}]*</g, '""')]],
    );
}

function uses(lines: (file: string) => readonly (readonly [number, string])[], [pattern, instead]: readonly [RegExp, string]) {
  return files.flatMap((file) =>
    lines(file).flatMap(([number, line]) =>
      pattern.test(line) && !allowed.some((one) => one.test(line))
        ? [`${file}:${number}: ${line.trim().slice(0, 120)} (write: ${instead})`]
        : [],
    ),
  );
}

test.each([
  "The subject at hand is read anew.",
  "This is a mistake of ours.",
  "The reader is told.",
  "It stands in the list.",
  "Every finding has a hint.",
  "An edge would close a circle.",
])("a quaint sentence is found: %s", (line) => expect(phrases.filter(([pattern]) => pattern.test(line))).not.toEqual([]));

test.each(["const said = 1;", "function speaker(", "readonly shelf: X", "catch (fault) { fault.x", "fetchWords()", "{ findings, text }"])(
  "an old name is found: %s",
  (line) => expect(identifiers.filter(([pattern]) => pattern.test(line))).not.toEqual([]),
);

describe("comments, titles of tests and documents use the terms of the field", () => {
  test.each(phrases)("not %s", (...phrase) => expect(uses(prose, phrase)).toEqual([]));
});

describe("identifiers use the terms of the field", () => {
  test.each(identifiers)("not %s", (...identifier) => expect(uses(code, identifier)).toEqual([]));
});
