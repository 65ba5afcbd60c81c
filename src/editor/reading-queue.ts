import type { PendingWork } from "./pending-work.ts";

/**
 * While a text without known data is being parsed, nothing can be planned: actions in the meantime run afterwards, in their order.
 */
export interface ReadingQueue {
  /** Resolves when the current reading has ended; undefined if nothing is being read. */
  readonly current: () => Promise<boolean> | undefined;
  /** Runs the action now, or after the current reading. */
  run(action: () => void): void;
  /** Begins a reading; resolves with whether the text was read. */
  begin(): Promise<boolean>;
  /** Ends the current reading, if there is one, and runs what waits for it. */
  end(isRead: boolean): void;
}

/** Creates the queue; a reading counts as pending work of the page. */
export function createReadingQueue(pending: PendingWork): ReadingQueue {
  let reading: { readonly promise: Promise<boolean>; readonly resolve: (isRead: boolean) => void } | undefined;
  const actions: (() => void)[] = [];
  return {
    current: () => reading?.promise,
    run(action) {
      if (reading) actions.push(action);
      else action();
    },
    begin() {
      let resolve: (isRead: boolean) => void = () => {};
      const promise = new Promise<boolean>((done) => (resolve = done));
      const done = pending.begin("reading the text");
      reading = {
        promise,
        resolve: (isRead) => {
          done();
          resolve(isRead);
        },
      };
      return promise;
    },
    end(isRead) {
      reading?.resolve(isRead);
      reading = undefined;
      while (!reading && actions.length > 0) actions.shift()?.();
    },
  };
}
