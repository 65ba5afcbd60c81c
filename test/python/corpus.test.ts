import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { describe, expect, test } from "vitest";
import { readComponent } from "#components/component-yaml/read.ts";
import { type Data, isList, isMap, textField } from "#data/data.ts";
import type { ComponentSpec } from "#components/component-spec.ts";
import { readFunctions } from "#python/functions.ts";
import { programIndex, readProgram } from "#python/program-lens.ts";
import { programOf } from "#python/program.ts";
import { editFunction, signatureOf } from "#python/signature.ts";
import { atLeast, corpusFolder } from "#test/corpus-folder.ts";

/** A program with the component that it belongs to. */
interface Found {
  readonly file: string;
  readonly program: string;
  readonly spec?: ComponentSpec;
}

function* files(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (/\.ya?ml$/.test(entry.name)) yield path;
  }
}

/** Every list of words with an argparse program in it, and the component_spec or component.yaml around it. */
function* programs(file: string, data: Data, spec: Data | undefined): Generator<Found> {
  if (isList(data)) {
    const program = data.find((word) => typeof word === "string" && /\bdef \w+\(/.test(word) && word.includes("argparse.ArgumentParser"));
    if (typeof program === "string" && programIndex(data) === data.indexOf(program)) {
      yield { file, program, spec: spec === undefined ? undefined : readComponent(spec).component };
    } else if (typeof program === "string") yield { file, program: `def broken(): the program was not found in the command` };
    for (const item of data) yield* programs(file, item, spec);
  } else if (isMap(data)) {
    const metadata = isMap(data.metadata) ? data.metadata.annotations : undefined;
    const annotation = textField(metadata, "pipelines.kubeflow.org/component_spec");
    const here = isMap(data.implementation) ? data : annotation === undefined ? spec : (JSON.parse(annotation) as Data);
    for (const value of Object.values(data)) yield* programs(file, value, here);
  }
}

function all(): readonly Found[] {
  return ["kfp-v1", "components"].flatMap((folder) =>
    [...files(join(corpusFolder, folder))].flatMap((file) => {
      const text = readFileSync(file, "utf8");
      // A program of KFP 2 which brings its executor along parses arguments, too.
      if (!text.includes("argparse.ArgumentParser") || text.includes("executor_main")) return [];
      return parseAllDocuments(text, { logLevel: "silent" }).flatMap((document) => [
        ...programs(file, document.toJS({ maxAliasCount: 1000 }) as Data, undefined),
      ]);
    }),
  );
}

describe("in the corpus", () => {
  const found = all();

  test("every argparse program opens, and its parts are the program", () => {
    expect(found.length).toBeGreaterThan(atLeast(50, 5));
    const closed = found.filter(({ program }) => {
      const lens = readProgram(program);
      return !lens || lens.style !== "argparse" || lens.prefix + lens.source + lens.suffix !== program;
    });
    expect(closed.map((one) => one.file)).toEqual([]);
  });

  test("every function shows its component's ports again, and goes back unchanged", () => {
    const wrong: unknown[] = [];
    for (const { file, program, spec } of found) {
      const lens = readProgram(program);
      if (!lens || !spec) continue;
      const shown = signatureOf(spec, lens);
      const [fn] = readFunctions(shown).functions;
      const ports = (one: ComponentSpec | undefined) =>
        [...(one?.inputs ?? []), ...(one?.outputs ?? [])].map(({ name, type }) => ({ name, type }));
      const key = (one: ComponentSpec | undefined) => JSON.stringify(ports(one).sort((a, b) => (a.name < b.name ? -1 : 1)));
      const edited = editFunction(spec, lens, shown);
      if (edited.kind !== "same-interface" || edited.program !== program) wrong.push([file, "changed", shown.slice(0, 600)]);
      // The oldest programs have annotations of their own, which the interface may have been changed against.
      else if (shown !== lens.source && key(fn?.component) !== key(spec))
        wrong.push([file, key(fn?.component), key(spec), shown.slice(0, 1200)]);
    }
    expect(wrong).toEqual([]);
  });

  test("a program of our own takes the arguments that the SDK's took", () => {
    const wrong: unknown[] = [];
    for (const { file, program, spec } of found) {
      const lens = readProgram(program);
      if (!lens || spec?.implementation.kind !== "container") continue;
      const shown = signatureOf(spec, lens);
      const [fn] = readFunctions(shown).functions;
      const ours = fn && programOf(fn);
      if (ours?.implementation.kind !== "container") throw new Error(file);
      const inputs = (one: ComponentSpec) => one.inputs.map(({ name, default: fallback, optional }) => ({ name, fallback, optional }));
      const hasArguments = (spec.implementation.args ?? []).length > 0;
      if (hasArguments && JSON.stringify(ours.implementation.args) !== JSON.stringify(spec.implementation.args))
        wrong.push([file, ours.implementation.args]);
      if (JSON.stringify(inputs(ours)) !== JSON.stringify(inputs(spec))) wrong.push([file, inputs(ours), inputs(spec)]);
      if (ours.name !== spec.name) wrong.push([file, ours.name, spec.name]);
    }
    expect(wrong).toEqual([]);
  });
});
