import { isVariableName, soundsSecret } from "#kubernetes/names.ts";
import { amountOf, isBelowOneByte, sdkTakes } from "#kubernetes/quantity.ts";
import { type Data, textField } from "#data/data.ts";
import { type Holder, readingOf } from "./access.ts";
import type { Setting } from "./setting.ts";
import { holdsTag } from "./value-text.ts";
import { findSetting } from "./table.ts";

/** A hint about a value that is written as typed; `use` is the value that one click would write instead. */
export interface Hint {
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly level: "warning" | "info";
  readonly use?: string;
}

/** The hints about a setting's value: a request above the limit, a quantity that the SDK refuses, memory in fractions of a byte. */
export function hintsOf(of: Setting, holder: Holder): readonly Hint[] {
  const reading = readingOf(of, holder);
  const value = scalar(reading.value);
  if (value === undefined || reading.state !== "set" || of.shape.kind !== "quantity" || holdsTag(value)) return [];
  const hints: Hint[] = [];
  const limitOf = of.id.endsWith("-request") ? findSetting(of.id.replace("-request", "-limit"), holder.format) : undefined;
  const limit = limitOf && scalar(readingOf(limitOf, holder).value);
  if (limit !== undefined && isAbove(value, limit))
    hints.push({ code: "setting-request-above-limit", values: { request: value, limit }, level: "warning", use: limit });
  if (of.shape.of !== "cpu" && isBelowOneByte(value))
    hints.push({ code: "setting-below-one-byte", values: { text: value }, level: "warning", use: value.replace(/[num]$/, "Mi") });
  else if (holder.traits.hasSdkQuantities && !sdkTakes(of.shape.of, value))
    hints.push({ code: "setting-sdk-refuses", values: { text: value }, level: "info" });
  return hints;
}

function isAbove(request: string, limit: string): boolean {
  const [low, high] = [amountOf(request), amountOf(limit)];
  return low !== undefined && high !== undefined && low > high;
}

/** Whether a variable holds as a literal what by its name should be a secret. */
export function looksSecret(variable: Data): boolean {
  const value = scalar((variable as { readonly value?: Data }).value);
  return (
    soundsSecret(textField(variable, "name") ?? "") &&
    isVariableName(textField(variable, "name") ?? "") &&
    value !== undefined &&
    value !== "" &&
    !holdsTag(value)
  );
}

function scalar(value: Data | undefined): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
