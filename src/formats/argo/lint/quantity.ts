import { amountOf as amountOfText, isQuantity as isPlainQuantity } from "#kubernetes/quantity.ts";

/** Without its sign: the decoder takes a negative quantity, a form does not. */
const unsigned = (text: string): string => text.replace(/^-(?=[\d.])/, "");

/** Whether a value is a quantity such as 500m, 2Gi, 0.5 or 1e3; text with a tag is not. */
export function isQuantity(value: string | number): boolean {
  return typeof value === "number" ? Number.isFinite(value) : isPlainQuantity(unsigned(value));
}

/** A quantity in its base unit; undefined if it is invalid. Precise enough for comparison, not for addition. */
export function amountOf(value: string | number): number | undefined {
  if (typeof value === "number") return value;
  const amount = amountOfText(unsigned(value));
  return amount !== undefined && value.startsWith("-") ? -amount : amount;
}
