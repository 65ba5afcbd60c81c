/**
 * `npm run corpus -- [PLACE…] [--write]`: examines every real file below the places and compares with the recorded levels.
 * Without places it looks in DAGWRIGHT_CORPUS or ../shared/corpus. `--write` records the levels and writes docs/compatibility.md.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Answers, examine, type Question, questions } from "./examine.ts";
import { lifting } from "./lifting.ts";
import { storm, type StormCount } from "./storm.ts";

const levelsFile = "test/corpus/levels.json";
const kinds = ["argo", "kfp-v1", "kfp-v2", "kfp-v2-sdk", "components"];

/** The questions about files, and "storm": every edit that applies, tried on every file. */
type Column = Question | "lift" | "storm";
const columns: readonly Column[] = [...questions, "lift", "storm"];

/** The share of files (storm: edits) that passes each question, of those to which it applies. */
type Levels = Readonly<Record<string, Readonly<Partial<Record<Column, number>>>>>;

interface Row {
  readonly folder: string;
  readonly files: number;
  readonly counts: Readonly<Record<Column, { readonly good: number; readonly of: number }>>;
  /** By kind of edit. */
  readonly edits: Readonly<Record<string, StormCount>>;
}

const words = process.argv.slice(2);
const write = words.includes("--write");
const locations = words.filter((word) => !word.startsWith("--"));
const folders = locations.length > 0 ? locations : defaultPlaces();
if (folders.length === 0) {
  console.log("corpus: no corpus found (DAGWRIGHT_CORPUS or ../shared/corpus); skipped");
  report(0, 0);
} else {
  const rows: Row[] = [];
  for (const folder of folders) rows.push(await examineFolder(folder));
  print(rows);
  const failed = compare(rows);
  if (write) record(rows);
  report(
    rows.flatMap((row) => columns.map((column) => row.counts[column].good)).reduce((a, b) => a + b, 0),
    failed,
  );
  process.exitCode = failed === 0 ? 0 : 1;
}

function defaultPlaces(): readonly string[] {
  const root = [process.env.DAGWRIGHT_CORPUS, "../shared/corpus"].find(
    (location) => location !== undefined && location !== "" && existsSync(location),
  );
  return root === undefined ? [] : kinds.map((kind) => join(root, kind)).filter((folder) => existsSync(folder));
}

function filesIn(location: string): readonly string[] {
  if (statSync(location).isFile()) return [location];
  return readdirSync(location, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(ya?ml|json)$/i.test(file))
    .sort()
    .map((file) => join(location, file));
}

async function examineFolder(folder: string): Promise<Row> {
  const files = filesIn(folder);
  const counts = Object.fromEntries(questions.map((question) => [question, { good: 0, of: 0 }])) as Record<
    Question,
    { good: number; of: number }
  >;
  for (const file of files) {
    const answers = answersTo(file);
    for (const question of questions) {
      const answer = answers[question];
      if (answer === "none") continue;
      counts[question].of += 1;
      if (answer === "good") counts[question].good += 1;
      else console.log(`${file}: ${question}: ${answer}`);
    }
  }
  const { edits, ...stormed } = await stormOver(files);
  return { folder: basename(folder), files: files.length, counts: { ...counts, lift: liftingOver(files), storm: stormed }, edits };
}

/** Templates whose annotation has the whole component, and how many of them are opened as it. A lost byte fails every level. */
function liftingOver(files: readonly string[]): { readonly good: number; readonly of: number } {
  let [good, of] = [0, 0];
  for (const file of files) {
    const found = liftingIn(file);
    for (const error of found.errors) console.log(`${file}: lift: ${error}`);
    good += found.errors.length > 0 ? 0 : found.good;
    of += found.of;
    if (found.good < found.of) console.log(`${file}: lift: ${found.of - found.good} of ${found.of} are kept as they are`);
  }
  return { good, of };
}

function liftingIn(file: string) {
  try {
    return lifting(readFileSync(file, "utf8"));
  } catch (error) {
    return { good: 0, of: 1, errors: [`crashed: ${String(error)}`] };
  }
}

/** Every edit on every file: it must say the planned data, change no other line, and be undone to the byte. */
async function stormOver(files: readonly string[]): Promise<{ readonly good: number; readonly of: number; readonly edits: Row["edits"] }> {
  const { counts, diagnostics } = await storm(files);
  for (const { file, edit, error } of diagnostics.slice(0, 20))
    console.log(`${file}: storm: ${error}: ${JSON.stringify(edit).slice(0, 300)}`);
  const all = Object.values(counts);
  return {
    good: all.reduce((sum, one) => sum + one.exact, 0),
    of: all.reduce((sum, one) => sum + one.exact + one.damaged, 0),
    edits: counts,
  };
}

/** A crash of ours is an answer, too. */
function answersTo(file: string): Answers {
  try {
    return examine(readFileSync(file, "utf8"));
  } catch (error) {
    const crash = `crashed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    return { opens: crash, unedited: "none", model: "none", graph: "none", edit: "none" };
  }
}

function print(rows: readonly Row[]): void {
  console.log(["folder", "files", ...columns].map((head) => head.padEnd(12)).join(""));
  for (const row of rows) {
    const cells = columns.map((column) => `${row.counts[column].good}/${row.counts[column].of}`);
    console.log([row.folder, String(row.files), ...cells].map((cell) => cell.padEnd(12)).join(""));
  }
}

/** How many questions fell below their recorded level. */
function compare(rows: readonly Row[]): number {
  const levels = existsSync(levelsFile) ? (JSON.parse(readFileSync(levelsFile, "utf8")) as Levels) : {};
  let failed = 0;
  for (const { folder, counts } of rows) {
    for (const question of columns) {
      const level = levels[folder]?.[question];
      const { good, of } = counts[question];
      if (level === undefined || of === 0 || good / of >= level - 1e-9) continue;
      failed += 1;
      console.log(`corpus: ${folder} fell below its level in "${question}": ${good}/${of}, recorded ${(level * 100).toFixed(1)} %`);
    }
  }
  return failed;
}

function record(rows: readonly Row[]): void {
  const levels = Object.fromEntries(
    rows.map(({ folder, counts }) => [
      folder,
      Object.fromEntries(columns.filter((one) => counts[one].of > 0).map((one) => [one, counts[one].good / counts[one].of])),
    ]),
  );
  writeFileSync(levelsFile, `${JSON.stringify(levels, null, 2)}\n`);
  const lines = rows.map(
    ({ folder, files, counts }) =>
      `| ${folder} | ${files} | ${columns.map((one) => (counts[one].of === 0 ? "–" : `${counts[one].good} of ${counts[one].of}`)).join(" | ")} |`,
  );
  const document = "docs/compatibility.md";
  // The part about the SDK is the conformance suite's; it stays as it is.
  const deviations = existsSync(document)
    ? (/\n<!-- deviations:[^]*<!-- end of deviations -->\n?/.exec(readFileSync(document, "utf8"))?.[0] ?? "")
    : "";
  writeFileSync(document, `${heading()}\n${lines.join("\n")}\n\n${editTable(rows)}\n${deviations}`);
}

function report(passed: number, failed: number): void {
  const folder = process.env.DAGWRIGHT_REPORTS;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "corpus.json"), JSON.stringify({ passed, failed }));
}

/** How the edits of the storm came out, kind by kind, over all folders. */
function editTable(rows: readonly Row[]): string {
  const sums: Record<string, StormCount> = {};
  for (const { edits } of rows) {
    for (const [kind, one] of Object.entries(edits)) {
      const sum = (sums[kind] ??= { tried: 0, exact: 0, minimal: 0, refused: 0, damaged: 0 });
      for (const key of ["tried", "exact", "minimal", "refused", "damaged"] as const) sum[key] += one[key];
    }
  }
  const lines = Object.entries(sums)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([kind, { tried, exact, minimal, refused, damaged }]) => `| ${kind} | ${tried} | ${exact} | ${minimal} | ${refused} | ${damaged} |`,
    );
  return `## Every edit on every file

Every edit that applies was tried on every unmodified file. **exact**: the text has the planned data, and undo restores the bytes.
**minimal**: no other line changed. **refused**: the edit does not fit, and gives the reason. **damaged**: none of these.

| edit | tried | exact | minimal | refused | damaged |
|---|---|---|---|---|---|
${lines.join("\n")}`;
}

/** A function, since the run above begins before a constant down here is there. */
function heading(): string {
  return `# Compatibility with real files

Written by \`npm run corpus -- --write\`. The files are examples of Argo Workflows 4.1 (\`argo\`), what the KFP SDK 1.0 to 1.8 compiled
(\`kfp-v1\`), KFP v2 pipeline specs of its examples (\`kfp-v2\`) and of our own, some broken on purpose (\`kfp-v2-sdk\`), and component.yaml files
(\`components\`).

- **opens**: the file is read without an error.
- **unedited**: exporting without an edit gives the same bytes.
- **model**: printed from the model alone (\`dagwright model F | dagwright compile -\`), it has the same data in the same order.
- **graph**: every call is a node and every data reference a wire, counted independently of the model.
- **edit**: setting a CPU limit on each of the first five leaf templates changes exactly that data, in at most four lines, and undo
  restores the bytes.
- **lift**: container templates whose annotation contains the whole component are opened as that component and written again without any
  change. Not counted: the SDK 1.4.1's \`uri_artifacts\`, whose commands contain placeholders of KFP v2.
- **storm**: every kind of edit that applies, each on the unmodified file: the text has the planned data, and undo restores the bytes.

| folder | files | ${columns.join(" | ")} |
|---|---|${columns.map(() => "---").join("|")}|`;
}
