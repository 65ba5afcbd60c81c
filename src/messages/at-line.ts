import type { Translate, Values } from "./translate.ts";

interface LineMessage {
  readonly code: string;
  readonly values: Values;
}

/**
 * A message about a place in a text that the reader does not see beside it: "Line 3: …". A message that names its line itself gets no
 * second one in front.
 */
export function atLine(t: Translate, line: number, message: LineMessage): string {
  const text = t(message.code, message.values);
  return namesLine(t, message) ? text : `${t("py-line", { line })}: ${text}`;
}

/** Whether the message itself names the line in `values.line`. */
export function namesLine(t: Translate, { code, values }: LineMessage): boolean {
  return "line" in values && t(code, { ...values, line: "\0" }).includes("\0");
}
