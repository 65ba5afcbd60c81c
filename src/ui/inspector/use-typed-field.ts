import { type ReactNode, useEffect, useRef, useState } from "react";
import { type Settled, whenSettled } from "#editor/dispatch.ts";
import { draftId } from "#editor/field-drafts.ts";
import type { Draft, Message } from "#editor/state.ts";
import type { Edit } from "#pipeline/edit.ts";
import { useEditor, useEditorState, usePage, useTranslate } from "../use-editor.ts";
import type { Meaning } from "./typed-meaning.ts";

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

/** The text of a field from the first key to its commit. */
export interface TypedField {
  /** Names its draft. */
  readonly id: string;
  readonly shown: string;
  /** Something is typed that is not committed. */
  readonly isTyped: boolean;
  readonly draft: Draft | undefined;
  /** A visit begins: the field got the focus. */
  begin(): void;
  type(text: string): void;
  commit(): void;
  /** Takes back what was typed since the visit began, one burst at a time; false if nothing is left to take back. */
  undoTyping(): boolean;
  /** Restores the value from when the visit began; with nothing typed the focus goes to the canvas. */
  escape(): void;
  /** Makes edits in place of what was typed. */
  takeAnyway(edits: readonly Edit[]): void;
  compose(): void;
  composed(text: string): void;
}

const liveAfter = 300;
let visits = 0;

/**
 * Keeps and commits the text of a field (docs/spec/interaction.md#live-fields, #drafts). A field belongs to one pipeline, owner and path
 * as long as it is mounted.
 */
export function useTypedField(props: FieldProps): TypedField {
  const { value, meaning, isName } = props;
  const editor = useEditor();
  const page = usePage();
  const { id, name, label } = useFieldName(props);
  const draft = useEditorState((state) => state.session.drafts[id]);
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
    } else if (isReady) write(text, wanted);
    else {
      early.current = text;
      editor.draft(id, { text, reason: { code: "field-loading", values: {} }, field: name });
    }
  };
  const write = (text: string, wanted: string) => {
    // Within one visit a later text replaces an earlier one, so it is read as if the earlier was never there.
    const isAgain = !isName && editor.store.getState().history.past.at(-1)?.key === visit.current.key;
    const now = isAgain ? visit.current : { meaning, emptied: props.emptied };
    const parsed = wanted === "" && now.emptied ? { ok: true as const, edits: now.emptied() } : now.meaning(wanted);
    if (!parsed.ok) return editor.draft(id, { text, reason: parsed.reason, field: name });
    // Before the edit: if it renames the owner, the draft would follow the new name.
    editor.draft(id, undefined);
    const outcome = editor.dispatch({ edits: parsed.edits, label, key: visit.current.key, replaces: !isName });
    // Until it is known, the text is saved as typed, and stays in the field.
    if (!outcome.ok && outcome.later) editor.typing(id, { text, field: name });
    whenSettled(outcome, (settled) => written(text, settled));
  };
  const written = (text: string, settled: Settled) => {
    if (pending.current === undefined) editor.typing(id, undefined);
    if (!settled.ok) {
      editor.session({ refusal: undefined });
      editor.draft(id, { text, reason: settled.refusal, field: name });
    }
    setTyped((now) => (now === text ? undefined : now));
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
  const drop = () => {
    clearTimeout(timer.current);
    pending.current = undefined;
    setTyped(undefined);
  };
  const type = (text: string) => {
    if (typed === undefined) visit.current.bursts.push(shown);
    setTyped(text);
    wait(text);
    clearTimeout(timer.current);
    const waits = isName || props.isLate || (props.emptied !== undefined && text === "");
    if (!waits && !isComposing.current) timer.current = setTimeout(commit, liveAfter);
  };
  return {
    id,
    shown,
    isTyped: typed !== undefined,
    draft,
    type,
    commit,
    begin() {
      visits += 1;
      visit.current = { key: `field ${id} ${visits}`, start: shown, bursts: [], meaning, emptied: props.emptied };
      // What was typed when the page was closed is committed as if it was typed now.
      if (draft?.isTyped) pending.current ??= draft.text;
    },
    undoTyping() {
      const before = visit.current.bursts.pop();
      if (before === undefined) return false;
      setTyped(before);
      wait(before);
      if (isName) editor.draft(id, undefined);
      else commit();
      return true;
    },
    escape() {
      const isTouched = shown !== visit.current.start;
      drop();
      editor.typing(id, undefined);
      editor.draft(id, undefined);
      editor.revert(visit.current.key);
      visit.current.bursts = [];
      if (!isTouched) page.canvas.current?.focus();
    },
    takeAnyway(edits) {
      drop();
      whenSettled(editor.dispatch({ edits, label }), ({ ok }) => {
        if (ok) editor.draft(id, undefined);
      });
    },
    compose: () => void (isComposing.current = true),
    composed(text) {
      isComposing.current = false;
      type(text);
    },
  };
}

/** What names the field's draft, the field in messages, and its step of the history. */
function useFieldName({ owner, path, label, of }: FieldProps): { readonly id: string; readonly name: Message; readonly label: Message } {
  const t = useTranslate();
  const name: Message = of === undefined ? label : { code: "field-of", values: { field: t(label.code, label.values), task: of } };
  return { id: draftId(owner, path), name, label: { code: "step-field", values: { field: t(name.code, name.values) } } };
}
