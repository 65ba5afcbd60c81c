import { CircleCheck, CircleDashed, Copy, Download, History, LoaderCircle, Network, PencilLine, Redo2, Search, Undo2 } from "lucide-react";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { useShallow } from "zustand/react/shallow";
import { refuseIfLocked, setPanel, currentWorkflow, showWorkflow } from "#editor/actions.ts";
import { isAboutEmpty } from "#editor/follow-up-diagnostics.ts";
import { countUnfinished } from "#editor/field-drafts.ts";
import { changedLines } from "#editor/changed-lines.ts";
import { command } from "#editor/commands/all.ts";
import { spelled } from "#editor/commands/keys.ts";
import { firstGraph, workflowAt, workflowIndexes } from "#editor/view.ts";
import { isChanged } from "#editor/state.ts";
import { IconButton } from "./parts/icon-button.tsx";
import { LevelCounts, countLevels } from "./parts/level.tsx";
import { NameInput } from "./parts/name-input.tsx";
import { isMac } from "./platform.ts";
import { useEditor, useEditorState, useRun, useTranslate } from "./use-editor.ts";
import { useNamedSay } from "./use-names.ts";

/**
 * The bar above: what is open, what can be done with it, whether it would run. What changes by itself (name, save state, changed lines, check
 * state) has a slot of fixed width, so no button ever moves under the pointer.
 */
export function TopBar() {
  const t = useTranslate();
  const run = useRun();
  const isEmpty = useEditorState((state) => state.document.text === "");
  return (
    <header className="top" tabIndex={-1} aria-label={t("landmark-toolbar")}>
      <PageHeading />
      <Logo />
      <DocumentName />
      <span className="bar-sep" />
      <button type="button" className="btn" onClick={() => run(command("new"))}>
        {t("command-new")}
      </button>
      <button
        type="button"
        className="btn"
        title={`${withKeys(t("command-open"), "open")}\n${withKeys(t("command-my-pipelines"), "my-pipelines")}`}
        onClick={() => run(command("open"))}
      >
        {t("command-open")}
      </button>
      <span className="bar-sep" />
      <UndoRedo />
      <button
        type="button"
        className="btn"
        disabled={isEmpty}
        aria-label={t("command-arrange")}
        title={withKeys(t("command-arrange"), "arrange")}
        onClick={() => run(command("arrange"))}
      >
        <Network className="i s" aria-hidden="true" />
        <span className="word">{t("command-arrange")}</span>
      </button>
      <WorkflowSwitch />
      <span className="grow" />
      <span className="changed-slot">
        <ChangedChip />
      </span>
      <button
        type="button"
        className="btn line command-field"
        aria-label={t("command-commands")}
        title={withKeys(t("command-commands"), "commands")}
        data-keys={spelled("Mod+K", isMac)}
        onClick={() => run(command("commands"))}
      >
        <Search className="i s" aria-hidden="true" />
        <span className="cut grow">{t("command-commands")}</span>
      </button>
      <CheckState />
      <IconButton icon={Copy} label={t("command-copy-yaml")} disabled={isEmpty} onClick={() => run(command("copy-yaml"))} />
      <button
        type="button"
        className="btn primary"
        disabled={isEmpty}
        title={withKeys(t("command-export"), "export")}
        onClick={() => run(command("export"))}
      >
        <Download className="i s" aria-hidden="true" />
        {t("command-export")}
      </button>
    </header>
  );
}

function withKeys(name: string, id: string): string {
  const keys = command(id).keys[0];
  return keys ? `${name} (${spelled(keys, isMac)})` : name;
}

/** The heading of the page for screen readers; the name of the pipeline is visible beside it. */
function PageHeading() {
  const t = useTranslate();
  const name = useEditorState((state) => state.document.fileName);
  return <h1 className="offscreen">{`${name || t("untitled")} · Dagwright`}</h1>;
}

/** Milliseconds in which a second click makes a double click. */
const doubleClick = 250;

/** The name of the file: a click opens My pipelines, a double click or F2 renames in place. */
function DocumentName() {
  const t = useTranslate();
  const editor = useEditor();
  const run = useRun();
  const [isAsked, setIsRenaming] = useState(false);
  const isReopened = useEditorState((state) => state.session.reopened?.["document-name"] !== undefined);
  const isReadOnly = useEditorState((state) => state.status.isReadOnly === true);
  const isRemoved = useEditorState((state) => state.status.isRemoved === true);
  const isRenaming = (isAsked || isReopened) && !isReadOnly;
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const stop = () => {
    clearTimeout(waiting.current);
    waiting.current = undefined;
  };
  useEffect(() => () => clearTimeout(waiting.current), []);
  const open = () => {
    stop();
    run(command("my-pipelines"));
  };
  const isServed = useEditorState((state) => state.document.isServed === true);
  const rename = () => {
    stop();
    // The name of a served file belongs to the disk.
    if (!isServed) setIsRenaming(!refuseIfLocked(editor));
  };
  const name = useEditorState((state) => state.document.fileName);
  const saving = useEditorState((state) =>
    state.session.firstVisit || isReadOnly
      ? undefined
      : state.status.saving === "saved" && state.status.waiting > 0
        ? "saving"
        : state.status.saving,
  );
  const changed = useEditorState(isChanged);
  const word =
    saving === "failed" ? t("not-saved") : saving === "saving" ? t("saving") : saving ? t("saved") : isReadOnly ? t("shown-only") : "";
  return (
    <div className="docname">
      {isRenaming ? (
        <NameInput
          label={t("pipelines-name")}
          form="document-name"
          name={name}
          onDone={(wanted) => {
            setIsRenaming(false);
            if (wanted !== undefined) editor.rename(wanted);
          }}
        />
      ) : (
        <button
          type="button"
          className="name-button"
          title={name ? `${name}\n${t("name-hint")}` : undefined}
          onClick={(event) => {
            // A double click renames in place; the dialog would come between its two clicks.
            if (event.detail === 0) open();
            else waiting.current ??= setTimeout(open, doubleClick);
          }}
          onDoubleClick={rename}
          onKeyDown={(event) => {
            if (event.key === "F2") rename();
          }}
        >
          <b className="cut" translate="no">
            {name || t("untitled")}
          </b>
        </button>
      )}
      <span className="dot-slot">
        {changed ? <span className="dot" role="img" aria-label={t("changed-since-export")} title={t("changed-since-export")} /> : null}
      </span>
      <span
        className={`save-state cut ${saving === "failed" ? "t-error" : "muted"}`}
        role="status"
        title={t(isRemoved ? "editor-removed" : isReadOnly ? "why-read-only" : "saved-hint")}
      >
        {word}
      </span>
    </div>
  );
}

/** Only for files with several workflows. */
function WorkflowSwitch() {
  const t = useTranslate();
  const editor = useEditor();
  const model = useEditorState((state) => state.document.model);
  const shown = useEditorState((state) => state.session.workflow);
  const indexes = workflowIndexes(model);
  if (indexes.length < 2) return null;
  return (
    <span className="field workflow-switch">
      <select
        aria-label={t("switch-workflow")}
        value={shown}
        onChange={(event) => {
          const index = Number(event.target.value);
          showWorkflow(editor, index, firstGraph(workflowAt(model, index))?.id);
        }}
      >
        {indexes.map((index) => (
          <option key={index} value={index}>
            {workflowAt(model, index)?.title}
          </option>
        ))}
      </select>
    </span>
  );
}

function UndoRedo() {
  const t = useTranslate();
  const run = useRun();
  const undone = useEditorState((state) => state.history.past.at(-1)?.label);
  const redone = useEditorState((state) => state.history.future.at(-1)?.label);
  const named = useNamedSay();
  return (
    <>
      <IconButton
        icon={Undo2}
        label={t("command-undo")}
        title={undone ? t("undo-step", { step: named(undone.code, undone.values) }) : undefined}
        disabled={!undone}
        onClick={() => run(command("undo"))}
      />
      <IconButton
        icon={Redo2}
        label={t("command-redo")}
        title={redone ? t("redo-step", { step: named(redone.code, redone.values) }) : undefined}
        disabled={!redone}
        onClick={() => run(command("redo"))}
      />
      <IconButton icon={History} label={t("command-history")} disabled={!undone && !redone} onClick={() => run(command("history"))} />
    </>
  );
}

function ChangedChip() {
  const t = useTranslate();
  const run = useRun();
  const now = useEditorState(useShallow(({ document: { id, text, exported } }) => ({ id, text, exported })));
  // Counted after all else is drawn: of a large text it takes a while. The two texts are deferred together: the text of one moment
  // compared with the exported text of another would count every line of a file just opened.
  const then = useDeferredValue(now);
  const isOfThis = then.id === now.id && now.exported !== "" && now.exported !== now.text;
  const count = useMemo(() => (isOfThis ? changedLines(then.exported, then.text) : 0), [isOfThis, then]);
  if (count === 0) return null;
  return (
    <button type="button" className="chip" onClick={() => run(command("changes"))}>
      {t("lines-changed", { n: count })}
    </button>
  );
}

function CheckState() {
  const t = useTranslate();
  const editor = useEditor();
  const diagnostics = useEditorState((state) => state.document.diagnostics);
  const busy = useEditorState((state) => state.status.checking || state.status.waiting > 0);
  const isEmpty = useEditorState((state) => state.document.text === "");
  const drafts = useEditorState((state) => countUnfinished(state.session));
  const workflow = useEditorState(currentWorkflow);
  if (isEmpty) return <span className="check-slot" />;
  const counts = countLevels(diagnostics);
  const clean = counts.error + counts.cluster + counts.warning + drafts === 0 && workflow !== undefined;
  const isWithoutTasks = clean && diagnostics.some(isAboutEmpty);
  const name = clean
    ? t(isWithoutTasks ? "check-empty" : "check-ready")
    : [
        ...(diagnostics.length > 0
          ? [t("problem-counts", { errors: counts.error, cluster: counts.cluster, warnings: counts.warning })]
          : []),
        ...(drafts > 0 ? [t("unfinished-count", { n: drafts })] : []),
      ].join(", ");
  return (
    <button
      type="button"
      className="btn check check-slot"
      aria-label={clean ? name : undefined}
      title={busy ? t("check-running") : name}
      aria-busy={busy}
      onClick={() => setPanel(editor, "bottom", "problems")}
    >
      {clean ? (
        <>
          {busy ? (
            <LoaderCircle className="i s" aria-hidden="true" />
          ) : isWithoutTasks ? (
            <CircleDashed className="i s" aria-hidden="true" />
          ) : (
            <CircleCheck className="i s t-success" aria-hidden="true" />
          )}
          <span className="word">{name}</span>
        </>
      ) : (
        <>
          <LevelCounts diagnostics={diagnostics} />
          {drafts > 0 ? (
            <span className="count">
              <PencilLine className="i s t-warning" role="img" aria-label={t("unfinished")} />
              {drafts}
            </span>
          ) : null}
        </>
      )}
    </button>
  );
}

/** The mark: an output wired to an input. */
function Logo() {
  return (
    <svg className="logo" viewBox="0 0 22 22" aria-hidden="true">
      <rect width="22" height="22" rx="5" fill="var(--accent)" />
      <path d="M7.6 7C13 7 9 15 13.4 15" fill="none" stroke="var(--accent-fg)" strokeWidth="1.7" />
      <circle cx="6.4" cy="7" r="2.5" fill="var(--accent-fg)" />
      <rect x="13" y="12.6" width="4.8" height="4.8" rx=".8" fill="var(--accent-fg)" />
    </svg>
  );
}
