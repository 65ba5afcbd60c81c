import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { editDocument, openDocument } from "#compiler/document.ts";
import { indexOfModel } from "#pipeline/model-index.ts";
import { editsFor } from "#test/corpus/storm-edits.ts";
import { filesBelow } from "./component-pipelines.ts";
import { askPython, judge, type Verdict } from "./tools.ts";

/** A KFP v2 file in front of a judge: as it was found, or after one edit of ours. */
export interface JudgedFile {
  readonly path: string;
  /** The file that was edited; absent for a file as it was found. */
  readonly base?: string;
  /** What the report calls it. */
  readonly title: string;
}

/** Our KFP v2 files and the corpus', by their paths. */
export function v2Sources(root: string, corpus: string): readonly string[] {
  const locations = [join(root, "test/fixtures/kfp-v2"), join(root, "examples"), join(corpus, "kfp-v2-sdk"), join(corpus, "kfp-v2")];
  const files = locations.filter((one) => existsSync(one)).flatMap((one) => filesBelow(one).filter((file) => file.endsWith(".yaml")));
  return files.filter((file) =>
    indexOfModel(openDocument(readFileSync(file, "utf8")).model).workflows.some((workflow) => workflow.format === "kfp-v2"),
  );
}

/** What the SDK says of a file: `error` if a document does not parse strictly, `difference` if it does not compile to the same again. */
interface SdkVerdict {
  readonly file: string;
  readonly error?: string;
  readonly difference?: string;
}

/** How many edits of one kind are tried on one file. */
const perKind = 1;

/** Our KFP v2 files and the corpus', each as it is and after every kind of edit; edited ones are written into `folder`. */
export function v2Files(root: string, corpus: string, folder: string): readonly JudgedFile[] {
  mkdirSync(folder, { recursive: true });
  let made = 0;
  return v2Sources(root, corpus).flatMap((base): readonly JudgedFile[] => {
    const document = openDocument(readFileSync(base, "utf8"));
    const title = relative(root, base);
    const edited = editsFor(document.model, perKind).flatMap((edit): readonly JudgedFile[] => {
      const result = editDocument(document, [edit]);
      if (!result.ok) return [];
      const path = join(folder, `${String(made++)}-${basename(base)}`);
      writeFileSync(path, result.document.text);
      return [{ path, base, title: `${title} after ${JSON.stringify(edit).slice(0, 200)}` }];
    });
    return [{ path: base, title }, ...edited];
  });
}

/** Edits after which the SDK no longer reads, or no longer compiles to the same, a file of which it did before. */
export function sdkDifferences(
  python: string,
  root: string,
  files: readonly JudgedFile[],
): { readonly compared: number; readonly failed: readonly string[] } {
  const verdicts = askPython(
    python,
    join(root, "test/conformance/judge_v2.py"),
    files.map((file) => file.path),
  ) as readonly SdkVerdict[];
  const rank = ({ error, difference }: SdkVerdict) => (error !== undefined ? 0 : difference !== undefined ? 1 : 2);
  return worsened(files, verdicts.map((one) => ({ rank: rank(one), why: one.error ?? one.difference ?? "" })));
}

/** Edits after which Kubeflow's server refuses the upload or the run of a file that it took before. */
export function serverDifferences(
  binary: string,
  files: readonly JudgedFile[],
): { readonly compared: number; readonly failed: readonly string[] } {
  const verdicts: readonly Verdict[] = judge(
    binary,
    files.map((file) => file.path),
  );
  return worsened(files, verdicts.map((one) => ({ rank: one.ok ? 1 : 0, why: one.errors.join("; ") })));
}

/** Edited files that are judged worse than the file they come of. */
function worsened(
  files: readonly JudgedFile[],
  judged: readonly { readonly rank: number; readonly why: string }[],
): { readonly compared: number; readonly failed: readonly string[] } {
  const before = new Map(files.flatMap((file, index) => (file.base === undefined ? [[file.path, judged[index]?.rank ?? 0]] : [])));
  const edited = files.flatMap((file, index) => (file.base === undefined ? [] : [{ file, base: file.base, now: judged[index] }]));
  const failed = edited.flatMap(({ file, base, now }) =>
    (now?.rank ?? 0) < (before.get(base) ?? 0) ? [`${file.title}: ${now?.why}`] : [],
  );
  return { compared: edited.length, failed };
}

/** The compiled pipelines of tests and examples, against what the SDK compiles from the Python beside them. */
export function fixtureDifferences(
  python: string,
  root: string,
  folder: string,
): { readonly compared: number; readonly failed: readonly string[] } {
  const scripts = ["test/fixtures/kfp-v2/compiled/pipelines.py", "examples/kfp-v2-training.py", "examples/kfp-v2-training-ko.py"];
  const outcomes = scripts.map((script, index) => compiledDifferences(python, join(root, script), join(folder, String(index))));
  return {
    compared: outcomes.reduce((sum, one) => sum + one.compared, 0),
    failed: outcomes.flatMap((one) => one.failed),
  };
}

/** Runs a script that compiles pipelines into the working folder, and compares them with those of the same names beside it. */
function compiledDifferences(python: string, script: string, folder: string): ReturnType<typeof fixtureDifferences> {
  mkdirSync(folder, { recursive: true });
  const ran = spawnSync(python, ["-W", "ignore", script], { cwd: folder, encoding: "utf8" });
  if (ran.status !== 0) return { compared: 1, failed: [`${script} does not run: ${ran.stderr.trim().split("\n").at(-1)}`] };
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  if (names.length === 0) return { compared: 1, failed: [`${script} compiles nothing`] };
  const failed = names.filter((name) => {
    const kept = join(dirname(script), name);
    return !existsSync(kept) || readFileSync(kept, "utf8") !== readFileSync(join(folder, name), "utf8");
  });
  return { compared: names.length, failed: failed.map((name) => `${name} is not what the SDK compiles from ${basename(script)}`) };
}
