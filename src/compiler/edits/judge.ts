import { outputNature } from "#model/component-ports.ts";
import type { InputPort, OutputPort, PortKind, Template, Workflow } from "#model/model.ts";
import { compatible } from "#model/types.ts";
import type { TypeSpec } from "#model/component.ts";

/** The giving end of a wire as it is judged. */
export interface Giving {
  readonly name: string;
  readonly task: string;
  readonly kind: PortKind;
  /** It is written to a file anyway (a KFP step's output), or a KFP pipeline parameter: it fits a file input, too. */
  readonly both: boolean;
  readonly type?: TypeSpec;
}

/** The taking end of a wire as it is judged. */
export interface Taking {
  readonly name: string;
  readonly task: string;
  readonly kind: PortKind;
  readonly type?: TypeSpec;
}

/** How a wire is to be written, or why not (interaction rules W1, R1 to R3). Kind is judged before type. */
export type Verdict = { readonly ok: true; readonly how: "plain" | "read-file" | "pass-value" } | { readonly ok: false; readonly code: string; readonly values: Readonly<Record<string, string>>; readonly choice: "value" | "file" | "ignore-type" };

/** Judges a wire. `as` is the user's choice where a wire needs help. */
export function judge(from: Giving, to: Taking, as: "value" | "file" | "ignore-type" | undefined): Verdict {
  const values = { out: from.name, from: from.task, in: to.name, to: to.task };
  const crosses = from.kind !== to.kind && !(from.kind === "parameter" && from.both);
  if (crosses && to.kind === "parameter" && as !== "value") return { ok: false, code: "edit-file-into-value", values, choice: "value" };
  if (crosses && to.kind === "artifact" && as !== "file") return { ok: false, code: "edit-value-into-file", values, choice: "file" };
  if (as === undefined && compatible(from.type, to.type) === "no") {
    return { ok: false, code: "edit-type-mismatch", values: { ...values, a: typeName(from.type), b: typeName(to.type) }, choice: "ignore-type" };
  }
  if (!crosses) return { ok: true, how: "plain" };
  return { ok: true, how: to.kind === "parameter" ? "read-file" : "pass-value" };
}

function typeName(type: TypeSpec | undefined): string {
  return typeof type === "string" ? type : JSON.stringify(type ?? "");
}

/** An output of a template as the giving end: what its component says, else what the file says. */
export function givingOutput(workflow: Workflow, template: Template, output: OutputPort, task: string): Giving {
  const spec = template.component?.spec;
  const declared = spec?.outputs.find((one) => one.name === output.label);
  const kfp = workflow.dialect === "kfp";
  const kind = kfp && spec && declared ? outputNature(spec, declared.name) : output.kind;
  const file = template.outputs.some((one) => one.kind === "artifact" && one.name === output.name);
  return { name: output.label, task, kind, both: kfp && file, type: declared?.type };
}

/** A declared input as the taking end. */
export function takingInput(template: Template, input: InputPort, task: string): Taking {
  const declared = template.component?.spec.inputs.find((one) => one.name === input.label);
  return { name: input.label, task, kind: input.kind, type: declared?.type };
}
