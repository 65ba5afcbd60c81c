/**
 * `npm run bench`: measures the budgets, prints them beside a calibration loop, and fails if a count that does not drift is over
 * its budget. `--report` never fails, `--node` leaves the browser out, `--write` writes docs/performance.md.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { nodeRows } from "./node-rows.ts";
import { pageRows } from "./page-rows.ts";
import { calibrate, keeps, type Row } from "./row.ts";

const words = process.argv.slice(2);
const before = calibrate();
const rows = [...nodeRows()];
let browserFault: string | undefined;
if (!words.includes("--node")) {
  try {
    rows.push(...(await pageRows()));
  } catch (fault) {
    browserFault = fault instanceof Error ? fault.message : String(fault);
  }
}
const after = calibrate();

for (const row of rows) {
  const budget =
    row.budget === undefined
      ? ""
      : `  budget ${row.budget} ${row.unit}${keeps(row) ? "" : row.drifts ? "  OVER (time, reported only)" : "  OVER"}`;
  console.log(`${row.what.padEnd(58)}${row.value.toFixed(1).padStart(10)} ${row.unit}${budget}`);
}
console.log(
  `calibration loop: ${before.toFixed(0)} ms before, ${after.toFixed(0)} ms after; ${cpus().length} processors, Node ${process.versions.node}`,
);
if (browserFault !== undefined) console.log(`bench: the page could not be measured: ${browserFault}`);
if (words.includes("--write")) write(rows);

const over = rows.filter((row) => !row.drifts && !keeps(row));
const reports = process.env.DAGWRIGHT_REPORTS;
if (reports !== undefined) {
  mkdirSync(reports, { recursive: true });
  const gates = rows.filter((row) => !row.drifts && row.budget !== undefined);
  const failed = words.includes("--report") ? 0 : over.length;
  writeFileSync(join(reports, "bench.json"), JSON.stringify({ passed: gates.length - failed, failed }));
}
if (!words.includes("--report") && (over.length > 0 || browserFault !== undefined)) process.exitCode = 1;

function write(all: readonly Row[]): void {
  const lines = all.map(
    (row) =>
      `| ${row.what} | ${row.value.toFixed(row.value < 10 ? 1 : 0)} ${row.unit} | ${row.budget === undefined ? "" : `${row.unit === "fps" ? "≥" : "≤"} ${row.budget} ${row.unit}`} |`,
  );
  writeFileSync(
    "docs/performance.md",
    `# What it costs

Written by \`npm run bench -- --write\`: medians on ${cpus().length} processors with Node ${process.versions.node} and headless Chromium without a GPU, beside a
calibration loop of ${before.toFixed(0)} ms (before) and ${after.toFixed(0)} ms (after); divide by it to compare machines. Times are reported, sizes are held to their budget.
The measured pipelines are made by \`test/bench/pipeline.ts\`: one template for each task, about two wires a task.

| what | measured | budget |
|---|---|---|
${lines.join("\n")}
`,
  );
}
