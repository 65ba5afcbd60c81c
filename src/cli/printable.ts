/**
 * Makes text from files safe for a terminal. Control characters could move the cursor, set the clipboard or forge lines of our own, and
 * bidirectional controls could show a name in another order: all of them are written as escapes.
 */

/** C0, DEL, C1, line and paragraph separators, bidirectional and other invisible format characters, and halves of surrogate pairs. */
const unprintable =
  /[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** The text on one line, with escapes such as `\n`, `\x1b`, `\u202e` for characters that must not reach the terminal. */
export function printable(text: string): string {
  return text.replace(unprintable, (char) => {
    const code = char.charCodeAt(0);
    return named[char] ?? (code < 256 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`);
  });
}

/** The same for multi-line text such as the help: line feeds are kept. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

/** JSON text whose strings contain no such character: they are written as `\uXXXX`, which parses to the same data. */
export function printableJson(json: string): string {
  // Line feeds of the indentation are outside of strings; inside, JSON.stringify has already escaped them.
  return json.replace(unprintable, (char) => (char === "\n" ? char : `\\u${hex(char.charCodeAt(0), 4)}`));
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}
