import { setPanel } from "#editor/actions.ts";
import { type Data, isList } from "#data/data.ts";
import { offersOf } from "#compiler/readers.ts";
import type { Task, Workflow } from "#pipeline/model.ts";
import { field } from "#data/data.ts";
import { valueAt } from "#data/data.ts";
import { useEditor, useEditorState, useTranslate } from "../use-editor.ts";
import { Field } from "./field.tsx";
import { Section } from "./inspector-head.tsx";
import { edits, refused, displayValue } from "./values.ts";

/** How one call is run: only when a condition holds, once for each item. */
export function Control({ task, workflow }: { readonly task: Task; readonly workflow: Workflow }) {
  const t = useTranslate();
  const editor = useEditor();
  const stream = useEditorState((state) => state.document.stream);
  const call = valueAt(stream, task.path);
  const kind = task.loop?.kind ?? "none";
  const { loops: offered, conditionExample } = offersOf(workflow);
  const shown = ["none", ...offered, ...(kind === "none" || offered.includes(kind) ? [] : [kind])];
  const choose = (to: string) => {
    const loops: Readonly<Record<string, Parameters<typeof editor.dispatch>[0]["edits"]>> = {
      none: [{ kind: "clear-loop", task: task.id }],
      items: [{ kind: "set-loop", task: task.id, loop: { withItems: [1, 2, 3] } }],
      param: [{ kind: "set-loop", task: task.id, loop: { withParam: "[1, 2, 3]" } }],
      sequence: [{ kind: "set-loop", task: task.id, loop: { withSequence: { count: "3" } } }],
    };
    editor.dispatch({ edits: loops[to] ?? [] });
  };
  return (
    <Section
      title={t("section-control")}
      action={
        <>
          {task.when ? (
            <button type="button" className="btn link" onClick={() => setPanel(editor, "dialog", "condition-settings")}>
              {t("command-condition-settings")}
            </button>
          ) : null}
          {task.loop ? (
            <button type="button" className="btn link" onClick={() => setPanel(editor, "dialog", "loop-settings")}>
              {t("command-loop-settings")}
            </button>
          ) : null}
        </>
      }
    >
      <div className="pair">
        <span className="label">{t("field-when")}</span>
        <Field
          owner={task.id}
          path="when"
          of={task.name}
          isCode
          lines={task.when?.text.includes("\n") ?? false}
          label={{ code: "field-when", values: {} }}
          value={task.when?.text ?? ""}
          placeholder={conditionExample}
          meaning={(text) =>
            edits(text.trim() === "" ? { kind: "clear-when", task: task.id } : { kind: "set-when", task: task.id, when: text })
          }
        />
        <span className="label">{t("loop-kind")}</span>
        <span className="field">
          <select aria-label={t("loop-kind")} value={kind} onChange={(event) => choose(event.target.value)}>
            {shown.map((one) => (
              <option key={one} value={one}>
                {t(`loop-${one}`)}
              </option>
            ))}
          </select>
        </span>
        {kind === "items" ? (
          <>
            <span className="label">{t("field-loop-items")}</span>
            <Field
              owner={task.id}
              path="withItems"
              of={task.name}
              isCode
              label={{ code: "field-loop-items", values: {} }}
              value={task.loop?.kind === "items" ? JSON.stringify(task.loop.items) : "[]"}
              meaning={(text) => itemsMeaning(text, task)}
            />
          </>
        ) : kind === "param" ? (
          <>
            <span className="label">{t("field-loop-param")}</span>
            <Field
              owner={task.id}
              path="withParam"
              of={task.name}
              isCode
              label={{ code: "field-loop-param", values: {} }}
              value={displayValue(field(call, "withParam"))}
              meaning={(text) =>
                text.trim() === "" ? refused("invalid-empty") : edits({ kind: "set-loop", task: task.id, loop: { withParam: text } })
              }
            />
          </>
        ) : kind === "sequence" ? (
          <>
            <span />
            <span className="muted mono small">{displayValue(field(call, "withSequence"))}</span>
          </>
        ) : null}
      </div>
    </Section>
  );
}

function itemsMeaning(text: string, task: Task) {
  try {
    const items = JSON.parse(text) as Data;
    if (isList(items)) return edits({ kind: "set-loop", task: task.id, loop: { withItems: items } });
  } catch {
    // Not JSON: reported below.
  }
  return refused("invalid-json-list", { text });
}
