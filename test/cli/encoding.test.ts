import { readFileSync, writeFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { dagwright, folderWith, twoTasks } from "./terminal.ts";

const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

/** A file of these bytes. */
function file(bytes: Uint8Array, name = "w.yaml"): string {
  const { path, remove } = folderWith({});
  ends.push(remove);
  writeFileSync(path(name), bytes);
  return path(name);
}

const latin1 = Buffer.from(twoTasks.replace("trains a model", "entraîne un modèle"), "latin1");
const korean = Buffer.concat([Buffer.from("# "), Buffer.from([0xc7, 0xd1, 0x94, 0xee]), Buffer.from(`\n${twoTasks}`)]);
const wide = Buffer.from(`\ufeff${twoTasks}`, "utf16le");
const setMode = ["--task", "train", "env.MODE=fast"];

describe("a file that is not UTF-8", () => {
  it.each([["check"], ["model"], ["graph"], ["compile"], ["set", ...setMode]])(
    "is refused by %s with the line, the byte and the option to read it",
    async (command, ...more) => {
      const path = file(latin1);
      const ran = await dagwright([command, path, ...more]);
      expect(ran).toMatchObject({ code: 2, out: "" });
      expect(ran.stderr).toContain(`${path} is not UTF-8 text: line 1 contains the byte 0xee`);
      expect(ran.stderr).toContain("--encoding windows-1252");
      expect(readFileSync(path)).toEqual(latin1);
    },
  );

  it("is read in the encoding named, and written as UTF-8", async () => {
    const ran = await dagwright(["set", file(latin1), ...setMode, "--encoding", "windows-1252"]);
    expect(ran.code).toBe(0);
    expect(ran.out).toContain("# entraîne un modèle every night");
    expect((await dagwright(["compile", file(korean), "--encoding=euc-kr"])).out).toBe(`# 한뷁\n${twoTasks}`);
    expect((await dagwright(["compile", "-", "--encoding=euc-kr"], korean)).out).toBe(`# 한뷁\n${twoTasks}`);
  });

  it("is not read in an encoding that it does not fit either", async () => {
    const ran = await dagwright(["check", file(latin1), "--encoding", "euc-kr"]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("not UTF-8, and not euc-kr either");
  });

  it("leaves files that are UTF-8 alone when an encoding is named", async () => {
    expect((await dagwright(["compile", file(Buffer.from("# 한\n" + twoTasks)), "--encoding=euc-kr"])).out).toBe(`# 한\n${twoTasks}`);
  });

  it("with a NUL or other bytes of no text is refused as such", async () => {
    for (const bytes of [Buffer.from(`${twoTasks}\0`), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0xff])]) {
      const ran = await dagwright(["check", file(bytes)]);
      expect(ran.code).toBe(2);
      expect(ran.stderr).toContain("is not a text file");
    }
  });

  it("is read in the encoding named also if a script names it", async () => {
    const component = 'name: "\uac00"\nimplementation: {container: {image: a, command: [run]}}\n';
    const script =
      "from kfp import components, dsl\nstep_op = components.load_component_from_file('step.yaml')\n@dsl.pipeline(name='p')\ndef p():\n    step_op()\n";
    const { path, remove } = folderWith({ "p.py": script });
    ends.push(remove);
    writeFileSync(path("step.yaml"), Buffer.from(component.replace("\uac00", "\u00e9"), "latin1"));
    expect((await dagwright(["compile", path("p.py")])).code).not.toBe(0);
    const ran = await dagwright(["compile", path("p.py"), "--encoding=windows-1252"]);
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.out).toContain("\\u00e9");
  });

  it("needs an encoding that is known", async () => {
    const ran = await dagwright(["check", file(latin1), "--encoding", "euckr"]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('did you mean "euc-kr"?');
  });
});

describe("UTF-16 with its byte order mark", () => {
  it("is read, and written back byte for byte", async () => {
    const path = file(wide);
    expect((await dagwright(["check", path])).code).toBe(0);
    expect((await dagwright(["compile", path])).out).toBe(wide.toString("hex"));
    const edited = await dagwright(["set", path, ...setMode, "-o", path]);
    expect(edited.code).toBe(0);
    expect(readFileSync(path)).toEqual(Buffer.from(`\ufeff${twoTasks.replace("value: slow", "value: fast")}`, "utf16le"));
  });
});
