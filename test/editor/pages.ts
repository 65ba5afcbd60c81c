import { createEditor, type Editor } from "#editor/editor.ts";
import { fetchPlanner } from "#editor/load-planner.ts";
import type { Tabs } from "#editor/ports.ts";
import { type Channel, type EditLocks, type Lease, leaseLocks, type Leases, type TabMessage, tabsOver } from "#services/tabs.ts";
import { memoryStorage, outsideHere } from "./outside.ts";

// A browser in memory: several pages over one storage, with locks and messages between them.

interface Holder {
  readonly page: object;
  readonly lost: () => void;
}

/** Locks as the browser has them: a queue per name, and stealing. `crash` releases all locks of a page. */
export function memoryLocks() {
  const holders = new Map<string, Holder>();
  const queues = new Map<string, ((holder: Holder) => boolean)[]>();
  const next = (id: string) => {
    holders.delete(id);
    const queue = queues.get(id) ?? [];
    while (queue.length > 0 && !holders.has(id)) queue.shift()?.(undefined as never);
  };
  const take = (id: string, holder: Holder) => {
    holders.set(id, holder);
    return {
      release() {
        if (holders.get(id) === holder) next(id);
      },
    };
  };
  return {
    crash(page: object) {
      for (const [id, holder] of holders) if (holder.page === page) next(id);
    },
    of: (page: object): EditLocks => ({
      tryTake: async (id, lost) => (holders.has(id) ? undefined : take(id, { page, lost })),
      wait: (id, lost, signal) =>
        new Promise((resolve) => {
          signal.addEventListener("abort", () => resolve(undefined));
          const give = () => {
            if (!signal.aborted) resolve(take(id, { page, lost }));
            return true;
          };
          if (holders.has(id)) queues.set(id, [...(queues.get(id) ?? []), give]);
          else give();
        }),
      async steal(id, lost) {
        const former = holders.get(id);
        const held = take(id, { page, lost });
        former?.lost();
        return held;
      },
    }),
  };
}

/** Channels that pass messages on a moment later, to all pages but the sender. */
export function memoryChannels(): () => Channel {
  const pages = new Set<Set<(message: TabMessage) => void>>();
  return () => {
    const mine = new Set<(message: TabMessage) => void>();
    pages.add(mine);
    return {
      post(message) {
        for (const page of pages) if (page !== mine) queueMicrotask(() => [...page].forEach((heard) => heard(structuredClone(message))));
      },
      listen(heard) {
        mine.add(heard);
        return () => void mine.delete(heard);
      },
    };
  };
}

/** A table of leases in memory. */
export function memoryLeases(): Leases {
  const leases = new Map<string, Lease>();
  return {
    async take(lease, now, steal) {
      const found = leases.get(lease.id);
      if (!steal && found && found.until >= now && found.holder !== lease.holder) return found;
      leases.set(lease.id, lease);
      return lease;
    },
    async drop(id, holder) {
      if (leases.get(id)?.holder === holder) leases.delete(id);
    },
  };
}

/** A browser whose pages share pipelines. `how`: what its pages agree with on who edits. */
export function memoryBrowser(how: "locks" | "leases" = "locks") {
  const storage = memoryStorage();
  const locks = memoryLocks();
  const channel = memoryChannels();
  const leases = memoryLeases();
  let clock = 1_000;
  return {
    storage,
    crash: locks.crash,
    /** A page with nothing open. */
    async page(): Promise<Editor> {
      const page = {};
      const tabs: Tabs = tabsOver(how === "locks" ? locks.of(page) : leaseLocks(leases, () => Date.now()), channel());
      const outside = { ...outsideHere(undefined, storage), tabs, now: () => ++clock, page };
      const editor = createEditor(outside, {
        language: "en",
        theme: "light",
        panels: { left: "palette", right: "inspector", bottom: undefined, dialog: undefined },
      });
      await fetchPlanner();
      return editor;
    },
    /** Ends a page without notice, as a crash does. */
    end: (editor: Editor) => locks.crash((editor.outside as unknown as { readonly page: object }).page),
  };
}
