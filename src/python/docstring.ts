/**
 * Docstrings in the four common styles: Google, reST, NumPy and epydoc. Returns the summary and a text per parameter, which become the
 * descriptions of the component and of its inputs and outputs.
 */
export interface Docstring {
  /** The first line. */
  readonly summary?: string;
  /** Everything before the first section. */
  readonly description: string;
  /** By parameter name; line breaks are kept. */
  readonly parameters: ReadonlyMap<string, string>;
}

const argumentSections = /^(args|arguments|parameters|params|keyword args|keyword arguments|other parameters|attributes)$/i;
const otherSections =
  /^(returns?|yields?|raises?|except|exceptions|examples?|notes?|annotations|see also|references|warnings?|warns|attributes|methods|todo)$/i;

/** Parses a docstring's text, without its quotes. */
export function readDocstring(text: string): Docstring {
  const lines = cleaned(text);
  const parameters = new Map<string, string>();
  for (const [name, description] of [...googleParameters(lines), ...numpyParameters(lines), ...fieldParameters(lines)]) {
    if (description !== "" && !parameters.has(name)) parameters.set(name, description);
  }
  const end = lines.findIndex((line, index) => isGoogleHeader(line) || isNumpyHeader(lines, index) || fieldLine.test(line));
  const description = (end < 0 ? lines : lines.slice(0, end)).join("\n").trim();
  const summary = description.split("\n")[0]?.trim();
  return { summary: summary === "" ? undefined : summary, description, parameters };
}

/** The lines without the indentation shared by all but the first. */
function cleaned(text: string): readonly string[] {
  const lines = text.replace(/\t/g, "        ").split(/\r?\n/);
  const common = commonIndent(lines.slice(1));
  const dedented = lines.map((line, index) => (index === 0 ? line.trimStart() : line.slice(Math.min(common, indentOf(line)))).trimEnd());
  const first = dedented.findIndex((line) => line !== "");
  return first < 0 ? [] : dedented.slice(first);
}

/** The indentation shared by all lines that are not blank. */
function commonIndent(lines: readonly string[]): number {
  const least = lines.reduce((found, line) => (line.trim() === "" ? found : Math.min(found, indentOf(line))), Infinity);
  return least === Infinity ? 0 : least;
}

/** The lines from an index up to the first one that ends the block. A docstring may have 200,000 lines, so none is visited repeatedly. */
function linesUntil(lines: readonly string[], from: number, isEnd: (line: string, index: number) => boolean): readonly string[] {
  let end = from;
  while (end < lines.length && !isEnd(lines[end] as string, end)) end += 1;
  return lines.slice(from, end);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function isGoogleHeader(line: string): boolean {
  const title = /^(\S.*):$/.exec(line)?.[1];
  return title !== undefined && (argumentSections.test(title) || otherSections.test(title));
}

function isNumpyHeader(lines: readonly string[], index: number): boolean {
  const title = lines[index] ?? "";
  return (argumentSections.test(title) || otherSections.test(title)) && /^-{3,}$/.test(lines[index + 1] ?? "");
}

/** `Args:`, and indented below it `name (type): text`, continued by deeper lines. */
function googleParameters(lines: readonly string[]): readonly (readonly [string, string])[] {
  return lines.flatMap((line, index) => {
    if (!/:$/.test(line) || !argumentSections.test(line.slice(0, -1))) return [];
    const section = linesUntil(lines, index + 1, (next) => next !== "" && indentOf(next) === 0);
    return items(section, commonIndent(section), /^\s*\*{0,2}([\p{L}_][\p{L}\p{N}_]*)\s*(?:\(.*?\)\s*)?:\s*(.*)$/u);
  });
}

/** `Parameters` underlined, then `name : type` at the margin with the text indented below. */
function numpyParameters(lines: readonly string[]): readonly (readonly [string, string])[] {
  return lines.flatMap((line, index) => {
    if (!argumentSections.test(line) || !isNumpyHeader(lines, index)) return [];
    const section = linesUntil(lines, index + 2, (_, at) => isNumpyHeader(lines, at));
    return section.flatMap((head, at) => {
      if (head === "" || indentOf(head) > 0) return [];
      const description = paragraph(linesUntil(section, at + 1, (one) => one !== "" && indentOf(one) === 0));
      const names = (head.split(":")[0] ?? "").split(",").map((name) => name.trim().replace(/^\*+/, ""));
      return names.filter((name) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)).map((name) => [name, description] as const);
    });
  });
}

const fieldLine = /^[:@][a-z][^:]*:/i;
/** The words between `:param` or `@param` and the next colon, of which the last is the name, and the text. */
const parameterField = /^(?::(?:param|parameter|arg|argument|key|keyword)|@(?:param|keyword))\s([^:]*):(.*)$/;

/** reST `:param type name: text` and epydoc `@param name: text`, continued by indented lines. */
function fieldParameters(lines: readonly string[]): readonly (readonly [string, string])[] {
  return lines.flatMap((line, index) => {
    const found = parameterField.exec(line);
    const [, words = "", text = ""] = found ?? [];
    const name =
      words
        .trim()
        .split(/\s+/)
        .at(-1)
        ?.replace(/^\*{1,2}/, "") ?? "";
    if (!found || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) return [];
    return [[name, paragraph([text.trim(), ...linesUntil(lines, index + 1, (next) => next === "" || indentOf(next) === 0)])] as const];
  });
}

function items(section: readonly string[], indent: number, head: RegExp): readonly (readonly [string, string])[] {
  return section.flatMap((line, index) => {
    const found = indentOf(line) === indent ? head.exec(line) : null;
    if (!found) return [];
    const below = linesUntil(section, index + 1, (next) => next !== "" && indentOf(next) <= indent);
    return [[found[1] as string, paragraph([found[2] as string, ...below])] as const];
  });
}

/** Lines without their common indentation and without blank lines at the ends. */
function paragraph(lines: readonly string[]): string {
  const [first = "", ...rest] = lines;
  const common = commonIndent(rest);
  return [first.trim(), ...rest.map((line) => line.slice(Math.min(common, indentOf(line))))].join("\n").trim();
}
