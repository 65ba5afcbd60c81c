import { type Data, type Path, valueAt } from "#data/data.ts";
import type { Operation } from "#data/operations.ts";
import { locate, type Spot } from "../spans.ts";
import type { YamlList } from "../tree.ts";
import { addItemText, floorOf, ownedEnd, ownedLines } from "./entries.ts";
import { shiftLines } from "./lines.ts";
import { change, type Session } from "./session.ts";
import { sharesWithin } from "./sharing.ts";

/** The edits to which a move falls back. */
interface Edits {
  readonly insert: (session: Session, holder: Path, index: number, value: Data) => void;
  readonly remove: (session: Session, path: Path) => void;
}

/** Moves an item of a list with its comments, as it is, to another position in a list. */
export function moveItem(session: Session, operation: Operation & { op: "move" }, edits: Edits): void {
  const { path, to } = operation;
  const value = valueAt(session.source.stream as Data, path) as Data;
  const lines = itemLines(session, path);
  edits.remove(session, path);
  const holder = to.slice(0, -1);
  const { spots, rest } = locate(session.source, holder);
  const list = spots.at(-1)?.node;
  const index = to.at(-1) as number;
  const isBlock = list?.kind === "list" && list.style === "block" && list.items.length > 0;
  if (rest.length > 0 || !isBlock || !lines) return edits.insert(session, holder, index, value);
  const text = shiftLines(lines.text, list.column - lines.column);
  return change(session, addItemText(session.source, spots, index, text.slice(list.column)));
}

/** The lines of a block list's item, its comments included, without the last line break; undefined if it does not occupy whole lines. */
function itemLines(session: Session, path: Path): { text: string; column: number } | undefined {
  const { spots, rest } = locate(session.source, path);
  const holder = spots.at(-2) as (Spot & { node: YamlList }) | undefined;
  const own = spots.at(-1)?.holder;
  if (rest.length > 0 || !holder || !own || !("item" in own) || own.list.style !== "block" || sharesWithin(own.item.value))
    return undefined;
  const { text } = session.source;
  const floor = floorOf(text, own.list, holder.start, own.index);
  const owned = ownedLines(text, { node: own.list, start: holder.start, child: own.item, floor });
  const end = own.item.value.length > 0 ? holder.start + own.item.valueStart + own.item.value.length : holder.start + own.item.start + 1;
  const written = text.slice(owned.start, ownedEnd(text, end, own.list.column));
  return { text: owned.whole ? written : " ".repeat(own.list.column) + written, column: own.list.column };
}
