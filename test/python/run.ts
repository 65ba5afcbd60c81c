import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readFunctions } from "#python/functions.ts";
import { type ProgramOptions, programOf } from "#python/program.ts";
import type { CommandItem, ComponentSpec } from "#components/component-spec.ts";

/** The Python that runs the programs: DAGWRIGHT_PYTHON, else python3. */
const python = process.env.DAGWRIGHT_PYTHON ?? "python3";
/** Whether programs can be run here. CI must be able to. */
export const hasPython = spawnSync(python, ["--version"]).status === 0;

/** What a run left behind. */
export interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Output files by port; a file that was not written is missing. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** The component of the first function in a text. */
export function componentOf(source: string, options: ProgramOptions = {}): ComponentSpec {
  const [fn] = readFunctions(source).functions;
  if (!fn) throw new Error("no function was read");
  return programOf(fn, options);
}

/** Runs a component's command as a container would: values as text, files under a fresh folder. */
export function run(
  component: ComponentSpec,
  inputs: Readonly<Record<string, string>> = {},
  environment: Readonly<Record<string, string>> = {},
): Run {
  const folder = mkdtempSync(join(tmpdir(), "dagwright-"));
  try {
    const container = component.implementation;
    if (container.kind !== "container") throw new Error("no container");
    const place = (side: string, name: string) => join(folder, side, Buffer.from(name).toString("hex"), "data");
    const words = (items: readonly CommandItem[]): readonly string[] =>
      items.flatMap((item): readonly string[] => {
        switch (item.kind) {
          case "text":
            return [item.text];
          case "inputValue":
            return [inputs[item.name] ?? ""];
          case "inputPath": {
            const path = join(folder, `in-${Buffer.from(item.name).toString("hex")}`);
            writeFileSync(path, inputs[item.name] ?? "");
            return [path];
          }
          case "outputPath":
            return [place("out", item.name)];
          case "if":
            return item.cond.kind === "isPresent" && Object.hasOwn(inputs, item.cond.name) ? words(item.then) : [];
          default:
            throw new Error(`not expected here: ${item.kind}`);
        }
      });
    const [program, ...rest] = words([...(container.command ?? []), ...(container.args ?? [])]);
    const bin = process.env.DAGWRIGHT_PYTHON ? `${join(process.env.DAGWRIGHT_PYTHON, "..")}:${process.env.PATH}` : process.env.PATH;
    const done = spawnSync(program as string, rest, { encoding: "utf8", env: { ...process.env, PATH: bin, ...environment } });
    const outputs = component.outputs.flatMap((one) => {
      const path = place("out", one.name);
      return existsSync(path) ? [[one.name, readFileSync(path, "utf8")] as const] : [];
    });
    return { status: done.status ?? -1, stdout: done.stdout, stderr: done.stderr, outputs: Object.fromEntries(outputs) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
