import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ComponentInput, ComponentOutput } from "#components/component-spec.ts";
import { readComponent } from "#components/component-yaml/read.ts";
import { type Data, sameData } from "#data/data.ts";
import { parse } from "#yaml/parse.ts";
import { askPython } from "./tools.ts";

interface LoadedPort {
  readonly name: string;
  readonly type?: Data;
  readonly default?: string;
  readonly optional?: boolean;
  readonly description?: string;
}
interface Loaded {
  readonly file: string;
  readonly error?: string;
  readonly name?: string;
  readonly inputs?: readonly LoadedPort[];
  readonly outputs?: readonly LoadedPort[];
}

/** Compares our reading of component files with the SDK's: ports, types, defaults, which are optional, descriptions. One line a difference. */
export function componentDifferences(
  python: string,
  root: string,
  files: readonly string[],
): { readonly compared: number; readonly differences: readonly string[] } {
  const loaded = askPython(python, join(root, "test/conformance/load_components.py"), files) as readonly Loaded[];
  return { compared: loaded.length, differences: loaded.flatMap((theirs) => differencesOf(theirs)) };
}

function differencesOf(theirs: Loaded): readonly string[] {
  const ours = readComponent(parse(readFileSync(theirs.file, "utf8")).stream[0] ?? null);
  if (theirs.error !== undefined)
    return ours.diagnostics.some((one) => one.level === "error") ? [] : [`${theirs.file}: the SDK refuses it (${theirs.error}), we do not`];
  const spec = ours.component;
  if (!spec) return [`${theirs.file}: the SDK reads it, we do not`];
  const pairs: readonly [string, unknown, unknown][] = [
    ["name", spec.name, theirs.name ?? undefined],
    ["inputs", spec.inputs.map(portOf), theirs.inputs],
    ["outputs", spec.outputs.map(portOf), theirs.outputs],
  ];
  return pairs
    .filter(([, a, b]) => !sameData(a as Data, b as Data))
    .map(([what, a, b]) => `${theirs.file}: ${what}: ours ${JSON.stringify(a)}, the SDK's ${JSON.stringify(b)}`);
}

function portOf(port: ComponentInput | ComponentOutput): LoadedPort {
  return {
    name: port.name,
    ...(port.type !== undefined && { type: port.type }),
    ...("default" in port && port.default !== undefined && { default: port.default }),
    ...("optional" in port && port.optional && { optional: true }),
    ...(port.description !== undefined && { description: port.description }),
  };
}
