import { withEmptyAsHint, withoutConsequences } from "./follow-up-diagnostics.ts";
import type { StoreApi } from "zustand/vanilla";
import type { TextService } from "./ports.ts";
import type { EditorState, PipelineDocument, Status } from "./state.ts";

const checkAfter = 300;

/** Checks the pipeline shortly after its latest change. */
export interface Checking {
  changed(): void;
}

/** Creates the checks; they wait until the text has all edits in it. */
export function checking(
  text: TextService,
  store: StoreApi<EditorState>,
  set: { readonly document: (change: Partial<PipelineDocument>) => void; readonly status: (change: Partial<Status>) => void },
): Checking {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let checked: string | undefined;

  async function check(): Promise<void> {
    const { document, status } = store.getState();
    if (status.waiting > 0) return;
    if (checked === document.text) return set.status({ checking: false });
    checked = document.text;
    try {
      const found = withoutConsequences(await text.check());
      // A diagnostic about an outdated text could point to the wrong line.
      const { document: now } = store.getState();
      if (now.text === checked) set.document({ diagnostics: withEmptyAsHint(found, now.model) });
    } finally {
      set.status({ checking: false });
    }
  }

  return {
    changed() {
      // From the change on: until the check has run, the list is about an outdated text.
      if (!store.getState().status.checking && checked !== store.getState().document.text) set.status({ checking: true });
      clearTimeout(timer);
      timer = setTimeout(() => void check().catch(() => set.status({ checking: false })), checkAfter);
    },
  };
}
