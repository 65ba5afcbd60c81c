import { Pencil, X } from "lucide-react";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { refuseIfLocked, selectedTasks, setPanel, currentGraph, currentWorkflow } from "#editor/actions.ts";
import { command } from "#editor/commands/all.ts";
import { unreadLine } from "#editor/follow-up-diagnostics.ts";
import { boxOfPath } from "#editor/commands/problems.ts";
import { goTo } from "#editor/actions.ts";
import type { EditorState } from "#editor/state.ts";
import { calleeOf } from "#pipeline/resolve-call.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { LevelIcon } from "../parts/level.tsx";
import { useEditor, useEditorState, usePage, useRun, useTranslate } from "../use-editor.ts";
import { type Piece, piecesOf } from "./highlight.ts";
import { lineOf, lineStarts, lineText } from "./lines.ts";
import { YamlText } from "./yaml-text.tsx";

const lineHeight = 20;
const beyond = 20;

/** The pipeline as text. It follows the selection and shows diagnostics at their lines; only the lines in view are on the page. */
export default function YamlPane() {
  const t = useTranslate();
  const run = useRun();
  const editor = useEditor();
  const [editing, setEditing] = useState(false);
  const waiting = useEditorState((state) => state.status.waiting);
  const line = useEditorState((state) => unreadLine(state.document.errors));
  const changed = useEditorState((state) => state.document.text !== state.document.exported && state.document.exported !== "");
  return (
    <div className="panel">
      <div className="panel-head">
        <h2>{t("landmark-yaml")}</h2>
        {waiting === 0 && line !== undefined ? (
          <span className="chip warning">{t("yaml-unfinished", { line })}</span>
        ) : (
          <span className="chip">{t(waiting > 0 ? "yaml-writing" : "yaml-in-step")}</span>
        )}
        <span className="grow" />
        <button type="button" className="btn sm" aria-pressed={editing} onClick={() => setEditing(!editing && !refuseIfLocked(editor))}>
          <Pencil className="i s" aria-hidden="true" />
          {t(editing ? "yaml-done" : "yaml-edit")}
        </button>
        {changed ? (
          <button type="button" className="btn sm" onClick={() => run(command("changes"))}>
            {t("command-changes")}
          </button>
        ) : null}
        <IconButton small icon={X} label={t("close")} onClick={() => setPanel(editor, "right", "inspector")} />
      </div>
      {editing ? <YamlText /> : <YamlLines />}
    </div>
  );
}

function YamlLines() {
  const t = useTranslate();
  const page = usePage();
  const editor = useEditor();
  const text = useEditorState((state) => state.document.text);
  const diagnostics = useEditorState((state) => state.document.diagnostics);
  const starts = useMemo(() => lineStarts(text), [text]);
  const marks = useMemo(() => marksOf(diagnostics, starts), [diagnostics, starts]);
  const lit = useLitLines(starts);
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const element = scroller.current;
    if (!element || !lit) return;
    const [from, to] = lit;
    const top = (from - 1) * lineHeight;
    const isVisible =
      top >= element.scrollTop && Math.min(to * lineHeight, top + element.clientHeight) <= element.scrollTop + element.clientHeight;
    if (!isVisible) element.scrollTop = Math.max(0, top - lineHeight * 3);
  }, [lit]);

  const first = Math.max(1, Math.floor(view.top / lineHeight) - beyond);
  const last = Math.min(starts.length, Math.ceil((view.top + view.height) / lineHeight) + beyond);
  const choose = async (line: number) => {
    const offset = starts[line - 1];
    if (offset === undefined) return;
    const indent = /^\s*(?:- +)*/.exec(lineText(text, starts, line))?.[0].length ?? 0;
    const path = await editor.outside.text.pathAt(offset + indent);
    const state = editor.store.getState();
    const box = boxOfPath(state.document.model, currentWorkflow(state), path);
    if (!box) return;
    if (currentGraph(state)?.id !== box.graph.id) goTo(editor, box.graph.id);
    editor.session({ selection: box.task ? [box.task] : [], reveal: undefined });
    if (box.task) page.canvas.current?.focusBox(box.task);
  };
  const rows = [];
  for (let line = first; line <= last; line++) {
    const isLit = lit !== undefined && line >= lit[0] && line <= lit[1];
    rows.push(
      <Line key={line} line={line} text={lineText(text, starts, line)} isLit={isLit} problems={marks.get(line)} onChoose={choose} />,
    );
  }
  return (
    <div
      className="yaml-scroll"
      ref={scroller}
      tabIndex={0}
      role="document"
      aria-label={t("yaml-text")}
      onScroll={(event) => setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
    >
      <div className="code" translate="no" style={{ height: starts.length * lineHeight, minWidth: "max-content" }}>
        <div style={{ transform: `translateY(${(first - 1) * lineHeight}px)` }}>{rows}</div>
      </div>
    </div>
  );
}

interface LineProps {
  readonly line: number;
  readonly text: string;
  readonly isLit: boolean;
  readonly problems: readonly Diagnostic[] | undefined;
  readonly onChoose: (line: number) => Promise<void>;
}

function Line({ line, text, isLit, problems, onChoose }: LineProps) {
  const t = useTranslate();
  const worst = problems?.[0];
  return (
    <div className={`ln${isLit ? " hl" : ""}`} data-line={line} onClick={() => void onChoose(line)}>
      <i aria-hidden="true">{line}</i>
      <span>
        <span className={worst ? `squig ${worst.level}` : undefined}>
          {piecesOf(text.length > 2_000 ? `${text.slice(0, 2_000)}…` : text).map(showPiece)}
        </span>
        {worst ? (
          <span className={`inlay ${worst.level}`} title={problems?.map((one) => t(one.code, one.values)).join("\n")}>
            <LevelIcon level={worst.level} />
            {t(worst.code, worst.values)}
          </span>
        ) : null}
      </span>
    </div>
  );
}

function showPiece(piece: Piece, index: number) {
  return piece.kind === "" ? (
    piece.text
  ) : (
    <span key={index} className={piece.kind}>
      {piece.text}
    </span>
  );
}

function marksOf(diagnostics: readonly Diagnostic[], starts: readonly number[]): ReadonlyMap<number, readonly Diagnostic[]> {
  const marks = new Map<number, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    if (!diagnostic.span) continue;
    const line = lineOf(starts, diagnostic.span[0]);
    const list = marks.get(line);
    if (list) list.push(diagnostic);
    else marks.set(line, [diagnostic]);
  }
  return marks;
}

/** The lines of the requested path, else of the selected call's template and the call itself. */
function useLitLines(starts: readonly number[]): readonly [from: number, to: number] | undefined {
  const editor = useEditor();
  const reveal = useEditorState((state) => state.session.reveal);
  const path = useEditorState(selectedPath);
  const text = useEditorState((state) => state.document.text);
  const waiting = useEditorState((state) => state.status.waiting);
  const [lit, setLit] = useState<readonly [number, number] | undefined>(undefined);
  const wanted = reveal?.path ?? path;
  const key = wanted?.join("\n");

  useEffect(() => {
    if (waiting > 0) return;
    let isLate = false;
    const ask = async () => {
      const [span] = wanted === undefined || wanted.length === 0 ? [] : await editor.outside.text.spans([wanted]);
      if (isLate) return;
      const from = reveal?.span?.[0] ?? span?.start;
      const end = reveal?.span?.[1] ?? span?.end;
      setLit(from === undefined || end === undefined ? undefined : [lineOf(starts, from), lineOf(starts, Math.max(from, end - 1))]);
    };
    void ask().catch(() => setLit(undefined));
    return () => {
      isLate = true;
    };
    // `key` identifies `wanted`: a new array with equal elements is the same path.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, reveal?.id, text, waiting, editor, starts]);
  return lit;
}

function selectedPath(state: EditorState): readonly (string | number)[] | undefined {
  const task = selectedTasks(state)[0];
  if (!task) return undefined;
  const workflow = currentWorkflow(state);
  return (workflow && calleeOf(state.document.model, workflow, task.call)?.template.path) ?? task.path;
}
