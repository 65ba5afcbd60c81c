import type { Path } from "#data/data.ts";
import { locate } from "../spans.ts";
import { inlineText, jsonText, quoted } from "../quoting.ts";
import type { YamlEntry } from "../tree.ts";
import { takeOut } from "./entries.ts";
import { isJson, layoutAround } from "./layout.ts";
import { change, type Session } from "./session.ts";

/** Renames a key and keeps its quotes. Of a repeated key the last one is renamed; the others, which never counted, are removed. */
export function renameEntry(session: Session, path: Path, key: string): void {
  const old = path.at(-1);
  for (let round = 0; round < 1000; round++) {
    const { spots, rest } = locate(session.source, path.slice(0, -1));
    const spot = spots.at(-1);
    if (rest.length > 0 || spot?.node.kind !== "map") return;
    const { entries, style } = spot.node;
    const indexes = entries.flatMap((entry, index) => (entry.key === old && !entry.merge ? [index] : []));
    if (indexes.length > 1) {
      change(session, takeOut(session.source, spots, indexes[0] as number));
      continue;
    }
    const entry = entries[indexes[0] ?? -1];
    if (!entry) return;
    const start = spot.start + entry.keyStart;
    const { quote } = layoutAround(spots);
    const text = isJson(spots) ? jsonText(key) : keyText(entry, key, { flow: style !== "block", quote });
    const anchor = entry.keyNode.anchor === undefined ? "" : `&${entry.keyNode.anchor} `;
    change(session, [{ start, end: start + entry.keyNode.length, text: anchor + text }]);
    return;
  }
}

function keyText({ keyNode }: YamlEntry, key: string, options: { flow: boolean; quote: "single" | "double" }): string {
  if (keyNode.kind === "scalar" && (keyNode.style === "single" || keyNode.style === "double")) return quoted(key, keyNode.style);
  return inlineText(key, options);
}
