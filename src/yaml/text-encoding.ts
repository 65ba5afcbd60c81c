/**
 * Bytes of files to text and back, for the page and the command line alike. A file is read without a question if it is UTF-8, or UTF-16
 * with a byte order mark; the mark stays at the start of the text, and the document remembers which of the two it was. Any other encoding
 * is used only if the user names it, and the file is written back as UTF-8: a wrong guess would corrupt text silently.
 */

/** The encodings in which files are written. */
export type FileEncoding = "utf-8" | "utf-16le" | "utf-16be";

/**
 * The encodings that the user can choose for a file that is not UTF-8, the most common first. UTF-16: for files without a byte order mark.
 */
export const namedEncodings = ["euc-kr", "windows-1252", "iso-8859-1", "shift_jis", "gb18030", "big5", "utf-16le", "utf-16be"] as const;
export type NamedEncoding = (typeof namedEncodings)[number];

/** Why bytes are not read as text. Lines count from 1. */
export type EncodingError =
  /** Not text in any known encoding: a NUL byte, or many bytes that are no characters. */
  | { readonly kind: "binary"; readonly line: number }
  /** Not UTF-8. `byte`: the first invalid byte; `guesses`: encodings in which all of it is text, the most likely first. */
  | { readonly kind: "encoding"; readonly line: number; readonly byte: number; readonly guesses: readonly NamedEncoding[] };

export type Decoded =
  { readonly ok: true; readonly text: string; readonly encoding: FileEncoding } | { readonly ok: false; readonly error: EncodingError };

// Both browsers and Node provide it; this layer is type-checked without either's types.
declare const TextDecoder: new (
  label: string,
  options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

/** The text of a file's bytes, including its byte order mark, or why they cannot be read as text. */
export function decodeText(bytes: Uint8Array): Decoded {
  const marked = markedEncoding(bytes);
  const text = strictly(marked ?? "utf-8", bytes);
  if (text !== undefined && !text.includes("\0")) return { ok: true, text, encoding: marked ?? "utf-8" };
  if (text !== undefined || marked !== undefined) {
    const wide = marked === undefined ? wideGuesses(bytes) : [];
    if (wide.length > 0) return { ok: false, error: { kind: "encoding", line: 1, byte: 0, guesses: wide } };
    return { ok: false, error: { kind: "binary", line: lineAt(bytes, Math.max(0, bytes.indexOf(0))) } };
  }
  const at = firstInvalid(bytes);
  const line = lineAt(bytes, at);
  const wide = wideGuesses(bytes);
  if (wide.length === 0 && isBinary(bytes)) return { ok: false, error: { kind: "binary", line } };
  return { ok: false, error: { kind: "encoding", line, byte: bytes[at] ?? 0, guesses: wide.length > 0 ? wide : guessesOf(bytes) } };
}

/**
 * The text of bytes in a named encoding; undefined if they are not valid in it. Never contains U+FFFD for bytes that could not be decoded.
 */
export function decodeAs(bytes: Uint8Array, encoding: NamedEncoding): string | undefined {
  if (encoding === "iso-8859-1") return singleByte(bytes, []);
  if (encoding === "windows-1252") return singleByte(bytes, windows1252);
  if (encoding === "euc-kr") return korean(bytes);
  return strictly(encoding, bytes);
}

/** The bytes of a text as written to a file. UTF-16 always gets its byte order mark: without one it could not be recognised again. */
export function encodeText(text: string, encoding: FileEncoding): Uint8Array {
  if (encoding === "utf-8") return new TextEncoder().encode(text);
  const marked = text.startsWith("\ufeff") ? text : `\ufeff${text}`;
  const bytes = new Uint8Array(marked.length * 2);
  const high = encoding === "utf-16be" ? 0 : 1;
  for (let index = 0; index < marked.length; index++) {
    const unit = marked.charCodeAt(index);
    bytes[2 * index + high] = unit >> 8;
    bytes[2 * index + 1 - high] = unit & 0xff;
  }
  return bytes;
}

/** Whether a word names an encoding that can be chosen. */
export function isNamedEncoding(word: string): word is NamedEncoding {
  return (namedEncodings as readonly string[]).includes(word);
}

/**
 * The encoding that the byte order mark indicates; the UTF-32 mark begins like a UTF-16 mark and is distinguished by the zeros that follow.
 */
function markedEncoding(bytes: Uint8Array): FileEncoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : undefined;
}

function strictly(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** UTF-16 without a mark shows by zeros in every second byte: most of a pipeline is ASCII. */
function wideGuesses(bytes: Uint8Array): readonly NamedEncoding[] {
  if (bytes.length < 4 || bytes.length % 2 !== 0) return [];
  const zeros = [0, 0];
  bytes.forEach((byte, index) => (zeros[index % 2]! += byte === 0 ? 1 : 0));
  const [even = 0, odd = 0] = zeros;
  const many = bytes.length / 5;
  if (odd > many && even === 0) return ["utf-16le"];
  return even > many && odd === 0 ? ["utf-16be"] : [];
}

/** Text never contains NUL, and seldom other control characters. */
function isBinary(bytes: Uint8Array): boolean {
  let controls = 0;
  for (const byte of bytes) {
    if (byte === 0) return true;
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1b) controls += 1;
  }
  return controls > bytes.length / 50;
}

/** Encodings that fit. A single-byte encoding always fits, so it comes last; strict ones that decode to letters come first. */
function guessesOf(bytes: Uint8Array): readonly NamedEncoding[] {
  const fitting = (["euc-kr", "shift_jis", "gb18030", "big5"] as const).filter((encoding) => decodeAs(bytes, encoding) !== undefined);
  const declared = declaredIn(bytes);
  const all: readonly NamedEncoding[] =
    fitting[0] === "euc-kr" ? ["euc-kr", "windows-1252", ...fitting.slice(1)] : ["windows-1252", ...fitting];
  return declared && (all.includes(declared) || declared === "iso-8859-1") ? [declared, ...all.filter((one) => one !== declared)] : all;
}

/** The encoding that a Python file declares in its first two lines (PEP 263), if it is a known one. */
function declaredIn(bytes: Uint8Array): NamedEncoding | undefined {
  const head = singleByte(bytes.subarray(0, 200), []).split("\n").slice(0, 2).join("\n");
  const named = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/m.exec(head)?.[1]?.toLowerCase().replaceAll("_", "-");
  if (named === undefined) return undefined;
  const known: Readonly<Record<string, NamedEncoding>> = {
    "euc-kr": "euc-kr",
    cp949: "euc-kr",
    "latin-1": "iso-8859-1",
    latin1: "iso-8859-1",
    "iso-8859-1": "iso-8859-1",
    cp1252: "windows-1252",
    "windows-1252": "windows-1252",
    "shift-jis": "shift_jis",
    sjis: "shift_jis",
    gbk: "gb18030",
    gb18030: "gb18030",
    big5: "big5",
  };
  return Object.hasOwn(known, named) ? known[named] : undefined;
}

/** The index of the first byte that is not valid UTF-8 (Unicode, table 3-7). */
function firstInvalid(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] as number;
    const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length === 0) return at;
    const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    for (let more = 1; more < length; more++) {
      const byte = bytes[at + more] ?? 0;
      if (byte < (more === 1 ? low : 0x80) || byte > (more === 1 ? high : 0xbf)) return at;
    }
    at += length;
  }
  return bytes.length;
}

function lineAt(bytes: Uint8Array, at: number): number {
  let line = 1;
  for (let index = 0; index < at; index++) if (bytes[index] === 0x0a) line += 1;
  return line;
}

/** Windows-1252 at 0x80 to 0x9f; the five unassigned bytes are the control characters of ISO 8859-1 (WHATWG). */
const windows1252 = [..."€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ"];

/** Our own tables, since some engines treat Windows-1252 as ISO 8859-1. */
function singleByte(bytes: Uint8Array, upper: readonly string[]): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += 8_192)
    parts.push(Array.from(bytes.subarray(start, start + 8_192), (byte) => upper[byte - 0x80] ?? String.fromCharCode(byte)).join(""));
  return parts.join("");
}

let extension: ReadonlyMap<number, string> | undefined;

/**
 * Windows-949, which is what files called EUC-KR are. Node's decoder supports EUC-KR only, without the 8,822 syllables that Windows added,
 * so those are looked up here: they are all syllables missing from EUC-KR, in Unicode order, assigned to the free bytes.
 */
function korean(bytes: Uint8Array): string | undefined {
  const plain = new TextDecoder("euc-kr", { fatal: true, ignoreBOM: true });
  const pairs = new Map<number, string>();
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] as number;
    if (lead < 0x80) {
      parts.push(String.fromCharCode(lead));
      continue;
    }
    const pair = (lead << 8) | (bytes[++at] ?? 0);
    let found = pairs.get(pair) ?? (extension ??= extendedKorean()).get(pair);
    if (found === undefined) {
      try {
        found = plain.decode(Uint8Array.of(pair >> 8, pair & 0xff));
      } catch {
        return undefined;
      }
      // Two characters: a byte that is a character of its own and another.
      if (found.length !== 1 || found === "\ufffd") return undefined;
      pairs.set(pair, found);
    }
    parts.push(found);
  }
  return parts.join("");
}

function extendedKorean(): ReadonlyMap<number, string> {
  const plain = new TextDecoder("euc-kr", { fatal: true, ignoreBOM: true });
  const known = new Set<string>();
  for (let lead = 0xb0; lead <= 0xc8; lead++)
    for (let trail = 0xa1; trail <= 0xfe; trail++) known.add(plain.decode(Uint8Array.of(lead, trail)));
  // Two symbols added by Windows.
  const found = new Map<number, string>([
    [0xa2e6, "€"],
    [0xa2e7, "®"],
  ]);
  let syllable = 0xac00;
  for (let lead = 0x81; lead <= 0xc6; lead++)
    for (let trail = 0x41; trail <= (lead < 0xa1 ? 0xfe : 0xa0); trail++) {
      if ((trail > 0x5a && trail < 0x61) || (trail > 0x7a && trail < 0x81)) continue;
      while (known.has(String.fromCharCode(syllable))) syllable += 1;
      if (syllable > 0xd7a3) return found;
      found.set((lead << 8) | trail, String.fromCharCode(syllable++));
    }
  return found;
}
