import type { StoreApi } from "zustand/vanilla";
import type { Outside } from "./ports.ts";
import type { EditorState, PipelineDocument, Status } from "./state.ts";

/** What happens some moments after a change: the pipeline is kept in the browser, and checked. */
export interface Keeping {
  changed(): void;
  flush(): Promise<void>;
}

const keepAfter = 200;
const checkAfter = 300;

/** Keeps and checks the pipeline after its latest change. Both wait until the text has all edits in it. */
export function keeping(
  outside: Outside,
  store: StoreApi<EditorState>,
  setDocument: (change: Partial<PipelineDocument>) => void,
  setStatus: (change: Partial<Status>) => void,
): Keeping {
  let keepTimer: ReturnType<typeof setTimeout> | undefined;
  let checkTimer: ReturnType<typeof setTimeout> | undefined;
  let kept: PipelineDocument | undefined;
  let checked: string | undefined;

  async function keep(): Promise<void> {
    clearTimeout(keepTimer);
    keepTimer = undefined;
    const { document, status, session } = store.getState();
    // The example of a first visit is not the user's: it is kept from the first change on.
    if (document.id === "" || status.waiting > 0 || session.firstVisit) return;
    if (document === kept) return setStatus({ saving: "saved" });
    setStatus({ saving: "saving" });
    try {
      const { id, fileName, text, exported, places, python } = document;
      await outside.shelf.keep({ id, fileName, text, exported, places, at: outside.now(), ...(python && { python }) });
      kept = document;
      setStatus({ saving: "saved" });
    } catch {
      setStatus({ saving: "failed" });
    }
  }

  async function check(): Promise<void> {
    const { document, status } = store.getState();
    if (status.waiting > 0) return;
    if (checked === document.text) return setStatus({ checking: false });
    checked = document.text;
    try {
      const findings = await outside.text.check();
      // A finding about a former text would stand at the wrong line.
      if (store.getState().document.text === checked) setDocument({ findings });
    } finally {
      setStatus({ checking: false });
    }
  }

  return {
    changed() {
      if (!store.getState().session.firstVisit && store.getState().status.saving === "saved") setStatus({ saving: "saving" });
      // From the change on: what the list says until then is about a former text.
      if (!store.getState().status.checking && checked !== store.getState().document.text) setStatus({ checking: true });
      clearTimeout(keepTimer);
      clearTimeout(checkTimer);
      keepTimer = setTimeout(() => void keep(), keepAfter);
      checkTimer = setTimeout(() => void check().catch(() => setStatus({ checking: false })), checkAfter);
    },
    flush: keep,
  };
}
