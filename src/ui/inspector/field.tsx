import { type KeyboardEvent, useId, useRef } from "react";
import type { Draft } from "#editor/state.ts";
import { useEditor, useEditorState, usePage, useTranslate } from "../use-editor.ts";
import { useWantedField } from "./wanted-field.ts";
import { type FieldProps, type TypedField, useTypedField } from "./use-typed-field.ts";

export type { FieldProps };

/**
 * A field that is live while typing (docs/spec/interaction.md#live-fields, #drafts, #field-escape). Text that cannot be used stays as typed,
 * with the reason, and is kept as a draft while the document keeps its last valid value. One visit is one step of the history; Escape
 * undoes the visit.
 */
export function Field(props: FieldProps) {
  const opened = useEditorState((state) => state.document.opened);
  // Another pipeline, owner or path is another field: what was typed here never reaches it (docs/spec/interaction.md#field-owner).
  return <LiveField key={`${opened}\n${props.owner}\n${props.path}`} {...props} />;
}

function LiveField(props: FieldProps) {
  const { label, value, isCode, lines, wraps, unit } = props;
  const t = useTranslate();
  const field = useTypedField(props);
  const { draft, shown } = field;
  const onKeyDown = useFieldKeys(props, field);
  const noteId = useId();
  const inputId = useId();
  const around = useRef<HTMLDivElement>(null);
  useWantedField(field.id, around);
  const shared = {
    id: inputId,
    value: shown,
    placeholder: props.placeholder,
    title: props.help,
    "aria-label": t(label.code, label.values),
    "aria-invalid": draft !== undefined,
    "aria-busy": props.isReady === false || undefined,
    "aria-describedby": draft ? noteId : undefined,
    spellCheck: false,
    autoCapitalize: "off",
    autoCorrect: "off",
    autoComplete: "off",
    translate: "no" as const,
    onFocus: field.begin,
    onKeyDown,
    onBlur: field.commit,
    onCompositionStart: field.compose,
    onCompositionEnd: (event: { currentTarget: { value: string } }) => field.composed(event.currentTarget.value),
  };
  const isInherited = props.inherited && !field.isTyped;
  return (
    <div className="stack" ref={around}>
      <span
        className={`field${isCode ? " mono" : ""}${draft ? " bad" : ""}${lines ? " area" : wraps ? " area wraps" : ""}${isInherited ? " inherited" : ""}`}
      >
        {lines ? (
          <textarea
            {...shared}
            rows={Math.min(16, Math.max(2, shown.split("\n").length))}
            onChange={(event) => field.type(event.target.value)}
          />
        ) : wraps ? (
          <textarea {...shared} rows={1} onChange={(event) => field.type(event.target.value.replaceAll(/\s*\n\s*/g, " "))} />
        ) : (
          <input {...shared} type="text" onChange={(event) => field.type(event.target.value)} />
        )}
        {unit ? <span className="unit">{unit}</span> : null}
        {props.end}
      </span>
      {draft ? <DraftNote id={noteId} draft={draft} value={value} props={props} field={field} /> : null}
    </div>
  );
}

/** What the keys do in a field (docs/spec/interaction.md#field-enter, #field-numbers, #field-escape, #field-undo). */
function useFieldKeys(props: FieldProps, field: TypedField) {
  const editor = useEditor();
  const page = usePage();
  const enter = (mod: boolean) => {
    // An emptied row stays until it is left.
    if (props.emptied && field.shown === "") return;
    field.commit();
    if (mod) page.canvas.current?.focus();
    else props.onEnter?.();
  };
  /** Returns true if the key does nothing else. */
  const press = (event: KeyboardEvent): boolean => {
    const mod = event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && (!props.lines || mod)) enter(mod);
    else if (props.stepped && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      const next = props.stepped(field.shown, (event.key === "ArrowUp" ? 1 : -1) * (event.shiftKey ? 10 : 1));
      if (next === undefined) return false;
      field.type(next);
    } else if (event.key === "Escape") field.escape();
    else if (mod && !event.shiftKey && event.key.toLowerCase() === "z") {
      if (!field.undoTyping()) editor.undo();
    } else return false;
    return true;
  };
  return (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229 || !press(event)) return;
    event.preventDefault();
    if (event.key === "Escape" || event.key.toLowerCase() === "z") event.stopPropagation();
  };
}

interface NoteProps {
  readonly id: string;
  readonly draft: Draft;
  readonly value: string;
  readonly props: FieldProps;
  readonly field: TypedField;
}

/** Why a text is not taken, what may have been meant, and what the document has meanwhile. */
function DraftNote({ id, draft, value, props, field }: NoteProps) {
  const t = useTranslate();
  const meant = draft.parts === undefined ? props.meaning(draft.text) : undefined;
  const { suggest, anyway } = meant && !meant.ok ? meant : {};
  return (
    <span className="field-note" id={id}>
      <span>{t(draft.reason.code, draft.reason.values)}</span>
      {value === "" ? null : <span className="muted">{t("in-use", { value: value.length > 40 ? `${value.slice(0, 40)}…` : value })}</span>}
      {suggest === undefined ? null : (
        <button
          type="button"
          className="btn link"
          onClick={() => {
            field.type(suggest);
            field.commit();
          }}
        >
          {t("suggest-use", { value: suggest })}
        </button>
      )}
      {anyway ? (
        // Accepts the empty value.
        <button type="button" className="btn link" onClick={() => field.takeAnyway(anyway)}>
          {t("keep-empty")}
        </button>
      ) : null}
    </span>
  );
}
