/**
 * Text from files on its way to a terminal. Control characters would move the cursor, set the clipboard or forge lines of our own,
 * and bidirectional controls would show a name in another order than it has: all of them are written as escapes.
 */

/** C0, DEL, C1, line and paragraph separators, bidirectional and other invisible format characters, and halves of surrogate pairs. */
const unprintable =
  /[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** The text in one line, with `\n`, `\x1b`, `\u202e` for what a terminal must not see. */
export function printable(text: string): string {
  return text.replace(unprintable, (char) => {
    const code = char.charCodeAt(0);
    return named[char] ?? (code < 256 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`);
  });
}

/** The same for a text of several lines, such as the help: line feeds stay. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

/** JSON text whose strings hold no such character: written as `\uXXXX`, which reads back as the same data. */
export function printableJson(json: string): string {
  // Line feeds of the indentation stand outside of strings; inside, JSON.stringify has escaped them already.
  return json.replace(unprintable, (char) => (char === "\n" ? char : `\\u${hex(char.charCodeAt(0), 4)}`));
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}
