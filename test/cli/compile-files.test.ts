import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { dagwright, folderWith } from "./terminal.ts";

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((remove) => remove()));

const script = (location: string) => `from kfp import components, dsl
op = components.load_component_from_file('${location}')
@dsl.pipeline(name='p')
def p():
    op()
`;
const component = "name: Local\nimplementation:\n  container: {image: 'a:1', command: [echo]}\n";

/** Compiles a script in `scripts/` that names a component at this place. */
async function compiled(
  location: string,
  prepare: (path: (name: string) => string) => void = () => undefined,
  more: readonly string[] = [],
) {
  const { path, remove } = folderWith({ "scripts/p.py": script(location), "outside.yaml": component, "scripts/in.yaml": component });
  undo.push(remove);
  prepare(path);
  writeFileSync(path("scripts/p.py"), script(location.replace("FOLDER", path("."))));
  return dagwright(["compile", path("scripts/p.py"), ...more]);
}

describe("component files that a script names", () => {
  test.each([["in.yaml"], ["./in.yaml"], ["../scripts/in.yaml"], ["FOLDER/scripts/in.yaml"]])(
    "are read from its own folder: %s",
    async (location) => {
      const { code, out, stderr } = await compiled(location);
      expect([code, stderr]).toEqual([0, ""]);
      expect(out).toContain("image: a:1");
    },
  );
  test.each([["../outside.yaml"], ["FOLDER/outside.yaml"], ["/dev/zero"], ["/etc/passwd"], ["/proc/self/environ"], ["../none.yaml"]])(
    "are not read from outside of it: %s",
    async (location) => {
      const { code, out, stderr } = await compiled(location);
      expect(code).toBe(1);
      expect(out).not.toContain("a:1");
      expect(stderr).toMatch(
        /p\.py:2:\d+: warning python-pipeline-left-out: Line 2 uses a component from .*, which is outside the folders/,
      );
      expect(stderr).toContain("--allow-outside");
    },
  );
  test("are read from outside with --allow-outside, unless they are no regular files", async () => {
    expect((await compiled("../outside.yaml", undefined, ["--allow-outside"])).code).toBe(0);
    const device = await compiled("/dev/zero", undefined, ["--allow-outside"]);
    expect(device.code).toBe(1);
    expect(device.stderr).toContain("/dev/zero, which is not a regular file");
  });
  test("links that lead outside are not followed", async () => {
    const { code, stderr } = await compiled("link.yaml", (path) => symlinkSync("../outside.yaml", path("scripts/link.yaml")));
    expect([code, stderr.includes("is outside the folders")]).toEqual([1, true]);
  });
  test("a FIFO, a folder, a loop of links and a huge file end at once", async () => {
    const fifo = await compiled("fifo", (path) => void execFileSync("mkfifo", [path("scripts/fifo")]));
    expect(fifo.stderr).toContain("fifo, which is not a regular file");
    const folder = await compiled("sub", (path) => void mkdirSync(path("scripts/sub")));
    expect(folder.stderr).toContain("sub, which is not a regular file");
    const loop = await compiled("loop", (path) => symlinkSync("loop", path("scripts/loop")));
    expect([loop.code, loop.stderr.includes("python-pipeline-left-out")]).toEqual([1, true]);
    const huge = await compiled("huge", (path) => {
      writeFileSync(path("scripts/huge"), "");
      truncateSync(path("scripts/huge"), 100 * 2 ** 30);
    });
    expect(huge.stderr).toContain("huge, which is larger than 2 MB");
  });
  test("are read from the working folder of a script that comes by standard input", async () => {
    const inside = await dagwright(["compile", "-"], script("test/fixtures/none.yaml"));
    expect(inside.stderr).toContain("which is not available");
    const outside = await dagwright(["compile", "-"], script(join("..", "none.yaml")));
    expect(outside.stderr).toContain("is outside the folders");
  });
});
