import type { Reader } from "#editor/library/library.ts";
import type { TextKeeper } from "#editor/ports.ts";
import type { Answers, Question, Reply } from "./document-protocol.ts";

/** The text keeper which lives in the document worker; it also reads texts that are not the pipeline's. */
export function documentClient(worker: Worker): TextKeeper & Reader {
  let count = 0;
  const open = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();

  worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
    const waiting = open.get(data.id);
    open.delete(data.id);
    if ("error" in data) waiting?.reject(new Error(data.error));
    else waiting?.resolve(data.answer as never);
  });
  worker.addEventListener("error", (event) => {
    for (const waiting of open.values()) waiting.reject(new Error(event.message || "the document worker could not start"));
    open.clear();
  });

  function ask<Kind extends Question["ask"]>(question: Question & { readonly ask: Kind }): Promise<Answers[Kind]> {
    return new Promise((resolve, reject) => {
      open.set(++count, { resolve, reject });
      worker.postMessage({ id: count, question });
    });
  }

  return {
    open: (text) => ask({ ask: "open", text }),
    patch: (operations) => ask({ ask: "patch", operations }),
    splice: (splices) => ask({ ask: "splice", splices }),
    read: (text, places = []) => ask({ ask: "read", text, places }),
    check: () => ask({ ask: "check" }),
    spans: (places) => ask({ ask: "spans", places }),
    python: (file) => ask({ ask: "python", ...file }),
    pathAt: (offset) => ask({ ask: "path-at", offset }),
  };
}
