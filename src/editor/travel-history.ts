import type { EditorCore } from "./editor-core.ts";
import { viewOf, withStream } from "./editor-core.ts";
import { type History, type Step, type Travel, wayTo } from "./history.ts";
import type { PipelineDocument } from "./state.ts";
import { followed } from "./view.ts";

/** Undo, redo, and jumps to any step of the history. */
export interface TravelHistory {
  /** Goes to the state after the first `done` steps, when nothing is being read any more. */
  to(done: (history: History) => number): void;
  /** Takes back a latest step as if it had never been done. */
  takeBack(step: Step): void;
  /** Takes back the latest step if it has this key; false: it has not, or nothing can be changed now. */
  revert(key: string): boolean;
}

/** Creates undo and redo for an editor. */
export function createTravel(core: EditorCore): TravelHistory {
  const { store, setDocument, setSession, reading, text } = core;

  function travel({ to, steps, history }: Travel): void {
    const around = steps.at(-1)?.[to];
    if (!around) return;
    const parts = steps.flatMap((step) => (to === "before" ? step.parts.toReversed() : step.parts));
    const stream = parts.at(-1)?.[to];
    const ids = parts.map((part) => part.id);
    const arrive = (document: PipelineDocument) =>
      store.setState((state) => ({
        history,
        document,
        session: {
          ...state.session,
          ...followed(viewOf(around), { tasks: [], templates: [] }, document.model),
          refusal: undefined,
        },
      }));
    const write = to === "before" ? text.undo : text.redo;
    const { document } = store.getState();
    if (parts.length === 0) arrive({ ...document, places: around.places });
    else if (stream) {
      arrive(withStream(document, stream, around.places));
      write(ids, ({ diagnostics }) => setDocument({ errors: diagnostics }));
    } else {
      void reading.begin();
      write(ids, (opened) => {
        arrive({ ...withStream(store.getState().document, opened.stream, around.places), errors: opened.diagnostics });
        reading.end(true);
      });
    }
    core.changed();
  }

  function takeBack(step: Step): void {
    const { history } = store.getState();
    travel({ to: "before", steps: [step], history: { ...history, past: history.past.slice(0, -1) } });
  }

  return {
    to(done) {
      const refusal = core.locked();
      if (refusal) return setSession({ refusal });
      reading.run(() => {
        const { history } = store.getState();
        const way = wayTo(history, done(history));
        if (way) travel(way);
      });
    },
    takeBack,
    revert(key) {
      const last = store.getState().history.past.at(-1);
      if (last?.key !== key || reading.current() || core.locked()) return false;
      takeBack(last);
      return true;
    },
  };
}
