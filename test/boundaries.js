/**
 * Checks the layers (.dependency-cruiser.cjs), and that the check saw all modules: with a compiler version that it cannot read, the cruiser
 * visits no module at all and reports success. `--root DIR` checks another tree with the same rules.
 */
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { cruise } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const at = process.argv.indexOf("--root");
const root = at < 0 ? home : resolve(process.argv[at + 1]);
const rules = createRequire(import.meta.url)(join(home, ".dependency-cruiser.cjs"));
const tsConfig = join(home, rules.options.tsConfig.fileName);

process.chdir(root);
const sources = readdirSync("src", { recursive: true }).filter((file) => /\.tsx?$/.test(String(file)) && !String(file).endsWith(".d.ts"));
const found = await cruise(
  ["src"],
  { ...rules.options, tsConfig: { fileName: tsConfig }, ruleSet: { forbidden: rules.forbidden }, validate: true, baseDir: root },
  undefined,
  { tsConfig: extractTSConfig(tsConfig) },
);
const { violations } = found.output.summary;
const seen = found.output.modules.filter((module) => /\.tsx?$/.test(module.source)).length;
for (const { rule, from, to } of violations) console.error(`${rule.severity} ${rule.name}: ${from} -> ${to}`);
if (seen < sources.length) console.error(`only ${seen} of ${sources.length} modules were seen: this check cannot be trusted`);
const bad = violations.filter(({ rule }) => rule.severity === "error").length;
console.log(`boundaries: ${seen} modules, ${found.output.summary.totalDependenciesCruised} imports, ${bad} violations`);
process.exit(bad > 0 || seen < sources.length || seen === 0 ? 1 : 0);
