import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { bringBackPipeline, offerBringBack } from "#editor/deleted-pipeline.ts";
import { showFailure } from "#editor/missing-part.ts";
import { duplicatePipeline, exportAll, listPipelines, removePipeline, renamePipeline } from "#editor/my-pipelines.ts";
import type { KeptEntry } from "#editor/ports.ts";
import type { Message } from "#editor/state.ts";
import { useEditor, useEditorState } from "../use-editor.ts";

/** The pipelines stored in this browser, as far as they match the search, and what the dialog can do with them. */
export interface PipelineList {
  /** undefined: not read yet. */
  readonly all: readonly KeptEntry[] | undefined;
  readonly found: readonly KeptEntry[];
  readonly wanted: string;
  /** The result of the last action. */
  readonly note: Message | undefined;
  /** The id of the pipeline that is being renamed. */
  readonly renaming: string | undefined;
  /** The elements that take the focus after an action. */
  readonly list: RefObject<HTMLUListElement | null>;
  readonly search: RefObject<HTMLInputElement | null>;
  find(text: string): void;
  focusRow(id: string): void;
  open(entry: KeptEntry): void;
  startRenaming(entry: KeptEntry): void;
  /** Ends renaming; without a name nothing changes. `byKey`: the focus returns to the row. */
  endRenaming(entry: KeptEntry, name: string | undefined, byKey: boolean): void;
  duplicate(entry: KeptEntry): void;
  remove(entry: KeptEntry): void;
  bringBack(): void;
  exportAll(): void;
}

/** Reads and changes the list of stored pipelines. `onClose` closes the dialog. */
export function usePipelineList(onClose: () => void): PipelineList {
  const editor = useEditor();
  const { all, load } = useStoredPipelines();
  const [wanted, setWanted] = useState("");
  const [note, setNote] = useState<Message>();
  const [renaming, setRenaming] = useState(() => {
    const about = editor.store.getState().session.reopened?.["pipeline-name"]?.about;
    return typeof about === "string" ? about : undefined;
  });
  const deleted = useEditorState(({ session }) => session.deleted);
  const found = useMemo(() => {
    const text = wanted.trim().normalize("NFC").toLowerCase();
    return (all ?? []).filter(({ fileName }) => fileName.normalize("NFC").toLowerCase().includes(text));
  }, [all, wanted]);
  const { list, search, focusRow, focusLater } = useRowFocus(renaming !== undefined);
  /** Changes the list and shows it again; the focus goes to the row that `focus` names, else it stays. */
  const change = async (work: () => Promise<Message | undefined | void>, focus?: () => string | undefined) => {
    setNote(undefined);
    const message = await work().catch(failure);
    if (message) setNote(message);
    focusLater(focus?.());
    await load();
  };
  const open = async ({ id, fileName }: KeptEntry) => {
    onClose();
    if (id !== editor.store.getState().document.id && !(await editor.openKept(id))) editor.toast("pipeline-gone", { name: fileName });
    else offerBringBack(editor);
  };
  return {
    all,
    found,
    wanted,
    note,
    renaming,
    list,
    search,
    focusRow,
    find(text) {
      setWanted(text);
      list.current?.scrollTo?.({ top: 0 });
    },
    open: (entry) => void open(entry).catch((error: unknown) => showFailure(editor, error)),
    startRenaming: ({ id }) => setRenaming(id),
    endRenaming(entry, name, byKey) {
      setRenaming(undefined);
      // A name that was left by a click elsewhere leaves the focus there.
      const focus = () => (byKey ? entry.id : undefined);
      if (name !== undefined && name.trim() !== "") void change(() => renamePipeline(editor, entry, name), focus);
      else focusLater(focus());
    },
    duplicate(entry) {
      let copy = "";
      void change(
        async () => void (copy = await duplicatePipeline(editor, entry, all ?? [])),
        () => copy,
      );
    },
    remove(entry) {
      const index = found.findIndex(({ id }) => id === entry.id);
      const next = found[index + 1] ?? found[index - 1];
      void change(
        () => removePipeline(editor, entry, all ?? []),
        () => next?.id ?? "",
      );
    },
    bringBack() {
      const id = deleted?.pipeline.kept.id ?? "";
      void change(
        () => bringBackPipeline(editor),
        () => id,
      );
    },
    exportAll: () =>
      void change(async (): Promise<Message> => {
        const { count, unmarked } = await exportAll(editor);
        const [silent] = unmarked;
        return silent === undefined
          ? { code: "pipelines-exported", values: { n: count } }
          : { code: "pipelines-unmarked", values: { n: unmarked.length, name: silent } };
      }),
  };
}

/** All stored pipelines, read again whenever the window gets the focus: another tab may have changed them. */
function useStoredPipelines(): { readonly all: readonly KeptEntry[] | undefined; readonly load: () => Promise<void> } {
  const editor = useEditor();
  const [all, setAll] = useState<readonly KeptEntry[]>();
  const load = useCallback(
    () =>
      listPipelines(editor).then(setAll, (error: unknown) => {
        setAll([]);
        showFailure(editor, error);
      }),
    [editor],
  );
  useEffect(() => {
    void load();
    const again = () => void load();
    window.addEventListener("focus", again);
    return () => window.removeEventListener("focus", again);
  }, [load]);
  return { all, load };
}

/** Moves the focus after an action, since what had it may be gone: a deleted row, a name that was typed. */
function useRowFocus(isRenaming: boolean) {
  const list = useRef<HTMLUListElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const focusNext = useRef<string | undefined>(undefined);
  const openButton = (id: string) =>
    [...(list.current?.children ?? [])].find((row) => (row as HTMLElement).dataset.id === id)?.querySelector<HTMLElement>(".pipeline-open");
  useEffect(() => {
    const id = focusNext.current;
    if (id === undefined || isRenaming) return;
    focusNext.current = undefined;
    (openButton(id) ?? search.current)?.focus();
  });
  return {
    list,
    search,
    focusRow: (id: string) => openButton(id)?.focus(),
    focusLater: (id: string | undefined) => void (focusNext.current = id),
  };
}

function failure(error: unknown): Message {
  const reason = error instanceof Error ? error.message.split("\n", 1)[0] || error.name : String(error);
  return { code: "editor-failed", values: { reason } };
}
