import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import type { Point } from "#editor/layout/places.ts";
import { useSay } from "../use-editor.ts";
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
  const say = useSay();
  const [open, setOpen] = useState(true);
  const [most, setMost] = useState(entriesAtFirst);
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
      {open ? entries.slice(0, most).map((entry) => <EntryRow key={entry.id} entry={entry} onMenu={onMenu} />) : null}
      {open && entries.length > most ? (
        <button type="button" className="item muted" onClick={() => setMost(entries.length)}>
          {say("problems-more", { n: entries.length - most })}
        </button>
      ) : null}
    </section>
  );
}
