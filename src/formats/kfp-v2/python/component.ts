import { type Data, type DataMap, field, sameData, textField } from "#data/data.ts";
import type { Refused } from "#document/edit-draft.ts";
import { refuse } from "#document/edit-targets.ts";
import type { FunctionChange, FunctionComponent, FunctionOptions } from "#document/format.ts";
import type { PortKind, Template, Workflow } from "#pipeline/model.ts";
import type { PythonFunction } from "#python/function.ts";
import { readFunctions } from "#python/functions.ts";
import { find } from "../read/fields.ts";
import { readLens } from "./lens.ts";
import { installKfp, writePackages } from "./packages.ts";
import { type FunctionPort, portsOf, renamedPorts } from "./signature.ts";

// Components that run Python functions, as `spec` of the edits `add-component` and `update-component`: definitions of ports, and a container.

/** The version of kfp that new functions install where the file does not say one. */
const newestKfp = "2.17.3";
/** The image of a function that names none (SDK 2.15 and later). */
export const defaultImage = "python:3.11";

/**
 * The component of a new function. What launches a function in the same file launches this one, too; without one the launcher is our own.
 * Refused if a parameter has an annotation that a pipeline spec cannot express.
 */
export function componentOf(fn: PythonFunction, options: FunctionOptions, into: Workflow): FunctionComponent | Refused {
  const read = portsOf(fn);
  if ("unread" in read) return refuse("edit-v2-signature", { function: fn.name, ...read.unread });
  const neighbour = into.templates.map((one) => readLens(one)).find((one) => one !== undefined);
  const version = kfpVersion(into);
  const start = neighbour?.command.slice(0, neighbour.index) ?? [...installKfp(version), "sh", "-ec", launcher];
  const prefix = neighbour && isPlain(neighbour.lens.prefix) ? neighbour.lens.prefix : imports;
  const command = writePackages([...start, `${prefix}${fn.source}\n\n`], options.packages ?? fn.packagesToInstall ?? [], version);
  if (!command) return refuse("edit-v2-packages", { function: fn.name });
  return {
    spec: {
      name: fn.name.replaceAll("_", "-"),
      ...definitionsOf(read.ports),
      container: {
        args: argumentsOf(fn.name),
        command,
        image: options.image ?? fn.baseImage ?? neighbour?.image ?? defaultImage,
      },
    },
    renamed: [],
  };
}

/**
 * The component of a template with another function in its program. Only the parts of the command that change are replaced; ports that the
 * new signature leaves as they are keep their definitions.
 */
export function changedComponent(
  template: Template,
  edited: PythonFunction,
  { workflow, ...options }: FunctionChange,
): FunctionComponent | Refused {
  const program = readLens(template);
  if (!program) return refuse("authoring-not-a-component", { task: template.name }, template.path);
  const read = portsOf(edited);
  if ("unread" in read) return refuse("edit-v2-signature", { function: edited.name, ...read.unread }, template.path);
  const [written] = readFunctions(program.lens.source).functions;
  const old = written && portsOf(written);
  const before = old && "ports" in old ? old.ports : [];
  const renamed = renamedPorts(before, read.ports);
  const { lens, index } = program;
  const words = program.command.map((word, at) => (at === index ? lens.prefix + edited.source + lens.suffix : word));
  const command =
    options.packages === undefined ? words : writePackages(words, options.packages, workflow ? kfpVersion(workflow) : newestKfp);
  if (!command) return refuse("edit-v2-packages", { function: edited.name }, template.path);
  const ports = read.ports.map((port) => kept(template, port, { before, renamed }));
  const args = program.args.map((word, at) => (program.args[at - 1] === "--function_to_execute" ? edited.name : word));
  return {
    spec: {
      ...definitionsOf(ports),
      container: { args, command, image: options.image ?? program.image },
    },
    renamed,
  };
}

/** A port with the definition that the file has, as far as the signature still says the same. */
function kept(
  template: Template,
  port: FunctionPort,
  { before, renamed }: { readonly before: readonly FunctionPort[]; readonly renamed: ReturnType<typeof renamedPorts> },
): FunctionPort {
  const name = renamed.find((one) => one.side === port.side && one.to === port.name)?.from ?? port.name;
  const old = before.find((one) => one.side === port.side && one.name === name);
  const ports = port.side === "input" ? template.inputs : template.outputs;
  const inFile = ports.find((one) => one.name === name && one.kind === port.kind)?.rest;
  if (!old || inFile === undefined || old.kind !== port.kind) return port;
  if (sameData(old.definition, port.definition)) return { ...port, definition: inFile };
  const changes = [...new Set([...Object.keys(old.definition), ...Object.keys(port.definition)])].filter(
    (key) => !sameData(old.definition[key] ?? null, port.definition[key] ?? null),
  );
  const isOtherType = changes.includes("parameterType") || changes.includes("artifactType");
  // Allowed values are those of the old type.
  const dropped = new Set([...changes.map((key) => find(inFile, key, []).key), ...(isOtherType ? ["literals", "type"] : [])]);
  const left = Object.entries(inFile).filter(([key]) => !dropped.has(key));
  const added = changes.flatMap((key): [string, Data][] => {
    const value = port.definition[key];
    return value === undefined ? [] : [[key, value]];
  });
  return { ...port, definition: Object.fromEntries([...left, ...added]) };
}

function definitionsOf(ports: readonly FunctionPort[]): DataMap {
  const of = (side: "input" | "output"): DataMap => {
    const map = (kind: PortKind): DataMap =>
      Object.fromEntries(ports.flatMap((one) => (one.side === side && one.kind === kind ? [[one.name, one.definition]] : [])));
    const [artifacts, parameters] = [map("artifact"), map("parameter")];
    const both = {
      ...(Object.keys(artifacts).length > 0 ? { artifacts } : {}),
      ...(Object.keys(parameters).length > 0 ? { parameters } : {}),
    };
    return Object.keys(both).length > 0 ? { [`${side}Definitions`]: both } : {};
  };
  return { ...of("input"), ...of("output") };
}

/** Whether the text before a function has nothing that belongs to that function alone: embedded files, helpers, imports of its types. */
function isPlain(prefix: string): boolean {
  return prefix
    .split("\n")
    .every(
      (line) =>
        line.trim() === "" || /^(?:import kfp|from kfp import dsl|from kfp(?:\.\w+)? import \*|from typing import \*)$/.test(line.trim()),
    );
}

function argumentsOf(name: string): readonly string[] {
  return ["--executor_input", "{{$}}", "--function_to_execute", name];
}

/** The version of the SDK that wrote a file, such as `2.17.3` of `kfp-2.17.3`. */
function kfpVersion({ rest }: Workflow): string {
  const inner = field(rest, "pipelineSpec");
  const text = textField(rest, "sdkVersion") ?? textField(inner, "sdkVersion") ?? "";
  return /^kfp-(2\.\d+\.\d+)$/.exec(text)?.[1] ?? newestKfp;
}

/** Writes the program, which the shell has as `$0`, to a file and lets kfp run the function in it. */
const launcher = `program_dir=$(mktemp -d)
printf '%s' "$0" > "$program_dir/component.py"
_KFP_RUNTIME=true python3 -m kfp.dsl.executor_main --component_module_path "$program_dir/component.py" "$@"
`;

const imports = `
import kfp
from kfp import dsl
from kfp.dsl import *
from typing import *

`;
