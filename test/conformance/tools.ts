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

/** A Python (3.11 or older) with kfp 1.8.22, made once. Needs Python and PyPI. */
export function sdkPython(): Ready<string> {
  const folder = join(cache, `kfp-${sdkVersion}`);
  const python = join(folder, "bin", "python");
  if (existsSync(join(folder, "complete"))) return { ready: true, tool: python };
  const found = ["python3.11", "python3.10", "python3.9", "python3.8", "python3"].find(isOldEnough);
  if (!found) return { ready: false, why: "no Python between 3.7 and 3.11 is installed" };
  mkdirSync(cache, { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  console.log(`conformance: installing kfp ${sdkVersion} (once)`);
  const made = spawnSync(found, ["-m", "venv", folder], { encoding: "utf8" });
  if (made.status !== 0) return { ready: false, why: lastLine(made.stderr) };
  const installed = spawnSync(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", `kfp==${sdkVersion}`], {
    encoding: "utf8",
  });
  if (installed.status !== 0) return { ready: false, why: lastLine(installed.stderr) };
  writeFileSync(join(folder, "complete"), "");
  return { ready: true, tool: python };
}

function isOldEnough(command: string): boolean {
  const asked = spawnSync(command, ["-c", "import sys; print(sys.version_info[0] * 100 + sys.version_info[1])"], { encoding: "utf8" });
  const version = Number(asked.stdout);
  return asked.status === 0 && version >= 307 && version <= 311;
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
