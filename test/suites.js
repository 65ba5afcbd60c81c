/**
 * Runs the named suites one after another, goes on after a failure, and says at the end what passed. `npm test`, `npm run check`
 * and the CI script are lists of names for this file. With DAGWRIGHT_REPORTS each suite leaves its counts in that folder.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const reports = process.env.DAGWRIGHT_REPORTS;

/** One step: a tool of node_modules/.bin or npm with its arguments; true if it ended well. */
function run(command, args, env = {}) {
  const ended = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
    env: {
      ...process.env,
      PATH: `${join(root, "node_modules", ".bin")}${process.platform === "win32" ? ";" : ":"}${process.env.PATH}`,
      ...env,
    },
  });
  return ended.status === 0;
}

const npm = (script, ...args) => run("npm", ["run", "--silent", script, "--", ...args]);
const vitest = (suite, ...args) => run("vitest", ["run", ...args], { DAGWRIGHT_SUITE: suite });

const suites = {
  format: () => npm("check:format"),
  types: () => npm("check:types"),
  lint: () => npm("check:lint"),
  borders: () => npm("check:borders"),
  unit: () => vitest("unit", "--project", "node", "--project", "component"),
  stories: () => npm("build") && vitest("stories", "--project", "stories"),
  corpus: () => npm("corpus"),
  conformance: () => {
    if (!existsSync(join(root, "test/conformance/run.ts"))) {
      console.log("conformance: no suite yet (test/conformance/run.ts); skipped");
      return true;
    }
    return npm("build:node") && run("node", ["dist/node/conformance.js"]);
  },
  bench: () => npm("bench"),
  "golden:update": () => run("vitest", ["run", "--project", "node", "test/golden", "test/docs"], { DAGWRIGHT_GOLDEN_UPDATE: "1" }),
};

/** What a suite counted itself, else one check that passed or failed. */
function counted(name, passed) {
  const file = reports && join(reports, `${name}.json`);
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

const names = process.argv.slice(2);
if (names[0] === "total") {
  const { passed, failed } = total();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}
if (reports) mkdirSync(reports, { recursive: true });
let failures = 0;
for (const name of names) {
  const suite = suites[name];
  if (!suite) throw new Error(`no suite "${name}"; there are ${Object.keys(suites).join(", ")}`);
  const began = Date.now();
  console.log(`\n== ${name}`);
  const passed = suite();
  if (!passed) failures += 1;
  if (reports) writeFileSync(join(reports, `${name}.counts`), JSON.stringify(counted(name, passed)));
  console.log(`== ${name}: ${passed ? "good" : "FAILED"} after ${((Date.now() - began) / 1000).toFixed(1)} s`);
}
process.exit(failures === 0 ? 0 : 1);
