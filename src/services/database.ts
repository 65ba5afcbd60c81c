import type { DBSchema, IDBPDatabase } from "idb";
import { loadPart } from "#editor/missing-part.ts";
import type { PositionsByGraph } from "#editor/positions.ts";
import type { Drafts, Kept, KeptEntry, LoggedStep } from "#editor/ports.ts";

// The page's IndexedDB database. Lists and leases are read without the texts and drafts are written without them, so each has its own
// store.

export interface Schema extends DBSchema {
  /** One small row per pipeline: what the list shows, the revision, and how many logged steps are applied. */
  heads: { key: string; value: Head; indexes: { at: number } };
  pipelines: { key: string; value: Body; indexes: { at: number } };
  drafts: { key: string; value: { readonly id: string; readonly drafts: Drafts } };
  /** The edit log: one row per step, numbered without gaps. */
  steps: { key: [pipeline: string, number: number]; value: StepRow };
  /** Who edits a pipeline, for browsers without locks. */
  leases: { key: string; value: { readonly id: string; readonly holder: string; readonly until: number } };
  places: {
    key: string;
    value: { readonly text: string; readonly places: PositionsByGraph; readonly at: number };
    indexes: { at: number };
  };
}

export type Body = Omit<Kept, "revision" | "drafts">;
export type Head = KeptEntry & { readonly done: number };
export interface StepRow extends LoggedStep {
  readonly pipeline: string;
  readonly number: number;
}
export type Database = IDBPDatabase<Schema>;

let opened: Promise<Database> | undefined;

/** The database, opened on first use. It is opened again after a failed call or after the browser has closed the connection. */
export function database(): Promise<Database> {
  opened ??= loadPart(() => import("idb")).then(
    ({ openDB }) =>
      new Promise<Database>((resolve, reject) => {
        openDB<Schema>("dagwright", 2, {
          async upgrade(db, old, _, transaction) {
            if (old < 1) {
              db.createObjectStore("pipelines", { keyPath: "id" }).createIndex("at", "at");
              db.createObjectStore("places", { keyPath: "text" }).createIndex("at", "at");
            }
            if (old < 2) {
              const heads = db.createObjectStore("heads", { keyPath: "id" });
              heads.createIndex("at", "at");
              db.createObjectStore("drafts", { keyPath: "id" });
              db.createObjectStore("steps", { keyPath: ["pipeline", "number"] });
              db.createObjectStore("leases", { keyPath: "id" });
              for (let cursor = await transaction.objectStore("pipelines").openCursor(); cursor; cursor = await cursor.continue()) {
                const { id, fileName, at, text, exported } = cursor.value;
                await heads.put({ id, fileName, at, revision: 1, isExported: text === exported, done: 0 });
              }
            }
          },
          // A page of an older version keeps the database open: reported as a failed save, which is retried.
          blocked: () => reject(new Error("another tab holds the database of an older version")),
          blocking: (_, __, event) => (event.target as IDBDatabase | null)?.close(),
          terminated: () => (opened = undefined),
        }).then(resolve, reject);
      }),
  );
  opened.catch(() => (opened = undefined));
  return opened;
}
