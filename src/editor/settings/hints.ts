import { isVariableName, soundsSecret } from "#kubernetes/names.ts";
import { amountOf, isBelowOneByte, sdkTakes } from "#kubernetes/quantity.ts";
import { type Data, textField } from "#model/data.ts";
import { type Holder, readingOf } from "./access.ts";
import type { Setting } from "./setting.ts";
import { holdsTag } from "./text.ts";
import { setting } from "./table.ts";

/** Something worth knowing of a value that is written as it was typed; `use` is what one click would write instead. */
export interface Hint {
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly level: "warning" | "info";
  readonly use?: string;
}

/** What there is to say of a setting's value: a request above the limit, a quantity that the SDK refuses, memory in parts of a byte. */
export function hintsOf(of: Setting, holder: Holder): readonly Hint[] {
  const reading = readingOf(of, holder);
  const value = scalar(reading.value);
  if (value === undefined || reading.state !== "set" || of.shape.kind !== "quantity" || holdsTag(value)) return [];
  const hints: Hint[] = [];
  const pair = otherSide(of);
  const other = pair && scalar(readingOf(setting(pair), holder).value);
  if (pair && other !== undefined) {
    const [request, limit] = of.path[1] === "requests" ? [value, other] : [other, value];
    if (isAbove(request, limit)) hints.push({ code: "setting-request-above-limit", values: { request, limit }, level: "warning", use: other });
  }
  if (of.shape.of !== "cpu" && isBelowOneByte(value)) hints.push({ code: "setting-below-one-byte", values: { text: value }, level: "warning", use: value.replace(/[num]$/, "Mi") });
  else if (holder.dialect === "kfp" && !sdkTakes(of.shape.of, value)) hints.push({ code: "setting-sdk-refuses", values: { text: value }, level: "info" });
  return hints;
}

function isAbove(request: string, limit: string): boolean {
  const [low, high] = [amountOf(request), amountOf(limit)];
  return low !== undefined && high !== undefined && low > high;
}

/** `cpu-limit` for `cpu-request`, and the other way round. */
function otherSide(of: Setting): string | undefined {
  if (of.path[1] === "requests") return of.id.replace("-request", "-limit");
  return of.path[1] === "limits" && of.shape.kind === "quantity" ? of.id.replace("-limit", "-request") : undefined;
}

/** Whether a variable holds as a literal what by its name should be a secret. */
export function looksSecret(variable: Data): boolean {
  const value = scalar((variable as { readonly value?: Data }).value);
  return soundsSecret(textField(variable, "name") ?? "") && isVariableName(textField(variable, "name") ?? "") && value !== undefined && value !== "" && !holdsTag(value);
}

function scalar(value: Data | undefined): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
