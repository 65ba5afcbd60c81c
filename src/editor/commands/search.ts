/** How well a name matches a query, smaller is better: equal, prefix, word start, initials, substring; Infinity if not at all. */
export function rankOf(name: string, typed: string): number {
  const [text, wanted] = [name.normalize("NFC").toLowerCase(), typed.normalize("NFC").toLowerCase()];
  if (wanted === "") return 0;
  if (text === wanted) return 0;
  if (text.startsWith(wanted)) return 1;
  const words = text.split(/[\s\-_/:.]+/);
  if (words.some((word) => word.startsWith(wanted))) return 2;
  if (
    words
      .map((word) => word[0] ?? "")
      .join("")
      .startsWith(wanted)
  )
    return 3;
  if (consonants(text).includes(wanted) && /^[ㄱ-ㅎ]+$/.test(wanted)) return 4;
  return text.includes(wanted) ? 5 : Infinity;
}

const first = [..."ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"];

/** Hangul syllables as their first consonants (데이터 → ㄷㅇㅌ); everything else unchanged. */
function consonants(text: string): string {
  return [...text]
    .map((sign) => {
      const code = sign.charCodeAt(0) - 0xac00;
      return code >= 0 && code < 11_172 ? (first[Math.floor(code / 588)] ?? sign) : sign;
    })
    .join("");
}
