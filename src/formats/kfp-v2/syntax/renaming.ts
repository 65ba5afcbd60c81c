import { inputsIn, parseCel } from "./cel.ts";
import { placeholdersIn } from "./placeholders.ts";
import type { PortKind } from "#pipeline/model.ts";

/** Names of ports within texts: conditions, commands and constants. */

/** A condition that reads another name of an input of its task. A text that is no CEL is changed by its spelling. */
export function renameInCondition(text: string, kind: PortKind, { from, to }: { readonly from: string; readonly to: string }): string {
  const parsed = parseCel(text);
  const root = kind === "parameter" ? "parameter_values" : "artifacts";
  if (!parsed.ok) return text.replaceAll(`inputs.${root}['${from}']`, `inputs.${root}['${to}']`);
  const spans = inputsIn(parsed.tree).filter((input) => input.port === kind && input.name === from);
  return spans.reduceRight(
    (changed, { span: [start, end] }) => `${changed.slice(0, start)}inputs.${root}['${to}']${changed.slice(end)}`,
    text,
  );
}

/** Whether a condition reads an input of its task. */
export function conditionReads(text: string, kind: PortKind, name: string): boolean {
  const parsed = parseCel(text);
  if (!parsed.ok) return text.includes(`'${name}'`);
  return inputsIn(parsed.tree).some((input) => input.port === kind && input.name === name);
}

/** A text whose placeholders of one port name it by another name. */
export function renameInPlaceholders(
  text: string,
  port: { readonly side: "input" | "output"; readonly kind: PortKind },
  { from, to }: { readonly from: string; readonly to: string },
): string {
  const found = placeholdersIn(text).filter((one) => one.kind === `${port.side}-${port.kind}` && "name" in one && one.name === from);
  return found.reduceRight(
    (changed, { start, end, text: old }) => changed.slice(0, start) + old.replace(`['${from}']`, () => `['${to}']`) + changed.slice(end),
    text,
  );
}

/** Names of the parameters of its own task that a text has placeholders of. */
export function inputsInText(text: string): readonly string[] {
  return placeholdersIn(text).flatMap((one) => (one.kind === "input-parameter" ? [one.name] : []));
}
