import { Copy, Download, FilePlus, Pencil, Search, Trash2 } from "lucide-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { command } from "#editor/commands/all.ts";
import { tellFailure } from "#editor/missing-part.ts";
import { duplicatePipeline, exportAll, listPipelines, removePipeline, renamePipeline } from "#editor/my-pipelines.ts";
import type { KeptEntry, RemovedPipeline } from "#editor/ports.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { NameInput } from "../parts/name-input.tsx";
import { useEditor, useEditorState, usePage, runCommand, useTranslate } from "../use-editor.ts";
import { PipelinePicture } from "./pipeline-picture.tsx";
import { Sheet } from "./sheet.tsx";

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
  const [removed, setRemoved] = useState<RemovedPipeline>();
  const [exported, setExported] = useState<number>();
  const load = useCallback(
    () =>
      listPipelines(editor).then(setAll, (error: unknown) => {
        setAll([]);
        tellFailure(editor, error);
      }),
    [editor],
  );
  useEffect(() => void load(), [load]);
  const found = useMemo(() => {
    const text = wanted.trim().normalize("NFC").toLowerCase();
    return (all ?? []).filter(({ fileName }) => fileName.normalize("NFC").toLowerCase().includes(text));
  }, [all, wanted]);
  /** Changes the list and shows it again. */
  const change = async (work: () => Promise<unknown>) => {
    setExported(undefined);
    await work().catch((error: unknown) => tellFailure(editor, error));
    await load();
  };
  const open = (id: string) => {
    onClose();
    if (id !== editor.store.getState().document.id) void editor.openKept(id).catch((error: unknown) => tellFailure(editor, error));
  };
  return (
    <Sheet title={t("my-pipelines")} wide onClose={onClose}>
      <div className="row wrap" style={{ padding: "var(--s-2) var(--s-4)", gap: "var(--s-2)" }}>
        <label className="field grow" style={{ flexBasis: 200 }}>
          <Search className="i s" aria-hidden="true" />
          <input
            data-first
            type="search"
            aria-label={t("pipelines-search")}
            placeholder={t("pipelines-search")}
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
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
          disabled={!all || all.length === 0}
          onClick={() => void change(async () => setExported(await exportAll(editor)))}
        >
          <Download className="i s" aria-hidden="true" />
          {t("pipelines-export-all")}
        </button>
      </div>
      <ul className="scroll pipelines" aria-label={t("my-pipelines")} aria-busy={!all}>
        {found.map((entry) => (
          <PipelineRow
            key={entry.id}
            entry={entry}
            isRenaming={renaming === entry.id}
            onOpen={() => open(entry.id)}
            onRename={() => setRenaming(entry.id)}
            onRenamed={(name) => {
              setRenaming(undefined);
              if (name !== undefined && name.trim() !== "") void change(() => renamePipeline(editor, entry, name));
            }}
            onDuplicate={() => void change(() => duplicatePipeline(editor, entry, all ?? []))}
            onRemove={() => void change(async () => setRemoved(await removePipeline(editor, entry, all ?? [])))}
          />
        ))}
      </ul>
      {all && found.length === 0 ? (
        <p className="empty-line muted">{t(all.length === 0 ? "pipelines-none" : "pipelines-none-found", { text: wanted })}</p>
      ) : null}
      <div role="status" className="row pipelines-foot">
        {removed ? (
          <>
            <span className="cut grow">{t("pipelines-removed", { name: removed.kept.fileName })}</span>
            <button
              type="button"
              className="btn sm line"
              onClick={() =>
                void change(async () => {
                  await editor.outside.storage.restore(removed);
                  setRemoved(undefined);
                })
              }
            >
              {t("bring-back")}
            </button>
          </>
        ) : exported === undefined ? (
          <span className="muted">{t("saved-hint")}</span>
        ) : (
          <span>{t("pipelines-exported", { n: exported })}</span>
        )}
      </div>
    </Sheet>
  );
}

interface RowProps {
  readonly entry: KeptEntry;
  readonly isRenaming: boolean;
  readonly onOpen: () => void;
  readonly onRename: () => void;
  /** undefined: the name stays. */
  readonly onRenamed: (name: string | undefined) => void;
  readonly onDuplicate: () => void;
  readonly onRemove: () => void;
}

function PipelineRow({ entry, isRenaming, onOpen, onRename, onRenamed, onDuplicate, onRemove }: RowProps) {
  const t = useTranslate();
  const editor = useEditor();
  const language = useEditorState((state) => state.session.language);
  const isOpen = useEditorState((state) => state.document.id === entry.id);
  const name = entry.fileName;
  const about = [
    ...(entry.tasks === undefined ? [] : [t("count-tasks", { n: entry.tasks })]),
    ago(entry.at, editor.outside.now(), language),
    t(entry.isExported ? "pipelines-is-exported" : "pipelines-not-exported"),
    ...(isOpen ? [t("pipelines-open")] : []),
  ].join(" · ");
  return (
    <li className={`pipeline-row${isOpen ? " on" : ""}`}>
      {isRenaming ? (
        <>
          <PipelinePicture id={entry.id} revision={entry.revision} />
          <NameInput label={t("pipelines-name")} form="pipeline-name" about={entry.id} name={name} onDone={onRenamed} />
        </>
      ) : (
        <button type="button" className="pipeline-open" aria-label={name} aria-current={isOpen ? "true" : undefined} onClick={onOpen}>
          <PipelinePicture id={entry.id} revision={entry.revision} />
          <span className="grow" style={{ minWidth: 0 }}>
            <b className="cut" translate="no">
              {name}
            </b>
            <span className={`cut small ${entry.isExported ? "muted" : "t-warning"}`}>{about}</span>
          </span>
        </button>
      )}
      <IconButton small icon={Pencil} label={t("pipelines-rename", { name })} onClick={onRename} />
      <IconButton small icon={Copy} label={t("pipelines-duplicate", { name })} onClick={onDuplicate} />
      <IconButton small icon={Trash2} label={t("pipelines-remove", { name })} onClick={onRemove} />
    </li>
  );
}

/** "2 hours ago", in the language of the page. */
function ago(at: number, now: number, language: string): string {
  const units = [
    ["day", 86_400_000],
    ["hour", 3_600_000],
    ["minute", 60_000],
  ] as const;
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const [unit, size] = units.find(([, milliseconds]) => now - at >= milliseconds) ?? (["second", 1_000] as const);
  if (unit === "day" && now - at > 30 * 86_400_000) return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(at);
  return format.format(unit === "second" ? 0 : -Math.floor((now - at) / size), unit);
}
