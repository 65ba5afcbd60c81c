import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { componentPipelineDifferences, filesBelow, roundTripDifferences } from "./component-pipelines.ts";
import { componentDifferences } from "./components.ts";
import { deviations, withDeviations } from "./deviations.ts";
import { editedDifferences } from "./edited.ts";
import { defectDifferences, partialDifferences, pipelineDifferences } from "./pipelines.ts";
import { programDifferences } from "./programs.ts";
import { type GoJudge, goJudge, judge, type Ready, sdkPython, sdkVersion2 } from "./tools.ts";
import { fixtureDifferences, sdkDifferences, serverDifferences, v2Files, v2Sources } from "./v2.ts";
import { mutantDifferences } from "./v2-mutants.ts";
import { writtenFiles } from "./written.ts";

/*
 * Conformance: what we write and read is judged by others. Argo's own linter of two release lines and Kubeflow's upload check judge
 * every file that we write; the KFP SDK of each version judges
 * how we read components, what we compile and what edits make of KFP v2 files. Outside CI a missing judge is a plain
 * skip; with CI=true it is a failure.
 */

/** The outcome of one check. */
type Outcome =
  | { readonly title: string; readonly failed: readonly string[]; readonly passed: number }
  | { readonly title: string; readonly skipped: string };

const root = process.cwd();
const noCorpus = "no corpus (DAGWRIGHT_CORPUS or ../shared/corpus)";
const corpus = process.env.DAGWRIGHT_CORPUS ?? join(root, "../shared/corpus");

function main(): number {
  const folder = mkdtempSync(join(tmpdir(), "dagwright-conformance-"));
  try {
    const outcomes = [
      ...judgedFiles(folder),
      ...v2Edits(folder),
      v2Mutants(folder),
      components(),
      programs(),
      pipelines(),
      partial(),
      defects(),
      drawnPipelines(),
      componentPipelines(),
      roundTrips(),
      documentedDeviations(),
    ];
    return report(outcomes);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every file that we write, in front of each Go judge. */
function judgedFiles(folder: string): readonly Outcome[] {
  const files = writtenFiles(root, corpus, folder);
  const judges: readonly (readonly [GoJudge, string])[] = [
    ["argo36", "Argo 3.6 lints what we write"],
    ["argo40", "Argo 4.0 lints what we write"],
    ["kubeflow", "Kubeflow accepts what we write for upload"],
  ];
  const v2 = new Set(v2Sources(root, corpus));
  return judges.map(([name, title]) =>
    withTool(title, goJudge(name, root), (binary) => {
      // Argo reads workflows only.
      const verdicts = judge(binary, name === "kubeflow" ? files : files.filter((file) => !v2.has(file)));
      return {
        passed: verdicts.filter((one) => one.ok).length,
        failed: verdicts.filter((one) => !one.ok).map((one) => `${one.file}: ${one.errors.join("; ")}`),
      };
    }),
  );
}

/** KFP v2 files after every kind of edit: the SDK must still read and recompile them, the server must still take and run them. */
function v2Edits(folder: string): readonly Outcome[] {
  const files = v2Files(root, corpus, join(folder, "v2"));
  const outcome = ({ compared, failed }: { readonly compared: number; readonly failed: readonly string[] }) => ({
    passed: compared - failed.length,
    failed,
  });
  return [
    withTool("the compiled KFP v2 fixtures and examples are what the SDK makes of their Python", sdkPython(sdkVersion2), (python) =>
      outcome(fixtureDifferences(python, root, join(folder, "fixtures"))),
    ),
    withTool("the KFP v2 SDK reads and recompiles what edits write", sdkPython(sdkVersion2), (python) =>
      outcome(sdkDifferences(python, root, files)),
    ),
    withTool("Kubeflow's server compiles what edits write to a run", goJudge("kubeflow", root), (binary) =>
      outcome(serverDifferences(binary, files)),
    ),
  ];
}

/** Broken KFP v2 files: we refuse what the server or the protos refuse, and nothing else, in at least 98 of 100. */
function v2Mutants(folder: string): Outcome {
  const title = "broken KFP v2 files are refused as the server and the protos refuse them";
  const server = goJudge("kubeflow", root);
  if (!server.ready) return withTool(title, server, () => ({ passed: 0, failed: [] }));
  return withTool(title, sdkPython(sdkVersion2), (python) => {
    const count = mutantDifferences({ python, server: server.tool }, { root, corpus, folder: join(folder, "mutants") });
    console.log(`conformance: ${count.kinds} kinds of breakage, verdicts agree on ${count.agreed} of ${count.judged}`);
    for (const line of count.failed.slice(0, 20)) console.log(`  ${line}`);
    const isEnough = count.kinds >= 30 && count.agreed >= 0.98 * count.judged;
    return { passed: count.agreed, failed: isEnough ? [] : [`only ${count.agreed} of ${count.judged} verdicts agree`] };
  });
}

/** The corpus' component files, read by us and by the SDK. */
function components(): Outcome {
  const title = "components read as the SDK reads them";
  const location = join(corpus, "components");
  if (!existsSync(location)) return { title, skipped: noCorpus };
  return withTool(title, sdkPython(), (python) => {
    const { compared, differences } = componentDifferences(
      python,
      root,
      filesBelow(location).filter((file) => file.endsWith(".yaml")),
    );
    return { passed: compared - differences.length, failed: differences };
  });
}

/** Components from Python functions: interface as the SDK's, programs by running both. */
function programs(): Outcome {
  return withTool("Python functions become what the SDK makes of them", sdkPython(), (python) => {
    const { compared, differences } = programDifferences(python, root);
    return { passed: compared - differences.length, failed: differences };
  });
}

/** Python pipelines of ours, compiled by the SDK and by us. */
function pipelines(): Outcome {
  return withTool("Python pipelines compile to what the SDK makes of them", sdkPython(), (python) => {
    const { compared, failed } = pipelineDifferences(python, root);
    const files = new Set(failed.map((line) => line.split(":")[0]));
    return { passed: compared - files.size, failed };
  });
}

/** Python pipelines that cannot be read wholly: what is left out is listed, line by line. */
function partial(): Outcome {
  const { compared, failed } = partialDifferences(root);
  return { title: "what is not read of a Python pipeline is listed by its line", passed: compared - failed.length, failed };
}

/** Pipelines on which the SDK fails. */
function defects(): Outcome {
  const { compared, failed } = defectDifferences(root);
  return {
    title: "pipelines on which the SDK fails compile wholly",
    passed: compared - new Set(failed.map((line) => line.split(":")[0])).size,
    failed,
  };
}

/** Pipelines drawn on an empty canvas by edits, against the Python that says the same. */
function drawnPipelines(): Outcome {
  return withTool("pipelines made by edits are what the SDK makes of the same in Python", sdkPython(), (python) => {
    const { compared, failed } = editedDifferences(python, root);
    return { passed: compared - new Set(failed.map((line) => line.split(":")[0])).size, failed };
  });
}

/** Every component alone in a pipeline, compiled by the SDK and by us. */
function componentPipelines(): Outcome {
  const title = "a component's task is what the SDK makes of it";
  if (!existsSync(join(corpus, "components"))) return { title, skipped: noCorpus };
  return withTool(title, sdkPython(), (python) => {
    const { compared, failed } = componentPipelineDifferences(python, root, corpus);
    const files = new Set(failed.map((line) => line.split(":")[0]));
    return { passed: compared - files.size, failed };
  });
}

/** Component → task → exported YAML → component. */
function roundTrips(): Outcome {
  const title = "a component comes back from the YAML that was exported";
  if (!existsSync(join(corpus, "components"))) return { title, skipped: noCorpus };
  const { compared, failed } = roundTripDifferences(corpus);
  return { title, passed: compared - new Set(failed.map((line) => line.split(":")[0])).size, failed };
}

/** The deviations as docs/compatibility.md tells them; `--write` puts them there. */
function documentedDeviations(): Outcome {
  const title = "docs/compatibility.md lists where we deviate from the SDK on purpose";
  const location = join(root, "docs/compatibility.md");
  const text = existsSync(location) ? readFileSync(location, "utf8") : "";
  const annotated = withDeviations(text);
  if (process.argv.includes("--write")) writeFileSync(location, annotated);
  else if (annotated !== text)
    return { title, passed: 0, failed: ["it does not; `npm run build:node && node dist/node/conformance.js --write` does"] };
  return { title, passed: deviations.length, failed: [] };
}

function withTool(
  title: string,
  tool: Ready<string>,
  check: (tool: string) => { readonly passed: number; readonly failed: readonly string[] },
): Outcome {
  if (!tool.ready)
    return process.env.CI === "true" ? { title, passed: 0, failed: [`cannot be judged: ${tool.why}`] } : { title, skipped: tool.why };
  return { title, ...check(tool.tool) };
}

function report(outcomes: readonly Outcome[]): number {
  let passed = 0;
  let failed = 0;
  for (const outcome of outcomes) {
    if ("skipped" in outcome) {
      console.log(`skipped: ${outcome.title}: ${outcome.skipped}`);
      continue;
    }
    passed += outcome.passed;
    failed += outcome.failed.length;
    console.log(
      `${outcome.failed.length === 0 ? "good" : "FAILED"}: ${outcome.title}: ${outcome.passed} passed, ${outcome.failed.length} failed`,
    );
    for (const line of outcome.failed.slice(0, 40)) console.log(`  ${line}`);
  }
  const reports = process.env.DAGWRIGHT_REPORTS;
  if (reports) {
    mkdirSync(reports, { recursive: true });
    writeFileSync(join(reports, "conformance.json"), JSON.stringify({ passed, failed }));
  }
  return failed === 0 ? 0 : 1;
}

process.exitCode = main();
