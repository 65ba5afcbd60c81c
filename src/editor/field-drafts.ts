import type { Message } from "./message.ts";
import type { Draft, Session } from "./state.ts";

// Drafts are plain data in the session, by id. An id consists of the owner (task or template id, `workflow N`) and the path of the field,
// joined by a line break, so that it says where the draft belongs.

/** The draft id of a field. */
export function draftId(owner: string, path: string): string {
  return `${owner}\n${path}`;
}

/** The owner and the field path of a draft. */
export function readDraftId(id: string): { readonly owner: string; readonly path: string } {
  const [owner = "", ...rest] = id.split("\n");
  return { owner, path: rest.join("\n") };
}

/** The number of texts that are not part of the document: of fields and rows, and of functions left unfinished. */
export function countUnfinished({ drafts, unfinishedPython }: Pick<Session, "drafts" | "unfinishedPython">): number {
  return Object.keys(drafts).length + Object.keys(unfinishedPython).length;
}

/** Paths of an owner's drafts with a prefix, in the order in which they were started. */
export function draftPaths(drafts: Session["drafts"], owner: string, prefix: string): readonly string[] {
  const start = draftId(owner, prefix);
  return Object.keys(drafts).flatMap((id) => (id.startsWith(start) ? [readDraftId(id).path] : []));
}

/** The path for a further row of a list: the prefix and the first number that no draft uses. */
export function freeRowPath(drafts: Session["drafts"], owner: string, prefix: string): string {
  const taken = new Set(draftPaths(drafts, owner, prefix));
  let n = 1;
  while (taken.has(`${prefix}${n}`)) n += 1;
  return `${prefix}${n}`;
}

/** The drafts after a row of a list was removed: its own are removed, those of later rows move with their row. */
export function draftsWithoutRow(drafts: Session["drafts"], owner: string, list: string, index: number): Session["drafts"] {
  const moved = Object.entries(drafts).flatMap(([id, draft]): readonly (readonly [string, Draft])[] => {
    const path = readDraftId(id);
    const found = path.owner === owner ? rowOf(path.path, list) : undefined;
    if (!found || found.index < index) return [[id, draft]];
    return found.index === index ? [] : [[draftId(owner, `${found.head}${found.index - 1}${found.rest}`), draft]];
  });
  return Object.fromEntries(moved);
}

function rowOf(path: string, list: string): { readonly head: string; readonly index: number; readonly rest: string } | undefined {
  const head = ["cell", "list", "yaml"].map((kind) => `${kind}-${list}-`).find((one) => path.startsWith(one));
  if (head === undefined) return undefined;
  const digits = /^\d+(?=\/|$)/.exec(path.slice(head.length))?.[0];
  return digits === undefined ? undefined : { head, index: Number(digits), rest: path.slice(head.length + digits.length) };
}

/** The texts of a row by the ids of its parts. */
export type RowValues = Readonly<Record<string, string>>;

/** One text of a row that is being filled. */
export interface RowPart {
  readonly id: string;
  readonly label: Message;
  readonly placeholder?: string;
  /** Why a text cannot be used; undefined: it can. */
  readonly error?: (text: string) => { readonly reason: Message; readonly suggest?: string } | undefined;
  /** Empty is legal here, but has to be confirmed. */
  readonly mayBeEmpty?: boolean;
  /** Optional in the row. */
  readonly isOptional?: boolean;
}

/** What prevents a row from being written: the part, the reason, the likely intention. */
export interface RowError {
  readonly part: string;
  readonly reason: Message;
  readonly suggest?: string;
  /** The part is empty, which is allowed if confirmed. */
  readonly mayBeEmpty?: boolean;
}

/** The first thing that prevents a row from being written; undefined: it is complete. */
export function rowError(parts: readonly RowPart[], values: RowValues): RowError | undefined {
  for (const part of parts) {
    const text = values[part.id] ?? "";
    if (text === "" && part.isOptional) continue;
    if (text === "")
      return { part: part.id, reason: { code: "row-missing", values: {} }, ...(part.mayBeEmpty ? { mayBeEmpty: true } : {}) };
    const error = part.error?.(text);
    if (error) return { part: part.id, reason: error.reason, ...(error.suggest === undefined ? {} : { suggest: error.suggest }) };
  }
  return undefined;
}
