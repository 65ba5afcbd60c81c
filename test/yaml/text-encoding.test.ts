import { describe, expect, it } from "vitest";
import { decodeAs, decodeText, encodeText } from "#yaml/text-encoding.ts";

const utf16 = (text: string, big = false): Uint8Array => {
  const bytes = Buffer.from(text, "utf16le");
  return big ? bytes.swap16() : bytes;
};
const error = (bytes: Uint8Array) => {
  const decoded = decodeText(bytes);
  if (decoded.ok) throw new Error("it was read");
  return decoded.error;
};

describe("a file's bytes", () => {
  it("of UTF-8 are text, the byte order mark included", () => {
    for (const text of ["", "a: 1\n", "\ufeffkind: Workflow\r\n", "# 파이프라인 🚀\n"]) {
      const bytes = Buffer.from(text);
      const decoded = decodeText(bytes);
      expect(decoded).toEqual({ ok: true, text, encoding: "utf-8" });
      expect(Buffer.from(encodeText(text, "utf-8"))).toEqual(bytes);
    }
  });

  it("of UTF-16 with a byte order mark are text, and are written back as they were", () => {
    for (const big of [false, true]) {
      const bytes = utf16("\ufeffkind: Workflow # 값 🚀\n", big);
      const decoded = decodeText(bytes);
      expect(decoded).toEqual({ ok: true, text: "\ufeffkind: Workflow # 값 🚀\n", encoding: big ? "utf-16be" : "utf-16le" });
      expect(Buffer.from(encodeText("\ufeffkind: Workflow # 값 🚀\n", big ? "utf-16be" : "utf-16le"))).toEqual(Buffer.from(bytes));
    }
  });

  it("of UTF-16 keep their byte order mark even if the text lost it", () => {
    expect([...encodeText("a", "utf-16be")]).toEqual([0xfe, 0xff, 0, 0x61]);
  });

  it("in another encoding are refused with the line, the byte, and what fits", () => {
    expect(error(Buffer.from("# one\n# caf\xe9 \xfcber\n", "latin1"))).toEqual({
      kind: "encoding",
      line: 2,
      byte: 0xe9,
      guesses: expect.arrayContaining(["windows-1252"]) as unknown,
    });
    const korean = error(Uint8Array.of(0x61, 0x0a, 0xc7, 0xd1, 0xb1, 0xdb));
    expect(korean).toMatchObject({ kind: "encoding", line: 2, byte: 0xc7 });
    expect(korean.kind === "encoding" && korean.guesses[0]).toBe("euc-kr");
  });

  it("of UTF-16 without a mark are refused with that guess", () => {
    expect(error(utf16("kind: Workflow\n"))).toMatchObject({ kind: "encoding", guesses: ["utf-16le"] });
    expect(error(utf16("kind: Workflow\n", true))).toMatchObject({ kind: "encoding", guesses: ["utf-16be"] });
    expect(decodeAs(utf16("kind: 값\n"), "utf-16le")).toBe("kind: 값\n");
  });

  it("that are no text are called that", () => {
    expect(error(Buffer.from("kind: Workflow\nname: a\0b\n"))).toEqual({ kind: "binary", line: 2 });
    expect(error(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d))).toMatchObject({ kind: "binary" });
    expect(error(Uint8Array.of(0x1f, 0x8b, 8, 1, 2, 3, 4, 5, 0xff, 6)).kind).toBe("binary");
    // UTF-32 begins like UTF-16.
    expect(error(Uint8Array.of(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0)).kind).toBe("binary");
    // Half a character at the end of UTF-16, half a pair within it.
    expect(error(Uint8Array.of(0xff, 0xfe, 0x61)).kind).toBe("binary");
    expect(error(Uint8Array.of(0xff, 0xfe, 0, 0xd8, 0x61, 0)).kind).toBe("binary");
  });

  it.each([
    ["a lone trail", [0x80]],
    ["an overlong slash", [0xc0, 0xaf]],
    ["half of a pair", [0xed, 0xa0, 0x80]],
    ["beyond Unicode", [0xf4, 0x90, 0x80, 0x80]],
    ["a cut character", [0xed, 0x95]],
  ])("never become U+FFFD: %s", (_, wrong) => {
    const found = error(Uint8Array.of(0x61, 0x0a, ...wrong));
    expect(found).toMatchObject({ kind: "encoding", line: 2, byte: wrong[0] });
    if (found.kind === "encoding")
      for (const guess of found.guesses) expect(decodeAs(Uint8Array.of(0x61, ...wrong), guess)).not.toContain("\ufffd");
  });

  it("of a Python file are first tried in the encoding that it declares", () => {
    const bytes = Buffer.concat([Buffer.from("# -*- coding: latin-1 -*-\n# "), Buffer.from([0xc7, 0xd1])]);
    const found = error(bytes);
    expect(found.kind === "encoding" && found.guesses.slice(0, 2)).toEqual(["iso-8859-1", "euc-kr"]);
  });
});

describe("named encodings", () => {
  it("Windows-1252 has its own characters where ISO 8859-1 has controls", () => {
    expect(decodeAs(Uint8Array.of(0x80, 0x93, 0x9f, 0xe9), "windows-1252")).toBe("€“Ÿé");
    expect(decodeAs(Uint8Array.of(0x80, 0xe9), "iso-8859-1")).toBe("\u0080é");
  });

  it("EUC-KR reads the syllables that Windows added, too", () => {
    expect(decodeAs(Uint8Array.of(0x94, 0xee, 0x20, 0xc7, 0xd1), "euc-kr")).toBe("뷁 한");
    expect(decodeAs(Uint8Array.of(0x81, 0x41, 0xc6, 0x52), "euc-kr")).toBe("갂힣");
    for (const wrong of [[0xc6, 0x53], [0xff, 0x41], [0xb0], [0xb0, 0x20], [0xc9, 0x41]])
      expect(decodeAs(Uint8Array.from(wrong), "euc-kr")).toBeUndefined();
  });

  it("EUC-KR has every syllable of Hangul exactly once", () => {
    const found: string[] = [];
    for (let lead = 0x81; lead <= 0xfe; lead++)
      for (let trail = 0x41; trail <= 0xfe; trail++) {
        const character = decodeAs(Uint8Array.of(lead, trail), "euc-kr");
        if (character !== undefined && /^[가-힣]$/.test(character)) found.push(character);
      }
    expect(found).toHaveLength(11_172);
    expect(new Set(found).size).toBe(11_172);
  });
});
