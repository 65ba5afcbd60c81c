/**
 * The approximate width of a line of text in pixels, without a browser: boxes get their width from this, so that a worker and a test
 * compute the layout that the page shows. Overestimates by a few percent; text that is cut nevertheless is shown in the tooltip.
 */
export function textWidth(text: string, size: number, face: "ui" | "strong" | "mono" = "ui"): number {
  let ems = 0;
  for (const letter of text) ems += widthOf(letter.codePointAt(0)!, face);
  return ems * size;
}

function widthOf(code: number, face: "ui" | "strong" | "mono"): number {
  if (code >= 0x1100 && (code <= 0x115f || (code >= 0x2e80 && code <= 0xd7ff) || (code >= 0xf900 && code <= 0xffe6))) return 1;
  if (code > 0xffff) return 1.2;
  if (face === "mono") return 0.6;
  const wide = face === "strong" ? 0.04 : 0;
  if (NARROW.has(code)) return 0.3 + wide;
  if (BROAD.has(code)) return 0.86 + wide;
  return (code >= 65 && code <= 90 ? 0.66 : 0.545) + wide;
}

const codes = (letters: string) => new Set([...letters].map((letter) => letter.charCodeAt(0)));
const NARROW = codes("iljftrI1.,:;'|!()[]/ -");
const BROAD = codes("mwMW@%");
