import { SquareFunction, X } from "lucide-react";
import { useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { currentWorkflow } from "#editor/actions.ts";
import { whenSettled } from "#editor/dispatch.ts";
import { addByEdits, graphForTasks } from "#editor/library/place-entry.ts";
import { type OpenedFunction, openFunction, saveFunction } from "#editor/library/python-task.ts";
import type { EditorState } from "#editor/state.ts";
import { writeComponent } from "#components/component-yaml/write.ts";
import { calleeOf, indexOfModel } from "#pipeline/model-index.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { PythonFunction } from "#python/function.ts";
import { readFunctions } from "#python/functions.ts";
import { readMetrics } from "#python/metrics.ts";
import { defaultImage, programOf } from "#python/program.ts";
import { Modal } from "../dialogs/sheet.tsx";
import { LevelIcon } from "../parts/level.tsx";
import { useFormState } from "../parts/use-form-state.ts";
import { useCurrentGraph } from "../graph-view.ts";
import { useEditor, useEditorState, usePage, useTranslate } from "../use-editor.ts";
import { CodeEditor, type CodeHandle } from "./code-editor.tsx";
import { isBlocked, lineNotes, metricsChanges, portLines } from "./function-view.ts";
import { PreviewBox } from "./preview-box.tsx";
import styles from "./python.module.css";
import { FunctionChoice, Metrics, PortTable, RunsIn } from "./python-side-panel.tsx";
import { starterText } from "./starter-program.ts";

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
  const template = workflow && task ? calleeOf(state.document.model, workflow, task.call)?.template : undefined;
  return task && template ? openFunction(task, template) : undefined;
}

function FunctionDialog({ opened, onClose }: { readonly opened: OpenedFunction | undefined; readonly onClose: () => void }) {
  const t = useTranslate();
  const page = usePage();
  const editor = useEditor();
  const code = useRef<CodeHandle>(null);
  const target = useEditorState((state) => state.session.python);
  const language = useEditorState((state) => state.session.language);
  const graph = useCurrentGraph();
  const key = opened?.task ?? "";
  const original = opened?.text ?? starterText(language);
  // The text itself is kept as unfinished also when the dialog closes; this says that it was open, and the text is newer than the target's.
  const [isTyped, setTyped] = useFormState<boolean>({ form: "function", part: "typed" }, false);
  const [text, setText] = useState(() => {
    const unfinished = editor.store.getState().session.unfinishedPython[key];
    return (isTyped ? (unfinished ?? target?.text) : (target?.text ?? unfinished)) ?? original;
  });
  const [chosenIndex, setChosen] = useFormState<number>({ form: "function", part: "chosen" }, 0);
  const [image, setImage] = useFormState<string | null>({ form: "function", part: "image" }, opened?.image ?? null);
  const [packages, setPackages] = useFormState<readonly string[] | null>({ form: "function", part: "packages" }, opened?.packages ?? null);

  const [refused, setRefused] = useState<Diagnostic | undefined>(undefined);

  const read = useDeferredValue(text);
  const { functions, diagnostics: found } = useMemo(() => readFunctions(read), [read]);
  const isV2 = opened?.isSignatureFixed === true;
  // Artifacts as parameters are what KFP v2 has; the checks are those of version 1.
  const diagnostics = useMemo(() => (isV2 ? found.filter(({ code }) => code !== "python-v2-artifact") : found), [found, isV2]);
  const written = useMemo(() => readMetrics(read), [read]);
  const chosen = Math.min(chosenIndex, Math.max(0, functions.length - 1));
  const fn = functions[chosen];
  const lines = useMemo(() => (fn ? portLines(fn, t) : []), [fn, t]);
  const notes = useMemo(() => lineNotes(lines, t), [lines, t]);
  const sentence = useCallback((diagnostic: Diagnostic) => messageOf(diagnostic, t), [t]);
  const inFunction = <One extends { readonly span: readonly [number, number] }>(all: readonly One[]) =>
    all.filter(({ span }) => fn && span[0] >= fn.span[0] && span[0] <= fn.span[1]);
  const options = useMemo(
    () => ({ image: image ?? fn?.baseImage ?? defaultImage, packages: packages ?? fn?.packagesToInstall ?? [] }),
    [image, packages, fn],
  );
  const blocked = !fn || isBlocked(fn, functions, diagnostics);
  const worst = diagnostics.some(({ level }) => level === "error")
    ? "error"
    : diagnostics.some(({ level }) => level === "warning")
      ? "warning"
      : undefined;
  const node = graph?.nodes.find(({ id }) => id === opened?.task);
  const taskTitle = node?.title ?? "";
  const saved = useMemo(() => (opened ? saveFunction(opened, read, options) : undefined), [opened, read, options]);

  const type = (now: string) => {
    setText(now);
    setTyped(true);
    setRefused(undefined);
    // Typed back to what it was: nothing is unfinished.
    if (now === original) return forget();
    editor.session((session) => ({ unfinishedPython: { ...session.unfinishedPython, [key]: now } }));
  };
  const forget = () =>
    editor.session((session) => ({
      unfinishedPython: Object.fromEntries(Object.entries(session.unfinishedPython).filter(([id]) => id !== key)),
    }));
  const revert = () => {
    forget();
    setText(original);
    setImage(opened?.image ?? null);
    setPackages(opened?.packages ?? null);
  };
  const add = (wanted: readonly PythonFunction[]) => {
    const into = graphForTasks(editor);
    if (into === undefined) return onClose();
    const edits = wanted.map((one): Edit => ({
      kind: "add-component",
      graph: into,
      spec: writeComponent(programOf(one, wanted.length === 1 ? options : { ...(image !== null && { image }) })),
    }));
    const label = { code: "step-python-add", values: { n: wanted.length } };
    whenSettled(addByEdits(editor, edits, { at: target?.at, label }), (outcome) => {
      if (!outcome.ok) return setRefused(outcome.refusal);
      forget();
      onClose();
      const [task] = outcome.selection;
      if (task !== undefined) page.canvas.current?.focusBox(task);
    });
  };
  const save = () => {
    if (!opened || !saved || (saved.kind !== "body" && saved.kind !== "component")) return onClose();
    const label = { code: "step-python", values: { task: taskTitle } };
    whenSettled(editor.dispatch({ edits: saved.edits, label }), (outcome) => {
      if (!outcome.ok) return setRefused(outcome.refusal);
      forget();
      editor.toast(saved.kind === "component" && saved.program ? "py-saved-new" : "py-saved-body", { task: taskTitle }, true);
      onClose();
    });
  };
  const insertMetrics = () => {
    if (!fn) return;
    for (const change of [...metricsChanges(text, fn)].toSorted((a, b) => b.from - a.from))
      code.current?.replace(change.from, change.to, change.text);
  };

  return (
    <Modal label={t(opened ? "py-title-task" : "py-title-new", { task: taskTitle })} large onClose={onClose}>
      <div className={styles.sheet}>
        <div className={`dialog-head ${styles.head}`}>
          <SquareFunction className="i" aria-hidden="true" />
          <h2>{t(opened ? "py-title-task" : "py-title-new", { task: taskTitle })}</h2>
          <span className="grow" />
          <span className="muted small">{t("py-read-only")}</span>
          <button type="button" className="btn icon sm" aria-label={t("close")} onClick={onClose}>
            <X className="i" aria-hidden="true" />
          </button>
        </div>
        <div className={styles.code}>
          <div className={styles.text}>
            <CodeEditor
              ref={code}
              text={text}
              label={t("py-code")}
              diagnostics={diagnostics}
              messageOf={sentence}
              notes={notes}
              onText={type}
            />
          </div>
          <DiagnosticList diagnostics={diagnostics} text={read} onGo={(offset) => code.current?.goTo(offset)} />
          <div className={styles.keys}>{t("py-keys")}</div>
        </div>
        <div className={styles.side}>
          <div className={styles.stage} aria-label={t("py-preview")} role="group">
            {fn ? (
              <PreviewBox
                title={fn.component.name ?? fn.name}
                summary={fn.summary ?? ""}
                lines={lines}
                image={options.image}
                packages={options.packages.length}
                worst={worst}
              />
            ) : (
              <span className="muted">{t("python-no-function")}</span>
            )}
          </div>
          {opened ? null : <FunctionChoice functions={functions} chosen={chosen} onChoose={setChosen} />}
          <PortTable lines={lines} />
          <RunsIn image={options.image} packages={options.packages} onImage={setImage} onPackages={setPackages} />
          <Metrics metrics={inFunction(written.metrics)} views={inFunction(written.views)} onInsert={insertMetrics} />
        </div>
        <div className={styles.foot}>
          <span className="muted small grow" role="status">
            {refused
              ? messageOf(refused, t)
              : blocked && fn
                ? t("py-blocked")
                : saved
                  ? `${savedNote(saved, t)} ${node && node.uses > 1 ? t("py-note-shared", { n: node.uses }) : ""}`
                  : ""}
          </span>
          {text === original && image === opened?.image && packages === opened?.packages ? null : (
            <button type="button" className="btn" onClick={revert}>
              {t("py-revert")}
            </button>
          )}
          {opened ? (
            <button
              type="button"
              className="btn primary"
              disabled={blocked || saved?.kind === "unchanged" || saved?.kind === "unreadable" || saved?.kind === "fixed"}
              onClick={save}
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
                  onClick={() => add(functions)}
                >
                  {t("py-add-all", { n: functions.length })}
                </button>
              ) : null}
              <button type="button" className="btn primary" disabled={blocked} onClick={() => fn && add([fn])}>
                {t("py-add")}
              </button>
            </>
          )}
        </div>
      </div>
    </Modal>
  );
}

function savedNote(saved: ReturnType<typeof saveFunction>, t: ReturnType<typeof useTranslate>): string {
  if (saved.kind === "body") return t("py-note-same");
  if (saved.kind === "fixed") return t("py-note-fixed");
  if (saved.kind === "component") return t(saved.program ? "py-note-new" : "py-note-options");
  return "";
}

function messageOf(diagnostic: Diagnostic, t: ReturnType<typeof useTranslate>): string {
  const hint = t(`${diagnostic.code}.hint`, diagnostic.values);
  return hint === `${diagnostic.code}.hint` ? t(diagnostic.code, diagnostic.values) : `${t(diagnostic.code, diagnostic.values)} ${hint}`;
}

/** What is wrong, line by line; pressing one goes there. */
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
                {t("py-line", { line })}: {t(diagnostic.code, diagnostic.values)}
                {hint === `${diagnostic.code}.hint` ? null : <span className="muted"> {hint}</span>}
              </span>
            </button>
          </div>
        );
      })}
    </div>
  );
}
