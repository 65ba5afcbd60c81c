/** Checks of a ComponentSpec beyond its shape: unique names, and placeholders that refer to declared ports. */
import type { Diagnostic, Report } from "#diagnostics/diagnostic.ts";
import type { ComponentSpec } from "../component-spec.ts";
import type { Path } from "#data/data.ts";
import { portsNamed } from "./command.ts";

/** Reports names that are missing, duplicate or undeclared, at their path inside the component. */
export function checkComponent(spec: ComponentSpec, report: Report): void {
  checkNames(spec, "inputs", report);
  checkNames(spec, "outputs", report);
  if (spec.implementation.kind !== "container") return;
  const inputs = new Set(spec.inputs.map((input) => input.name));
  const outputs = new Set(spec.outputs.map((output) => output.name));
  const container: Path = ["implementation", "container"];
  for (const key of ["command", "args"] as const)
    for (const use of portsNamed(spec.implementation[key] ?? [], [...container, key])) {
      const declared = use.how === "outputPath" ? outputs : inputs;
      if (!declared.has(use.name)) report(undeclared(use.how, use.name, use.path));
    }
  const fileOutputs = Object.keys(spec.implementation.fileOutputs ?? {});
  for (const name of fileOutputs) if (!outputs.has(name)) report(undeclared("fileOutputs", name, [...container, "fileOutputs", name]));
}

function checkNames(spec: ComponentSpec, key: "inputs" | "outputs", report: Report): void {
  const seen = new Set<string>();
  spec[key].forEach(({ name }, index) => {
    const path = [key, index];
    if (name.trim() === "") report({ code: "component-port-unnamed", level: "error", values: { list: key }, path });
    else if (seen.has(name))
      report({ code: "component-port-twice", level: "error", values: { list: key, port: cut(name) }, path: [...path, "name"] });
    seen.add(name);
  });
}

function undeclared(placeholder: string, name: string, path: Path): Diagnostic {
  return { code: "component-port-undeclared", level: "error", values: { placeholder, port: cut(name) }, path };
}

function cut(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
