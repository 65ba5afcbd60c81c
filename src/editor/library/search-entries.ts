import { rankOf } from "../commands/search.ts";
import { cardOf, type LibraryEntry } from "./library-entry.ts";

/**
 * The entries that match a search, best first: by name (equal, prefix, word, initials or first consonants, substring), then by the types of
 * ports, then by names of ports, description and origin. All words must match.
 */
export function searchEntries(entries: readonly LibraryEntry[], wanted: string): readonly LibraryEntry[] {
  const words = wanted
    .trim()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return entries;
  const ranked = entries.flatMap((entry) => {
    const rank = Math.max(...words.map((word) => rankOfEntry(entry, word)));
    return rank === Infinity ? [] : [{ entry, rank: Math.min(rank, rankOf(cardOf(entry.spec).name, wanted.trim())) }];
  });
  return ranked.toSorted((a, b) => a.rank - b.rank || Number(b.entry.favourite) - Number(a.entry.favourite)).map(({ entry }) => entry);
}

function rankOfEntry(entry: LibraryEntry, word: string): number {
  const card = cardOf(entry.spec);
  const ports = [...card.inputs, ...card.outputs];
  const byName = rankOf(card.name, word);
  if (byName < Infinity) return byName;
  if (ports.some((port) => port.type !== undefined && rankOf(port.type, word) < Infinity)) return 10;
  if (ports.some((port) => rankOf(port.name, word) < Infinity)) return 11;
  return [card.description, entry.group, entry.origin ?? ""].some((text) => rankOf(text, word) < Infinity) ? 12 : Infinity;
}

/** Entries in the order of the list: groups by name, those without a group first, within a group by name. */
export function grouped(
  entries: readonly LibraryEntry[],
  language: string,
): readonly { readonly group: string; readonly entries: readonly LibraryEntry[] }[] {
  const collator = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
  const groups = new Map<string, LibraryEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.group);
    if (group) group.push(entry);
    else groups.set(entry.group, [entry]);
  }
  return [...groups]
    .toSorted(([a], [b]) => (a === "" ? -1 : b === "" ? 1 : collator.compare(a, b)))
    .map(([group, all]) => ({ group, entries: all.toSorted((a, b) => collator.compare(cardOf(a.spec).name, cardOf(b.spec).name)) }));
}
