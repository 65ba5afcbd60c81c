import type { ServedFile } from "#editor/ports.ts";

/**
 * The file of `dagwright open FILE`: the command serves this page on the loopback interface and puts a token of that run into it.
 * Without the token the page was not started that way, and nothing is asked of the network.
 */
export function servedFile() {
  const token = document.querySelector<HTMLMetaElement>('meta[name="dagwright-token"]')?.content;
  const headers = { "x-dagwright-token": token ?? "" };
  let etag: string | undefined;

  return {
    async read(): Promise<ServedFile | undefined> {
      if (!token) return undefined;
      const answer = await fetch("./api/file", { headers });
      if (!answer.ok) return undefined;
      const file: unknown = await answer.json();
      if (!isServed(file)) return undefined;
      etag = file.etag;
      return { name: file.name, text: file.text };
    },
    write: token
      ? async (text: string): Promise<"written" | "changed" | "failed"> => {
          try {
            const answer = await fetch("./api/file", {
              method: "PUT",
              body: text,
              headers: { ...headers, "content-type": "application/yaml", ...(etag === undefined ? {} : { "if-match": etag }) },
            });
            if (answer.status === 412) return "changed";
            if (!answer.ok) return "failed";
            const told: unknown = await answer.json().catch(() => undefined);
            etag = answer.headers.get("etag") ?? (hasEtag(told) ? told.etag : etag);
            return "written";
          } catch {
            return "failed";
          }
        }
      : undefined,
  };
}

function hasEtag(value: unknown): value is { readonly etag: string } {
  return typeof value === "object" && value !== null && "etag" in value && typeof value.etag === "string";
}

function isServed(value: unknown): value is ServedFile & { readonly etag: string } {
  return hasEtag(value) && "name" in value && typeof value.name === "string" && "text" in value && typeof value.text === "string";
}
