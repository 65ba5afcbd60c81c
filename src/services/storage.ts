import type { DBSchema, IDBPDatabase } from "idb";
import { fingerprint, type PlacesByGraph } from "#editor/places.ts";
import type { Kept, Shelf } from "#editor/ports.ts";

interface Schema extends DBSchema {
  pipelines: { key: string; value: Kept; indexes: { at: number } };
  places: { key: string; value: { readonly text: string; readonly places: PlacesByGraph; readonly at: number }; indexes: { at: number } };
}

const mostPipelines = 30;
const mostPlaces = 200;

/** Pipelines and places of boxes in IndexedDB. The database is opened at the first use; a call that fails tries again next time. */
export function browserShelf(): Shelf {
  let opened: Promise<IDBPDatabase<Schema>> | undefined;
  const database = () => {
    opened ??= import("idb").then(({ openDB }) =>
      openDB<Schema>("dagwright", 1, {
        upgrade(db) {
          db.createObjectStore("pipelines", { keyPath: "id" }).createIndex("at", "at");
          db.createObjectStore("places", { keyPath: "text" }).createIndex("at", "at");
        },
      }),
    );
    opened.catch(() => (opened = undefined));
    return opened;
  };

  return {
    async last() {
      const cursor = await (await database()).transaction("pipelines").store.index("at").openCursor(null, "prev");
      return cursor?.value;
    },
    async list() {
      const all = await (await database()).getAllFromIndex("pipelines", "at");
      return all.reverse().map(({ id, fileName, at }) => ({ id, fileName, at }));
    },
    async read(id) {
      return (await database()).get("pipelines", id);
    },
    async keep(kept) {
      const db = await database();
      const writing = db.transaction(["pipelines", "places"], "readwrite");
      await writing.objectStore("pipelines").put(kept);
      await writing.objectStore("places").put({ text: fingerprint(kept.text), places: kept.places, at: kept.at });
      for (const [store, most] of [
        ["pipelines", mostPipelines],
        ["places", mostPlaces],
      ] as const) {
        let over = (await writing.objectStore(store).count()) - most;
        for (let cursor = over > 0 ? await writing.objectStore(store).index("at").openCursor() : null; cursor && over > 0; over--) {
          await cursor.delete();
          cursor = await cursor.continue();
        }
      }
      await writing.done;
    },
    async placesOf(text) {
      return (await (await database()).get("places", fingerprint(text)))?.places;
    },
  };
}

/** A small choice kept in localStorage, such as theme or language. Where storage is forbidden the choice lasts for the visit. */
export function remembered(key: string): string | undefined {
  try {
    return localStorage.getItem(`dagwright.${key}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a small choice; undefined forgets it. */
export function remember(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(`dagwright.${key}`);
    else localStorage.setItem(`dagwright.${key}`, value);
  } catch {
    // Storage is forbidden here: the choice holds until the page is left.
  }
}
