import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { Edit } from "#pipeline/edit.ts";
import { whenSettled } from "#editor/dispatch.ts";
import { draftId, draftPaths, freeRowPath, rowError, type RowError, type RowPart, type RowValues } from "#editor/field-drafts.ts";
import type { Message } from "#editor/message.ts";
import { useWantedField } from "../inspector/wanted-field.ts";
import { useEditor, useEditorState, usePage, useTranslate } from "../use-editor.ts";
import { useSubject } from "./edited-tasks.ts";

// A row of a list that has several texts, such as a variable with a secret and its key, goes into the document only when all of
// them are there. Until then it is a draft of the session: it survives leaving, is listed among the problems, and is never exported.

interface RowSpec {
  /** Names the draft among those of the owner. */
  readonly path: string;
  /** The row's display name: `variable API_TOKEN`. */
  readonly field: (values: RowValues) => Message;
  /** The initial values of a new row; undefined: the row is in the document already and a draft changes it. */
  readonly start?: RowValues;
  readonly parts: (values: RowValues) => readonly RowPart[];
  readonly edits: (values: RowValues) => readonly Edit[];
  /** The row was written, or left blank. */
  readonly onClose?: () => void;
  /** Enter has written the row: the next one. */
  readonly onNext?: () => void;
}

export interface Row {
  readonly values: RowValues;
  /** There is a draft: something was typed or chosen and is not in the document. */
  readonly isBegun: boolean;
  readonly part: (id: string) => RowPart | undefined;
  /** The hint below the row: none while it is being entered for the first time. */
  readonly error: (RowError & { readonly text: string }) | undefined;
  readonly noteId: string;
  readonly set: (values: RowValues) => void;
  /** Starts changing a row of the document; a part of it gets the focus if one is named. */
  readonly begin: (values: RowValues, focus?: string) => void;
  readonly drop: () => void;
  readonly finish: (by: "enter" | "leave" | "empty") => void;
  /** Runs the action of its own button, and moves the focus to where the row continues, since the button may be removed. */
  readonly act: (what: () => void) => void;
  /** For the element around the row's inputs. */
  readonly card: { readonly ref: RefObject<HTMLDivElement | null>; readonly onBlur: (event: FocusEvent<HTMLElement>) => void };
}

/** A row that is being entered: its texts, and what happens on leaving, Enter and unmounting. */
export function useRow(spec: RowSpec): Row {
  const t = useTranslate();
  const editor = useEditor();
  const { owner, of } = useSubject();
  const id = draftId(owner, spec.path);
  const noteId = useId();
  const ref = useRef<HTMLDivElement>(null);
  const draft = useEditorState((state) => state.session.drafts[id]);
  const [wasLeft, setWasLeft] = useState(draft !== undefined);
  const stored = () => editor.store.getState().session.drafts[id]?.parts;
  const values = draft?.parts ?? spec.start ?? {};
  const error = rowError(spec.parts(values), values);

  const message = (one: RowError, of: RowValues): Message => {
    if (one.reason.code !== "row-missing") return one.reason;
    const label = spec.parts(of).find((part) => part.id === one.part)?.label;
    return { code: "row-missing", values: { part: label ? t(label.code, label.values) : "" } };
  };
  const keep = (next: RowValues, reason?: Message) => {
    const open = rowError(spec.parts(next), next);
    const field = spec.field(next);
    const name = t(field.code, field.values);
    editor.draft(id, {
      text: Object.values(next).join(" "),
      parts: next,
      reason: reason ?? (open ? message(open, next) : { code: "row-complete", values: {} }),
      field: of === undefined ? field : { code: "field-of", values: { field: name, task: of } },
    });
  };
  const isBlank = (now: RowValues) => spec.start !== undefined && spec.parts(now).every((part) => (now[part.id] ?? "") === "");
  const set = (change: RowValues) => {
    const next = { ...(stored() ?? spec.start), ...change };
    if (isBlank(next) && Object.keys(next).every((key) => next[key] === (spec.start?.[key] ?? ""))) editor.draft(id, undefined);
    else keep(next);
  };
  const finish = (by: "enter" | "leave" | "empty") => {
    const typed = stored() ?? spec.start;
    if (!typed) return;
    const now = Object.fromEntries(
      Object.entries(typed).map(([key, text]) => [key, key === "value" ? text : text.trim().normalize("NFC")]),
    );
    if (isBlank(now)) {
      editor.draft(id, undefined);
      spec.onClose?.();
      return;
    }
    const parts = spec.parts(now).map((part) => (by === "empty" && part.mayBeEmpty ? { ...part, isOptional: true } : part));
    const open = rowError(parts, now);
    if (open) {
      setWasLeft(true);
      keep(now, message(open, now));
      if (by === "enter") focusPart(ref.current, open.part);
      return;
    }
    const field = spec.field(now);
    const step = t(field.code, field.values);
    const outcome = editor.dispatch({
      edits: spec.edits(now),
      label: { code: "step-field", values: { field: of === undefined ? step : t("field-of", { field: step, task: of }) } },
    });
    whenSettled(outcome, (settled) => {
      if (!settled.ok) {
        editor.session({ refusal: undefined });
        setWasLeft(true);
        return keep(now, settled.refusal);
      }
      editor.draft(id, undefined);
      spec.onClose?.();
      if (by === "enter") spec.onNext?.();
    });
  };

  useWantedField(id, ref);
  // The panel may be removed while a finished row has the focus: another selection, a closed panel.
  const gone = useRef<() => void>(() => undefined);
  useEffect(() => {
    gone.current = () => {
      if (stored()) finish("leave");
    };
  });
  useEffect(() => () => gone.current(), []);

  return {
    values,
    isBegun: draft !== undefined,
    part: (part) => spec.parts(values).find((one) => one.id === part),
    error: wasLeft && error && draft ? { ...error, text: t(message(error, values).code, message(error, values).values) } : undefined,
    noteId,
    set,
    begin: (next, focus) => {
      setWasLeft(false);
      if (focus === undefined) return keep(next);
      flushSync(() => keep(next));
      focusPart(ref.current, focus);
    },
    drop: () => editor.draft(id, undefined),
    finish,
    act: (what) => {
      const list = ref.current?.parentElement;
      flushSync(what);
      const next = ref.current?.isConnected ? ref.current : list;
      const open = stored();
      const part = open && rowError(spec.parts(open), open)?.part;
      if (part) focusPart(next ?? null, part);
      else next?.querySelector<HTMLElement>(":scope select, :scope > button:last-of-type")?.focus();
    },
    card: {
      ref,
      onBlur: (event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        // Another window has the focus now; the row comes back with ours, and its draft is kept meanwhile.
        if (!document.hasFocus()) return;
        if (stored() ?? spec.start) finish("leave");
      },
    },
  };
}

function focusPart(card: HTMLElement | null, part: string): void {
  card?.querySelector<HTMLElement>(`[data-part="${part}"]`)?.focus();
}

/** The rows of a list that are not in the document: drafts, and one that was just asked for. */
export function useNewRows(prefix: string): {
  readonly rows: readonly { readonly key: string; readonly path: string; readonly start: RowValues; readonly isAsked: boolean }[];
  /** Opens a blank row, beginning with some values. */
  readonly ask: (start: RowValues) => void;
  readonly close: (path: string) => void;
} {
  const editor = useEditor();
  const { owner } = useSubject();
  const draftedPaths = useEditorState((state) => draftPaths(state.session.drafts, owner, `${prefix}+`).join("\n"));
  const [asked, setAsked] = useState<{ readonly path: string; readonly start: RowValues; readonly n: number } | undefined>(undefined);
  const count = useRef(0);
  const paths = draftedPaths === "" ? [] : draftedPaths.split("\n");
  if (asked && !paths.includes(asked.path)) paths.push(asked.path);
  return {
    rows: paths.map((path) =>
      asked?.path === path
        ? { key: `${path} ${asked.n}`, path, start: asked.start, isAsked: true }
        : { key: path, path, start: {}, isAsked: false },
    ),
    ask: (start) => {
      count.current += 1;
      setAsked({ path: freeRowPath(editor.store.getState().session.drafts, owner, `${prefix}+`), start, n: count.current });
    },
    close: (path) => setAsked((now) => (now?.path === path ? undefined : now)),
  };
}

/** The input of one part of a row. Enter goes to the next part that is empty, and from the last one writes the row. */
export function RowInput({
  row,
  id,
  hasFocus,
  isDisabled,
}: {
  readonly row: Row;
  readonly id: string;
  readonly hasFocus?: boolean;
  readonly isDisabled?: boolean;
}) {
  const t = useTranslate();
  const page = usePage();
  const editor = useEditor();
  const input = useRef<HTMLInputElement>(null);
  const visit = useRef<string[]>([]);
  const part = row.part(id);
  const text = row.values[id] ?? "";
  // Only when it appears: later the focus is the user's.
  const takesFocus = useRef(hasFocus);
  useEffect(() => {
    if (takesFocus.current) input.current?.focus();
  }, []);
  if (!part) return null;
  const isBad = row.error?.part === id;
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const isMod = event.ctrlKey || event.metaKey;
    if (event.key === "Enter") {
      event.preventDefault();
      // A blank row stays until it is left.
      if (!row.isBegun) return;
      const next = nextEmpty(event.currentTarget, row);
      if (text !== "" && next) next.focus();
      else row.finish("enter");
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      const before = visit.current[0];
      visit.current = [];
      if (before !== undefined && before !== text) row.set({ [id]: before });
      else page.canvas.current?.focus();
    } else if (isMod && !event.shiftKey && event.key.toLowerCase() === "z") {
      event.preventDefault();
      event.stopPropagation();
      const before = visit.current.pop();
      if (before === undefined) editor.undo();
      else row.set({ [id]: before });
    }
  };
  return (
    <span className={`field mono${isBad ? " bad" : ""}`}>
      <input
        ref={input}
        type="text"
        data-part={id}
        value={text}
        disabled={isDisabled}
        placeholder={part.placeholder}
        aria-label={t(part.label.code, part.label.values)}
        aria-invalid={isBad}
        aria-describedby={isBad ? row.noteId : undefined}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        autoComplete="off"
        translate="no"
        onFocus={() => (visit.current = [])}
        onKeyDown={keys}
        onChange={(event) => {
          visit.current.push(text);
          row.set({ [id]: event.target.value });
        }}
      />
    </span>
  );
}

function nextEmpty(from: HTMLInputElement, row: Row): HTMLInputElement | undefined {
  const all = [...(row.card.ref.current?.querySelectorAll<HTMLInputElement>("input[data-part]") ?? [])];
  return all.slice(all.indexOf(from) + 1).find((one) => one.value === "" && row.part(one.dataset.part ?? "")?.isOptional !== true);
}

/** What is missing in a row, once it was left: the reason, the likely intention, and a way to leave it empty. */
export function RowNote({ row, inUse }: { readonly row: Row; readonly inUse?: string }) {
  const t = useTranslate();
  const { error } = row;
  if (!error) return null;
  const { suggest } = error;
  return (
    <span className="field-note" id={row.noteId}>
      <span>{error.text}</span>
      {inUse === undefined || inUse === "" ? null : (
        <span className="muted">{t("in-use", { value: inUse.length > 40 ? `${inUse.slice(0, 40)}…` : inUse })}</span>
      )}
      {suggest === undefined ? null : (
        <button
          type="button"
          className="btn link"
          onClick={() =>
            row.act(() => {
              row.set({ [error.part]: suggest });
              row.finish("leave");
            })
          }
        >
          {t("suggest-use", { value: suggest })}
        </button>
      )}
      {error.mayBeEmpty ? (
        <button type="button" className="btn link" onClick={() => row.act(() => row.finish("empty"))}>
          {t("keep-empty")}
        </button>
      ) : null}
    </span>
  );
}
