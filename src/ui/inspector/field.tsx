import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { whenSettled } from "#editor/dispatch.ts";
import { draftId } from "#editor/field-drafts.ts";
import type { Message } from "#editor/state.ts";
import type { Edit } from "#pipeline/edit.ts";
import { useEditor, useEditorState, usePage, useTranslate } from "../use-editor.ts";
import type { Meaning } from "./typed-meaning.ts";
import { useWantedField } from "./wanted-field.ts";

export interface FieldProps {
  /** Whose field it is (task or template id) and which: together they name its draft. */
  readonly owner: string;
  readonly path: string;
  /** The field's display name: `CPU limit`. */
  readonly label: Message;
  /** The owner's name for the menu: `CPU limit of “train”`. */
  readonly of?: string;
  readonly value: string;
  readonly meaning: (text: string) => Meaning;
  /** Names are committed on Enter or on leaving only, so that references are renamed once. */
  readonly isName?: boolean;
  readonly isCode?: boolean;
  readonly lines?: boolean;
  /** One line that is shown whole, over as many rows as it needs: image references, addresses. Enter commits; it takes no line breaks. */
  readonly wraps?: boolean;
  readonly placeholder?: string;
  readonly unit?: string;
  readonly end?: ReactNode;
  /** A one-line description of the field: tooltip and accessible description. */
  readonly help?: string;
  /** The value comes from elsewhere; typing makes it the owner's own. */
  readonly inherited?: boolean;
  /** Committed on leaving or with Mod+Enter only: text that is unfinished while it is typed, such as YAML. */
  readonly isLate?: boolean;
  /** False: what `meaning` needs is still being loaded. What is typed is kept as a draft and committed as soon as it is loaded. */
  readonly isReady?: boolean;
  /** The text one step up (1) or down (-1), ten steps with Shift; undefined: arrows do nothing (docs/spec/interaction.md#field-numbers). */
  readonly stepped?: (text: string, by: number) => string | undefined;
  /** The effect of leaving the field empty: the row is removed. Nothing is written while the field is empty and has the focus. */
  readonly emptied?: () => readonly Edit[];
  /** After Enter has committed the text: the next row (docs/spec/interaction.md#field-enter). */
  readonly onEnter?: () => void;
}

const liveAfter = 300;
let visits = 0;

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
  const { owner, path, label, value, meaning, isName, isCode, lines, placeholder, unit, end } = props;
  const t = useTranslate();
  const page = usePage();
  const editor = useEditor();
  const id = draftId(owner, path);
  const draft = useEditorState((state) => state.session.drafts[id]);
  const noteId = useId();
  const inputId = useId();
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const visit = useRef({ key: "", start: value, bursts: [] as string[], meaning, emptied: props.emptied });
  const isComposing = useRef(false);
  // Typed and not yet committed. A ref, because a field can go (renamed owner) before its state is rendered again.
  const pending = useRef<string | undefined>(undefined);
  // To be committed once the parser is loaded.
  const early = useRef<string | undefined>(undefined);
  const isReady = props.isReady !== false;
  const opened = useRef(editor.store.getState().document.opened);
  const shown = typed ?? draft?.text ?? value;
  const name: Message =
    props.of === undefined ? label : { code: "field-of", values: { field: t(label.code, label.values), task: props.of } };

  const commit = () => {
    clearTimeout(timer.current);
    const text = pending.current;
    pending.current = undefined;
    // A field that goes because another pipeline was opened must not change that one.
    if (text === undefined || opened.current !== editor.store.getState().document.opened) return;
    editor.typing(id, undefined);
    const wanted = isName ? text.trim().normalize("NFC") : text;
    if (wanted === value) {
      editor.draft(id, undefined);
      setTyped(undefined);
      return;
    }
    if (!isReady) {
      early.current = text;
      editor.draft(id, { text, reason: { code: "field-loading", values: {} }, field: name });
      return;
    }
    // Within one visit a later text replaces an earlier one, so it is read as if the earlier was never there.
    const isAgain = !isName && editor.store.getState().history.past.at(-1)?.key === visit.current.key;
    const now = isAgain ? visit.current : { meaning, emptied: props.emptied };
    const parsed = wanted === "" && now.emptied ? { ok: true as const, edits: now.emptied() } : now.meaning(wanted);
    if (!parsed.ok) {
      editor.draft(id, { text, reason: parsed.reason, field: name });
      return;
    }
    // Before the edit: if it renames the owner, the draft would follow the new name.
    editor.draft(id, undefined);
    const outcome = editor.dispatch({
      edits: parsed.edits,
      label: { code: "step-field", values: { field: t(name.code, name.values) } },
      key: visit.current.key,
      replaces: !isName,
    });
    // Until it is known, the text is saved as typed, and stays in the field.
    if (!outcome.ok && outcome.later) editor.typing(id, { text, field: name });
    whenSettled(outcome, (settled) => {
      if (pending.current === undefined) editor.typing(id, undefined);
      if (!settled.ok) {
        editor.session({ refusal: undefined });
        editor.draft(id, { text, reason: settled.refusal, field: name });
      }
      setTyped((now) => (now === text ? undefined : now));
    });
  };

  // The field may go while typed text is pending: another selection, a closed panel. It is committed first
  // (docs/spec/interaction.md#live-fields, #field-owner).
  const leave = useRef<() => void>(() => undefined);
  useEffect(() => {
    leave.current = commit;
  });
  useEffect(() => () => leave.current(), []);
  useEffect(() => {
    if (!isReady || early.current === undefined) return;
    pending.current ??= early.current;
    early.current = undefined;
    leave.current();
  }, [isReady]);

  const begin = () => {
    visits += 1;
    visit.current = { key: `field ${id} ${visits}`, start: shown, bursts: [], meaning, emptied: props.emptied };
    // What was typed when the page was closed is committed as if it was typed now.
    if (draft?.isTyped) pending.current ??= draft.text;
  };
  const wait = (text: string) => {
    pending.current = text;
    editor.typing(id, {
      text,
      field: name,
      isLate: isName === true || props.isLate === true,
      takeOver: () => {
        if (!isComposing.current) leave.current();
      },
    });
  };
  const type = (text: string) => {
    if (typed === undefined) visit.current.bursts.push(shown);
    setTyped(text);
    wait(text);
    clearTimeout(timer.current);
    const waits = isName || props.isLate || (props.emptied !== undefined && text === "");
    if (!waits && !isComposing.current) timer.current = setTimeout(commit, liveAfter);
  };
  const undoTyping = (): boolean => {
    const before = visit.current.bursts.pop();
    if (before === undefined) return false;
    setTyped(before);
    wait(before);
    if (isName) editor.draft(id, undefined);
    else commit();
    return true;
  };
  const escape = () => {
    const isTouched = shown !== visit.current.start;
    clearTimeout(timer.current);
    pending.current = undefined;
    editor.typing(id, undefined);
    setTyped(undefined);
    editor.draft(id, undefined);
    editor.revert(visit.current.key);
    visit.current.bursts = [];
    if (!isTouched) page.canvas.current?.focus();
  };
  const parsed = draft && draft.parts === undefined ? meaning(draft.text) : undefined;
  const anyway = parsed && !parsed.ok ? parsed.anyway : undefined;
  const takeAnyway = (edits: readonly Edit[]) => {
    clearTimeout(timer.current);
    pending.current = undefined;
    setTyped(undefined);
    const label = { code: "step-field", values: { field: t(name.code, name.values) } };
    whenSettled(editor.dispatch({ edits, label }), ({ ok }) => {
      if (ok) editor.draft(id, undefined);
    });
  };
  const keys = (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const mod = event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && (!lines || mod)) {
      event.preventDefault();
      // An emptied row stays until it is left.
      if (props.emptied && shown === "") return;
      commit();
      if (mod) page.canvas.current?.focus();
      else props.onEnter?.();
    } else if (props.stepped && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      const next = props.stepped(shown, (event.key === "ArrowUp" ? 1 : -1) * (event.shiftKey ? 10 : 1));
      if (next === undefined) return;
      event.preventDefault();
      type(next);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      escape();
    } else if (mod && !event.shiftKey && event.key.toLowerCase() === "z") {
      event.preventDefault();
      event.stopPropagation();
      if (!undoTyping()) editor.undo();
    }
  };
  const shared = {
    id: inputId,
    value: shown,
    placeholder,
    title: props.help,
    "aria-label": t(label.code, label.values),
    "aria-invalid": draft !== undefined,
    "aria-describedby": draft ? noteId : undefined,
    spellCheck: false,
    autoCapitalize: "off",
    autoCorrect: "off",
    autoComplete: "off",
    translate: "no" as const,
    onFocus: begin,
    onKeyDown: keys,
    onBlur: commit,
    onCompositionStart: () => (isComposing.current = true),
    onCompositionEnd: (event: { currentTarget: { value: string } }) => {
      isComposing.current = false;
      type(event.currentTarget.value);
    },
  };
  const around = useRef<HTMLDivElement>(null);
  useWantedField(id, around);
  return (
    <div className="stack" ref={around}>
      <span
        className={`field${isCode ? " mono" : ""}${draft ? " bad" : ""}${lines ? " area" : props.wraps ? " area wraps" : ""}${props.inherited && typed === undefined ? " inherited" : ""}`}
      >
        {lines ? (
          <textarea {...shared} rows={Math.min(16, Math.max(2, shown.split("\n").length))} onChange={(event) => type(event.target.value)} />
        ) : props.wraps ? (
          <textarea {...shared} rows={1} onChange={(event) => type(event.target.value.replaceAll(/\s*\n\s*/g, " "))} />
        ) : (
          <input {...shared} type="text" onChange={(event) => type(event.target.value)} />
        )}
        {unit ? <span className="unit">{unit}</span> : null}
        {end}
      </span>
      {draft ? (
        <DraftNote
          id={noteId}
          reason={t(draft.reason.code, draft.reason.values)}
          value={value}
          suggest={parsed && !parsed.ok ? parsed.suggest : undefined}
          onAnyway={anyway && (() => takeAnyway(anyway))}
          onUse={(text) => {
            type(text);
            commit();
          }}
        />
      ) : null}
    </div>
  );
}

interface NoteProps {
  readonly id: string;
  readonly reason: string;
  readonly value: string;
  readonly suggest: string | undefined;
  readonly onUse: (text: string) => void;
  /** Accepts the empty value. */
  readonly onAnyway: (() => void) | undefined;
}

function DraftNote({ id, reason, value, suggest, onUse, onAnyway }: NoteProps) {
  const t = useTranslate();
  return (
    <span className="field-note" id={id}>
      <span>{reason}</span>
      {value === "" ? null : <span className="muted">{t("in-use", { value: value.length > 40 ? `${value.slice(0, 40)}…` : value })}</span>}
      {suggest === undefined ? null : (
        <button type="button" className="btn link" onClick={() => onUse(suggest)}>
          {t("suggest-use", { value: suggest })}
        </button>
      )}
      {onAnyway ? (
        <button type="button" className="btn link" onClick={onAnyway}>
          {t("keep-empty")}
        </button>
      ) : null}
    </span>
  );
}
