/**
 * Runs the named suites, continues after a failure, and prints a table of times. `npm test`, `npm run check` and the CI script are lists of
 * names for this file. Suites that are marked `beside` share the machine and run side by side, as many at a time as there are cores, each
 * with its output in one piece; the others run alone, after them, in the order given. A suite starts when the one that it comes `after`
 * has passed. With DAGWRIGHT_REPORTS each suite leaves its counts in that folder.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const reports = process.env.DAGWRIGHT_REPORTS;
const cores = Math.max(1, availableParallelism());

/** One step: a tool of node_modules/.bin or npm with its arguments and environment. */
const step = (command, args, env = {}) => ({ command, args, env });
const npm = (script) => step("npm", ["run", "--silent", script]);
const vitest = (suite, args, env = {}) => step("vitest", ["run", ...args], { DAGWRIGHT_SUITE: suite, ...env });
const names = process.argv.slice(2);
// Next to the e2e tests, which keep more than a core busy, a second worker would only slow down everything.
const unitWorkers = ["--maxWorkers", String(names.includes("e2e") ? Math.max(1, cores - 1) : cores)];
/** A larger young generation: compiler, linter and tests make much that is dropped at once, and collecting it took a tenth of their time. */
const nodeOptions = `${process.env.NODE_OPTIONS ?? ""} --max-semi-space-size=64`.trim();
const unit = ["--project", "node", "--project", "component"];
/** The tests that compare a generated file with its sources; with DAGWRIGHT_UPDATE they write it. test/docs/update.test.ts checks the list. */
const generated = ["test/golden", "test/docs", "test/editor/settings/document.test.ts", "test/editor/library/examples.test.ts"];

/** In the order in which they start: the longest first, since the short ones fill the gaps. */
const suites = {
  build: { beside: true, steps: [npm("build")] },
  e2e: { beside: true, after: "build", steps: [vitest("e2e", ["--project", "e2e"])] },
  unit: { beside: true, steps: [vitest("unit", [...unit, ...unitWorkers])] },
  lint: { beside: true, steps: [npm("check:lint")] },
  types: { beside: true, steps: [npm("check:types")] },
  format: { beside: true, steps: [npm("check:format")] },
  boundaries: { beside: true, steps: [npm("check:boundaries")] },
  corpus: { steps: [npm("corpus")] },
  conformance: { steps: [npm("build:node"), step("node", ["dist/node/conformance.js"])] },
  bench: { steps: [npm("bench")] },
  "docs:pictures": { after: "build", steps: [vitest("pictures", ["--project", "pictures"])] },
  // All files that are made from the sources: expected results, documents and the examples' YAML.
  update: { steps: [vitest("update", ["--project", "node", ...generated], { DAGWRIGHT_UPDATE: "1" })] },
  // What is measured or taken from other programs; it needs the corpus, the judges of the conformance suite and a browser.
  "update:measured": {
    after: "build",
    steps: [
      step("node", ["dist/node/corpus.js", "--write"]),
      step("node", ["dist/node/conformance.js", "--write"]),
      step("node", ["dist/node/bench.js", "--write"]),
      vitest("pictures", ["--project", "pictures"]),
    ],
  },
  soak: { steps: [vitest("soak", unit, { DAGWRIGHT_SOAK: "1" })] },
  "soak:browser": {
    after: "build",
    steps: [vitest("soak-browser", ["--project", "e2e", "test/e2e/kill", "test/e2e/two-tabs"], { DAGWRIGHT_SOAK: "1" })],
  },
};

/** Runs one step; resolves to whether it succeeded. `print` takes its output; without it the step writes to the terminal itself. */
function run({ command, args, env }, print) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: print ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
      shell: process.platform === "win32",
      env: {
        ...process.env,
        NODE_OPTIONS: nodeOptions,
        PATH: `${join(root, "node_modules", ".bin")}${process.platform === "win32" ? ";" : ":"}${process.env.PATH}`,
        ...env,
      },
    });
    child.stdout?.on("data", print);
    child.stderr?.on("data", print);
    child.on("error", (error) => {
      console.error(String(error));
      resolve(false);
    });
    child.on("close", (code) => resolve(code === 0));
  });
}

/** Runs a suite and records its result; `isAlone`: its output is shown while it runs. */
async function runSuite(name, isAlone) {
  const began = Date.now();
  const chunks = [];
  if (isAlone) console.log(`\n== ${name}`);
  let passed = true;
  for (const one of suites[name].steps) passed &&= await run(one, isAlone ? undefined : (chunk) => chunks.push(chunk));
  const seconds = (Date.now() - began) / 1000;
  if (!isAlone) process.stdout.write(`\n== ${name}\n${Buffer.concat(chunks).toString()}`);
  if (reports) writeFileSync(join(reports, `${name.replace(":", "-")}.counts`), JSON.stringify(counted(name, passed)));
  console.log(`== ${name}: ${passed ? "good" : "FAILED"} after ${seconds.toFixed(1)} s`);
  return { name, passed, seconds };
}

/** Runs suites side by side, as many at a time as there are cores. */
async function runBeside(names) {
  const waiting = [...names];
  const running = new Map();
  const results = [];
  console.log(`${names.join(", ")}: side by side`);
  while (waiting.length + running.size > 0) {
    // A suite whose build still runs lets the next one start before it.
    const ready = waiting.find((name) => !waiting.includes(suites[name].after) && !running.has(suites[name].after));
    if (ready !== undefined && running.size < cores) {
      waiting.splice(waiting.indexOf(ready), 1);
      running.set(
        ready,
        // The output of the last one need not wait for others.
        runAfter(ready, results, waiting.length + running.size === 0).then((result) => {
          running.delete(ready);
          results.push(result);
        }),
      );
    } else await Promise.race(running.values());
  }
  return results;
}

/** Runs a suite if the one that it comes after has passed: what could not be built is not tested, and counts as failed. */
async function runAfter(name, results, isAlone) {
  const { after } = suites[name];
  if (results.every((result) => result.name !== after || result.passed)) return runSuite(name, isAlone);
  console.log(`== ${name}: FAILED, since ${after} failed`);
  if (reports) writeFileSync(join(reports, `${name.replace(":", "-")}.counts`), JSON.stringify(counted(name, false)));
  return { name, passed: false, seconds: 0 };
}

/** What a suite counted itself, else one check that passed or failed. */
function counted(name, passed) {
  const file = reports && join(reports, `${name.replace(":", "-")}.json`);
  if (file && existsSync(file)) {
    const report = JSON.parse(readFileSync(file, "utf8"));
    const counts = report.numTotalTests === undefined ? report : { passed: report.numPassedTests, failed: report.numFailedTests };
    // A suite may fail with every test green: a file that does not load, an error outside the tests.
    return { passed: counts.passed, failed: passed ? counts.failed : Math.max(1, counts.failed) };
  }
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1 };
}

/** The sum over all counts in the reports folder. */
function total() {
  const all = readdirSync(reports).filter((file) => file.endsWith(".counts"));
  return all
    .map((file) => JSON.parse(readFileSync(join(reports, file), "utf8")))
    .reduce((sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed }), { passed: 0, failed: 0 });
}

/** The suites to run: those asked for and those that they come after, in the order of the table above. */
function chosen(names) {
  for (const name of names) if (!suites[name]) throw new Error(`no suite "${name}"; there are ${Object.keys(suites).join(", ")}`);
  const wanted = new Set(names.flatMap((name) => [suites[name].after ?? name, name]));
  return Object.keys(suites).filter((name) => wanted.has(name));
}

if (names[0] === "total") {
  const { passed, failed } = total();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}
if (reports) mkdirSync(reports, { recursive: true });
const began = Date.now();
const all = chosen(names);
const beside = all.filter((name) => suites[name].beside);
const results = beside.length > 1 ? await runBeside(beside) : [];
for (const name of all) if (!results.some((result) => result.name === name)) results.push(await runAfter(name, results, true));
console.log("");
for (const { name, passed, seconds } of results)
  console.log(`${name.padEnd(14)}${seconds.toFixed(1).padStart(8)} s  ${passed ? "good" : "FAILED"}`);
console.log(`${"all".padEnd(14)}${((Date.now() - began) / 1000).toFixed(1).padStart(8)} s`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
