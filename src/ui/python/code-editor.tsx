import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, redo, undo } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  WidgetType,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, type Ref } from "react";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";

/** The interface of the text for the dialog. */
export interface CodeHandle {
  /** Puts the cursor there and shows it. */
  goTo(offset: number): void;
  /** Replaces characters [from, to), as one step that can be undone. */
  replace(from: number, to: number, text: string): void;
  focus(): void;
}

/** A note at the end of a line: what the parameter there becomes. */
export interface LineNote {
  readonly offset: number;
  readonly text: string;
  /** Colour and shape of the port. */
  readonly family: string;
  readonly square: boolean;
}

interface Props {
  readonly text: string;
  readonly label: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly messageOf: (diagnostic: Diagnostic) => string;
  readonly notes: readonly LineNote[];
  readonly onText: (text: string) => void;
  readonly ref?: Ref<CodeHandle>;
}

/**
 * Python text in an editor of its own: colours, brackets, search, undo, and diagnostics at their lines. It lives in a shadow root, where
 * its styles need no exception from a strict Content-Security-Policy. Escape, then Tab leaves it; Ctrl+M makes Tab move the focus
 * (docs/spec/interaction.md#field-escape).
 */
export function CodeEditor({ text, label, diagnostics, messageOf, notes, onText, ref }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const changed = useRef(onText);
  useEffect(() => {
    changed.current = onText;
  });

  // Before the dialog around it assigns the focus.
  useLayoutEffect(() => {
    const element = host.current as HTMLDivElement;
    const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    const path = document.createElement("div");
    path.style.height = "100%";
    root.append(path);
    const editor = new EditorView({
      root,
      parent: path,
      state: EditorState.create({ doc: text, extensions: extensions(label, (now) => changed.current(now)) }),
    });
    view.current = editor;
    // The dialog focuses the element marked as first; the element around the shadow root passes the focus on to the text.
    element.focus = () => editor.focus();
    return () => {
      editor.destroy();
      path.remove();
      view.current = undefined;
    };
    // Text and name are the editor's own once it is there.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  useEffect(() => view.current?.dispatch({ effects: labels.reconfigure(labelled(label)) }), [label]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const length = editor.state.doc.length;
    const marks = diagnostics.flatMap((diagnostic) => {
      if (!diagnostic.span) return [];
      const from = Math.min(diagnostic.span[0], length);
      return [
        {
          from,
          to: Math.max(from, Math.min(diagnostic.span[1], length)),
          severity: diagnostic.level === "cluster" ? ("error" as const) : diagnostic.level,
          message: messageOf(diagnostic),
        },
      ];
    });
    editor.dispatch(setDiagnostics(editor.state, marks));
  }, [diagnostics, messageOf]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    noteSets.set(editor, notes);
    editor.dispatch({});
  }, [notes]);

  useEffect(() => {
    const editor = view.current;
    // A text put in from outside (another function, reverted) replaces the whole.
    if (editor && editor.state.doc.toString() !== text)
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);

  useImperativeHandle(ref, () => ({
    goTo(offset) {
      const editor = view.current;
      if (!editor) return;
      const at = Math.min(offset, editor.state.doc.length);
      editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
      editor.focus();
    },
    replace(from, to, insert) {
      const editor = view.current;
      if (!editor) return;
      editor.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, scrollIntoView: true });
      editor.focus();
    },
    focus: () => view.current?.focus(),
  }));

  return <div ref={host} data-first style={{ height: "100%", minHeight: 0 }} />;
}

/** Labels at the ends of lines, kept beside the editor: they follow from the text and are no part of its state. */
const noteSets = new WeakMap<EditorView, readonly LineNote[]>();

class NoteWidget extends WidgetType {
  readonly note: LineNote;
  constructor(note: LineNote) {
    super();
    this.note = note;
  }
  override eq(other: NoteWidget): boolean {
    return other.note.text === this.note.text && other.note.family === this.note.family && other.note.square === this.note.square;
  }
  override toDOM(): HTMLElement {
    const element = document.createElement("span");
    element.className = "cm-note";
    const dot = document.createElement("span");
    dot.className = this.note.square ? "cm-note-dot cm-note-square" : "cm-note-dot";
    dot.style.background = `var(--port-${this.note.family})`;
    element.append(dot, this.note.text);
    element.setAttribute("aria-hidden", "true");
    return element;
  }
}

function notesOf(view: EditorView): DecorationSet {
  const { doc } = view.state;
  const widgets = (noteSets.get(view) ?? [])
    .filter(({ offset }) => offset <= doc.length)
    .map((note) => Decoration.widget({ widget: new NoteWidget(note), side: 1 }).range(doc.lineAt(note.offset).to));
  return Decoration.set(widgets, true);
}

/** The accessible name of the text: it follows the language without creating the editor again. */
const labels = new Compartment();

/**
 * Replaces selected text ourselves: Chromium would put the new text into elements with a style attribute, which a strict
 * Content-Security-Policy refuses with an error.
 */
function typeOver(event: InputEvent, view: EditorView): boolean {
  const { main } = view.state.selection;
  if (event.inputType !== "insertText" || !event.data || main.empty || event.isComposing || view.composing) return false;
  const insert = () => view.state.update(view.state.replaceSelection(event.data ?? ""), { userEvent: "input.type", scrollIntoView: true });
  event.preventDefault();
  const isHandled = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, main.from, main.to, event.data ?? "", insert));
  if (!isHandled) view.dispatch(insert());
  return true;
}

function labelled(label: string) {
  return EditorView.contentAttributes.of({ "aria-label": label });
}

function extensions(label: string, changed: (text: string) => void) {
  return [
    lineNumbers(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    lintGutter(),
    search({ top: true }),
    python(),
    indentUnit.of("    "),
    EditorState.tabSize.of(4),
    syntaxHighlighting(colours),
    look,
    EditorView.decorations.of((view) => notesOf(view)),
    labels.of(labelled(label)),
    EditorView.domEventHandlers({ beforeinput: typeOver }),
    EditorView.contentAttributes.of({
      spellcheck: "false",
      autocorrect: "off",
      autocapitalize: "off",
      translate: "no",
    }),
    keymap.of([
      ...closeBracketsKeymap,
      ...bothModifiers,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...lintKeymap,
      ...completionKeymap,
      { key: "Escape", run: leaveOnTab },
      indentWithTab,
    ]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) changed(update.state.doc.toString());
    }),
  ];
}

const bothModifiers = [
  { key: "Mod-z", run: undo, preventDefault: true },
  { key: "Mod-y", mac: "Mod-Shift-z", run: redo, preventDefault: true },
  { key: "Mod-f", run: openSearchPanel, preventDefault: true },
];

/** Escape lets the next Tab leave; that it does not close the dialog is intended: the text would disappear. */
function leaveOnTab(view: EditorView): boolean {
  view.setTabFocusMode(2_000);
  return true;
}

const colours = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword, tags.operatorKeyword],
    color: "var(--code-keyword)",
  },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
  { tag: tags.comment, color: "var(--code-comment)" },
  {
    tag: [tags.definition(tags.variableName), tags.function(tags.definition(tags.variableName)), tags.className],
    color: "var(--code-key)",
  },
  { tag: tags.meta, color: "var(--code-ref)" },
]);

const look = EditorView.theme({
  "&": { height: "100%", fontSize: "12px", background: "var(--bg-code)", color: "var(--fg)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "20px", overflow: "auto" },
  ".cm-content": { padding: "8px 0", caretColor: "var(--fg)" },
  ".cm-cursor": { borderLeftColor: "var(--fg)" },
  ".cm-gutters": { background: "var(--bg-code)", color: "var(--code-comment)", border: "0", paddingLeft: "8px" },
  ".cm-activeLine": { background: "var(--bg-code-line)" },
  ".cm-activeLineGutter": { background: "var(--bg-code-line)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "var(--select-halo)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { background: "var(--accent-soft)", outline: "1px solid var(--accent-line)" },
  ".cm-selectionMatch": { background: "var(--accent-soft)" },
  ".cm-panels": { background: "var(--bg-panel)", color: "var(--fg)", borderColor: "var(--line)" },
  ".cm-tooltip": {
    background: "var(--bg-raised)",
    color: "var(--fg)",
    border: "1px solid var(--line-box)",
    borderRadius: "6px",
    maxWidth: "460px",
    font: "12px/18px var(--font-ui)",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent-soft)", color: "var(--fg)" },
  ".cm-textfield": { background: "var(--bg-field)", color: "var(--fg)", border: "1px solid var(--line-control)", borderRadius: "4px" },
  ".cm-button": { background: "var(--bg-box)", color: "var(--fg)", border: "1px solid var(--line-control)", borderRadius: "4px" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--error-mark) 1px",
    textUnderlineOffset: "3px",
    textDecorationSkipInk: "none",
  },
  ".cm-lintRange-warning": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--warning-mark) 1px",
    textUnderlineOffset: "3px",
    textDecorationSkipInk: "none",
  },
  ".cm-lintRange-info": { backgroundImage: "none", textDecoration: "underline dotted var(--info-mark) 1px", textUnderlineOffset: "3px" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--error-mark)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warning-mark)" },
  ".cm-diagnostic-info": { borderLeftColor: "var(--info-mark)" },
  ".cm-note": {
    display: "inline-flex",
    alignItems: "center",
    gap: "5px",
    margin: "0 0 0 10px",
    padding: "0 6px",
    height: "17px",
    borderRadius: "4px",
    background: "var(--bg-chip)",
    color: "var(--fg-muted)",
    font: "11px/17px var(--font-ui)",
    verticalAlign: "1px",
    userSelect: "none",
  },
  ".cm-note-dot": { width: "7px", height: "7px", borderRadius: "50%" },
  ".cm-note-square": { borderRadius: "1px" },
});
