import { readModel } from "#compiler/readers.ts";
import { type EditorCore, viewOf, viewState } from "./editor-core.ts";
import { recorded } from "./history.ts";
import type { Opened } from "./ports.ts";
import type { Message } from "./state.ts";
import { combinedTexts } from "./text-difference.ts";
import { type TypedText, yamlTextField } from "./typed-text.ts";
import { followed } from "./view.ts";

export interface ReplaceOptions {
  readonly label?: Message;
  /** As in a transaction. */
  readonly key?: string;
  /** The text from which the new one was made; changes to the document since then are kept. */
  readonly base?: string;
}

/** Replaces the whole text as one undoable step; false if that is not possible now. */
export async function replaceText(
  core: EditorCore,
  text: string,
  options: ReplaceOptions & { readonly typed: TypedText },
): Promise<boolean> {
  const { label = { code: "step-text", values: {} }, key, base, typed } = options;
  const { store, outside } = core;
  const refusal = core.locked();
  if (refusal) {
    core.setSession({ refusal });
    return false;
  }
  const change = (now: string) => (base === undefined ? text : combinedTexts(base, text, now));
  const isRead = await readText(core, change, (opened, id) => {
    const before = store.getState();
    const model = readModel(opened.stream).model;
    const around = viewState(before);
    const after = { ...followed(around, { tasks: [], templates: [] }, model), places: around.places };
    const part = { id, before: before.document.stream, after: opened.stream };
    store.setState((state) => ({
      document: { ...state.document, stream: opened.stream, model, errors: opened.diagnostics },
      history: recorded(state.history, { label, parts: [part], before: around, after, key, at: outside.now() }),
      session: { ...state.session, ...viewOf(after), refusal: undefined, firstVisit: false },
    }));
  });
  if (isRead && typed.of(yamlTextField) === text) typed.typing(yamlTextField, undefined);
  return isRead;
}

/** Changes the text and parses it; `arrive` receives its data, if it differs, at the moment when the text changes. */
export function readText(
  core: EditorCore,
  change: (text: string) => string,
  arrive: (opened: Opened, part: number) => void,
): Promise<boolean> {
  const current = core.reading.current();
  if (current) return current.then(() => readText(core, change, arrive));
  const read = core.reading.begin();
  const id = core.nextPart();
  core.text.type(id, change, (opened) => {
    if (opened) arrive(opened, id);
    core.reading.end(true);
  });
  return read;
}
