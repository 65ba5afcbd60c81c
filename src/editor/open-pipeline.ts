import { readModel } from "#compiler/readers.ts";
import type { FileEncoding } from "#yaml/text-encoding.ts";
import type { Autosave } from "./autosave.ts";
import type { EditorCore } from "./editor-core.ts";
import { restoredHistory } from "./edit-log.ts";
import type { Following, SeatAt } from "./follow-other-tab.ts";
import { emptyHistory } from "./history.ts";
import { placesInFile } from "./layout-annotation.ts";
import { newPipelineText } from "#compiler/readers.ts";
import { reopened } from "./open-forms.ts";
import { freeFileName, stemOf } from "./pipeline-name.ts";
import type { PositionsByGraph } from "./positions.ts";
import type { Drafts, EditLog, Kept, Opened, PythonOrigin } from "./ports.ts";
import { isChanged, type PipelineDocument, type Session } from "./state.ts";
import { type TypedText, yamlTextField } from "./typed-text.ts";
import { startingView } from "./view.ts";

/** The file name of a new pipeline, until the user names it. */
const pipelineFileName = "pipeline.yaml";

export interface OpenOptions {
  readonly firstVisit?: boolean;
  readonly kept?: Kept;
  readonly log?: EditLog;
  readonly seat?: SeatAt;
  /** Another page edits it; this one shows what that page has saved. */
  readonly isFollowing?: boolean;
  /** It begins here and is unsaved from the start. */
  readonly isNew?: boolean;
  /** It is the file that the command line serves. */
  readonly served?: boolean;
  /** Its id in the browser; a new one if absent. */
  readonly id?: string;
  /** The Python file from which the text was made. */
  readonly python?: PythonOrigin;
  /** The encoding of the file if that is not UTF-8. */
  readonly encoding?: FileEncoding;
}

/** What opening needs of the other parts of the editor. */
export interface OpeningParts {
  readonly saver: Autosave;
  readonly seats: Following;
  readonly typed: TypedText;
  /** Commits what is typed and saves everything, as far as possible. */
  readonly flushAll: () => Promise<void>;
  readonly replaceText: (text: string) => unknown;
}

/** Opens pipelines, one at a time: of several requests the latest counts, here and in the worker. */
export interface Opening {
  open(fileName: string, text: string, options?: OpenOptions): Promise<void>;
  openKept(id: string): Promise<boolean>;
  newPipeline(): Promise<void>;
  /** Editing begins with the stored drafts and history. */
  begin(kept: Kept | undefined, log: EditLog | undefined): void;
}

/** Creates what opens pipelines. */
export function createOpening(core: EditorCore, parts: OpeningParts): Opening {
  const { outside, store } = core;
  const { seats, typed } = parts;
  let turns = 0;

  async function open(fileName: string, text: string, options: OpenOptions = {}): Promise<void> {
    const turn = ++turns;
    core.setStatus({ opening: fileName });
    try {
      await parts.flushAll();
      if (turn === turns && mayLeave(core)) await show({ turn, fileName, text, options });
    } finally {
      if (turn === turns) {
        core.setSwitching(false);
        core.setStatus({ opening: undefined });
      }
    }
  }

  async function show({ turn, fileName, text, options }: Request): Promise<void> {
    const { kept } = options;
    // Other pages may have this pipeline, too.
    const shared = kept?.id ?? options.id;
    const seat = options.seat ?? (shared === undefined ? undefined : await seats.join(shared));
    const isFollowing = options.isFollowing ?? seat?.seat.isEditing() === false;
    if (turn !== turns) return seats.leave(seat);
    core.setSwitching(true);
    const opened = await outside.text.open(text);
    const places =
      kept?.places ?? (await outside.storage.placesOf(text).catch(() => undefined)) ?? placesInFile(readModel(opened.stream).model);
    if (turn !== turns) return seats.leave(seat);
    const drafts = isFollowing ? undefined : kept?.drafts;
    typed.reset(drafts?.forms);
    core.reading.end(false);
    const document = openedDocument(core, { fileName, text, opened, places, options });
    store.setState((state) => ({
      document,
      history: emptyHistory,
      session: openedSession(state.session, document, { drafts, firstVisit: options.firstVisit }),
    }));
    core.text.reset(text);
    core.setSwitching(false);
    core.setStatus({ isReadOnly: isFollowing, isRemoved: false });
    seats.sit(seat, document.id, kept !== undefined);
    if (isFollowing) core.changed();
    else begin(kept, options.log);
  }

  function begin(kept: Kept | undefined, log: EditLog | undefined): void {
    const restored =
      log &&
      restoredHistory(log, store.getState().document.places, (written) => {
        const part = core.nextPart();
        core.text.restore(part, written);
        return part;
      });
    if (restored) store.setState({ history: restored.history });
    core.setStatus({ isReadOnly: false, isRemoved: false });
    parts.saver.opened(kept && { revision: kept.revision, log: restored?.saved });
    core.changed();
    if (kept?.drafts?.text !== undefined) takeOverKept(kept.drafts.text);
  }

  /** Text in the YAML pane that was typed when the page was closed becomes part of the document now, as it would have a moment later. */
  function takeOverKept(text: string): void {
    typed.typing(yamlTextField, { text, field: { code: "yaml-text", values: {} } });
    void parts.replaceText(text);
  }

  return {
    open,
    begin,
    async openKept(id) {
      const turn = ++turns;
      // The requested pipeline may be the current one.
      await parts.flushAll();
      const seat = await seats.join(id);
      // Asked before reading: what is read while another page edits may soon be outdated.
      const isFollowing = seat?.seat.isEditing() === false;
      const [kept, log] = await Promise.all([outside.storage.read(id), outside.storage.readLog(id).catch(() => undefined)]);
      if (kept && turn === turns) await open(kept.fileName, kept.text, { kept, log, seat, isFollowing });
      seats.leave(seat);
      return kept !== undefined;
    },
    async newPipeline() {
      const turn = ++turns;
      const others = await outside.storage.list().catch(() => []);
      if (turn !== turns) return;
      const { fileName: current } = store.getState().document;
      const fileName = freeFileName(pipelineFileName, [...others.map((one) => one.fileName), current]);
      await open(fileName, newPipelineText(stemOf(fileName)), { isNew: true });
    },
  };
}

interface Request {
  readonly turn: number;
  readonly fileName: string;
  readonly text: string;
  readonly options: OpenOptions;
}

/** Whether another pipeline may take the place of the current one; if that could not be stored, a message says so. */
function mayLeave({ store, setSession }: EditorCore): boolean {
  const state = store.getState();
  if (state.status.saving !== "failed" || !isChanged(state)) return true;
  setSession({ refusal: { code: "editor-not-kept", level: "error", values: { name: state.document.fileName }, path: [] } });
  return false;
}

function openedDocument(
  { outside, store }: EditorCore,
  { fileName, text, opened, places, options }: Omit<Request, "turn"> & { readonly opened: Opened; readonly places: PositionsByGraph },
): PipelineDocument {
  const { kept } = options;
  const python = options.python ?? kept?.python;
  const encoding = options.encoding ?? kept?.encoding;
  return {
    id: kept?.id ?? options.id ?? newId(outside.now()),
    opened: store.getState().document.opened + 1,
    fileName,
    stream: opened.stream,
    model: readModel(opened.stream).model,
    text,
    exported: kept?.exported ?? (options.isNew ? "" : text),
    places,
    errors: opened.diagnostics,
    diagnostics: opened.diagnostics,
    ...(python && { python }),
    ...(encoding && { encoding }),
    ...(options.served && { isServed: true }),
  };
}

function openedSession(
  session: Session,
  { model, diagnostics }: PipelineDocument,
  { drafts, firstVisit = false }: { readonly drafts: Drafts | undefined; readonly firstVisit: boolean | undefined },
): Session {
  const isBroken = diagnostics.some(({ level }) => level === "error");
  return {
    ...session,
    ...startingView(model),
    // A file that could not be read completely shows the obstacle at once.
    panels: isBroken ? { ...session.panels, bottom: "problems" } : session.panels,
    drafts: drafts?.fields ?? {},
    unfinishedPython: drafts?.python ?? {},
    refusal: undefined,
    toast: undefined,
    reveal: undefined,
    reopened: undefined,
    firstVisit,
    ...reopened(session, drafts?.forms, model),
  };
}

/** A new id for a pipeline in the browser. */
export function newId(now: number): string {
  return `${now.toString(36)}-${Math.floor(Math.random() * 0x7fffffff).toString(36)}`;
}
