/** What only a process of its own shows: exit codes behind a pipe, full disks, and no stack traces. */
import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { folderWith, twoTasks } from "./terminal.ts";

let made: ReturnType<typeof folderWith>;
beforeAll(() => {
  const broken = twoTasks.replace("template: load\n", "template: lod\n");
  made = folderWith(Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`w${index}.yaml`, broken])));
  // Builds the command if the sources are newer.
  expect(spawnSync("node", ["bin/dagwright.js", "--version"]).status).toBe(0);
});
afterAll(() => made.remove());

const shell = (script: string) =>
  spawnSync("bash", ["-c", script], {
    encoding: "utf8",
    env: { ...process.env, CLI: `${process.cwd()}/bin/dagwright.js`, DIR: made.path(".") },
  });

describe("a pipe that nobody reads to its end", () => {
  test.each([["node $CLI check $DIR"], ["node $CLI check --format json $DIR"], ["node $CLI check $DIR 2>&1"]])(
    "%s | head -1",
    (command) => {
      const { stdout, stderr, status } = shell(`${command} | head -1; exit \${PIPESTATUS[0]}`);
      expect(status).toBe(1);
      expect(stdout.trim().split("\n").length).toBe(1);
      expect(stderr).not.toContain("    at ");
    },
  );
});

test("a full disk behind > is reported and ends with 2", () => {
  const { stderr, status } = shell("node $CLI graph $DIR/w0.yaml > /dev/full");
  expect([status, stderr]).toEqual([2, "dagwright: stdout cannot be written (ENOSPC)\n"]);
});

test("the output of a command can be read in place of a file", () => {
  const { stdout, status } = shell("node $CLI compile <(cat $DIR/w0.yaml)");
  expect([status, stdout]).toEqual([0, twoTasks.replace("template: load\n", "template: lod\n")]);
});

test("endless standard input ends with 2", () => {
  const { stderr, status } = shell("node $CLI check - < /dev/zero");
  expect([status, stderr]).toEqual([2, "dagwright: <stdin> is larger than 32 MB\n"]);
});
