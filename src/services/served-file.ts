import type { SaveHow, SaveResult, ServedFile, ServedProblem } from "#editor/ports.ts";

/**
 * The file of `dagwright open FILE`: the command serves this page on the loopback interface and states in its head that there is a file.
 * Without that no request is made. The session cookie proves that the page was opened by the printed address.
 */
export function servedFile() {
  const isServed = document.querySelector('meta[name="dagwright-file"]') !== null;
  return {
    async read(): Promise<ServedFile | ServedProblem | undefined> {
      if (!isServed) return undefined;
      try {
        const answer = await fetch("./api/file");
        const answered = fieldsOf(await answer.json());
        const { name, text, key } = answered;
        if (answer.ok && name !== undefined && text !== undefined && key !== undefined) return { name, text, key };
        return problemOf(answered);
      } catch {
        return { problem: "offline" };
      }
    },
    write: isServed
      ? async (text: string, { base, overwriteReadOnly }: SaveHow): Promise<SaveResult> => {
          try {
            const answer = await fetch("./api/file", {
              method: "PUT",
              body: text,
              headers: {
                "content-type": "application/yaml",
                ...(base === undefined ? { "if-none-match": "*" } : { "if-match": await markOf(base) }),
                ...(overwriteReadOnly && { "x-dagwright-overwrite": "read-only" }),
              },
            });
            return answer.ok ? "written" : problemOf(fieldsOf(await answer.json()));
          } catch {
            return { problem: "offline" };
          }
        }
      : undefined,
  };
}

/** The hash by which the server recognises a text, computed as the server does. */
async function markOf(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `"${[...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}"`;
}

function problemOf({ problem = "failed", name, key, reason, text }: Partial<Record<string, string>>): ServedProblem {
  return {
    problem: isProblem(problem) ? problem : "failed",
    ...(name !== undefined && { name }),
    ...(key !== undefined && { key }),
    ...(reason !== undefined && { reason }),
    ...(text !== undefined && { text }),
  };
}

const problems = [
  "changed",
  "gone",
  "read-only",
  "busy",
  "no-space",
  "not-permitted",
  "not-text",
  "no-token",
  "offline",
  "failed",
] as const;

function isProblem(word: string): word is ServedProblem["problem"] {
  return (problems as readonly string[]).includes(word);
}

/** Text values of a response, by name. */
function fieldsOf(value: unknown): Partial<Record<string, string>> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
