import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";

// Comments cite docs/spec by anchor (`docs/spec/kfp-v1.md#loops`). A citation that leads nowhere, or to a text outside of the repository, is
// of no use to a reader.

const specFolder = "docs/spec";
const specs = new Map(readdirSync(specFolder).map((file) => [file, readFileSync(join(specFolder, file), "utf8")]));
const sources = ["src", "test"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|js|css)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name)),
);
const self = join("test", "docs", "citations.test.ts");

/** The anchors of a Markdown text: those of its headings, as GitHub makes them, and `<a id>`. */
function anchorsOf(text: string): ReadonlySet<string> {
  const prose = text.replace(/^```[^]*?^```/gm, "");
  const headings = [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
  return new Set([...headings, ...[...prose.matchAll(/<a id="([^"]+)">/g)].map(([, id = ""]) => id)]);
}

/** Every citation of a text as file and anchor; further anchors of one file may follow after commas, also on the next comment line. */
function citationsIn(text: string): readonly string[] {
  const joined = text.replace(/\n\s*(\*|\/\/)(?=[ \n])/g, "");
  return [...joined.matchAll(/docs\/spec\/([\w.-]*\w)((?:(?:,\s+)?#[\w-]+)*)/g)].flatMap(([, file = "", anchors = ""]) => {
    const found = anchors.match(/#[\w-]+/g) ?? [];
    return found.length > 0 ? found.map((anchor) => file + anchor) : [file];
  });
}

const known = new Set([...specs].flatMap(([file, text]) => [file, ...[...anchorsOf(text)].map((anchor) => `${file}#${anchor}`)]));

/** What comments once cited: texts and numbered rules that the repository does not hold. */
const outside: readonly RegExp[] = [
  /\bcontract \d/i,
  /\b(interaction|KFP|compile) contract\b/i,
  /\b(interaction|design|ui|kfp-v2-ir|argo-lint)\.md,? (§|section)/,
  /(^|[^\w])(spec|design|language),? §/,
  /\(([A-Z]{1,2}\d{1,3})(, [A-Z]{1,2}\d{1,3})*\)/,
];
const isComment = (line: string) => /^\s*(\/\*\*?|\*|\/\/)/.test(line);
const title = /\b(?:it|test|describe|story)(?:\.\w+)*\(\s*["`]([A-Z]{1,2}\d{1,3}) /;
/** Keys with which a title may begin. */
const keys = new Set(["F2", "F6", "F8"]);

test("citations are found, also those that go on after a comma or on the next line", () => {
  const comment =
    "/**\n * Names (docs/spec/kfp-v1.md#op-names,\n * #output-names); see docs/spec/argo-lint.md.\n */\n// docs/spec/x.md#nowhere";
  expect(citationsIn(comment)).toEqual(["kfp-v1.md#op-names", "kfp-v1.md#output-names", "argo-lint.md", "x.md#nowhere"]);
});

test.each([
  "// KFP contract 8.6.",
  " * stays (W16).",
  "/** See the interaction contract, §2. */",
  " * (interaction.md, §9)",
  "// live (F1, S4)",
])("%s cites a text that the repository does not hold", (line) =>
  expect(isComment(line) && outside.some((one) => one.test(line))).toBe(true),
);

test("every citation of docs/spec leads to a file and an anchor", () => {
  const wrong = sources
    .filter((file) => file !== self)
    .flatMap((file) =>
      citationsIn(readFileSync(file, "utf8"))
        .filter((citation) => !known.has(citation))
        .map((citation) => `${file}: ${citation}`),
    );
  expect(wrong).toEqual([]);
});

test("no comment and no title cites a rule by a bare id or a text outside of the repository", () => {
  const wrong = sources
    .filter((file) => file !== self)
    .flatMap((file) =>
      readFileSync(file, "utf8")
        .split("\n")
        .flatMap((line, index) => {
          const id = title.exec(line)?.[1];
          const isTitle = id !== undefined && !keys.has(id);
          return isTitle || (isComment(line) && outside.some((one) => one.test(line))) ? [`${file}:${index + 1}: ${line.trim()}`] : [];
        }),
    );
  expect(wrong).toEqual([]);
});

describe.each([...specs])("docs/spec/%s", (file, text) => {
  test("has anchors that are unique", () => {
    const ids = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test("links to anchors that exist", () => {
    const links = [...text.matchAll(/\]\(([\w.-]*\.md)?(#[\w-]+)\)/g)].map(([, other = file, anchor]) => `${other}${anchor}`);
    expect(links.filter((link) => !known.has(link))).toEqual([]);
  });

  test("names tests that exist, by file and title", () => {
    const texts = new Map(sources.map((source) => [basename(source), readFileSync(source, "utf8")]));
    const missing = text.split("\n").flatMap((line) =>
      [...line.matchAll(/`([\w-]+\.(?:test|story|e2e)\.tsx?)`((?:[^`“]{0,3}“[^”]+”)*)/g)].flatMap(([, name = "", titles = ""]) => {
        const source = texts.get(name);
        if (source === undefined) return [name];
        return [...titles.matchAll(/“([^”]+)”/g)].flatMap(([, one = ""]) => (source.includes(one) ? [] : [`${name}: ${one}`]));
      }),
    );
    expect(missing).toEqual([]);
  });
});

test.each([...[...specs.keys()].map((file) => join(specFolder, file)), "docs/ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"])(
  "%s names files and folders that exist",
  (file) => {
    const named = [...readFileSync(file, "utf8").matchAll(/`((?:src|test|docs|examples)\/[\w./-]+)`/g)].map(([, path = ""]) => path);
    expect(named.filter((path) => !path.includes("NAME") && !existsSync(path))).toEqual([]);
  },
);

test("files that comments and documents name exist", () => {
  const documents = ["README.md", "docs/ARCHITECTURE.md", "CONTRIBUTING.md"];
  const known = [
    ...["src", "test"].flatMap((folder) => readdirSync(folder, { recursive: true }).map((file) => join(folder, String(file)))),
    ...readdirSync("."),
  ].map((file) => `/${file.replaceAll("\\", "/")}`);
  const missing = [...sources, ...documents].flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => documents.includes(file) || isComment(line))
      .flatMap((line) => line.match(/(?<![\w/.@:*-])(?:[\w-]+\/)*[\w-][\w.-]*\.(?:tsx?|cjs)(?![\w-])/g) ?? [])
      .filter((name) => !/NAME/.test(name) && !known.some((one) => one.endsWith(`/${name}`)))
      .map((name) => `${file}: ${name}`),
  );
  expect(missing).toEqual([]);
});
