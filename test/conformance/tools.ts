import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The outside judges: Go programs of ours around Argo's and Kubeflow's own checks, and the KFP SDK in an environment of its own. */
export type GoJudge = "argo36" | "argo40" | "kubeflow";
/** What one judge says of one file. */
export interface Verdict {
  readonly file: string;
  readonly ok: boolean;
  readonly errors: readonly string[];
  readonly parameters?: string;
}
/** A tool that is ready, or the reason why it is not. */
export type Ready<T> = { readonly ready: true; readonly tool: T } | { readonly ready: false; readonly why: string };

export const sdkVersion = "1.8.22";
/** The newest SDK of KFP v2, whose protos are also the strict readers of v2 files. */
export const sdkVersion2 = "2.17.3";

/** Built judges and environments live outside the checkout, so that a clean clone need not make them again. */
const cache = process.env.DAGWRIGHT_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "dagwright");

/** Builds a judge if its sources changed since the last time. Needs Go and its module proxy. */
export function goJudge(name: GoJudge, root: string): Ready<string> {
  const sources = join(root, "test/conformance", name);
  const hash = createHash("sha256");
  for (const file of ["main.go", "go.mod", "go.sum"]) hash.update(readFileSync(join(sources, file)));
  const binary = join(cache, `${name}-${hash.digest("hex").slice(0, 16)}`);
  if (existsSync(binary)) return { ready: true, tool: binary };
  mkdirSync(cache, { recursive: true });
  console.log(`conformance: building ${name} (a few minutes, once)`);
  const built = spawnSync("go", ["build", "-o", binary, "."], {
    cwd: sources,
    encoding: "utf8",
    env: { ...process.env, GOFLAGS: "-mod=readonly -buildvcs=false" },
  });
  if (built.status === 0) return { ready: true, tool: binary };
  return { ready: false, why: built.error ? "Go is not installed" : lastLine(built.stderr) };
}

/** A Python with the KFP SDK of a version, made once in an environment of its own. Needs Python and PyPI. */
export function sdkPython(version: typeof sdkVersion | typeof sdkVersion2 = sdkVersion): Ready<string> {
  const folder = join(cache, `kfp-${version}`);
  const python = join(folder, "bin", "python");
  if (existsSync(join(folder, "complete"))) return { ready: true, tool: python };
  const [oldest, newest] = version === sdkVersion ? [307, 311] : [309, 313];
  const found = ["python3.11", "python3.10", "python3.9", "python3.8", "python3.12", "python3.13", "python3"].find((command) =>
    isWithin(command, oldest, newest),
  );
  if (!found) return { ready: false, why: `no Python that kfp ${version} runs with is installed` };
  mkdirSync(cache, { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  console.log(`conformance: installing kfp ${version} (once)`);
  const made = spawnSync(found, ["-m", "venv", folder], { encoding: "utf8" });
  if (made.status !== 0) return { ready: false, why: lastLine(made.stderr) };
  const packages = version === sdkVersion ? [`kfp==${version}`] : [`kfp[kubernetes]==${version}`];
  const installed = spawnSync(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages], { encoding: "utf8" });
  if (installed.status !== 0) return { ready: false, why: lastLine(installed.stderr) };
  writeFileSync(join(folder, "complete"), "");
  return { ready: true, tool: python };
}

/** Whether a command is a Python between two versions, as major × 100 + minor. */
function isWithin(command: string, oldest: number, newest: number): boolean {
  const asked = spawnSync(command, ["-c", "import sys; print(sys.version_info[0] * 100 + sys.version_info[1])"], { encoding: "utf8" });
  const version = Number(asked.stdout);
  return asked.status === 0 && version >= oldest && version <= newest;
}

/** What a judge says of files, one verdict each, in order. */
export function judge(binary: string, files: readonly string[]): readonly Verdict[] {
  const verdicts: Verdict[] = [];
  // In parts, since a command line has a limit.
  for (let start = 0; start < files.length; start += 200) {
    const ran = spawnSync(binary, files.slice(start, start + 200), { encoding: "utf8", maxBuffer: 1 << 28 });
    if (ran.status !== 0) throw new Error(`${binary} ended with ${ran.status}: ${lastLine(ran.stderr)}`);
    for (const line of ran.stdout.split("\n")) if (line.startsWith("{")) verdicts.push(JSON.parse(line) as Verdict);
  }
  if (verdicts.length !== files.length) throw new Error(`${binary} judged ${verdicts.length} of ${files.length} files`);
  return verdicts;
}

/** Runs a Python script of this folder with JSON on its standard input and gives the JSON that it prints. */
export function askPython(python: string, script: string, question: unknown): unknown {
  const ran = spawnSync(python, ["-W", "ignore", script], { input: JSON.stringify(question), encoding: "utf8", maxBuffer: 1 << 28 });
  if (ran.status !== 0) throw new Error(`${script} ended with ${ran.status}: ${ran.stderr.slice(-2000)}`);
  return JSON.parse(ran.stdout);
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
