import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createEditor } from "#editor/editor.ts";
import { createLibrary } from "#editor/library/library.ts";
import { showFailure } from "#editor/missing-part.ts";
import { fetchPlanner, lookAhead } from "#editor/load-planner.ts";
import type { ThemeChoice } from "#editor/state.ts";
import { lookAtServed } from "#editor/commands/served.ts";
import { startEditor } from "#editor/start.ts";
import { documentClient } from "#services/document-client.ts";
import { builtExamples } from "#services/examples.ts";
import { browserFiles } from "#services/files.ts";
import { browserLibrary } from "#services/library-store.ts";
import { whenIdle } from "#services/idle.ts";
import { createLayoutService } from "#services/layout.ts";
import { browserStorage, remember, remembered } from "#services/storage.ts";
import { browserTabs } from "#services/tabs.ts";
import { App } from "#ui/app.tsx";
import { holdParts } from "#ui/lazy-part.ts";
import { ErrorEdge } from "#ui/error-boundary.tsx";
import { fetchSameMessages, fetchForCurrentLanguages, fetchMessages } from "#messages/lazy-catalog.ts";
import type { Language } from "#messages/translate.ts";
import "#ui/tokens.css";
import "#ui/styles/controls.css";
import "#ui/styles/frame.css";
import "#ui/styles/inspector.css";
import "#ui/styles/narrow.css";

const worker = new Worker(new URL("./services/document-worker.ts", import.meta.url), { type: "module", name: "document" });
const text = documentClient(worker);
const library = createLibrary(browserLibrary(), text, () => Date.now());
const editor = createEditor(
  { text, storage: browserStorage(), tabs: browserTabs(), files: browserFiles(), examples: builtExamples(), now: () => Date.now() },
  {
    language: startLanguage(),
    theme: startTheme(),
    panels: {
      left: innerWidth < 1100 ? undefined : "palette",
      right: innerWidth <= 640 ? undefined : "inspector",
      bottom: undefined,
      dialog: undefined,
    },
  },
);

/** The address wins, then the choice of an earlier visit, then the browser. */
function startLanguage(): Language {
  const wanted = new URLSearchParams(location.search).get("lang") ?? remembered("language") ?? navigator.language;
  return wanted.toLowerCase().startsWith("ko") ? "ko" : "en";
}

function startTheme(): ThemeChoice {
  const wanted = new URLSearchParams(location.search).get("theme") ?? remembered("theme");
  return wanted === "light" || wanted === "dark" || wanted === "contrast" ? wanted : "system";
}

editor.store.subscribe(({ session }, before) => {
  if (session.theme !== before.session.theme) remember("theme", session.theme === "system" ? undefined : session.theme);
  if (session.language !== before.session.language) {
    remember("language", session.language);
    void fetchSameMessages(session.language);
  }
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") void editor.flush();
});
window.addEventListener("pagehide", () => void editor.flush());
window.addEventListener("focus", () => void lookAtServed(editor));
window.addEventListener("beforeunload", (event) => {
  const { status, session } = editor.store.getState();
  // Only what is not yet stored in this browser can be lost (docs/spec/interaction.md#leaving).
  if (!session.firstVisit && !status.isReadOnly && (status.waiting > 0 || status.saving !== "saved")) event.preventDefault();
});

// From the first save on the browser is asked not to clear its storage when space runs out. Only secure contexts can ask.
const stopAsking = editor.store.subscribe(({ status }) => {
  if (status.saving !== "saving") return;
  stopAsking();
  void (navigator.storage as StorageManager | undefined)?.persist?.().catch(() => undefined);
});

let stopLooking = () => {};
const lookIntoDocument = () => {
  const { model, stream } = editor.store.getState().document;
  stopLooking();
  stopLooking = whenIdle(lookAhead(model, stream));
};
editor.store.subscribe(({ document }, before) => {
  if (document.id !== before.document.id) lookIntoDocument();
});

const started = startEditor(editor, async () => ({
  name: "train-and-score.yaml",
  text: (await import("../examples/train-and-score.yaml?raw")).default,
}));
holdParts(started);
const startsUp = editor.pending.begin("start");
started.catch((error: unknown) => showFailure(editor, error));
void started
  .catch(() => undefined)
  .then(() => {
    // What the first edit needs is loaded once the pipeline is on the canvas.
    void Promise.allSettled([fetchPlanner().then(lookIntoDocument), fetchForCurrentLanguages("edits")]).then(startsUp);
  });

// Without messages the page still works and shows codes.
await fetchMessages(editor.store.getState().session.language, ["first"]).catch(() => undefined);
createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <ErrorEdge language={() => editor.store.getState().session.language} copy={editor.outside.files.copy}>
      <App editor={editor} layout={createLayoutService()} library={library} />
    </ErrorEdge>
  </StrictMode>,
);
