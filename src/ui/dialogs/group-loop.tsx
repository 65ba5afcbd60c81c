import { useMemo, useState } from "react";
import { calleeHere } from "#editor/actions.ts";
import { itemsOf, loopFormOf } from "#editor/control-form.ts";
import { type Data, isMap } from "#data/data.ts";
import type { Task } from "#pipeline/model.ts";
import { useEditorState, useTranslate } from "../use-editor.ts";
import { useFormState } from "../parts/use-form-state.ts";
import { Sheet } from "./sheet.tsx";
import { Foot, indexOf, NewStepNote, operandFor, TextArea, useMaking, useSources, useTask, useTitle } from "./group-form.tsx";

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
  const [form] = useState(() => (task?.loop ? loopFormOf(task.loop, around) : undefined));
  const side = form?.kind === "source" ? form.side : undefined;
  const [from, setFrom] = useFormState({ form: "loop", part: "from" }, () => indexOf(sources, side));
  const [items, setItems] = useFormState({ form: "loop", part: "items" }, form?.kind === "items" ? form.text : "1\n2\n3");
  const callee = useEditorState((state) => task && calleeHere(state, task));
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
