import { describe, expect, test } from "vitest";
import type { LibraryEntry } from "#editor/library/library-entry.ts";
import { cardOf, entryOf } from "#editor/library/library-entry.ts";
import { createLibrary, entriesOfLibrary, type LibraryStorage, libraryText, type Reader } from "#editor/library/library.ts";
import { recognise } from "#editor/library/recognise-text.ts";
import { grouped, searchEntries } from "#editor/library/search-entries.ts";
import type { DataMap } from "#data/data.ts";
import { parse } from "#yaml/parse.ts";
import { spanOf } from "#yaml/spans.ts";

const reader: Reader = {
  read: async (text, paths = []) => {
    const source = parse(text);
    return { stream: source.stream, diagnostics: source.diagnostics, spans: paths.map((path) => spanOf(source, path)) };
  },
};

function createTestStorage(): LibraryStorage & { readonly kept: Map<string, LibraryEntry> } {
  const kept = new Map<string, LibraryEntry>();
  return {
    kept,
    all: async () => [...kept.values()],
    put: async (entries) => entries.forEach((entry) => kept.set(entry.id, entry)),
    remove: async (id) => void kept.delete(id),
  };
}

const libraryHere = (storage: LibraryStorage = createTestStorage()) => createLibrary(storage, reader, () => 1_000);

const score = `name: Score rows
description: Counts what fits.
inputs:
- {name: Rows, type: CSV}
- {name: Threshold, type: Float, default: '0.5'}
outputs:
- {name: Kept rows, type: CSV}
- {name: Share, type: Float}
implementation:
  container:
    image: example/score:1
    command: [score, --in, {inputPath: Rows}, --threshold, {inputValue: Threshold}, --out, {outputPath: Kept rows}, --share, {outputPath: Share}]
`;
const clean = `name: 데이터 정리
outputs: [{name: model, type: {GCSPath: {data_type: Model}}}]
implementation: {container: {image: example/clean:1, command: [clean, {outputPath: model}]}}
`;

const what = (text: string) => {
  const { stream, diagnostics } = parse(text);
  return recognise(text, stream, diagnostics);
};

describe("what a text is", () => {
  test("a component is recognised by its content, whatever its name", () => {
    expect(what(score)).toEqual({ kind: "components", documents: [0] });
    expect(what(`${score}---\n${clean}`)).toEqual({ kind: "components", documents: [0, 1] });
    expect(what(JSON.stringify({ name: "a", implementation: { container: { image: "a" } } }))).toEqual({
      kind: "components",
      documents: [0],
    });
  });

  test("Python is distinguished from YAML, and a pipeline from functions", () => {
    expect(what("def f(a: int) -> int:\n    return a\n")).toEqual({ kind: "python", pipeline: false, functions: true });
    expect(what("import kfp\n\n@kfp.dsl.pipeline(name='x')\ndef p():\n    pass\n")).toEqual({
      kind: "python",
      pipeline: true,
      functions: true,
    });
    expect(what("async def 함수(a):\n    return a\n")).toEqual({ kind: "python", pipeline: false, functions: true });
  });

  test("a component with Python in it stays a component", () => {
    expect(
      what(
        `name: a\nimplementation:\n  container:\n    image: a\n    command:\n    - python3\n    - -c\n    - |\n      def f():\n          pass\n`,
      ).kind,
    ).toBe("components");
  });

  test("a workflow is a pipeline, a broken one too", () => {
    expect(what("apiVersion: argoproj.io/v1alpha1\nkind: Workflow\n")).toEqual({ kind: "pipeline" });
    expect(what("apiVersion: argoproj.io/v1alpha1\nkind: [Workflow\n")).toEqual({ kind: "pipeline" });
  });

  test("a component that cannot be read is distinguished from text that is no component", () => {
    expect(what("name: a\nimplementation:\n  container: {image: a\n")).toEqual({ kind: "broken-component" });
    expect(what("Dear all, see you on Monday.")).toEqual({ kind: "nothing" });
    expect(what("https://example.com/component.yaml")).toEqual({ kind: "nothing" });
  });
});

describe("the library", () => {
  test("keeps the components of files, each once, with the file's digest", async () => {
    const storage = createTestStorage();
    const library = libraryHere(storage);
    const first = await library.bring([
      { name: "tools/score.yaml", text: score },
      { name: "clean.yaml", text: clean },
    ]);
    expect(first.map(({ spec }) => cardOf(spec).name)).toEqual(["Score rows", "데이터 정리"]);
    expect(library.store.getState().report).toEqual({ added: 2, known: 0, problems: [] });
    await library.bring([{ name: "again.yaml", text: score }]);
    expect(library.store.getState().report).toEqual({ added: 0, known: 1, problems: [] });
    expect([...storage.kept.values()].map(({ group, digest }) => [group, digest?.length])).toEqual([
      ["tools", 64],
      ["", 64],
    ]);
  });

  test("shows the ports of a component by kind and type", async () => {
    const [entry] = await libraryHere().bring([{ name: "score.yaml", text: score }]);
    const card = cardOf(entry?.spec as DataMap);
    expect(card.inputs).toEqual([
      { name: "Rows", kind: "artifact", type: "CSV", required: true },
      { name: "Threshold", kind: "parameter", type: "Float", required: false },
    ]);
    expect(card.outputs.map(({ name, kind, type }) => [name, kind, type])).toEqual([
      ["Kept rows", "artifact", "CSV"],
      ["Share", "parameter", "Float"],
    ]);
  });

  test("says file, line and reason for a component that cannot be used, and takes the others", async () => {
    const library = libraryHere();
    const wrong = score.replace("{inputPath: Rows}", "{inputPath: Lines}");
    const broken = "name: a\nimplementation:\n  container: {image: a\n";
    const taken = await library.bring([
      { name: "wrong.yaml", text: wrong },
      { name: "broken.yaml", text: broken },
      { name: "letter.txt", text: "Dear all" },
      { name: "clean.yaml", text: clean },
    ]);
    expect(taken.length).toBe(1);
    const problems = library.store.getState().report?.problems.map(({ file, line, diagnostic }) => [file, line, diagnostic.code]);
    expect(problems?.[0]).toEqual(["wrong.yaml", 12, "component-port-undeclared"]);
    expect(problems?.[1]?.slice(0, 2)).toEqual(["broken.yaml", 3]);
    expect(problems?.[2]).toEqual(["letter.txt", undefined, "library-no-component"]);
  });

  test("goes out as one file and comes back the same, favourites and groups too", async () => {
    const library = libraryHere();
    const [one] = await library.bring([
      { name: "score.yaml", text: score },
      { name: "clean.yaml", text: clean },
    ]);
    library.change(one?.id ?? "", { favourite: true, group: "표" });
    const text = library.text();
    const back = libraryHere();
    await back.bring([{ name: "components.yaml", text }]);
    expect(back.store.getState().entries.map(({ id, favourite, group, digest }) => [id, favourite, group, digest])).toEqual(
      library.store.getState().entries.map(({ id, favourite, group, digest }) => [id, favourite, group, digest]),
    );
    expect(libraryText(entriesOfLibrary(parse(text).stream, 5))).toBe(text);
  });

  test("says when the browser does not keep it, and goes on", async () => {
    const failing: LibraryStorage = {
      all: () => Promise.reject(new Error("no storage")),
      put: () => Promise.reject(new Error("full")),
      remove: async () => undefined,
    };
    const library = libraryHere(failing);
    await library.load();
    await library.bring([{ name: "score.yaml", text: score }]);
    await Promise.resolve();
    expect(library.store.getState()).toMatchObject({ loaded: true, kept: false });
    expect(library.store.getState().entries.length).toBe(1);
  });

  test("a file of more than ten million characters is not read", async () => {
    const library = libraryHere();
    await library.bring([{ name: "large.yaml", text: "#".repeat(10_000_001) }]);
    expect(library.store.getState().report?.problems[0]?.diagnostic.code).toBe("library-too-large");
  });
});

describe("hostile components", () => {
  test("names lose signs that hide or turn text, and are cut; the component keeps its own", () => {
    const spec: DataMap = {
      name: `safe\u202elmay.exe\u0000\n<img src=x>${"x".repeat(500)}`,
      implementation: { container: { image: "a", command: ["a"] } },
    };
    const { name } = cardOf(spec);
    expect(name).toMatch(/^safe\ufffdlmay\.exe <img src=x>x+…$/);
    expect(name.length).toBe(120);
    expect(entryOf(spec, { now: 1 }).spec["name"]).toBe(spec["name"]);
  });

  test("prototype keys reach nobody's prototype", async () => {
    const library = libraryHere();
    await library.bring([{ name: "p.yaml", text: `__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}\n${clean}` }]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(Object.keys(library.store.getState().entries[0]?.spec ?? {})).not.toContain("__proto__");
  });
});

describe("searching the library", () => {
  const entries = [score, clean].map((text) => entryOf(parse(text).stream[0] as DataMap, { now: 1, group: text === clean ? "도구" : "" }));
  const names = (wanted: string) => searchEntries(entries, wanted).map(({ spec }) => cardOf(spec).name);

  test("finds by name, first consonants, type of a port, port name, description and group", () => {
    expect(names("score")).toEqual(["Score rows"]);
    expect(names("ㄷㅇㅌ")).toEqual(["데이터 정리"]);
    expect(names("csv")).toEqual(["Score rows"]);
    expect(names("GCSPath")).toEqual(["데이터 정리"]);
    expect(names("threshold")).toEqual(["Score rows"]);
    expect(names("fits")).toEqual(["Score rows"]);
    expect(names("도구")).toEqual(["데이터 정리"]);
    expect(names("nothing of it")).toEqual([]);
  });

  test("all of several words must be found", () => {
    expect(names("score float")).toEqual(["Score rows"]);
    expect(names("score GCSPath")).toEqual([]);
  });

  test("lists those without a group first, then groups by name", () => {
    expect(grouped(entries, "ko").map(({ group, entries: all }) => [group, all.length])).toEqual([
      ["", 1],
      ["도구", 1],
    ]);
  });
});
