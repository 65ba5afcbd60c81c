import { SIMPLE_FROM, type ArrangeRequest, type Arranged, type LayoutService } from "#editor/layout/arrange.ts";
import { arrangedByElk, elkGraphOf } from "#editor/layout/elk.ts";
import { arrangeSimple } from "#editor/layout/layered-layout.ts";

/** Milliseconds after which the simple preset answers instead. */
const PATIENCE = 8000;

/** The part of a Worker that the layout uses; tests pass in their own. */
export interface LayoutWorker {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/**
 * Arranges graphs in a worker that starts with the first request. Large graphs and steps use the simple preset, which needs no worker.
 * Cancelling terminates the worker, since ELK cannot be stopped otherwise; the next request starts a new one.
 */
export function createLayoutService(start: () => LayoutWorker = startWorker): LayoutService {
  let worker: LayoutWorker | undefined;
  let next = 1;
  const waiting = new Map<number, (answer: unknown) => void>();

  const end = () => {
    worker?.terminate();
    worker = undefined;
    for (const give of waiting.values()) give(undefined);
    waiting.clear();
  };
  const ask = (message: object): Promise<unknown> => {
    worker ??= begin(start, waiting, end);
    const id = next++;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      worker!.postMessage({ id, ...message });
    });
  };

  return {
    async arrange(request: ArrangeRequest, signal?: AbortSignal): Promise<Arranged> {
      signal?.throwIfAborted();
      if (request.boxes.length >= SIMPLE_FROM || request.boxes.some((box) => box.stage !== undefined)) return arrangeSimple(request);
      const stop = () => end();
      signal?.addEventListener("abort", stop, { once: true });
      const timer = setTimeout(stop, PATIENCE);
      try {
        if (!worker) void ask({ cmd: "register", algorithms: ["layered"] });
        const answer = await ask({ cmd: "layout", graph: elkGraphOf(request), layoutOptions: {}, options: {} });
        signal?.throwIfAborted();
        return arrangedByElk(request, answer) ?? arrangeSimple(request);
      } catch (error) {
        if (signal?.aborted) throw error;
        return arrangeSimple(request);
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener("abort", stop);
      }
    },
    dispose: end,
  };
}

function begin(start: () => LayoutWorker, waiting: Map<number, (answer: unknown) => void>, end: () => void): LayoutWorker {
  const worker = start();
  worker.onmessage = ({ data }: MessageEvent<{ id: number; data?: unknown }>) => {
    const give = waiting.get(data.id);
    waiting.delete(data.id);
    give?.(data.data);
  };
  worker.onerror = () => end();
  return worker;
}

function startWorker(): LayoutWorker {
  return new Worker(new URL("./layout-worker.ts", import.meta.url), { type: "module", name: "layout" });
}
