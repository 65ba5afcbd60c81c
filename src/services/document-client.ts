import type { Reader } from "#editor/library/library.ts";
import { MissingPart } from "#editor/missing-part.ts";
import type { TextService } from "#editor/ports.ts";
import type { Answers, Question, Reply } from "./document-protocol.ts";

/** Client of the document worker, which holds the pipeline's text and also parses other texts. */
export function documentClient(worker: Worker): TextService & Reader {
  let count = 0;
  let missing: MissingPart | undefined;
  const open = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();

  worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
    const waiting = open.get(data.id);
    open.delete(data.id);
    if ("error" in data) waiting?.reject(data.isMissing ? new MissingPart(data.error) : new Error(data.error));
    else waiting?.resolve(data.answer as never);
  });
  worker.addEventListener("error", (event) => {
    // A script that cannot be fetched raises an event without a message, and the worker never responds.
    if (!event.message) missing = new MissingPart("the document worker could not start");
    for (const waiting of open.values()) waiting.reject(missing ?? new Error(event.message));
    open.clear();
  });

  function ask<Kind extends Question["ask"]>(question: Question & { readonly ask: Kind }): Promise<Answers[Kind]> {
    if (missing) return Promise.reject(missing);
    return new Promise((resolve, reject) => {
      open.set(++count, { resolve, reject });
      worker.postMessage({ id: count, question });
    });
  }

  return {
    open: (text) => ask({ ask: "open", text }),
    patch: (operations) => ask({ ask: "patch", operations }),
    splice: (splices) => ask({ ask: "splice", splices }),
    read: (text, paths = []) => ask({ ask: "read", text, paths }),
    check: () => ask({ ask: "check" }),
    spans: (paths) => ask({ ask: "spans", paths }),
    python: (file) => ask({ ask: "python", ...file }),
    pathAt: (offset) => ask({ ask: "path-at", offset }),
  };
}
