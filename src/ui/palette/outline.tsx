import { ChevronRight, Repeat, Split } from "lucide-react";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { removeTasks } from "#editor/actions.ts";
import { templateTitle } from "#editor/display-names.ts";
import { unreached } from "#pipeline/model-index.ts";
import { calleeOf, templateByName } from "#pipeline/resolve-call.ts";
import type { Model, Task, Template, Workflow } from "#pipeline/model.ts";
import type { Translate } from "#messages/lazy-catalog.ts";
import { useGraphView } from "../graph-view.ts";
import { useEditor, useEditorState, usePage, useTranslate } from "../use-editor.ts";

interface Row {
  readonly key: string;
  readonly level: number;
  readonly name: string;
  readonly task?: Task;
  /** The graph that contains the call, and the path to it. */
  readonly graph: Template;
  readonly trail: readonly string[];
  readonly inside?: Template;
  readonly again: boolean;
}

/**
 * Every task of every graph as a tree (docs/spec/interaction.md#outline): an alternative for those who cannot use the graph. Selection is
 * shared with the canvas.
 */
export default function Outline() {
  const t = useTranslate();
  const editor = useEditor();
  const page = usePage();
  const { model, workflow } = useGraphView();
  const selection = useEditorState((state) => state.session.selection);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [focus, setFocus] = useState(0);
  const tree = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => (workflow ? rowsOf(model, workflow, closed, t) : []), [model, workflow, closed, t]);
  if (rows.length === 0) return <div className="empty-line">{t("outline-empty")}</div>;
  const current = Math.min(focus, rows.length - 1);

  const show = (row: Row) => {
    editor.session({ graph: row.graph.id, trail: row.trail, selection: row.task ? [row.task.id] : [] });
    const id = row.task?.id;
    if (id) page.canvas.current?.focusBox(id, "center");
  };
  const toggle = (row: Row, open: boolean) =>
    setClosed((before) => {
      const next = new Set(before);
      if (open) next.delete(row.key);
      else next.add(row.key);
      return next;
    });
  const go = (index: number) => {
    const to = Math.max(0, Math.min(rows.length - 1, index));
    setFocus(to);
    tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"]')[to]?.focus();
  };
  const keys = (event: KeyboardEvent, row: Row, index: number) => {
    const isOpen = row.inside !== undefined && !row.again && !closed.has(row.key);
    const actions: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(index + 1),
      ArrowUp: () => go(index - 1),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      ArrowRight: () => (row.inside && !row.again && closed.has(row.key) ? toggle(row, true) : go(index + 1)),
      ArrowLeft: () => (isOpen ? toggle(row, false) : go(rows.findLastIndex((other, at) => at < index && other.level < row.level))),
      Enter: () => show(row),
      " ": () => show(row),
      F2: () => {
        const task = row.task?.id;
        show(row);
        if (task) page.canvas.current?.renameInPlace(task);
      },
      Delete: () => {
        if (!row.task) return;
        editor.session({ graph: row.graph.id, trail: row.trail });
        removeTasks(editor, [row.task.id]);
      },
    };
    const action = actions[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  };
  return (
    <div className="scroll" role="tree" aria-label={t("outline")} ref={tree}>
      {rows.map((row, index) => {
        const isOpen = row.inside !== undefined && !row.again ? !closed.has(row.key) : undefined;
        const isSelected = row.task !== undefined && selection.includes(row.task.id);
        const Mark = row.task?.loop ? Repeat : row.task?.when ? Split : undefined;
        return (
          <div
            key={row.key}
            role="treeitem"
            aria-level={row.level + 1}
            aria-expanded={isOpen}
            aria-selected={isSelected}
            tabIndex={index === current ? 0 : -1}
            className={`item${isSelected ? " on" : ""}`}
            style={{ paddingLeft: 8 + row.level * 14 }}
            onClick={() => {
              setFocus(index);
              show(row);
            }}
            onFocus={() => setFocus(index)}
            onKeyDown={(event) => keys(event, row, index)}
          >
            <span
              style={{ width: 14, display: "inline-flex" }}
              onClick={(event) => {
                if (isOpen !== undefined) {
                  event.stopPropagation();
                  toggle(row, !isOpen);
                }
              }}
            >
              {isOpen === undefined ? null : (
                <ChevronRight className="i xs" aria-hidden="true" style={{ transform: isOpen ? "rotate(90deg)" : undefined }} />
              )}
            </span>
            <span className="cut grow" translate="no">
              {row.name}
            </span>
            {Mark ? <Mark className="i xs" aria-hidden="true" /> : null}
            {row.again ? <span className="muted small">{t("outline-again")}</span> : null}
            {row.task ? null : <span className="muted small">{t("outline-unused")}</span>}
          </div>
        );
      })}
    </div>
  );
}

/** Beyond this many rows the deepest levels stay closed: a file that calls itself in a thousand ways is not unrolled. */
const mostRows = 4_000;

function rowsOf(model: Model, workflow: Workflow, closed: ReadonlySet<string>, t: Translate): readonly Row[] {
  const rows: Row[] = [];
  const start = templateByName(workflow, workflow.entrypoint);
  const visit = (graph: Template, trail: readonly string[], level: number, way: string) => {
    for (const task of graph.tasks) {
      if (rows.length > mostRows) return;
      const callee = calleeOf(model, workflow, task.call)?.template;
      const inside = callee && callee.tasks.length > 0 ? callee : undefined;
      const again = inside !== undefined && (inside.id === graph.id || trail.includes(inside.id));
      const key = `${way}/${task.id}`;
      rows.push({ key, level, name: (callee && templateTitle(workflow, callee, t)) ?? task.name, task, graph, trail, inside, again });
      if (inside && !again && !closed.has(key)) visit(inside, [...trail, graph.id], level + 1, key);
    }
  };
  if (start) visit(start, [], 0, "");
  for (const template of start ? unreached(model, workflow) : workflow.templates) {
    if (template.tasks.length === 0 || template === start) continue;
    rows.push({
      key: template.id,
      level: 0,
      name: templateTitle(workflow, template, t) ?? template.name,
      graph: template,
      trail: [],
      inside: template,
      again: false,
    });
    if (!closed.has(template.id)) visit(template, [], 1, template.id);
  }
  return rows;
}
