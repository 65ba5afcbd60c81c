import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import type { Point } from "#editor/layout/geometry.ts";
import { useTranslate } from "../use-editor.ts";
import { type Entry, EntryRow } from "./entry-row.tsx";

/** A file may hold a thousand templates, a library as many components; searching is the way to them. */
const entriesAtFirst = 100;

interface Props {
  readonly title: string;
  readonly entries: readonly Entry[];
  readonly inner?: boolean;
  readonly onMenu?: (id: string, screen: Point) => void;
}

/** A section of the palette which can be closed; nothing if it is empty. */
export function Entries({ title, entries, inner, onMenu }: Props) {
  const t = useTranslate();
  const [open, setOpen] = useState(true);
  const [most, setMost] = useState(entriesAtFirst);
  const shown = toldApart(entries).slice(0, most);
  const Chevron = open ? ChevronDown : ChevronRight;
  if (entries.length === 0) return null;
  return (
    <section aria-label={title}>
      <button
        type="button"
        className="list-h"
        style={inner ? { paddingLeft: 24 } : undefined}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Chevron className="i xs" aria-hidden="true" />
        <span className="cut">{title}</span>
        <span className="n">{entries.length}</span>
      </button>
      {open ? shown.map((entry) => <EntryRow key={entry.id} entry={entry} onMenu={onMenu} />) : null}
      {open && entries.length > most ? (
        <button type="button" className="item muted" onClick={() => setMost(entries.length)}>
          {t("problems-more", { n: entries.length - most })}
        </button>
      ) : null}
    </section>
  );
}

/** Entries with a unique name show only their names; equal ones get a number where nothing else distinguishes them. */
function toldApart(entries: readonly Entry[]): readonly Entry[] {
  const count = new Map<string, number>();
  for (const { name } of entries) count.set(name, (count.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const { aside, ...plain } = entry;
    if (count.get(entry.name) === 1) return aside === undefined ? entry : plain;
    const key = `${entry.name}\n${aside ?? ""}`;
    const n = (seen.get(key) ?? 0) + 1;
    seen.set(key, n);
    return n === 1 ? entry : { ...entry, aside: [aside, `(${n})`].filter(Boolean).join(" ") };
  });
}
