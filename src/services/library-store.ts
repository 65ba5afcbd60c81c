import type { DBSchema, IDBPDatabase } from "idb";
import type { LibraryEntry } from "#editor/library/library-entry.ts";
import type { LibraryStorage } from "#editor/library/library.ts";

interface Schema extends DBSchema {
  components: { key: string; value: LibraryEntry };
}

/** The component library in IndexedDB, in a database of its own. After a failed call the next one opens it again. */
export function browserLibrary(): LibraryStorage {
  let opened: Promise<IDBPDatabase<Schema>> | undefined;
  const database = () => {
    opened ??= import("idb").then(({ openDB }) =>
      openDB<Schema>("dagwright-library", 1, {
        upgrade(db) {
          db.createObjectStore("components", { keyPath: "id" });
        },
      }),
    );
    opened.catch(() => (opened = undefined));
    return opened;
  };
  return {
    async all() {
      return (await database()).getAll("components");
    },
    async put(entries) {
      const writing = (await database()).transaction("components", "readwrite");
      await Promise.all(entries.map((entry) => writing.store.put(entry)));
      await writing.done;
    },
    async remove(id) {
      await (await database()).delete("components", id);
    },
  };
}
