import { SquareFunction, X } from "lucide-react";
import { type RefObject, useCallback, useMemo, useRef, useState } from "react";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { currentWorkflow } from "#editor/actions.ts";
import { type OpenedFunction, openFunction, type SavedFunction } from "#editor/library/python-task.ts";
import type { EditorState } from "#editor/state.ts";
import { atLine } from "#messages/at-line.ts";
import { indexOfModel } from "#pipeline/model-index.ts";
import { calleeOf } from "#pipeline/resolve-call.ts";
import { Modal } from "../dialogs/sheet.tsx";
import { LevelIcon } from "../parts/level.tsx";
import { useEditor, useEditorState, useTranslate } from "../use-editor.ts";
import { CodeEditor, type CodeHandle } from "./code-editor.tsx";
import { isBlocked, lineNotes, metricsChanges, portLines } from "./function-view.ts";
import { PreviewBox } from "./preview-box.tsx";
import styles from "./python.module.css";
import { FunctionChoice, Metrics, PortTable, RunsIn } from "./python-side-panel.tsx";
import { useWrittenFunction, type WrittenFunction } from "./use-written-function.ts";

/** Writing a Python function: its text beside the box that it becomes. The text is read with every key and never run. */
export default function PythonDialog({ onClose }: { readonly onClose: () => void }) {
  const target = useEditorState((state) => state.session.python);
  const editor = useEditor();
  const t = useTranslate();
  // The content of the file when the dialog opened; saving is compared with it.
  const [opened] = useState(() => openedFunction(editor.store.getState(), target?.task));
  const task = target?.task;
  if (task !== undefined && !opened) {
    return (
      <Modal label={t("section-python")} onClose={onClose}>
        <div className="dialog-body" style={{ paddingTop: 16 }}>
          {t("py-gone")}
        </div>
        <div className="dialog-foot">
          <button type="button" className="btn primary" onClick={onClose}>
            {t("close")}
          </button>
        </div>
      </Modal>
    );
  }
  return <FunctionDialog opened={opened} onClose={onClose} />;
}

function openedFunction(state: EditorState, id: string | undefined): OpenedFunction | undefined {
  const workflow = currentWorkflow(state);
  const task = id === undefined ? undefined : indexOfModel(state.document.model).tasks.get(id as never)?.task;
  const callee = workflow && task ? calleeOf(state.document.model, workflow, task.call) : undefined;
  return task && callee ? openFunction(task, callee.template, callee.workflow.format, callee.workflow) : undefined;
}

function FunctionDialog({ opened, onClose }: { readonly opened: OpenedFunction | undefined; readonly onClose: () => void }) {
  const t = useTranslate();
  const code = useRef<CodeHandle>(null);
  const written = useWrittenFunction(opened, onClose);
  const { fn, text } = written;
  const lines = useMemo(() => (fn ? portLines(fn, t) : []), [fn, t]);
  const title = t(opened ? "py-title-task" : "py-title-new", { task: written.node?.title ?? "" });
  const insertMetrics = () => {
    if (!fn) return;
    for (const change of [...metricsChanges(text, fn)].toSorted((a, b) => b.from - a.from))
      code.current?.replace(change.from, change.to, change.text);
  };
  return (
    <Modal label={title} large onClose={onClose}>
      <div className={styles.sheet}>
        <div className={`dialog-head ${styles.head}`}>
          <SquareFunction className="i" aria-hidden="true" />
          <h2>{title}</h2>
          <span className="grow" />
          <span className="muted small">{t("py-read-only")}</span>
          <button type="button" className="btn icon sm" aria-label={t("close")} onClick={onClose}>
            <X className="i" aria-hidden="true" />
          </button>
        </div>
        <Code ref={code} written={written} lines={lines} />
        <div className={styles.side}>
          <Preview written={written} lines={lines} />
          {opened ? null : <FunctionChoice functions={written.functions} chosen={written.chosen} onChoose={written.choose} />}
          <PortTable lines={lines} />
          <RunsIn {...written.run} onImage={written.setImage} onPackages={written.setPackages} />
          <Metrics metrics={written.written.metrics} views={written.written.views} onInsert={insertMetrics} />
        </div>
        <Foot written={written} />
      </div>
    </Modal>
  );
}

interface PartProps {
  readonly written: WrittenFunction;
  readonly lines: ReturnType<typeof portLines>;
}

/** The text and its problems. */
function Code({ ref, written, lines }: PartProps & { readonly ref: RefObject<CodeHandle | null> }) {
  const t = useTranslate();
  const notes = useMemo(() => lineNotes(lines, t), [lines, t]);
  const sentence = useCallback((diagnostic: Diagnostic) => messageOf(diagnostic, t), [t]);
  const { text, read, diagnostics } = written;
  return (
    <div className={styles.code}>
      <div className={styles.text}>
        <CodeEditor
          ref={ref}
          text={text}
          label={t("py-code")}
          diagnostics={diagnostics}
          messageOf={sentence}
          notes={notes}
          onText={written.type}
        />
      </div>
      <DiagnosticList diagnostics={diagnostics} text={read} onGo={(offset) => ref.current?.goTo(offset)} />
      <div className={styles.keys}>{t("py-keys")}</div>
    </div>
  );
}

/** The box that the function becomes. */
function Preview({ written: { fn, run, worst }, lines }: PartProps) {
  const t = useTranslate();
  return (
    <div className={styles.stage} aria-label={t("py-preview")} role="group">
      {fn ? (
        <PreviewBox
          title={fn.component.name ?? fn.name}
          summary={fn.summary ?? ""}
          lines={lines}
          image={run.image}
          packages={run.packages.length}
          worst={worst}
        />
      ) : (
        <span className="muted">{t("python-no-function")}</span>
      )}
    </div>
  );
}

function Foot({ written }: { readonly written: WrittenFunction }) {
  const t = useTranslate();
  const { opened, saved, fn, functions, diagnostics } = written;
  return (
    <div className={styles.foot}>
      <span className="muted small grow" role="status">
        {footNote(written, t)}
      </span>
      {written.isChanged ? (
        <button type="button" className="btn" onClick={written.revert}>
          {t("py-revert")}
        </button>
      ) : null}
      {opened ? (
        <button
          type="button"
          className="btn primary"
          disabled={written.isBlocked || saved?.kind === "unchanged" || saved?.kind === "unreadable" || saved?.kind === "refused"}
          onClick={written.save}
        >
          {t("py-save")}
        </button>
      ) : (
        <>
          {functions.length > 1 ? (
            <button
              type="button"
              className="btn line"
              disabled={functions.some((one) => isBlocked(one, functions, diagnostics))}
              onClick={() => written.add(functions)}
            >
              {t("py-add-all", { n: functions.length })}
            </button>
          ) : null}
          <button type="button" className="btn primary" disabled={written.isBlocked} onClick={() => fn && written.add([fn])}>
            {t("py-add")}
          </button>
        </>
      )}
    </div>
  );
}

function footNote({ refused, isBlocked, fn, saved, node }: WrittenFunction, t: ReturnType<typeof useTranslate>): string {
  if (refused) return messageOf(refused, t);
  if (isBlocked && fn) return t("py-blocked");
  if (!saved) return "";
  return `${savedNote(saved, t)} ${node && node.uses > 1 ? t("py-note-shared", { n: node.uses }) : ""}`;
}

function savedNote(saved: SavedFunction, t: ReturnType<typeof useTranslate>): string {
  if (saved.kind === "body") return t("py-note-same");
  if (saved.kind === "refused") return messageOf(saved.refusal, t);
  if (saved.kind === "component" && saved.inPlace) return t("py-note-changed");
  if (saved.kind === "component") return t(saved.program ? "py-note-new" : "py-note-options");
  return "";
}

function messageOf(diagnostic: Diagnostic, t: ReturnType<typeof useTranslate>): string {
  const hint = t(`${diagnostic.code}.hint`, diagnostic.values);
  return hint === `${diagnostic.code}.hint` ? t(diagnostic.code, diagnostic.values) : `${t(diagnostic.code, diagnostic.values)} ${hint}`;
}

/** The problems by line; pressing one moves the cursor there. */
function DiagnosticList({
  diagnostics,
  text,
  onGo,
}: {
  readonly diagnostics: readonly Diagnostic[];
  readonly text: string;
  readonly onGo: (offset: number) => void;
}) {
  const t = useTranslate();
  if (diagnostics.length === 0) return null;
  return (
    <div className={styles.problems} role="list" aria-label={t("py-problems")}>
      {diagnostics.map((diagnostic, index) => {
        const offset = diagnostic.span?.[0] ?? 0;
        const line = text.slice(0, offset).split("\n").length;
        const hint = t(`${diagnostic.code}.hint`, diagnostic.values);
        return (
          <div key={index} role="listitem">
            <button type="button" className={styles.problem} title={t("py-go-to", { line })} onClick={() => onGo(offset)}>
              <LevelIcon level={diagnostic.level} label={t(`level-${diagnostic.level}`)} />
              <span className="grow">
                {atLine(t, line, diagnostic)}
                {hint === `${diagnostic.code}.hint` ? null : <span className="muted"> {hint}</span>}
              </span>
            </button>
          </div>
        );
      })}
    </div>
  );
}
