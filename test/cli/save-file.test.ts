import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { SaveError, saveFile, type SaveOptions } from "#cli/save-file.ts";
import { dagwright, folderWith, twoTasks } from "./terminal.ts";

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((remove) => remove()));
function folder(named: Record<string, string>) {
  const made = folderWith({ keep: "", ...named });
  undo.push(made.remove);
  rmSync(made.path("keep"));
  return made.path;
}
const save = (path: string, text: string, options?: SaveOptions) => saveFile(path, Buffer.from(text), options);
const problemOf = async (saving: Promise<void>) =>
  saving.then(
    () => "saved",
    (error: unknown) => (error instanceof SaveError ? error.problem : error),
  );
const isRoot = process.getuid?.() === 0;
/** Whether a small disk of our own can be made here, to fill it up. */
const canMount =
  spawnSync("sh", ["-c", 'd=$(mktemp -d) && mount -t tmpfs -o size=64k tmpfs "$d" && umount "$d" && rmdir "$d"']).status === 0;

describe("what belongs to a file stays", () => {
  test("its mode, and no other file is left", async () => {
    const path = folder({ "w.yaml": "a: 1\n" });
    chmodSync(path("w.yaml"), 0o640);
    await save(path("w.yaml"), "a: 2\n");
    expect(readFileSync(path("w.yaml"), "utf8")).toBe("a: 2\n");
    expect(statSync(path("w.yaml")).mode & 0o7777).toBe(0o640);
    expect(readdirSync(path("."))).toEqual(["w.yaml"]);
  });
  test("a second name of the same file shows the new text", async () => {
    const path = folder({ "w.yaml": "a: 1 and longer\n" });
    linkSync(path("w.yaml"), path("other.yaml"));
    await save(path("w.yaml"), "a: 2\n");
    expect(readFileSync(path("other.yaml"), "utf8")).toBe("a: 2\n");
    expect(statSync(path("w.yaml")).ino).toBe(statSync(path("other.yaml")).ino);
    expect(readdirSync(path(".")).sort()).toEqual(["other.yaml", "w.yaml"]);
  });
  test("a symbolic link to the file, also one to a file that is not there yet", async () => {
    const path = folder({ "real.yaml": "a: 1\n" });
    symlinkSync("real.yaml", path("link.yaml"));
    symlinkSync("later.yaml", path("dangling.yaml"));
    await save(path("link.yaml"), "a: 2\n");
    await save(path("dangling.yaml"), "b: 1\n");
    expect(lstatSync(path("link.yaml")).isSymbolicLink()).toBe(true);
    expect(readFileSync(path("real.yaml"), "utf8")).toBe("a: 2\n");
    expect(readFileSync(path("later.yaml"), "utf8")).toBe("b: 1\n");
  });
  test.runIf(isRoot)("its owner", async () => {
    const path = folder({ "w.yaml": "a: 1\n" });
    chownSync(path("w.yaml"), 1234, 2345);
    await save(path("w.yaml"), "a: 2\n");
    expect([statSync(path("w.yaml")).uid, statSync(path("w.yaml")).gid]).toEqual([1234, 2345]);
  });
  const canXattr = (() => {
    try {
      const { path, remove } = folderWith({ x: "" });
      try {
        execFileSync("python3", ["-c", "import os,sys; os.setxattr(sys.argv[1], 'user.dagwright', b'1')", path("x")], { stdio: "ignore" });
        return true;
      } finally {
        remove();
      }
    } catch {
      return false;
    }
  })();
  test.runIf(canXattr)("its extended attributes", async () => {
    const path = folder({ "w.yaml": "a: 1\n" });
    execFileSync("python3", ["-c", "import os,sys; os.setxattr(sys.argv[1], 'user.note', b'mine')", path("w.yaml")]);
    await save(path("w.yaml"), "a: 2\n");
    const read = execFileSync("python3", ["-c", "import os,sys; print(os.getxattr(sys.argv[1], 'user.note').decode())", path("w.yaml")]);
    expect([readFileSync(path("w.yaml"), "utf8"), read.toString()]).toEqual(["a: 2\n", "mine\n"]);
  });
});

describe("an error leaves the file as it was and no other file", () => {
  test("a read-only file is refused unless asked, and stays read-only", async () => {
    const path = folder({ "w.yaml": "a: 1\n" });
    chmodSync(path("w.yaml"), 0o444);
    expect(await problemOf(save(path("w.yaml"), "a: 2\n"))).toBe("read-only");
    expect(readFileSync(path("w.yaml"), "utf8")).toBe("a: 1\n");
    await save(path("w.yaml"), "a: 2\n", { overwriteReadOnly: true });
    expect(readFileSync(path("w.yaml"), "utf8")).toBe("a: 2\n");
    expect(statSync(path("w.yaml")).mode & 0o777).toBe(0o444);
    expect(readdirSync(path("."))).toEqual(["w.yaml"]);
  });
  test("a file that is a folder, in no folder, or was taken away", async () => {
    const path = folder({ "w.yaml": "a: 1\n" });
    mkdirSync(path("folder"));
    expect(await problemOf(save(path("folder"), "x"))).toBe("failed");
    expect(await problemOf(save(path("none/w.yaml"), "x"))).toBe("failed");
    rmSync(path("w.yaml"));
    expect(await problemOf(save(path("w.yaml"), "x", { expected: () => true }))).toBe("gone");
    expect(readdirSync(path("."))).toEqual(["folder"]);
  });
  test("a text that somebody else wrote meanwhile", async () => {
    const path = folder({ "w.yaml": "theirs\n" });
    const expected = (current: Buffer) => current.toString() === "a: 1\n";
    const error = await save(path("w.yaml"), "mine\n", { expected }).catch((one: unknown) => one);
    expect(error).toMatchObject({ problem: "changed" });
    expect((error as SaveError).current?.toString()).toBe("theirs\n");
    expect(readdirSync(path("."))).toEqual(["w.yaml"]);
  });
  test.runIf(canMount)("a full disk, and the next save works when there is space again", async () => {
    const path = folder({});
    const disk = path("disk");
    mkdirSync(disk);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]);
    try {
      writeFileSync(`${disk}/w.yaml`, "a: 1\n");
      linkSync(`${disk}/w.yaml`, `${disk}/twin.yaml`);
      writeFileSync(`${disk}/fill`, Buffer.alloc(40_000));
      expect(await problemOf(save(`${disk}/w.yaml`, "x".repeat(60_000)))).toBe("no-space");
      expect(readFileSync(`${disk}/w.yaml`, "utf8")).toBe("a: 1\n");
      expect(readdirSync(disk).sort()).toEqual(["fill", "twin.yaml", "w.yaml"]);
      rmSync(`${disk}/fill`);
      await save(`${disk}/w.yaml`, "x".repeat(20_000));
      expect(readFileSync(`${disk}/twin.yaml`, "utf8")).toBe("x".repeat(20_000));
    } finally {
      execFileSync("umount", [disk]);
    }
  });
});

describe("one writer at a time", () => {
  test("of many that compare and write at once, exactly one wins each round", async () => {
    const path = folder({ "n.txt": "0" });
    const file = realpathSync(path("n.txt"));
    for (let round = 0; round < 3; round += 1) {
      const expected = (current: Buffer) => current.toString() === String(round);
      const results = await Promise.all([1, 2, 3, 4].map(() => problemOf(save(file, String(round + 1), { expected }))));
      expect(results.sort()).toEqual(["changed", "changed", "changed", "saved"]);
    }
    expect(readdirSync(path("."))).toEqual(["n.txt"]);
  });
  test("a lock of a living process is respected, one of a dead process or an old one is taken away", async () => {
    const path = folder({ "w.yaml": "a: 1\n" });
    const lock = path(".w.yaml.dagwright-lock");
    const { hostname } = await import("node:os");
    writeFileSync(lock, `${process.pid} ${hostname()} x`);
    expect(await problemOf(save(path("w.yaml"), "a: 2\n", { patience: 30 }))).toBe("busy");
    expect(readFileSync(lock, "utf8")).toContain(" x");
    const ended = spawn("true");
    await new Promise((done) => ended.on("exit", done));
    writeFileSync(lock, `${ended.pid} ${hostname()} x`);
    expect(await problemOf(save(path("w.yaml"), "a: 3\n", { patience: 0 }))).toBe("saved");
    writeFileSync(lock, `1 elsewhere x`);
    expect(await problemOf(save(path("w.yaml"), "a: 4\n", { patience: 0 }))).toBe("busy");
    utimesSync(lock, new Date(0), new Date(0));
    expect(await problemOf(save(path("w.yaml"), "a: 5\n", { patience: 0 }))).toBe("saved");
    expect(readdirSync(path("."))).toEqual(["w.yaml"]);
  });
});

test("-o refuses a read-only file with a message and writes it with --force", async () => {
  const path = folder({ "w.yaml": twoTasks });
  chmodSync(path("w.yaml"), 0o444);
  for (const command of [
    ["set", path("w.yaml"), "--task", "train", "image=t:2"],
    ["compile", path("w.yaml"), "--fresh"],
    ["graph", path("w.yaml")],
  ]) {
    const { code, stderr } = await dagwright([...command, "-o", path("w.yaml")]);
    expect([code, stderr.includes("is read-only; --force writes it anyway")]).toEqual([2, true]);
  }
  expect(readFileSync(path("w.yaml"), "utf8")).toBe(twoTasks);
  expect((await dagwright(["set", path("w.yaml"), "--task", "train", "image=t:2", "-o", path("w.yaml"), "--force"])).code).toBe(0);
  expect(readFileSync(path("w.yaml"), "utf8")).toContain('image: "t:2"');
});
