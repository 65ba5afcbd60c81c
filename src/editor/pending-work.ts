/**
 * Work that has started and not finished: a requested layout, a focus that waits for its element, a part of the page being
 * loaded. The page is idle when none is left; the canvas shows that to tests and scripts.
 */
export interface PendingWork {
  /** Notes that something began; the function returned notes its end, once. `what` is for debugging only. */
  begin(what: string): () => void;
  /** What has not finished yet. */
  now(): readonly string[];
  /** Calls the listener after each beginning and end; returns an unsubscribe function. */
  subscribe(listener: () => void): () => void;
}

export function createPendingWork(): PendingWork {
  const running = new Map<symbol, string>();
  const listeners = new Set<() => void>();
  const tell = () => listeners.forEach((listener) => listener());
  return {
    begin(what) {
      const id = Symbol(what);
      running.set(id, what);
      tell();
      return () => {
        if (running.delete(id)) tell();
      };
    },
    now: () => [...running.values()],
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
