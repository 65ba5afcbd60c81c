import { inputKind } from "#components/component-ports.ts";
import type { CommandItem, ComponentSpec } from "#components/component-spec.ts";
import { portsNamed } from "#components/component-yaml/command.ts";
import { resolveCommand } from "../lower/command.ts";
import { componentOutputs, inputPaths } from "../lower/lower-component.ts";

// A component's command line with given arguments, as lowering writes it. Used to check whether a step's container is still what its
// component makes of its arguments, and what it becomes with another argument.

/** Findings that make the command line depend on more than the given texts; then it cannot be compared. */
const undecided = new Set(["lower-condition-not-boolean", "lower-condition-at-run-time", "lower-v2-placeholder", "lower-port-undeclared"]);

/**
 * A container's command and arguments. `text`: by the component's input names, what each given input is on the command line, a
 * constant or `{{inputs.parameters.X}}`; of a file input only that it is given counts. Undefined if the component cannot say.
 */
export function renderContainer(
  spec: ComponentSpec,
  text: Readonly<Record<string, string>>,
): { readonly command: readonly string[]; readonly args: readonly string[] } | undefined {
  if (spec.implementation.kind !== "container") return undefined;
  let decided = true;
  const files = inputPaths(spec.inputs);
  const outputs = new Map(componentOutputs(spec, "", () => undefined).map((one) => [one.output, one.from]));
  const line = resolveCommand<never>({
    spec,
    arguments: new Map(Object.entries(text).map(([name, value]) => [name, [value]])),
    inputPath: (name) => files.get(name) ?? "",
    outputPath: (name) => outputs.get(name) ?? "",
    report: ({ code }) => void (decided &&= !undecided.has(code)),
    task: "",
  });
  return decided ? { command: line.command.map((parts) => parts.join("")), args: line.args.map((parts) => parts.join("")) } : undefined;
}

/** The path of a component's file input in the container. */
export function inputPath(spec: ComponentSpec, name: string): string | undefined {
  return inputPaths(spec.inputs).get(name);
}

/** How a component uses an input: as value, as file, or both; an input that no placeholder names is a file (docs/spec/kfp-v1.md#inputs). */
export function inputUse(spec: ComponentSpec, name: string): { readonly value: boolean; readonly path: boolean } {
  if (spec.implementation.kind !== "container") return { value: false, path: inputKind(spec, name) === "artifact" };
  const items: readonly CommandItem[] = [...(spec.implementation.command ?? []), ...(spec.implementation.args ?? [])];
  const uses = portsNamed(items).filter((use) => use.name === name);
  const value = uses.some((use) => use.how === "inputValue");
  return { value, path: uses.some((use) => use.how === "inputPath") || !value };
}
