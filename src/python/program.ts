import type { CommandItem, ComponentSpec } from "#components/component-spec.ts";
import { isOutput } from "./annotations.ts";
import type { PythonFunction } from "./function.ts";
import { quoted } from "./print-value.ts";
import { flagOf, outputPathsFlag } from "./program-flags.ts";
import { programText } from "./program-text.ts";

/** The default image of a function (KFP SDK 1.8). */
export const defaultImage = "python:3.7";

/** Options that the editor may set beside the text. */
export interface ProgramOptions {
  /** Overrides the decorator's base_image. */
  readonly image?: string;
  /** Overrides the decorator's packages_to_install. */
  readonly packages?: readonly string[];
}

/**
 * The component of a function, ready to run: image, command and args in the layout of the KFP v1 SDK, with a launcher and a program of our
 * own wording (docs/spec/kfp-v1.md#python-functions).
 */
export function programOf(fn: PythonFunction, options: ProgramOptions = {}): ComponentSpec {
  return {
    ...fn.component,
    implementation: {
      kind: "container",
      image: options.image ?? fn.baseImage ?? defaultImage,
      command: commandOf(programText(fn), options.packages ?? fn.packagesToInstall ?? []).map((text): CommandItem => ({
        kind: "text",
        text,
      })),
      args: argumentsOf(fn),
      rest: {},
    },
  };
}

/**
 * Writes the program, which the shell has as `$0`, to a file and runs it with all arguments. The second `mktemp` is for systems that
 * require a template or a prefix.
 */
export const launcher = `program_path=$(mktemp 2>/dev/null || mktemp -t program)
printf '%s' "$0" > "$program_path"
exec python3 -u "$program_path" "$@"
`;

/** The whole command of a program, preceded by the installation of packages if there are any. */
export function commandOf(program: string, packages: readonly string[]): readonly string[] {
  return [...(packages.length > 0 ? installCommand(packages) : []), "sh", "-ec", launcher, program];
}

/** `sh -c` with a script that installs the packages, for the user only if necessary, and then runs the rest of the command. */
export function installCommand(packages: readonly string[]): readonly string[] {
  const install = `PIP_DISABLE_PIP_VERSION_CHECK=1 python3 -m pip install --quiet --no-warn-script-location ${packages.map(shellWord).join(" ")}`;
  return ["sh", "-c", `(${install} || ${install} --user) && "$0" "$@"`];
}

/** Python's own quoting wherever a shell reads it the same way; text that a shell would change is quoted for the shell. */
function shellWord(text: string): string {
  const python = quoted(text);
  const isSafe = python.startsWith("'") ? !python.includes("\\") : !/[$`\\]/.test(python);
  return isSafe ? python : `'${text.replaceAll("'", "'\\''")}'`;
}

function argumentsOf(fn: PythonFunction): readonly CommandItem[] {
  const flag = (port: string): CommandItem => ({ kind: "text", text: flagOf(port) });
  const inputs = fn.parameters
    .filter((one) => !isOutput(one.passing))
    .flatMap((one): readonly CommandItem[] => {
      const pair: readonly CommandItem[] = [
        flag(one.portName),
        { kind: one.passing === "value" ? "inputValue" : "inputPath", name: one.portName },
      ];
      return one.optional ? [{ kind: "if", cond: { kind: "isPresent", name: one.portName }, then: pair }] : pair;
    });
  const files = fn.parameters
    .filter((one) => isOutput(one.passing))
    .flatMap((one): readonly CommandItem[] => [flag(one.portName), { kind: "outputPath", name: one.portName }]);
  const returned = fn.outputs.map((one): CommandItem => ({ kind: "outputPath", name: one.name }));
  return [...inputs, ...files, ...(returned.length > 0 ? [{ kind: "text", text: outputPathsFlag } as const, ...returned] : [])];
}
