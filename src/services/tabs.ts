import type { Seat, StoredChange, Tabs } from "#editor/ports.ts";
import { database } from "./database.ts";

// Decides which page of this browser edits a pipeline. The right to edit is a lock; everything else is communicated over a channel. A lock
// can be stolen or expire while its holder sleeps, so nothing relies on it alone: saves also compare revisions (storage.ts).

/** The right to edit one pipeline, held until it is released or lost. */
export interface Held {
  release(): void;
}

/** Locks by pipeline id. `lost` is called if another page takes the lock by force. */
export interface EditLocks {
  /** Takes the lock if it is free. */
  tryTake(id: string, lost: () => void): Promise<Held | undefined>;
  /** Waits for the lock; undefined if the signal aborts the wait. */
  wait(id: string, lost: () => void, signal: AbortSignal): Promise<Held | undefined>;
  /** Takes the lock even if another page holds it. */
  steal(id: string, lost: () => void): Promise<Held>;
}

/** Messages to the other pages. */
export interface Channel {
  post(message: TabMessage): void;
  /** Calls back for each message of another page; returns an unsubscribe function. */
  listen(heard: (message: TabMessage) => void): () => void;
}

export type TabMessage =
  | { readonly kind: "saved"; readonly id: string; readonly revision: number }
  /** A page wants to edit; the page that edits has to save and answer `free`. */
  | { readonly kind: "wanted"; readonly id: string; readonly by: string }
  | { readonly kind: "free"; readonly id: string; readonly to: string }
  /** The page that edits has to make a change, save it, and answer `done`. */
  | { readonly kind: "asked"; readonly id: string; readonly by: string; readonly change: StoredChange }
  | { readonly kind: "done"; readonly id: string; readonly to: string }
  | { readonly kind: "removed" | "restored"; readonly id: string };

/** How long the editing page has to save and answer, in milliseconds. */
const answerWithin = 3_000;

/** Seats built on locks and a channel. */
export function tabsOver(locks: EditLocks, channel: Channel): Tabs {
  return {
    async join(id, listener) {
      const me = `${Math.random().toString(36).slice(2)}${Math.random().toString(36).slice(2)}`;
      let held: Held | undefined;
      let waiting: AbortController | undefined;
      let isGone = false;

      const lost = () => {
        if (isGone || !held) return;
        held = undefined;
        listener.lost();
        wait();
      };
      function wait(): void {
        if (isGone || held || waiting) return;
        const mine = new AbortController();
        waiting = mine;
        locks.wait(id, lost, mine.signal).then(
          (got) => {
            if (waiting === mine) waiting = undefined;
            if (!got) return;
            if (isGone || mine.signal.aborted) return got.release();
            held = got;
            listener.granted();
          },
          () => {
            if (waiting === mine) waiting = undefined;
          },
        );
      }
      async function handOver(to: string): Promise<void> {
        const mine = held;
        if (!mine) return;
        await listener.handOver();
        if (held !== mine) return;
        held = undefined;
        channel.post({ kind: "free", id, to });
        mine.release();
        wait();
      }

      const stopListening = channel.listen((message) => {
        if (message.id !== id) return;
        if (message.kind === "saved") {
          const mine = held;
          // Only the page that holds the lock saves, so this page has lost it without an event.
          if (mine) {
            lost();
            mine.release();
          } else listener.saved(message.revision);
        }
        if (message.kind === "wanted" && message.by !== me) void handOver(message.by);
        if (message.kind === "asked" && held) {
          const { by, change } = message;
          void listener.asked(change).then(() => channel.post({ kind: "done", id, to: by }));
        }
        if (message.kind === "removed") listener.removed();
        if (message.kind === "restored") listener.restored();
      });
      /** Sends a question to the page that edits; resolves with whether it has answered in time. */
      const request = (question: TabMessage, answer: "free" | "done") =>
        new Promise<boolean>((resolve) => {
          const late = setTimeout(() => end(false), answerWithin);
          const stop = channel.listen((message) => {
            if (message.kind === answer && message.id === id && message.to === me) end(true);
          });
          function end(isAnswered: boolean) {
            clearTimeout(late);
            stop();
            resolve(isAnswered);
          }
          channel.post(question);
        });
      held = await locks.tryTake(id, lost);
      if (!held) wait();

      const seat: Seat = {
        isEditing: () => held !== undefined,
        saved: (revision) => channel.post({ kind: "saved", id, revision }),
        async takeOver() {
          if (held) return;
          await request({ kind: "wanted", id, by: me }, "free");
          waiting?.abort();
          waiting = undefined;
          // The lock may have been granted in the meantime.
          held ??= await locks.steal(id, lost);
        },
        ask: (change) => request({ kind: "asked", id, by: me, change }, "done"),
        tell: (what) => channel.post({ kind: what, id }),
        leave() {
          isGone = true;
          stopListening();
          waiting?.abort();
          held?.release();
          held = undefined;
        },
      };
      return seat;
    },
  };
}

/** The pages of this browser: Web Locks in a secure context, otherwise leases in IndexedDB. */
export function browserTabs(): Tabs {
  // Plain http inside a cluster is not a secure context and has no locks.
  const locks = typeof navigator.locks === "object" ? webLocks(navigator.locks) : leaseLocks(databaseLeases(), () => Date.now());
  return tabsOver(locks, broadcast());
}

function broadcast(): Channel {
  const channel = new BroadcastChannel("dagwright");
  return {
    post: (message) => channel.postMessage(message),
    listen(heard) {
      const hear = ({ data }: MessageEvent<TabMessage>) => heard(data);
      channel.addEventListener("message", hear);
      return () => channel.removeEventListener("message", hear);
    },
  };
}

/** Browser locks: released automatically when a page is gone. */
export function webLocks(locks: LockManager): EditLocks {
  function request(id: string, options: LockOptions, lost: () => void): Promise<Held | undefined> {
    return new Promise((resolve, reject) => {
      let isHeld = false;
      locks
        .request(`dagwright-pipeline-${id}`, options, (lock) => {
          if (!lock) return resolve(undefined);
          isHeld = true;
          return new Promise<void>((release) => resolve({ release }));
        })
        // A request rejects when it is aborted, or when another page steals the lock.
        .catch((error: unknown) => {
          if (isHeld) lost();
          else reject(error instanceof Error ? error : new Error(String(error)));
        });
    });
  }
  return {
    tryTake: (id, lost) => request(id, { ifAvailable: true }, lost),
    wait: (id, lost, signal) => request(id, { signal }, lost),
    steal: (id, lost) => request(id, { steal: true }, lost) as Promise<Held>,
  };
}

export interface Lease {
  readonly id: string;
  readonly holder: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** A table of leases shared by all pages. */
export interface Leases {
  /**
   * Writes the lease if there is none, an expired one, or one of the same holder; with `steal` in any case. Returns the lease in force.
   */
  take(lease: Lease, now: number, steal: boolean): Promise<Lease>;
  drop(id: string, holder: string): Promise<void>;
}

const renewEvery = 2_000;
const lastsFor = 6_000;
const askEvery = 500;

/** Locks made of leases, renewed every two seconds and lost after six. */
export function leaseLocks(leases: Leases, now: () => number): EditLocks {
  async function take(id: string, lost: () => void, steal: boolean): Promise<Held | undefined> {
    const holder = Math.random().toString(36).slice(2);
    const lease = () => ({ id, holder, until: now() + lastsFor });
    const inForce = await leases.take(lease(), now(), steal);
    if (inForce.holder !== holder) return undefined;
    const renewing = setInterval(() => {
      // A failed renewal is retried; if the lease expires in the meantime, the next renewal finds out.
      void leases.take(lease(), now(), false).then(
        (found) => {
          if (found.holder === holder) return;
          clearInterval(renewing);
          lost();
        },
        () => undefined,
      );
    }, renewEvery);
    const drop = () => void leases.drop(id, holder).catch(() => undefined);
    // A reloaded page need not wait for its own lease to expire.
    if (typeof addEventListener === "function") addEventListener("pagehide", drop);
    return {
      release() {
        clearInterval(renewing);
        if (typeof removeEventListener === "function") removeEventListener("pagehide", drop);
        drop();
      },
    };
  }
  return {
    tryTake: (id, lost) => take(id, lost, false),
    async wait(id, lost, signal) {
      while (!signal.aborted) {
        await new Promise((resolve) => setTimeout(resolve, askEvery));
        const held = signal.aborted ? undefined : await take(id, lost, false).catch(() => undefined);
        if (held) return held;
      }
      return undefined;
    },
    steal: (id, lost) => take(id, lost, true) as Promise<Held>,
  };
}

function databaseLeases(): Leases {
  return {
    async take(lease, now, steal) {
      const { store, done } = (await database()).transaction("leases", "readwrite");
      const found = await store.get(lease.id);
      const isFree = steal || !found || found.until < now || found.holder === lease.holder;
      if (isFree) await store.put(lease);
      await done;
      return isFree || !found ? lease : found;
    },
    async drop(id, holder) {
      const { store, done } = (await database()).transaction("leases", "readwrite");
      if ((await store.get(id))?.holder === holder) await store.delete(id);
      await done;
    },
  };
}
