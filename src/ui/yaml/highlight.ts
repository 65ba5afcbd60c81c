/** A piece of a line and its class in the code: key, string, number, keyword, comment, reference; "" for plain text. */
export interface Piece {
  readonly text: string;
  readonly kind: "ke" | "st" | "nu" | "k" | "cm" | "rf" | "";
}

const keyPattern = /^(\s*(?:- +)*)("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#'"[\]{},&*!|>%@`-][^#]*?|-[^\s#][^#]*?)(:)(?=\s|$)/;
const valuePattern =
  /(\{\{[^}]*\}\})|("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|((?:^|\s)#.*$)|([&*!][^\s,[\]{}]+)|(?<=^|[\s[{,:])(-?\d[\d_.]*(?:e[+-]?\d+)?(?=$|[\s,\]}])|true|false|null|~|yes|no)(?=$|[\s,\]}])/gi;

/**
 * Pieces of one line of YAML. Looks at the line alone: inside block text a line that looks like a key is shown as one, which is usually
 * right for Kubernetes objects.
 */
export function piecesOf(line: string): readonly Piece[] {
  if (/^\s*#/.test(line)) return [{ text: line, kind: "cm" }];
  const key = keyPattern.exec(line);
  if (!key) return valuePieces(line);
  const [, lead = "", name = "", colon = ""] = key;
  return [
    ...(lead ? [{ text: lead, kind: "" } as const] : []),
    { text: name, kind: "ke" },
    { text: colon, kind: "" },
    ...valuePieces(line.slice(lead.length + name.length + colon.length)),
  ];
}

function valuePieces(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(valuePattern)) {
    if (match.index > at) pieces.push({ text: text.slice(at, match.index), kind: "" });
    const kind = match[1] ? "rf" : match[2] ? "st" : match[3] ? "cm" : match[4] ? "k" : /\d/.test(match[0]) ? "nu" : "k";
    pieces.push({ text: match[0], kind });
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), kind: "" });
  return pieces;
}
