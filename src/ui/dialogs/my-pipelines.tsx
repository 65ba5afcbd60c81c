import { Download, FilePlus, FolderOpen, Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useMemo, useState } from "react";
import { command } from "#editor/commands/all.ts";
import { offerBringBack } from "#editor/deleted-pipeline.ts";
import { sameNames } from "#editor/my-pipelines.ts";
import { runCommand, useEditor, useEditorState, usePage, useTranslate } from "../use-editor.ts";
import { PipelineRow } from "./pipeline-row.tsx";
import { Sheet } from "./sheet.tsx";
import { type PipelineList, usePipelineList } from "./use-pipeline-list.ts";

/** Rows of a list have this height, so that the rows in view are known without measuring each. */
const rowHeight = 56;
const usualHeight = 440;

/** The pipelines stored in this browser: opens, renames, duplicates, removes and exports them. */
export function MyPipelinesDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslate();
  const editor = useEditor();
  const pipelines = usePipelineList(onClose);
  const { all, found, wanted } = pipelines;
  const close = () => {
    onClose();
    offerBringBack(editor);
  };
  return (
    <Sheet title={t("my-pipelines")} wide onClose={close}>
      <div className="row wrap" style={{ padding: "var(--s-2) var(--s-4)", gap: "var(--s-2)" }}>
        <SearchField pipelines={pipelines} />
        <Tools pipelines={pipelines} onClose={onClose} />
      </div>
      <Rows pipelines={pipelines} />
      {all && found.length === 0 ? (
        <p className="empty-line muted">{t(all.length === 0 ? "pipelines-none" : "pipelines-none-found", { text: wanted })}</p>
      ) : null}
      <Foot pipelines={pipelines} />
    </Sheet>
  );
}

interface Props {
  readonly pipelines: PipelineList;
}

function SearchField({ pipelines: { found, wanted, search, find, focusRow, open } }: Props) {
  const t = useTranslate();
  return (
    <label className="field grow" style={{ flexBasis: 200 }}>
      <Search className="i s" aria-hidden="true" />
      <input
        ref={search}
        data-first
        type="search"
        aria-label={t("pipelines-search")}
        placeholder={t("pipelines-search")}
        value={wanted}
        onChange={(event) => find(event.target.value)}
        onKeyDown={(event) => {
          const [first] = found;
          if (event.nativeEvent.isComposing || !first) return;
          if (event.key === "ArrowDown") focusRow(first.id);
          else if (event.key === "Enter" && wanted.trim() !== "") open(first);
          else return;
          event.preventDefault();
        }}
      />
    </label>
  );
}

/** What does not concern a single pipeline of the list. */
function Tools({ pipelines: { all, exportAll }, onClose }: Props & { readonly onClose: () => void }) {
  const t = useTranslate();
  const page = usePage();
  const run = (id: string) => {
    onClose();
    runCommand(page, command(id));
  };
  return (
    <>
      <ToolButton icon={<FilePlus className="i s" aria-hidden="true" />} onClick={() => run("new")}>
        {t("command-new")}
      </ToolButton>
      <ToolButton icon={<FolderOpen className="i s" aria-hidden="true" />} onClick={() => run("open")}>
        {t("choose-file")}
      </ToolButton>
      <ToolButton icon={<Download className="i s" aria-hidden="true" />} isDisabled={!all || all.length === 0} onClick={exportAll}>
        {t("pipelines-export-all")}
      </ToolButton>
    </>
  );
}

interface ToolButtonProps {
  readonly icon: ReactNode;
  readonly isDisabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function ToolButton({ icon, isDisabled = false, onClick, children }: ToolButtonProps) {
  return (
    <button type="button" className="btn line" disabled={isDisabled} onClick={onClick}>
      {icon}
      {children}
    </button>
  );
}

function Rows({ pipelines }: Props) {
  const t = useTranslate();
  const { all, found, renaming, list } = pipelines;
  const [current, setCurrent] = useState<string>();
  const [inView, setInView] = useState<readonly [number, number]>([0, usualHeight]);
  const numbers = useMemo(() => sameNames(all ?? []), [all]);
  const tabbable = found.some(({ id }) => id === current) ? current : found[0]?.id;
  return (
    <ul
      ref={list}
      className="scroll pipelines"
      aria-label={t("my-pipelines")}
      aria-busy={!all}
      onKeyDown={(event) => onRowKey(event, pipelines)}
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
          onOpen={() => pipelines.open(entry)}
          onRename={() => pipelines.startRenaming(entry)}
          onRenamed={(name, byKey) => pipelines.endRenaming(entry, name, byKey)}
          onDuplicate={() => pipelines.duplicate(entry)}
          onRemove={() => pipelines.remove(entry)}
        />
      ))}
    </ul>
  );
}

/** Keys of a row: arrows, Home and End move the focus; F2 renames, Delete deletes, Mod+D duplicates. */
function onRowKey(event: KeyboardEvent, { found, search, focusRow, startRenaming, remove, duplicate }: PipelineList): void {
  const target = event.target as HTMLElement;
  const row = target.closest<HTMLElement>("[data-id]");
  const index = found.findIndex(({ id }) => id === row?.dataset.id);
  const entry = found[index];
  if (event.defaultPrevented || target.tagName === "INPUT" || !entry || event.altKey) return;
  const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
  const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: found.length - 1 }[event.key];
  if (isPlain && next !== undefined) {
    const to = found[next];
    if (to) focusRow(to.id);
    else if (next < 0) search.current?.focus();
  } else if (isPlain && event.key === "F2") startRenaming(entry);
  else if (isPlain && (event.key === "Delete" || event.key === "Backspace")) remove(entry);
  else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d") duplicate(entry);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** The result of the last action, else what was deleted last with the offer to bring it back. */
function Foot({ pipelines: { note, bringBack } }: Props) {
  const t = useTranslate();
  const deleted = useEditorState(({ session }) => session.deleted);
  return (
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
  );
}
