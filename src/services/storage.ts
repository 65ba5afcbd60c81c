import { fingerprint } from "#editor/positions.ts";
import type { EditLog, KeptEntry, LoggedStep, Save, SaveAnswer, DocumentStorage } from "#editor/ports.ts";
import { type Database, database, type Head, type StepRow } from "./database.ts";
import { readStoredPython } from "./stored-python.ts";

/** Above this number of pipelines the oldest are removed, but only those that were exported in their current state. */
const mostPipelines = 200;
const mostPositions = 200;
const everything = ["heads", "pipelines", "drafts", "steps"] as const;

/** Pipelines, their drafts and logs, and box positions in IndexedDB. */
export function browserStorage(): DocumentStorage {
  return {
    async last() {
      const cursor = await (await database()).transaction("heads").store.index("at").openCursor(null, "prev");
      return cursor?.value.id;
    },
    async list() {
      const heads = await (await database()).getAllFromIndex("heads", "at");
      return heads.reverse().map(entryOf);
    },
    async read(id) {
      const reading = (await database()).transaction(["heads", "pipelines", "drafts"]);
      const [head, body, drafts] = await Promise.all([
        reading.objectStore("heads").get(id),
        reading.objectStore("pipelines").get(id),
        reading.objectStore("drafts").get(id),
      ]);
      return (
        head &&
        body && {
          ...body,
          ...(body.python && { python: readStoredPython(body.python) }),
          revision: head.revision,
          ...(drafts && { drafts: drafts.drafts }),
        }
      );
    },
    async readLog(id) {
      const reading = (await database()).transaction(["heads", "steps"]);
      const [head, rows] = await Promise.all([
        reading.objectStore("heads").get(id),
        reading.objectStore("steps").getAll(IDBKeyRange.bound([id, 0], [id, Infinity])),
      ]);
      return head && logOf(head, rows);
    },
    keep: async (save) => {
      const db = await database();
      const answer = await keep(db, save);
      // Occasionally is enough, and the save itself has succeeded.
      if (answer.ok && save.body && answer.revision % 20 === 1) await prune(db).catch(() => undefined);
      return answer;
    },
    async rename(id, fileName) {
      const writing = (await database()).transaction(["heads", "pipelines"], "readwrite");
      const head = await writing.objectStore("heads").get(id);
      const body = await writing.objectStore("pipelines").get(id);
      if (head) await writing.objectStore("heads").put({ ...head, fileName });
      if (body) await writing.objectStore("pipelines").put({ ...body, fileName });
      await writing.done;
    },
    async markExported(id, text) {
      const writing = (await database()).transaction(["heads", "pipelines"], "readwrite");
      const head = await writing.objectStore("heads").get(id);
      const body = await writing.objectStore("pipelines").get(id);
      if (head && body) {
        await writing.objectStore("heads").put({ ...head, isExported: body.text === text });
        await writing.objectStore("pipelines").put({ ...body, exported: text });
      }
      await writing.done;
    },
    async duplicate(id, copy) {
      const writing = (await database()).transaction(["heads", "pipelines", "drafts"], "readwrite");
      const head = await writing.objectStore("heads").get(id);
      const body = await writing.objectStore("pipelines").get(id);
      const drafts = await writing.objectStore("drafts").get(id);
      if (head && body) {
        await writing.objectStore("heads").put({ ...head, ...copy, revision: 1, done: 0 });
        await writing.objectStore("pipelines").put({ ...body, ...copy });
        if (drafts) await writing.objectStore("drafts").put({ ...drafts, id: copy.id });
      }
      await writing.done;
      return head !== undefined && body !== undefined;
    },
    async remove(id) {
      const writing = (await database()).transaction(everything, "readwrite");
      const steps = IDBKeyRange.bound([id, 0], [id, Infinity]);
      const head = await writing.objectStore("heads").get(id);
      const body = await writing.objectStore("pipelines").get(id);
      const drafts = await writing.objectStore("drafts").get(id);
      const rows = await writing.objectStore("steps").getAll(steps);
      await writing.objectStore("heads").delete(id);
      await writing.objectStore("pipelines").delete(id);
      await writing.objectStore("drafts").delete(id);
      await writing.objectStore("steps").delete(steps);
      await writing.done;
      if (!head || !body) return undefined;
      const kept = { ...body, revision: head.revision, ...(drafts && { drafts: drafts.drafts }) };
      return { kept, entry: entryOf(head), log: logOf(head, rows) };
    },
    async restore({ kept, entry, log }) {
      const writing = (await database()).transaction(everything, "readwrite");
      const { revision, drafts, ...body } = kept;
      const { id } = kept;
      // A page that had it open may have stored it again, with later changes.
      if (await writing.objectStore("heads").get(id)) return writing.done;
      await writing.objectStore("heads").put({ ...entry, revision, done: log?.done ?? 0 });
      await writing.objectStore("pipelines").put(body);
      if (drafts) await writing.objectStore("drafts").put({ id, drafts });
      for (const [index, step] of (log?.steps ?? []).entries())
        await writing.objectStore("steps").put({ ...step, pipeline: id, number: (log?.first ?? 0) + index });
      await writing.done;
    },
    async makeRoom(id) {
      const writing = (await database()).transaction("steps", "readwrite");
      const others = [IDBKeyRange.upperBound([id, 0], true), IDBKeyRange.lowerBound([id, Infinity])];
      let count = 0;
      for (const range of others) {
        count += await writing.store.count(range);
        await writing.store.delete(range);
      }
      await writing.done;
      return count > 0;
    },
    async placesOf(text) {
      return (await (await database()).get("places", fingerprint(text)))?.places;
    },
  };
}

/** Writes one save. The revision is compared inside the transaction, so if two pages save at once, one of them gets `conflict`. */
async function keep(db: Database, { id, base, at, body, drafts, log }: Save): Promise<SaveAnswer> {
  const writing = db.transaction([...everything, "places"], "readwrite");
  const heads = writing.objectStore("heads");
  const head = await heads.get(id);
  if (head && head.revision !== base) {
    await writing.done;
    return { ok: false, why: "conflict" };
  }
  if (!head && (!body || base > 0)) {
    await writing.done;
    return { ok: false, why: "incomplete" };
  }
  const revision = base + 1;
  const writes: Promise<unknown>[] = [];
  const previous: Pick<Head, "fileName" | "isExported" | "tasks" | "done"> = head ?? { fileName: "", isExported: false, done: 0 };
  const shown = body && { fileName: body.fileName, isExported: body.text === body.exported, tasks: body.tasks };
  writes.push(heads.put({ ...previous, ...shown, id, at, revision, ...(log && { done: log.done }) }));
  if (body) {
    const { tasks: _, ...rest } = body;
    writes.push(writing.objectStore("pipelines").put({ ...rest, id, at }));
    writes.push(writing.objectStore("places").put({ text: fingerprint(body.text), places: body.places, at }));
  }
  if (drafts) writes.push(writing.objectStore("drafts").put({ id, drafts }));
  else if (drafts === null) writes.push(writing.objectStore("drafts").delete(id));
  if (log) {
    const steps = writing.objectStore("steps");
    if (log.first > 0) writes.push(steps.delete(IDBKeyRange.bound([id, 0], [id, log.first], false, true)));
    writes.push(steps.delete(IDBKeyRange.bound([id, log.from], [id, Infinity])));
    for (const [index, step] of log.steps.entries()) writes.push(steps.put({ ...step, pipeline: id, number: log.from + index }));
  }
  await Promise.all([...writes, writing.done]);
  return { ok: true, revision };
}

/** Removes the oldest positions, and the oldest pipelines whose exported file is current. Whatever is not exported is never removed. */
async function prune(db: Database): Promise<void> {
  const writing = db.transaction([...everything, "places"], "readwrite");
  const heads = writing.objectStore("heads");
  let over = (await heads.count()) - mostPipelines;
  for (let cursor = over > 0 ? await heads.index("at").openCursor() : null; cursor && over > 0; cursor = await cursor.continue()) {
    const { id, isExported } = cursor.value;
    if (!isExported || (await writing.objectStore("drafts").getKey(id)) !== undefined) continue;
    over -= 1;
    await cursor.delete();
    await writing.objectStore("pipelines").delete(id);
    await writing.objectStore("steps").delete(IDBKeyRange.bound([id, 0], [id, Infinity]));
  }
  let overPositions = (await writing.objectStore("places").count()) - mostPositions;
  for (
    let cursor = overPositions > 0 ? await writing.objectStore("places").index("at").openCursor() : null;
    cursor && overPositions > 0;
    overPositions--
  ) {
    await cursor.delete();
    cursor = await cursor.continue();
  }
  await writing.done;
}

function entryOf({ done: _, ...entry }: Head): KeptEntry {
  return entry;
}

function logOf(head: Head, rows: readonly StepRow[]): EditLog {
  const steps = rows.map(({ pipeline: _, number: __, ...step }): LoggedStep => step);
  return { first: rows[0]?.number ?? head.done, done: head.done, steps };
}

/** A small preference in localStorage, such as theme or language. Where storage is forbidden it lasts for the visit. */
export function remembered(key: string): string | undefined {
  try {
    return localStorage.getItem(`dagwright.${key}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Stores a preference; undefined removes it. */
export function remember(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(`dagwright.${key}`);
    else localStorage.setItem(`dagwright.${key}`, value);
  } catch {
    // Storage is forbidden: the preference lasts until the page is left.
  }
}
