import { useMemo, useState, useDeferredValue } from "react";
import type { Diagnostic, Level } from "#diagnostics/diagnostic.ts";
import { whenSettled } from "#editor/dispatch.ts";
import { addByEdits, graphForTasks } from "#editor/library/place-entry.ts";
import { programsOf } from "#compiler/programs.ts";
import { currentWorkflow } from "#editor/actions.ts";
import { addFunction, type OpenedFunction, type SavedFunction, saveFunction } from "#editor/library/python-task.ts";
import type { GraphNode } from "#pipeline/graph.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { PythonFunction } from "#python/function.ts";
import { readFunctions } from "#python/functions.ts";
import { readMetrics } from "#python/metrics.ts";
import { useCurrentGraph } from "../graph-view.ts";
import { useFormState } from "../parts/use-form-state.ts";
import { useEditor, useEditorState, usePage } from "../use-editor.ts";
import { isBlocked } from "./function-view.ts";
import type { Language } from "#messages/translate.ts";

/** A function while it is being written: its text, what was read from it, and what it will run in. */
export interface WrittenFunction extends FunctionText, FunctionReading, RunOptions {
  readonly opened: OpenedFunction | undefined;
  /** The task that it belongs to; undefined for a new function. */
  readonly node: GraphNode | undefined;
  /** What saving would change; undefined for a new function. */
  readonly saved: SavedFunction | undefined;
  /** Why it was not taken. */
  readonly refused: Diagnostic | undefined;
  readonly isChanged: boolean;
  /** Back to what the file has. */
  revert(): void;
  /** Makes a task of each function. */
  add(functions: readonly PythonFunction[]): void;
  save(): void;
}

/** Keeps a function while it is being written. `opened`: that of a task; without it the function is new. */
export function useWrittenFunction(opened: OpenedFunction | undefined, onClose: () => void): WrittenFunction {
  const editor = useEditor();
  const page = usePage();
  const target = useEditorState((state) => state.session.python);
  const graph = useCurrentGraph();
  const [refused, setRefused] = useState<Diagnostic | undefined>(undefined);
  const workflow = useEditorState(currentWorkflow);
  const programs = workflow && programsOf(workflow.format);
  const isV2 = programs?.style === "kfp-v2";
  const text = useFunctionText({ opened, isV2 }, () => setRefused(undefined));
  const reading = useFunctionReading(text.text, isV2);
  const options = useRunOptions(opened, reading.fn, programs?.defaultImage ?? "");
  const { run, image } = options;
  const saved = useMemo(() => (opened ? saveFunction(opened, reading.read, run) : undefined), [opened, reading.read, run]);
  const node = graph?.nodes.find(({ id }) => id === opened?.task);
  const task = node?.title ?? "";
  return {
    ...text,
    ...reading,
    ...options,
    opened,
    node,
    saved,
    refused,
    isChanged: text.text !== text.original || options.isChosen,
    revert() {
      text.revert();
      options.reset();
    },
    add(functions) {
      const into = graphForTasks(editor);
      if (into === undefined) return onClose();
      if (!workflow) return onClose();
      const edits: Edit[] = [];
      for (const one of functions) {
        const chosen = { ...(image !== null && { image }), ...(functions.length === 1 && { packages: run.packages }) };
        const edit = addFunction(one, { into: workflow, graph: into, ...chosen });
        if ("refusal" in edit) return setRefused(edit.refusal);
        edits.push(edit);
      }
      const label = { code: "step-python-add", values: { n: functions.length } };
      whenSettled(addByEdits(editor, edits, { at: target?.at, label }), (outcome) => {
        if (!outcome.ok) return setRefused(outcome.refusal);
        text.forget();
        onClose();
        const [first] = outcome.selection;
        if (first !== undefined) page.canvas.current?.focusBox(first);
      });
    },
    save() {
      if (!saved || (saved.kind !== "body" && saved.kind !== "component")) return onClose();
      whenSettled(editor.dispatch({ edits: saved.edits, label: { code: "step-python", values: { task } } }), (outcome) => {
        if (!outcome.ok) return setRefused(outcome.refusal);
        text.forget();
        editor.toast(saved.kind === "component" && saved.program ? "py-saved-new" : "py-saved-body", { task }, true);
        onClose();
      });
    },
  };
}

interface FunctionText {
  readonly text: string;
  /** The text in the file, or the starter of a new function. */
  readonly original: string;
  type(text: string): void;
  /** The text is not unfinished any more. */
  forget(): void;
}

function useFunctionText(
  { opened, isV2 }: { readonly opened: OpenedFunction | undefined; readonly isV2: boolean },
  onType: () => void,
): FunctionText & { readonly revert: () => void } {
  const editor = useEditor();
  const target = useEditorState((state) => state.session.python);
  const language = useEditorState((state) => state.session.language);
  const key = opened?.task ?? "";
  const original = opened?.text ?? starterText(language, isV2);
  // The text itself is kept as unfinished also when the dialog closes; this says that it was open, and the text is newer than the target's.
  const [isTyped, setTyped] = useFormState<boolean>({ form: "function", part: "typed" }, false);
  const [text, setText] = useState(() => {
    const unfinished = editor.store.getState().session.unfinishedPython[key];
    return (isTyped ? (unfinished ?? target?.text) : (target?.text ?? unfinished)) ?? original;
  });
  const forget = () =>
    editor.session((session) => ({
      unfinishedPython: Object.fromEntries(Object.entries(session.unfinishedPython).filter(([id]) => id !== key)),
    }));
  return {
    text,
    original,
    forget,
    type(now) {
      setText(now);
      setTyped(true);
      onType();
      // Typed back to what it was: nothing is unfinished.
      if (now === original) return forget();
      editor.session((session) => ({ unfinishedPython: { ...session.unfinishedPython, [key]: now } }));
    },
    revert() {
      forget();
      setText(original);
    },
  };
}

interface FunctionReading {
  /** The text that was read: it follows what is typed. */
  readonly read: string;
  readonly functions: readonly PythonFunction[];
  readonly diagnostics: readonly Diagnostic[];
  /** The index of the function shown. */
  readonly chosen: number;
  readonly choose: (index: number) => void;
  /** The function shown. */
  readonly fn: PythonFunction | undefined;
  /** It cannot be used as it is. */
  readonly isBlocked: boolean;
  readonly worst: Extract<Level, "error" | "warning"> | undefined;
  /** What it writes as metrics and views. */
  readonly written: ReturnType<typeof readMetrics>;
}

function useFunctionReading(text: string, isV2: boolean): FunctionReading {
  const [index, choose] = useFormState<number>({ form: "function", part: "chosen" }, 0);
  const read = useDeferredValue(text);
  const { functions, diagnostics: found } = useMemo(() => readFunctions(read), [read]);
  // Artifacts as parameters are what KFP v2 has; the checks are those of version 1.
  const diagnostics = useMemo(() => (isV2 ? found.filter(({ code }) => code !== "python-v2-artifact") : found), [found, isV2]);
  const all = useMemo(() => readMetrics(read), [read]);
  const chosen = Math.min(index, Math.max(0, functions.length - 1));
  const fn = functions[chosen];
  const isInFunction = ({ span }: { readonly span: readonly [number, number] }) =>
    fn !== undefined && span[0] >= fn.span[0] && span[0] <= fn.span[1];
  return {
    read,
    functions,
    diagnostics,
    chosen,
    choose,
    fn,
    isBlocked: !fn || isBlocked(fn, functions, diagnostics),
    worst: (["error", "warning"] as const).find((level) => diagnostics.some((one) => one.level === level)),
    written: { ...all, metrics: all.metrics.filter(isInFunction), views: all.views.filter(isInFunction) },
  };
}

interface RunOptions {
  /** What the function runs in: chosen here, else what it says itself. */
  readonly run: { readonly image: string; readonly packages: readonly string[] };
  /** Chosen here; null: not. */
  readonly image: string | null;
  readonly setImage: (image: string | null) => void;
  readonly setPackages: (packages: readonly string[] | null) => void;
}

function useRunOptions(opened: OpenedFunction | undefined, fn: PythonFunction | undefined, defaultImage: string) {
  const [image, setImage] = useFormState<string | null>({ form: "function", part: "image" }, opened?.image ?? null);
  const [packages, setPackages] = useFormState<readonly string[] | null>({ form: "function", part: "packages" }, opened?.packages ?? null);
  const run = useMemo(
    () => ({ image: image ?? fn?.baseImage ?? defaultImage, packages: packages ?? fn?.packagesToInstall ?? [] }),
    [image, packages, fn, defaultImage],
  );
  return {
    run,
    image,
    setImage,
    setPackages,
    isChosen: image !== opened?.image || packages !== opened?.packages,
    reset() {
      setImage(opened?.image ?? null);
      setPackages(opened?.packages ?? null);
    },
  };
}

/** The text that a new function begins with. */
function starterText(language: Language, isV2: boolean): string {
  const summary = language === "ko" ? "이 단계가 하는 일을 적으세요." : "Say what this step does.";
  return `${isV2 ? "from kfp.dsl import Dataset, Input, Model, Output" : "from kfp.components import InputPath, OutputPath"}


def my_step(text: str = "hello") -> str:
    """${summary}"""
    return text.upper()
`;
}
