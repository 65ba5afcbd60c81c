import { Download, FilePlus, FolderOpen, Search } from "lucide-react";
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { command } from "#editor/commands/all.ts";
import { bringBackPipeline, offerBringBack } from "#editor/deleted-pipeline.ts";
import { showFailure } from "#editor/missing-part.ts";
import { duplicatePipeline, exportAll, listPipelines, removePipeline, renamePipeline, sameNames } from "#editor/my-pipelines.ts";
import type { KeptEntry } from "#editor/ports.ts";
import type { Message } from "#editor/state.ts";
import { runCommand, useEditorState, usePage, useTranslate } from "../use-editor.ts";
import { PipelineRow } from "./pipeline-row.tsx";
import { Sheet } from "./sheet.tsx";

/** Rows of a list have this height, so that the rows in view are known without measuring each. */
const rowHeight = 56;
const usualHeight = 440;

/** The pipelines stored in this browser: opens, renames, duplicates, removes and exports them. */
export function MyPipelinesDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslate();
  const page = usePage();
  const { editor } = page;
  const [all, setAll] = useState<readonly KeptEntry[]>();
  const [wanted, setWanted] = useState("");
  const [renaming, setRenaming] = useState(() => {
    const about = editor.store.getState().session.reopened?.["pipeline-name"]?.about;
    return typeof about === "string" ? about : undefined;
  });
  const deleted = useEditorState(({ session }) => session.deleted);
  const [note, setNote] = useState<Message>();
  const [current, setCurrent] = useState<string>();
  const [inView, setInView] = useState<readonly [number, number]>([0, usualHeight]);
  const list = useRef<HTMLUListElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const focusNext = useRef<string | undefined>(undefined);
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
    // Another tab may have changed the list in the meantime.
    const again = () => void load();
    window.addEventListener("focus", again);
    return () => window.removeEventListener("focus", again);
  }, [load]);
  const numbers = useMemo(() => sameNames(all ?? []), [all]);
  const found = useMemo(() => {
    const text = wanted.trim().normalize("NFC").toLowerCase();
    return (all ?? []).filter(({ fileName }) => fileName.normalize("NFC").toLowerCase().includes(text));
  }, [all, wanted]);
  const tabbable = found.some(({ id }) => id === current) ? current : found[0]?.id;
  const openButton = (id: string) =>
    [...(list.current?.children ?? [])].find((row) => (row as HTMLElement).dataset.id === id)?.querySelector<HTMLElement>(".pipeline-open");
  // What had the focus may be gone: a deleted row, a name that was typed.
  useEffect(() => {
    const id = focusNext.current;
    if (id === undefined || renaming !== undefined) return;
    focusNext.current = undefined;
    (openButton(id) ?? search.current)?.focus();
  });
  const fail = (error: unknown) => {
    const reason = error instanceof Error ? error.message.split("\n", 1)[0] || error.name : String(error);
    setNote({ code: "editor-failed", values: { reason } });
  };
  /** Changes the list and shows it again; the focus goes to the row that the work names, else it stays. */
  const change = async (work: () => Promise<Message | undefined | void>, focus?: () => string | undefined) => {
    setNote(undefined);
    const message = await work().catch((error: unknown) => fail(error));
    if (message) setNote(message);
    focusNext.current = focus?.();
    await load();
  };
  const close = () => {
    onClose();
    offerBringBack(editor);
  };
  const open = async ({ id, fileName }: KeptEntry) => {
    onClose();
    if (id !== editor.store.getState().document.id && !(await editor.openKept(id))) editor.toast("pipeline-gone", { name: fileName });
    else offerBringBack(editor);
  };
  const remove = (entry: KeptEntry) => {
    const index = found.findIndex(({ id }) => id === entry.id);
    const next = found[index + 1] ?? found[index - 1];
    void change(
      () => removePipeline(editor, entry, all ?? []),
      () => next?.id ?? "",
    );
  };
  const duplicate = (entry: KeptEntry) => {
    let copy = "";
    void change(
      async () => void (copy = await duplicatePipeline(editor, entry, all ?? [])),
      () => copy,
    );
  };
  const bringBack = () => {
    const id = deleted?.pipeline.kept.id ?? "";
    void change(
      () => bringBackPipeline(editor),
      () => id,
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>("[data-id]");
    const index = found.findIndex(({ id }) => id === row?.dataset.id);
    const entry = found[index];
    if (event.defaultPrevented || target.tagName === "INPUT" || !entry || event.altKey) return;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: found.length - 1 }[event.key];
    if (isPlain && next !== undefined) {
      const to = found[next];
      if (to) openButton(to.id)?.focus();
      else if (next < 0) search.current?.focus();
    } else if (isPlain && event.key === "F2") setRenaming(entry.id);
    else if (isPlain && (event.key === "Delete" || event.key === "Backspace")) remove(entry);
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d") duplicate(entry);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Sheet title={t("my-pipelines")} wide onClose={close}>
      <div className="row wrap" style={{ padding: "var(--s-2) var(--s-4)", gap: "var(--s-2)" }}>
        <label className="field grow" style={{ flexBasis: 200 }}>
          <Search className="i s" aria-hidden="true" />
          <input
            ref={search}
            data-first
            type="search"
            aria-label={t("pipelines-search")}
            placeholder={t("pipelines-search")}
            value={wanted}
            onChange={(event) => {
              setWanted(event.target.value);
              list.current?.scrollTo?.({ top: 0 });
            }}
            onKeyDown={(event) => {
              const [first] = found;
              if (event.nativeEvent.isComposing || !first) return;
              if (event.key === "ArrowDown") openButton(first.id)?.focus();
              else if (event.key === "Enter" && wanted.trim() !== "")
                void open(first).catch((error: unknown) => showFailure(editor, error));
              else return;
              event.preventDefault();
            }}
          />
        </label>
        <button
          type="button"
          className="btn line"
          onClick={() => {
            onClose();
            runCommand(page, command("new"));
          }}
        >
          <FilePlus className="i s" aria-hidden="true" />
          {t("command-new")}
        </button>
        <button
          type="button"
          className="btn line"
          onClick={() => {
            onClose();
            runCommand(page, command("open"));
          }}
        >
          <FolderOpen className="i s" aria-hidden="true" />
          {t("choose-file")}
        </button>
        <button
          type="button"
          className="btn line"
          disabled={!all || all.length === 0}
          onClick={() =>
            void change(async (): Promise<Message> => {
              const { count, unmarked } = await exportAll(editor);
              const [silent] = unmarked;
              return silent === undefined
                ? { code: "pipelines-exported", values: { n: count } }
                : { code: "pipelines-unmarked", values: { n: unmarked.length, name: silent } };
            })
          }
        >
          <Download className="i s" aria-hidden="true" />
          {t("pipelines-export-all")}
        </button>
      </div>
      <ul
        ref={list}
        className="scroll pipelines"
        aria-label={t("my-pipelines")}
        aria-busy={!all}
        onKeyDown={onKeyDown}
        onScroll={({ currentTarget }) => setInView([currentTarget.scrollTop, currentTarget.scrollTop + currentTarget.clientHeight])}
      >
        {found.map((entry, index) => (
          <PipelineRow
            key={entry.id}
            entry={entry}
            number={numbers.get(entry.id)}
            isNear={(index + 4) * rowHeight > inView[0] && (index - 4) * rowHeight < inView[1]}
            isTabbable={entry.id === tabbable}
            isRenaming={renaming === entry.id}
            onFocus={() => setCurrent(entry.id)}
            onOpen={() => void open(entry).catch((error: unknown) => showFailure(editor, error))}
            onRename={() => setRenaming(entry.id)}
            onRenamed={(name, byKey) => {
              setRenaming(undefined);
              // A name that was left by a click elsewhere leaves the focus there.
              const focus = () => (byKey ? entry.id : undefined);
              if (name !== undefined && name.trim() !== "") void change(() => renamePipeline(editor, entry, name), focus);
              else focusNext.current = focus();
            }}
            onDuplicate={() => duplicate(entry)}
            onRemove={() => remove(entry)}
          />
        ))}
      </ul>
      {all && found.length === 0 ? (
        <p className="empty-line muted">{t(all.length === 0 ? "pipelines-none" : "pipelines-none-found", { text: wanted })}</p>
      ) : null}
      <div role="status" className="row pipelines-foot">
        {note ? (
          <span className="grow">{t(note.code, note.values)}</span>
        ) : deleted ? (
          <span className="cut grow">{t("pipelines-removed", { name: deleted.pipeline.kept.fileName })}</span>
        ) : (
          <span className="muted grow">{t("saved-hint")}</span>
        )}
        {deleted ? (
          <button type="button" className="btn sm line" onClick={bringBack}>
            {t("bring-back")}
          </button>
        ) : null}
        <span className="muted small pipelines-keys">{t("pipelines-keys")}</span>
      </div>
    </Sheet>
  );
}
