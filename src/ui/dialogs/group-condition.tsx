import { useState } from "react";
import { currentWorkflow } from "#editor/actions.ts";
import { comparisonOf, type Operator, operators } from "#editor/control-form.ts";
import { freeTaskName } from "#pipeline/free-names.ts";
import type { Task } from "#pipeline/model.ts";
import { useEditor, useTranslate } from "../use-editor.ts";
import { useFormState } from "../parts/use-form-state.ts";
import { Sheet } from "./sheet.tsx";
import { Foot, indexOf, NewStepNote, operandFor, SourceChoice, TextArea, useMaking, useSources, useTask, useTitle } from "./group-form.tsx";

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
