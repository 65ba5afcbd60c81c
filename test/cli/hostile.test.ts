/** Files made to exhaust time or memory, to forge output or to reach other files: every command ends soon, in short lines, with no stack. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isCi, isSoak } from "#test/runs.ts";
import { hostilePython, hostileYaml } from "./hostile-files.ts";
import { folderWith } from "./terminal.ts";

let made: ReturnType<typeof folderWith>;
beforeAll(() => {
  made = folderWith({ "edit.json": JSON.stringify([{ kind: "rename-task", task: "a", name: "b2" }]) });
  // Builds the command if the sources are newer.
  expect(spawnSync("node", ["bin/dagwright.js", "--version"]).status).toBe(0);
});
afterAll(() => made.remove());

const control = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffd]/;

/** Runs a command in a process of its own; its memory (MB) and processor time (seconds) are those of the whole process. */
function run(words: readonly string[]) {
  const usage = made.path("usage.json");
  const { stdout, stderr, status } = spawnSync(
    "bash",
    ["-c", 'exec node -r ./test/cli/report-usage.cjs bin/dagwright.js "$@" 3>"$USAGE"', "dagwright", ...words],
    { encoding: "utf8", maxBuffer: 2 ** 28, timeout: 60_000, env: { ...process.env, USAGE: usage } },
  );
  return { stdout, stderr, status, ...(JSON.parse(readFileSync(usage, "utf8")) as { memory: number; seconds: number }) };
}

function expectBounded(words: readonly string[]) {
  const { stdout, stderr, status, memory, seconds } = run(words);
  const [command = ""] = words;
  expect([0, 1, 2], `exit code of ${command}`).toContain(status);
  expect(memory, `memory of ${command}`).toBeLessThan(512);
  expect(seconds, `seconds of ${command}`).toBeLessThan(5);
  // What these write is the text itself.
  const shown = command === "set" || command === "apply" || command === "compile" ? stderr : stdout + stderr;
  expect(control.exec(shown)?.[0]).toBeUndefined();
  expect(stderr).not.toMatch(/^\s+at /m);
  for (const line of [...(command === "check" ? stdout.split("\n") : []), ...stderr.split("\n")]) expect(line.length).toBeLessThan(4_000);
  return { stdout, stderr, status };
}

// Each is a process of its own, so the ordinary run takes every fourth.
const some = <Value>(all: Readonly<Record<string, Value>>) => Object.entries(all).filter((_, index) => isSoak || isCi || index % 4 === 0);

describe("hostile YAML", () => {
  test.each(some(hostileYaml))("%s", (_, text) => {
    const file = made.path("hostile.yaml");
    const content = text();
    writeFileSync(file, content);
    expectBounded(["check", file]);
    if (!isSoak && !isCi) return;
    const json = run(["check", "--format", "json", file]);
    const lines = content.split("\n");
    for (const { line, column } of (JSON.parse(json.stdout) as { findings: { line: number; column: number }[] }).findings) {
      expect(line).toBeLessThanOrEqual(lines.length);
      expect(column).toBeLessThanOrEqual((lines[line - 1] ?? "").length + 1);
    }
    expectBounded(["check", "--for", "kfp", file]);
    expectBounded(["graph", file]);
    expectBounded(["model", file]);
    expectBounded(["set", file, "--task", "a", "image=x"]);
    expectBounded(["apply", file, made.path("edit.json")]);
  });
});

describe("hostile Python", () => {
  test.each(some(hostilePython))("%s", (_, text) => {
    const file = made.path("hostile.py");
    writeFileSync(file, text());
    const { stdout } = expectBounded(["compile", file]);
    expect(stdout).not.toContain("root:");
  });
});
