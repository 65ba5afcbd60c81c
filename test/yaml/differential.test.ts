import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Data, isList, isMap } from "#data/data.ts";
import { parse } from "#yaml/parse.ts";
import { printStream } from "#yaml/print.ts";
import { corpusFiles } from "./corpus.ts";
import { Draw, randomText } from "./random-text.ts";

/*
 * Our reading against that of others. PyYAML: where `python3` (or DAGWRIGHT_PYTHON) has it. The reader of Kubernetes tools itself:
 * where `go` can build test/yaml/go and DAGWRIGHT_GO is set, since the first build takes a while and a module download.
 */

type Answer = { readonly ok: Data } | { readonly error: string };

const python = process.env.DAGWRIGHT_PYTHON ?? "python3";
const hasPyYaml = spawnSync(python, ["-c", "import yaml"]).status === 0;
const hasGo = process.env.DAGWRIGHT_GO !== undefined && spawnSync("go", ["version"]).status === 0;
if (!hasPyYaml) console.info("skipped: python3 has no PyYAML, so nothing is compared with it");
if (!hasGo) console.info("skipped: DAGWRIGHT_GO is not set or there is no go, so nothing is compared with sigs.k8s.io/yaml");

/** A text, or one that Kubeflow's server reads. */
type Asked = string | readonly [text: string, reader: "kubeflow"];

function ask(command: string, args: readonly string[], texts: readonly Asked[], cwd?: string): readonly Answer[] {
  const ended = spawnSync(command, args, {
    input: texts.map((text) => `${JSON.stringify(text)}\n`).join(""),
    encoding: "utf8",
    maxBuffer: 2 ** 30,
    ...(cwd === undefined ? {} : { cwd }),
  });
  const lines = ended.stdout.trim().split("\n");
  if (lines.length !== texts.length) throw new Error(`${lines.length} answers to ${texts.length} texts: ${ended.stderr.slice(0, 500)}`);
  return lines.map((line) => JSON.parse(line) as Answer);
}
const askPyYaml = (texts: readonly Asked[]): readonly Answer[] => ask(python, [join(import.meta.dirname, "differential.py")], texts);
const askGo = (texts: readonly string[]): readonly Answer[] => ask("go", ["run", "."], texts, join(import.meta.dirname, "go"));

/** Data as go-yaml v2 has it where the keys `y` and `n` are unquoted: it makes `true` and `false` of them, we keep the letters (see keyText). */
function withLettersAsWords(data: Data): Data {
  if (isList(data)) return data.map(withLettersAsWords);
  if (!isMap(data)) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      /^[yY]$/.test(key) ? "true" : /^[nN]$/.test(key) ? "false" : key,
      withLettersAsWords(value),
    ]),
  );
}

/** A text in one line, without the lines that are comments. */
function withoutComments(text: string): string {
  const lines = text.split("\n").filter((line) => !line.startsWith("#"));
  return lines.join(" ").trimStart();
}

/** Whether our reader reported an error. For the others repeated keys are none. */
function isRefused(text: string): boolean {
  return parse(text).documents.some((document) => document.broken);
}

const files = corpusFiles().map(({ name, text }) => ({ name, text }));
const random = Array.from({ length: 400 }, (_, seed) => randomText(new Draw(seed)));
/** Single documents: the Go reader takes one at a time. Pipeline specs are not read by it but by Kubeflow's server. */
const single = [...files.map((file) => file.text), ...random].flatMap((text) =>
  parse(text).documents.flatMap((document) => (document.reader === "kubeflow" ? [] : [text.slice(document.start, document.end)])),
);
const isPipelineSpec = (text: string) => parse(text).documents.some((document) => document.reader === "kubeflow");

test.skipIf(!hasPyYaml)("every corpus file has the data that PyYAML reads with the rules of Kubernetes or of Kubeflow's server", () => {
  const answers = askPyYaml(files.map(({ text }) => (isPipelineSpec(text) ? ([text, "kubeflow"] as const) : text)));
  for (const [index, { name, text }] of files.entries()) {
    const answer = answers[index] as Answer;
    if ("error" in answer) expect(isRefused(text), `${name}: ${answer.error}`).toBe(true);
    else expect(parse(text).stream, name).toEqual(answer.ok);
  }
});

test.skipIf(!hasPyYaml)("random texts, and what we print of them, have the data that PyYAML reads", () => {
  const texts = random.flatMap((text) => [text, printStream(parse(text).stream)]);
  for (const [index, answer] of askPyYaml(texts).entries())
    expect("ok" in answer && answer.ok, texts[index]).toEqual(parse(texts[index] as string).stream);
});

test.skipIf(!hasGo)("every document has the data that sigs.k8s.io/yaml reads, unchanged and as we print it", { timeout: 300_000 }, () => {
  const texts = single.flatMap((text) => (isRefused(text) ? [text] : [text, printStream(parse(text).stream)]));
  for (const [index, answer] of askGo(texts).entries()) {
    const text = texts[index] as string;
    if ("error" in answer) expect(isRefused(text), `${answer.error}\n${text}`).toBe(true);
    // go-yaml stops after a plain scalar at the beginning and never reads the rest; PyYAML and we refuse the rest.
    else if (typeof answer.ok === "string" && isRefused(text)) expect(withoutComments(text).startsWith(answer.ok), text).toBe(true);
    else {
      const ours = parse(text).stream[0] ?? null;
      expect([ours, withLettersAsWords(ours)], text).toContainEqual(answer.ok);
    }
  }
});
