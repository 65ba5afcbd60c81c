import { useMemo } from "react";
import { currentWorkflow, selectedGraph, selectedTasks } from "#editor/actions.ts";
import { groupSelected } from "#editor/commands/arrangement.ts";
import { whenMade } from "#editor/dispatch.ts";
import type { Around, Side } from "#editor/control-form.ts";
import { withTitles } from "#editor/display-names.ts";
import { indexOfModel } from "#pipeline/model-index.ts";
import type { GroupKind, GroupOperand } from "#pipeline/authoring-edit.ts";
import type { Edit } from "#pipeline/edit.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import type { Task } from "#pipeline/model.ts";
import { useSelectedGraph } from "../graph-view.ts";
import { useEditorState, usePage, useTranslate } from "../use-editor.ts";

interface Source {
  readonly key: string;
  readonly text: string;
  readonly operand: GroupOperand;
}

interface Sources {
  readonly sources: readonly Source[];
  readonly around: Around;
}

/** Values that a group can be made of: the pipeline's parameters, the graph's inputs, and values of tasks outside of it. */
export function useSources(): Sources {
  const model = useEditorState((state) => state.document.model);
  const template = useEditorState(selectedGraph);
  const workflow = useEditorState(currentWorkflow);
  const selection = useEditorState((state) => state.session.selection);
  const t = useTranslate();
  return useMemo(() => {
    const graph = workflow && template ? withTitles(graphOf(model, workflow, template.id), workflow, t) : undefined;
    const inputs = graph?.inputs.filter(({ kind }) => kind === "parameter").map(({ name }) => name) ?? [];
    const titles = graph?.nodes.map(({ title }) => title) ?? [];
    // Tasks may have the same title; their names in the file differ.
    const titleOf = ({ title, name }: { readonly title: string; readonly name: string }) =>
      titles.indexOf(title) === titles.lastIndexOf(title) ? title : `${title} (${name})`;
    const parameters = workflow?.parameters.map(({ name }) => name) ?? [];
    const sources = [
      ...[...new Set([...inputs, ...parameters])].map((name): Source => ({
        key: `parameter ${name}`,
        text: name,
        operand: { parameter: name },
      })),
      ...(graph?.nodes ?? [])
        .filter((node) => !selection.includes(node.id) && !node.loop)
        .flatMap((node) =>
          node.outputs
            .filter((port) => (port.nature ?? port.kind) === "parameter" && !port.twin)
            .map((port): Source => ({
              key: `${node.id} ${port.name}`,
              text: `${titleOf(node)} › ${port.label}`,
              operand: { task: node.id, output: port.name },
            })),
        ),
    ];
    return { sources, around: { workflow, nodes: graph?.nodes ?? [] } };
  }, [model, template, workflow, selection, t]);
}

/** The source that a side of an existing condition or loop refers to; -1: none of them. */
export function indexOf(sources: readonly Source[], side: Side | undefined): number {
  if (!side || !("refers" in side)) return -1;
  const wanted = JSON.stringify(side.refers);
  return sources.findIndex(({ operand }) => JSON.stringify(operand) === wanted);
}

/** The meaning of a choice: for an existing side that was left as it is, the text in the file, if the format has one for it. */
export function operandFor(sources: readonly Source[], index: number, side: Side | undefined): GroupOperand | undefined {
  const source = sources[index];
  return source && side?.text !== undefined && index === indexOf(sources, side) ? { text: side.text } : source?.operand;
}

interface Making {
  readonly make: (as: Extract<GroupKind, { kind: "condition" | "loop" }>) => void;
  /** Applies edits to the existing task instead. */
  readonly change: (edits: readonly Edit[]) => void;
}

/** What ends a form: the selected tasks go into a new group, or an existing one changes. The focus ends on the group. */
export function useMaking(task: Task | undefined, onClose: () => void): Making {
  const { editor, canvas } = usePage();
  const change = (edits: readonly Edit[]) => {
    onClose();
    editor.dispatch({ edits });
    if (task) canvas.current?.focusBox(task.id);
  };
  return {
    change,
    make: (as) => {
      if (task) return change([{ kind: "change-control", task: task.id, as }]);
      onClose();
      const made = groupSelected(editor, as, editor.store.getState().session.groupAt);
      editor.session({ groupAt: undefined });
      whenMade(made, (group) => canvas.current?.focusBox(group));
    },
  };
}

/** The selected task, if the form is about an existing condition or loop. */
export function useTask(): Task | undefined {
  const id = useEditorState((state) => selectedTasks(state)[0]?.id);
  const model = useEditorState((state) => state.document.model);
  return id === undefined ? undefined : indexOfModel(model).tasks.get(id)?.task;
}

/** The name on the task's box; "" if the form is not about an existing task. */
export function useTitle(task: Task | undefined): string {
  const nodes = useSelectedGraph()?.nodes;
  return task === undefined ? "" : (nodes?.find(({ id }) => id === task.id)?.title ?? task.name);
}

/** A field for a formula or a list, several lines high. */
export function TextArea({
  label,
  text,
  onText,
}: {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
}) {
  return (
    <span className="field area mono">
      <textarea
        data-first
        rows={6}
        spellCheck={false}
        translate="no"
        aria-label={label}
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
    </span>
  );
}

/** Shown if nothing is selected: what goes into the group. */
export function NewStepNote() {
  const t = useTranslate();
  const isEmpty = useEditorState((state) => selectedTasks(state).length === 0);
  return isEmpty ? <p className="muted small">{t("group-new-step")}</p> : null;
}

/** Chooses one of the values that a group can be made of. */
export function SourceChoice({
  label,
  sources,
  value,
  onChange,
}: {
  readonly label: string;
  readonly sources: readonly Source[];
  readonly value: number;
  readonly onChange: (index: number) => void;
}) {
  return (
    <span className="field grow">
      <select aria-label={label} value={value} onChange={(event) => onChange(Number(event.target.value))}>
        {sources.map((one, index) => (
          <option key={one.key} value={index}>
            {one.text}
          </option>
        ))}
      </select>
    </span>
  );
}

/** The buttons of a form: cancel, and what it does. */
export function Foot({ onClose, can, word }: { readonly onClose: () => void; readonly can: boolean; readonly word: string }) {
  const t = useTranslate();
  return (
    <div className="dialog-foot">
      <button type="button" className="btn line" onClick={onClose}>
        {t("cancel")}
      </button>
      <button type="submit" className="btn primary" disabled={!can}>
        {word}
      </button>
    </div>
  );
}
