import { describe, expect, it } from "vitest";
import { loadPart, MissingPart, showFailure } from "#editor/missing-part.ts";
import type { Session } from "#editor/state.ts";

/** What an editor's session is changed to by a failure. */
function shown(error: unknown): Partial<Session> {
  let change: Partial<Session> = {};
  showFailure({ session: (now) => (change = now) }, error);
  return change;
}

describe("work that failed", () => {
  it("asks for a reload if a part of the page could not be fetched", async () => {
    const failed = loadPart(() => Promise.reject(new TypeError("Failed to fetch"))).catch((error: unknown) => error);
    expect(await failed).toBeInstanceOf(MissingPart);
    expect(shown(await failed)).toEqual({ missingPart: true });
  });

  it("is refused with the first line of any other reason", () => {
    expect(shown(new Error("no memory\n    at somewhere"))).toMatchObject({
      refusal: { code: "editor-failed", level: "error", values: { reason: "no memory" } },
    });
    expect(shown("stopped")).toMatchObject({ refusal: { code: "editor-failed", values: { reason: "stopped" } } });
  });
});
