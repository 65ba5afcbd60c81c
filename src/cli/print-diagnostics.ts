/** Diagnostics as lines for people and as JSON for programs. */
import type { AnyValues, Diagnostic, Level } from "#diagnostics/diagnostic.ts";
import { printable } from "./printable.ts";
import type { Terminal } from "./terminal.ts";

/** Levels from the most to the least severe. */
export const levels: readonly Level[] = ["error", "cluster", "warning", "info"];

/** A text and its diagnostics. */
export interface FileDiagnostics {
  readonly name: string;
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** A diagnostic in JSON output. Scripts of users read these names. */
export interface DiagnosticRecord {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly level: Level;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly place: readonly (string | number)[];
}

/** Diagnostics with line and column, in the order of the text. */
export function recordsOf(all: readonly FileDiagnostics[], { t }: Pick<Terminal, "t">): readonly DiagnosticRecord[] {
  return all.flatMap(({ name, text, diagnostics }) => {
    const positionOf = positions(text);
    return [...diagnostics]
      .sort((a, b) => (a.span?.[0] ?? 0) - (b.span?.[0] ?? 0))
      .map(({ code, level, values, path, span }): DiagnosticRecord => {
        // Some codes have several causes, with a message for each.
        const cause = `${code}.${(values as AnyValues).problem ?? ""}`;
        const messageCode = t(cause, values) === cause ? code : cause;
        const hint = t(`${messageCode}.hint`, values);
        return {
          file: name,
          ...positionOf(span?.[0] ?? 0),
          level,
          code,
          message: t(messageCode, values),
          ...(hint === `${messageCode}.hint` ? {} : { hint }),
          place: path,
        };
      });
  });
}

/** `file:line:column: level code: message hint`, always one line, whatever the names in it contain. */
export function textOf(record: DiagnosticRecord): string {
  const message = record.hint === undefined ? record.message : `${withFullStop(record.message)} ${record.hint}`;
  return printable(`${record.file}:${record.line}:${record.column}: ${record.level} ${record.code}: ${message}`);
}

function withFullStop(text: string): string {
  return /[.!?:…]$/.test(text) ? text : `${text}.`;
}

/** Prints diagnostics on standard error. */
export function printDiagnostics(all: readonly FileDiagnostics[], terminal: Terminal): void {
  for (const record of recordsOf(all, terminal)) terminal.tell(textOf(record));
}

/** Line and column (from 1, in characters) of offsets into a text. */
function positions(text: string): (offset: number) => { line: number; column: number } {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
