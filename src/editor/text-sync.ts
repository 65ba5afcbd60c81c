import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import type { Operation } from "#data/operations.ts";
import { applySplices, invertSplices, type Splice } from "#yaml/text-splice.ts";
import { differenceOf } from "./text-difference.ts";
import type { Opened, TextService } from "./ports.ts";

/**
 * Keeps the text in sync with the data. An edit is on the canvas at once; its text is written by a worker. The queue sends one job after
 * the other, in the order of the user's actions, and records for each part of history which characters it changed, so that undo restores
 * the same bytes.
 */
export interface TextSync {
  /** Starts over with a text that the worker has already opened. */
  reset(text: string): void;
  readonly text: () => string;
  /** Jobs sent or waiting. */
  readonly waiting: () => number;
  /** Writes the operations of a part of history into the text. */
  patch(part: number, operations: readonly Operation[]): void;
  /** Replaces the text, as a part of the history; `read` receives its data, or undefined if the text stays. */
  type(part: number, change: (text: string) => string, read: (opened: Opened | undefined) => void): void;
  /** Removes parts from the text, or applies them again, in the given order. `read` receives the data of the text at once. */
  undo(parts: readonly number[], read?: (opened: Opened) => void): void;
  redo(parts: readonly number[], read?: (opened: Opened) => void): void;
  /** The splices of a part; undefined before it is written. */
  written(part: number): Written | undefined;
  /** Registers a part of an earlier visit. */
  restore(part: number, written: Written): void;
  /** Resolves when no job is waiting. */
  settled(): Promise<void>;
}

/** The splices of a part, in both directions. */
export interface Written {
  readonly forth: readonly Splice[];
  readonly back: readonly Splice[];
}

interface Listener {
  /** The text has changed, or the number of waiting jobs. */
  changed(): void;
  /** The text refused a part. Returns true if queued jobs depend on this one and must be dropped. */
  refused(part: number, diagnostic: Diagnostic): boolean;
  /** The part was written, with notes such as “no longer shared”. */
  reported(notices: readonly Diagnostic[]): void;
  /** The worker itself failed: a bug. */
  broken(error: unknown): void;
}

/** Creates a text sync queue for a text service. */
export function createTextSync(textService: TextService, listener: Listener): TextSync {
  let text = "";
  let jobs: (() => Promise<void>)[] = [];
  let running: Promise<void> | undefined;
  let generation = 0;
  const written = new Map<number, Written>();

  const add = (job: () => Promise<void>) => {
    jobs.push(job);
    running ??= run();
    listener.changed();
  };

  async function run(): Promise<void> {
    // Two actions at the same moment become two jobs before the first is sent, so that a refusal can still drop the second.
    await Promise.resolve();
    while (jobs.length > 0) {
      const here = generation;
      try {
        await (jobs[0] as () => Promise<void>)();
      } catch (error) {
        if (here === generation) {
          jobs = [];
          listener.broken(error);
        }
      }
      if (here === generation) jobs.shift();
      if (jobs.length > 0) listener.changed();
    }
    running = undefined;
    listener.changed();
  }

  const change = async (splices: readonly Splice[], read?: (opened: Opened) => void) => {
    const here = generation;
    const opened = await textService.splice(splices);
    if (here !== generation) return;
    text = applySplices(text, splices);
    if (!read) return;
    listener.changed();
    read(opened);
  };

  return {
    text: () => text,
    waiting: () => jobs.length,
    reset(opened) {
      generation += 1;
      jobs = [];
      written.clear();
      text = opened;
      listener.changed();
    },
    patch(part, operations) {
      add(async () => {
        const here = generation;
        const answer = await textService.patch(operations);
        if (here !== generation) return;
        if (!answer.ok) {
          if (listener.refused(part, answer.diagnostic)) jobs = jobs.slice(0, 1);
          return;
        }
        written.set(part, { forth: answer.splices, back: invertSplices(text, answer.splices) });
        text = applySplices(text, answer.splices);
        listener.reported(answer.notices);
      });
    },
    type(part, change, read) {
      add(async () => {
        const here = generation;
        const wanted = change(text);
        const splices = differenceOf(text, wanted);
        const opened = splices.length === 0 ? undefined : await textService.splice(splices);
        if (here !== generation) return;
        if (opened) {
          written.set(part, { forth: splices, back: invertSplices(text, splices) });
          text = wanted;
          listener.changed();
        }
        read(opened);
      });
    },
    undo(parts, read) {
      if (parts.length > 0)
        add(() =>
          change(
            parts.flatMap((part) => written.get(part)?.back ?? []),
            read,
          ),
        );
    },
    redo(parts, read) {
      if (parts.length > 0)
        add(() =>
          change(
            parts.flatMap((part) => written.get(part)?.forth ?? []),
            read,
          ),
        );
    },
    written: (part) => written.get(part),
    restore: (part, splices) => void written.set(part, splices),
    async settled() {
      while (running) await running;
    },
  };
}
