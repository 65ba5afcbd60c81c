import { useMemo, useState } from "react";
import { selectedGraph, selectedTasks, currentWorkflow, templateOfCall } from "#editor/actions.ts";
import { groupSelected } from "#editor/commands/arrangement.ts";
import { type Around, comparisonOf, itemsOf, loopFormOf, type Operator, operators, type Side } from "#editor/control-form.ts";
import { freeTaskName } from "#pipeline/free-names.ts";
import { withTitles } from "#editor/display-names.ts";
import { indexOfModel } from "#pipeline/model-index.ts";
import type { GroupKind, GroupOperand } from "#pipeline/authoring-edit.ts";
import { type Data, isMap } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import type { Task } from "#pipeline/model.ts";
import { useSelectedGraph } from "../graph-view.ts";
import { useEditor, useEditorState, usePage, useTranslate } from "../use-editor.ts";
import { useFormState } from "../parts/use-form-state.ts";
import { Sheet } from "./sheet.tsx";

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
function useSources(): Sources {
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
function indexOf(sources: readonly Source[], side: Side | undefined): number {
  if (!side || !("refers" in side)) return -1;
  const wanted = JSON.stringify(side.refers);
  return sources.findIndex(({ operand }) => JSON.stringify(operand) === wanted);
}

/** The meaning of a choice: for an existing side that was left as it is, the text in the file, if the format has one for it. */
function operandFor(sources: readonly Source[], index: number, side: Side | undefined): GroupOperand | undefined {
  const source = sources[index];
  return source && side?.text !== undefined && index === indexOf(sources, side) ? { text: side.text } : source?.operand;
}

interface Making {
  readonly make: (as: Extract<GroupKind, { kind: "condition" | "loop" }>) => void;
  /** Applies edits to the existing task instead. */
  readonly change: (edits: readonly Edit[]) => void;
}

/** What ends a form: the selected tasks go into a new group, or an existing one changes. The focus ends on the group. */
function useMaking(task: Task | undefined, onClose: () => void): Making {
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
      const group = groupSelected(editor, as, editor.store.getState().session.groupAt);
      editor.session({ groupAt: undefined });
      if (group !== undefined) canvas.current?.focusBox(group);
    },
  };
}

/** The selected task, if the form is about an existing condition or loop. */
function useTask(): Task | undefined {
  const id = useEditorState((state) => selectedTasks(state)[0]?.id);
  const model = useEditorState((state) => state.document.model);
  return id === undefined ? undefined : indexOfModel(model).tasks.get(id)?.task;
}

/** The name on the task's box; "" if the form is not about an existing task. */
function useTitle(task: Task | undefined): string {
  const nodes = useSelectedGraph()?.nodes;
  return task === undefined ? "" : (nodes?.find(({ id }) => id === task.id)?.title ?? task.name);
}

/**
 * Changes the condition of the selected task or group in the form that creates one; what the form cannot express is shown as its formula.
 */
export function ConditionSettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const task = useTask();
  const { sources, around } = useSources();
  const [opened] = useState(task);
  if (!opened?.when) return null;
  const form = comparisonOf(opened, around);
  const isShown = form && indexOf(sources, form.left) >= 0 && (!("refers" in form.right) || indexOf(sources, form.right) >= 0);
  return isShown ? <ConditionDialog task={opened} onClose={onClose} /> : <FormulaDialog task={opened} onClose={onClose} />;
}

/** A condition as text: more than one comparison, or of something else than values of the pipeline. */
function FormulaDialog({ task, onClose }: { readonly task: Task; readonly onClose: () => void }) {
  const t = useTranslate();
  const { change } = useMaking(task, onClose);
  const title = useTitle(task);
  const [text, setText] = useFormState({ form: "formula", part: "text" }, task.when?.text ?? "");
  return (
    <Sheet title={t("condition-settings-title", { task: title })} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change([{ kind: "set-when", task: task.id, when: text }]);
        }}
      >
        <div className="dialog-body stack">
          <p className="muted small">{t("condition-formula-hint")}</p>
          <TextArea label={t("field-when")} text={text} onText={setText} />
        </div>
        <Foot onClose={onClose} can={text.trim() !== ""} word={t("control-save")} />
      </form>
    </Sheet>
  );
}

function TextArea({ label, text, onText }: { readonly label: string; readonly text: string; readonly onText: (text: string) => void }) {
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

/** Asks for the condition under which the selected tasks run or, with a task, under which that one runs. */
export function ConditionDialog({ task, onClose }: { readonly task?: Task; readonly onClose: () => void }) {
  const t = useTranslate();
  const { sources, around } = useSources();
  const { make } = useMaking(task, onClose);
  const title = useTitle(task);
  const [form] = useState(() => (task ? comparisonOf(task, around) : undefined));
  const [left, setLeft] = useFormState({ form: "condition", part: "left" }, () => Math.max(0, indexOf(sources, form?.left)));
  const [operator, setOperator] = useFormState<Operator>({ form: "condition", part: "operator" }, form?.operator ?? "==");
  const [right, setRight] = useFormState({ form: "condition", part: "right" }, form && !("refers" in form.right) ? form.right.text : "");
  const [other, setOther] = useFormState({ form: "condition", part: "other" }, () => indexOf(sources, form?.right));
  const [otherwise, setOtherwise] = useFormState<boolean>({ form: "condition", part: "otherwise" }, false);
  const operand = operandFor(sources, left, form?.left);
  return (
    <Sheet title={task ? t("condition-settings-title", { task: title }) : t("group-condition-title")} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (operand)
            make({
              kind: "condition",
              left: operand,
              operator,
              right: operandFor(sources, other, form?.right) ?? { text: right },
              ...(otherwise ? { otherwise } : {}),
            });
        }}
      >
        <div className="dialog-body stack">
          {task ? null : <NewStepNote />}
          {sources.length === 0 ? (
            <NoValues />
          ) : (
            <>
              <div className="row">
                <SourceChoice label={t("group-value")} sources={sources} value={left} onChange={setLeft} />
                <span className="field" style={{ width: 72 }}>
                  <select
                    aria-label={t("group-operator")}
                    value={operator}
                    onChange={(event) => setOperator(event.target.value as Operator)}
                  >
                    {operators.map((one) => (
                      <option key={one}>{one}</option>
                    ))}
                  </select>
                </span>
              </div>
              <div className="row">
                <span className="field grow">
                  <select aria-label={t("group-compared-kind")} value={other} onChange={(event) => setOther(Number(event.target.value))}>
                    <option value={-1}>{t("group-compared-text")}</option>
                    {sources.map((one, index) => (
                      <option key={one.key} value={index} disabled={index === left}>
                        {one.text}
                      </option>
                    ))}
                  </select>
                </span>
                {other < 0 ? (
                  <span className="field grow">
                    <input
                      data-first
                      autoFocus
                      aria-label={t("group-compared")}
                      placeholder="true"
                      value={right}
                      onChange={(event) => setRight(event.target.value)}
                    />
                  </span>
                ) : null}
              </div>
              {task ? null : (
                <label className="row">
                  <input type="checkbox" checked={otherwise} onChange={(event) => setOtherwise(event.target.checked)} />
                  {t("group-otherwise")}
                </label>
              )}
            </>
          )}
        </div>
        <Foot onClose={onClose} can={operand !== undefined} word={t(task ? "control-save" : "group-condition-do")} />
      </form>
    </Sheet>
  );
}

/** Shown if nothing is selected: what goes into the group. */
function NewStepNote() {
  const t = useTranslate();
  const isEmpty = useEditorState((state) => selectedTasks(state).length === 0);
  return isEmpty ? <p className="muted small">{t("group-new-step")}</p> : null;
}

/** With nothing to compare: makes a parameter to begin with. */
function NoValues() {
  const t = useTranslate();
  const editor = useEditor();
  const add = () => {
    const state = editor.store.getState();
    const workflow = currentWorkflow(state);
    const name = freeTaskName("enabled", new Set(workflow?.parameters.map((one) => one.name)));
    editor.dispatch({
      edits: [{ kind: "add-parameter", name, value: "true", workflow: state.session.workflow }],
      label: { code: "step-parameter", values: { name } },
    });
  };
  return (
    <>
      <p>{t("group-no-values")}</p>
      <div className="row">
        <button type="button" className="btn line" data-first onClick={add}>
          {t("add-parameter")}
        </button>
      </div>
    </>
  );
}

/** Changes the loop of the selected task or group in the form that creates one. */
export function LoopSettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const [opened] = useState(useTask());
  const { sources, around } = useSources();
  if (!opened?.loop) return null;
  const form = loopFormOf(opened.loop, around);
  if (form.kind === "items" || (form.kind === "source" && indexOf(sources, form.side) >= 0))
    return <LoopDialog task={opened} onClose={onClose} />;
  const isSequence = form.kind === "sequence";
  return (
    <LoopTextDialog
      task={opened}
      isSequence={isSequence}
      before={form.kind === "source" ? (form.side.text ?? "") : form.text}
      onClose={onClose}
    />
  );
}

/** A loop as text: over an expression, or a sequence of numbers as JSON. */
function LoopTextDialog({
  task,
  isSequence,
  before,
  onClose,
}: {
  readonly task: Task;
  readonly isSequence: boolean;
  readonly before: string;
  readonly onClose: () => void;
}) {
  const t = useTranslate();
  const { change } = useMaking(task, onClose);
  const title = useTitle(task);
  const [text, setText] = useFormState({ form: "loop-text", part: "text" }, before);
  const sequence = isSequence ? mapOf(text) : undefined;
  return (
    <Sheet title={t("loop-settings-title", { task: title })} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isSequence) change([{ kind: "set-loop", task: task.id, loop: { withParam: text } }]);
          else if (sequence) change([{ kind: "set-loop", task: task.id, loop: { withSequence: sequence } }]);
        }}
      >
        <div className="dialog-body stack">
          <p className="muted small">{t(isSequence ? "loop-sequence-hint" : "group-list-hint")}</p>
          <TextArea label={t(isSequence ? "loop-sequence" : "field-loop-param")} text={text} onText={setText} />
        </div>
        <Foot onClose={onClose} can={isSequence ? sequence !== undefined : text.trim() !== ""} word={t("control-save")} />
      </form>
    </Sheet>
  );
}

function mapOf(text: string): Data | undefined {
  try {
    const data = JSON.parse(text) as Data;
    return isMap(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** Asks for the items over which the selected tasks run or, with a task, over which that one runs. */
export function LoopDialog({ task, onClose }: { readonly task?: Task; readonly onClose: () => void }) {
  const t = useTranslate();
  const { sources, around } = useSources();
  const { make } = useMaking(task, onClose);
  const title = useTitle(task);
  const workflow = useEditorState(currentWorkflow);
  const [form] = useState(() => (task?.loop ? loopFormOf(task.loop, around) : undefined));
  const side = form?.kind === "source" ? form.side : undefined;
  const [from, setFrom] = useFormState({ form: "loop", part: "from" }, () => indexOf(sources, side));
  const [items, setItems] = useFormState({ form: "loop", part: "items" }, form?.kind === "items" ? form.text : "1\n2\n3");
  const callee = task && templateOfCall(workflow, task);
  const limit = callee && callee.tasks.length > 0 ? callee.rest.parallelism : undefined;
  const [atOnce, setAtOnce] = useFormState(
    { form: "loop", part: "at-once" },
    typeof limit === "number" || typeof limit === "string" ? String(limit) : "",
  );
  const list = useMemo(() => itemsOf(items), [items]);
  const operand = operandFor(sources, from, side);
  const isBounded = /^[1-9]\d{0,4}$/.test(atOnce);
  return (
    <Sheet title={task ? t("loop-settings-title", { task: title }) : t("group-loop-title")} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make({ kind: "loop", over: operand ?? { items: list }, ...(isBounded ? { parallelism: Number(atOnce) } : {}) });
        }}
      >
        <div className="dialog-body stack">
          {task ? null : <NewStepNote />}
          <span className="field">
            <select aria-label={t("group-over")} value={from} onChange={(event) => setFrom(Number(event.target.value))}>
              <option value={-1}>{t("group-items")}</option>
              {sources.map((one, index) => (
                <option key={one.key} value={index}>
                  {one.text}
                </option>
              ))}
            </select>
          </span>
          {operand ? (
            <p className="muted small">{t("group-list-hint")}</p>
          ) : (
            <>
              <span className="field area">
                <textarea
                  data-first
                  rows={6}
                  spellCheck={false}
                  aria-label={t("group-items")}
                  value={items}
                  onChange={(event) => setItems(event.target.value)}
                />
              </span>
              <p className="muted small">{t("group-items-hint", { n: list.length })}</p>
            </>
          )}
          {task && (!callee || callee.tasks.length === 0) ? null : (
            <label className="row">
              <span className="grow">{t("group-at-once")}</span>
              <span className="field" style={{ width: 96 }}>
                <input
                  inputMode="numeric"
                  placeholder={t("group-all")}
                  value={atOnce}
                  aria-invalid={atOnce !== "" && !isBounded}
                  onChange={(event) => setAtOnce(event.target.value)}
                />
              </span>
            </label>
          )}
        </div>
        <Foot
          onClose={onClose}
          can={(operand !== undefined || list.length > 0) && (atOnce === "" || isBounded)}
          word={t(task ? "control-save" : "group-loop-do")}
        />
      </form>
    </Sheet>
  );
}

function SourceChoice({
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

function Foot({ onClose, can, word }: { readonly onClose: () => void; readonly can: boolean; readonly word: string }) {
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
