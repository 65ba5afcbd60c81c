import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { printable, printableJson } from "#cli/printable.ts";
import { dagwright, folderWith } from "./terminal.ts";

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((remove) => remove()));
function folder(named: Record<string, string>) {
  const made = folderWith(named);
  undo.push(made.remove);
  return made.path;
}

const escape = "\\e[31mred\\e]0;title\\a\\e[2J";
const hostile = `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  templates:
    - name: main
      dag:
        tasks:
          - {name: "${escape}", template: "\\e[1mnope\\a", dependencies: ["\\e[8mx\\nfake.yaml:1:1: error ok: fine"]}
          - {name: "b\\u202egpj.exe\\x85\\x9b", template: work, when: "\\r\\e[A"}
    - name: work
      container: {image: b, "\\e[31mimagex": 1}
`;
const control = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

describe("control characters never reach the terminal", () => {
  test("the escapes name the character; JSON reads back as the same data", () => {
    expect(printable("a\x1b[1m\n\t\x9b\u202eb\ud800é한😀")).toBe("a\\x1b[1m\\n\\t\\x9b\\u202eb\\ud800é한😀");
    const data = { name: "\x1b\x7f\x9b\u202e\u2028\n😀" };
    const json = printableJson(JSON.stringify(data, null, 2));
    expect(control.test(json)).toBe(false);
    expect(JSON.parse(json)).toEqual(data);
  });
  test.each([
    ["check"],
    ["check", "--format", "json"],
    ["graph"],
    ["graph", "--format", "svg"],
    ["graph", "--format", "mermaid"],
    ["model"],
  ])("%s %s %s", async (command, ...rest) => {
    const { out, stderr } = await dagwright([command, "-", ...rest], hostile);
    expect(out).not.toMatch(control);
    expect(stderr).not.toMatch(control);
    expect(out.length).toBeGreaterThan(100);
  });
  test.each([
    ["check", "\x1b[2Jfile.yaml"],
    ["\x1b[2Jchek"],
    ["check", "--\x1b[2J"],
    ["check", "-", "--level", "\x1b[2J"],
    ["check", "-", "--disable", "\x1b[2J"],
    ["set", "-", "--task", "\x1b[2J", "image=x"],
    ["set", "-", "--task", "main", "\x1b[2J=x"],
    ["apply", "-", "\x1b[2J.json"],
  ])("words of the command line: %j", async (...words) => {
    const { code, stderr, out } = await dagwright(words, hostile);
    expect(code).toBe(2);
    expect(stderr + out).not.toMatch(control);
    expect(stderr).toContain("\\x1b");
  });
  test("names of files in diagnostics", async () => {
    const path = folder({ "a\nfake.yaml:1:1: error ok: fine\x1b[2J.yaml": hostile });
    const { out } = await dagwright(["check", path(".")]);
    expect(out).not.toMatch(control);
    expect(out.split("\n").filter((line) => line.startsWith("fake.yaml"))).toEqual([]);
  });
});

test("one diagnostic is one line", async () => {
  const [text, json] = [await dagwright(["check", "-"], hostile), await dagwright(["check", "-", "--format", "json"], hostile)];
  const lines = text.out.trimEnd().split("\n");
  expect(lines.length).toBe((JSON.parse(json.out) as { findings: unknown[] }).findings.length);
  for (const line of lines) expect(line).toMatch(/^<stdin>:\d+:\d+: (error|cluster|warning|info) [\w-]+: \S/);
});

test("an unknown code after --disable is named with the nearest one", async () => {
  const { code, stderr } = await dagwright(["check", "-", "--disable", "template-undefind"], hostile);
  expect(code).toBe(2);
  expect(stderr).toContain('there is no diagnostic "template-undefind"; did you mean "template-undefined"?');
  expect((await dagwright(["check", "-", "--disable", "template-undefined"], hostile)).code).toBe(1);
});

describe("what is no file of moderate size is refused at once", () => {
  test.each([["/dev/zero"], ["/dev/full"]])("%s", async (location) => {
    for (const words of [
      ["check", location],
      ["compile", location],
      ["component", location],
      ["graph", location],
      ["apply", location, "-"],
    ]) {
      const { code, stderr } = await dagwright(words, "[]");
      expect([words[0], code]).toEqual([words[0], 2]);
      expect(stderr).toContain(`${location} is not a regular file`);
    }
  });
  test("a FIFO without a writer, a folder, a loop of links, a huge sparse file", async () => {
    const path = folder({ "big.yaml": "" });
    execFileSync("mkfifo", [path("fifo.yaml")]);
    mkdirSync(path("folder.yaml"));
    symlinkSync("loop.yaml", path("loop.yaml"));
    truncateSync(path("big.yaml"), 200 * 2 ** 30);
    const stderr = async (name: string) => (await dagwright(["compile", path(name)])).stderr;
    expect(await stderr("fifo.yaml")).toContain("is not a regular file");
    expect(await stderr("folder.yaml")).toContain("is a folder");
    expect(await stderr("loop.yaml")).toContain("(ELOOP)");
    expect(await stderr("big.yaml")).toContain("is larger than 32 MB");
  });
  test("a FIFO among the files of a folder is skipped, also next to the file", async () => {
    const path = folder({ "w.yaml": hostile.replace("template: work", "templateRef: {name: other, template: t}") });
    execFileSync("mkfifo", [path("other.yaml")]);
    expect((await dagwright(["check", path(".")])).stderr).toContain("1 file checked");
    expect((await dagwright(["check", path("w.yaml")])).code).toBe(1);
  });
});
