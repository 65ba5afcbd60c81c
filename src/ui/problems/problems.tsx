import { X } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { setPanel, currentWorkflow } from "#editor/actions.ts";
import { countUnfinished } from "#editor/field-drafts.ts";
import type { Draft } from "#editor/state.ts";
import { boxOfPath, showDraft, showProblem, sortedProblems } from "#editor/commands/problems.ts";
import type { Diagnostic, Fix } from "#diagnostics/diagnostic.ts";
import type { Editor } from "#editor/editor.ts";
import type { Edit } from "#pipeline/edit.ts";
import { applySplices } from "#yaml/text-splice.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { LevelCounts, LevelIcon } from "../parts/level.tsx";
import { ResizeBorder } from "../parts/resize-border.tsx";
import { useEditor, useEditorState, usePage, useTranslate } from "../use-editor.ts";
import { useNamedSay, useNames } from "../use-names.ts";
import { lineStarts, lineOf } from "../yaml/lines.ts";
import { problemsPanel } from "../landmark-ids.ts";
import { FunctionRow } from "./unfinished-function.tsx";
import type { PythonOrigin } from "#editor/ports.ts";

/** Rows beyond this wait for “n more”: nobody needs a list of thousands, and rendering it is slow. */
const rowsAtFirst = 200;

/** The drawer below the canvas: all problems, the most severe first, each with its line and, if there is one, its fix. */
export default function Problems() {
  const t = useTranslate();
  const editor = useEditor();
  const diagnostics = useEditorState((state) => state.document.diagnostics);
  const drafts = useEditorState((state) => state.session.drafts);
  const python = useEditorState((state) => state.document.python);
  const text = useEditorState((state) => state.document.text);
  const [height, setHeight] = useState(176);
  const [most, setMost] = useState(rowsAtFirst);
  const sorted = useMemo(() => sortedProblems(diagnostics), [diagnostics]);
  const starts = useMemo(() => lineStarts(text), [text]);
  const functions = useEditorState((state) => state.session.unfinishedPython);
  const unfinished = useEditorState((state) => countUnfinished(state.session));
  const isEmpty = sorted.length === 0 && unfinished === 0 && !python?.problems.length;
  const panel = useRef<HTMLElement>(null);
  const isWanted = useEditorState((state) => state.session.wantedField === problemsPanel);
  useEffect(() => {
    if (!isWanted) return;
    panel.current?.focus();
    editor.session({ wantedField: undefined });
  }, [isWanted, editor]);
  return (
    <section
      ref={panel}
      className="low"
      style={{ height }}
      aria-label={t("landmark-problems")}
      role="region"
      id={problemsPanel}
      tabIndex={-1}
    >
      <ResizeBorder edge="top" label={t("landmark-problems")} size={height} range={[96, 420]} usual={176} onSize={setHeight} />
      <div className="panel-head">
        <h2>{t("landmark-problems")}</h2>
        <LevelCounts diagnostics={python ? [...python.problems.map(({ diagnostic }) => diagnostic), ...diagnostics] : diagnostics} />
        <span className="grow" />
        <span className="muted small">{t("next-problem-key")}</span>
        <IconButton small icon={X} label={t("close")} onClick={() => setPanel(editor, "bottom", undefined)} />
      </div>
      <div className="scroll" role={isEmpty ? undefined : "list"}>
        {Object.entries(drafts).map(([id, draft]) => (
          <DraftRow key={id} id={id} draft={draft} />
        ))}
        {Object.entries(functions).map(([task, written]) => (
          <FunctionRow key={task} task={task} text={written} />
        ))}
        {python ? <PythonProblems python={python} /> : null}
        {sorted.slice(0, most).map((problem, index) => (
          <ProblemRow
            key={`${index}-${problem.code}-${problem.path.join("/")}`}
            problem={problem}
            line={problem.span ? lineOf(starts, problem.span[0]) : undefined}
          />
        ))}
        {sorted.length > most ? (
          <button type="button" className="item" onClick={() => setMost(most + 1_000)}>
            {t("problems-more", { n: sorted.length - most })}
          </button>
        ) : null}
        {isEmpty ? <div className="empty-line">{t("no-problems")}</div> : null}
      </div>
    </section>
  );
}

/** A field or row that is not finished: pressing it leads there; one that cannot be finished any more is discarded. */
function DraftRow({ id, draft }: { readonly id: string; readonly draft: Draft }) {
  const t = useTranslate();
  const editor = useEditor();
  const name = t("unfinished-field", { field: t(draft.field.code, draft.field.values) });
  return (
    <div role="listitem" className="item problem-row">
      <button type="button" className="item problem-go" onClick={() => showDraft(editor, id)}>
        <LevelIcon level="warning" label={t("level-warning")} />
        <span className="cut grow">
          {name}: {t(draft.reason.code, draft.reason.values)}
        </span>
      </button>
      <span className="fix">
        <button
          type="button"
          className="btn sm line"
          aria-label={`${t("draft-discard")}: ${name}`}
          onClick={() => editor.draft(id, undefined)}
        >
          {t("draft-discard")}
        </button>
      </span>
    </div>
  );
}

function ProblemRow({ problem, line }: { readonly problem: Diagnostic; readonly line: number | undefined }) {
  const t = useNamedSay();
  const names = useNames();
  const editor = useEditor();
  const page = usePage();
  const model = useEditorState((state) => state.document.model);
  const workflow = useEditorState(currentWorkflow);
  const isShown = useEditorState((state) => state.session.reveal?.path === problem.path);
  const box = boxOfPath(model, workflow, problem.path);
  const task = box?.task === undefined ? box?.graph.name : box.task.slice(box.graph.id.length + 1);
  const where = [task && (names.get(task) ?? task), line === undefined ? undefined : t("problem-line", { line })]
    .filter(Boolean)
    .join(" · ");
  const fix = problem.fixes?.[0];
  const hint = t(`${problem.code}.hint`, problem.values);
  const show = () => {
    const id = showProblem(editor, problem);
    if (id) page.canvas.current?.focusBox(id, "center");
  };
  return (
    <div role="listitem" className={`item problem-row${isShown ? " on" : ""}`}>
      <button type="button" className="item problem-go" title={hint === `${problem.code}.hint` ? undefined : hint} onClick={show}>
        <LevelIcon level={problem.level} label={t(`level-${problem.level}`)} />
        <span className="cut grow">{t(problem.code, problem.values)}</span>
        <span className="where cut">{where}</span>
      </button>
      <span className="fix">
        {fix ? (
          <button type="button" className="btn sm line" title={t(fix.code, fix.values)} onClick={() => applyFix(editor, fix)}>
            {t(fix.code, fix.values)}
          </button>
        ) : null}
      </span>
    </div>
  );
}

/** Makes the changes of a fix as one step: edits, or changes of a text that cannot be read as data. */
function applyFix(editor: Editor, fix: Fix): void {
  const label = { code: fix.code, values: fix.values };
  if (!fix.splices) return void editor.dispatch({ edits: fix.edits as readonly Edit[], label });
  const { document, status } = editor.store.getState();
  // The places are those of the text that was checked last.
  if (!status.checking) void editor.replaceText(applySplices(document.text, fix.splices), { label, base: document.text });
}

/** The diagnostics about the Python file of the pipeline: each with its line and column there, and the text of the line. */
function PythonProblems({ python }: { readonly python: PythonOrigin }) {
  const t = useTranslate();
  return python.problems.map(({ diagnostic, line, column, source }, index) => {
    const hint = t(`${diagnostic.code}.hint`, diagnostic.values);
    return (
      <div
        key={index}
        role="listitem"
        className="item problem-row python-remark"
        title={hint === `${diagnostic.code}.hint` ? undefined : hint}
      >
        <LevelIcon level={diagnostic.level} label={t(`level-${diagnostic.level}`)} />
        <span className="grow">
          <span className="said">{t(diagnostic.code, diagnostic.values)}</span>
          <code>{source}</code>
        </span>
        <span className="where cut">{`${python.fileName}:${line}:${column}`}</span>
      </div>
    );
  });
}
