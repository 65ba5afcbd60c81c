import type { Session } from "./state.ts";

/**
 * A part of the page or of its worker could not be fetched. After a new version was installed on the server the files of the former one
 * are gone, so only loading the page again helps.
 */
export class MissingPart extends Error {
  override readonly name = "MissingPart";
}

/** Loads a module on demand. Throws a MissingPart if it cannot be fetched. */
export async function loadPart<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    throw new MissingPart(error instanceof Error ? error.message : String(error));
  }
}

/** Reports work that failed: a missing part with the offer to reload, anything else as a refusal with its reason. */
export function showFailure(editor: { readonly session: (change: Partial<Session>) => void }, error: unknown): void {
  if (error instanceof MissingPart) return editor.session({ missingPart: true });
  const reason = error instanceof Error ? error.message.split("\n", 1)[0] || error.name : String(error);
  editor.session({ refusal: { code: "editor-failed", level: "error", values: { reason }, path: [] } });
}
