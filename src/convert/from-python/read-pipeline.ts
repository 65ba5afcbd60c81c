/**
 * Reads a Python file with a KFP v1 pipeline as a plan. The file is parsed, never run: `readPipelineFile` reads it as data, `planOf` creates
 * the plan from that. Which format the plan is written in is not decided here.
 */
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { diagnostic } from "#python/python-diagnostic.ts";
import { readPipelineFile } from "#python/pipeline-file.ts";
import { lineOf, type Span } from "#python/syntax.ts";
import type { PipelinePlan } from "#pipeline/pipeline-plan.ts";
import { componentFinder, type LoadText } from "./components.ts";
import type { LeaveOut } from "./left-out.ts";
import { planOf } from "./plan-from-program.ts";

/** Options beside the text. */
export interface PythonOptions {
  /** The pipeline function to use, by its Python name; default: the first. */
  readonly pipeline?: string;
  /** Returns the text of component files that the Python file names by path or address; without it they are left out. */
  readonly load?: LoadText;
}

/** The pipeline of a Python file as a plan. */
export interface PlannedPython {
  /** undefined: the file contains no pipeline. */
  readonly planned?: {
    readonly plan: PipelinePlan;
    /** The diagnostics of lowering the plan, with their positions in the Python text and together with those of reading it. */
    readonly withLowering: (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];
  };
  /** What was left out, and errors; spans are characters of the Python text. */
  readonly diagnostics: readonly Diagnostic[];
  /** The names of the pipeline functions in the file. */
  readonly pipelines: readonly string[];
}

/** The maximum number of diagnostics listed for one file. */
const mostReported = 2_000;

/** Reads the pipeline of a Python file as a plan. Never throws for an error in the file. */
export function planPython(source: string, options: PythonOptions = {}): PlannedPython {
  const file = readPipelineFile(source);
  const pipelines = file.pipelines.map((one) => one.functionName);
  const pipeline = file.pipelines.find((one) => one.functionName === options.pipeline) ?? file.pipelines[0];
  if (!pipeline) return { diagnostics: file.diagnostics, pipelines };
  // Errors in other pipelines of the file do not concern this one.
  const others = file.pipelines.filter((one) => one !== pipeline).map((one) => one.span);
  const read = reporter(file.diagnostics.filter(({ span }) => !others.some(([start, end]) => span && span[0] >= start && span[1] <= end)));
  const leaveOut: LeaveOut = (span, about) => read.report(leftOut(source, span, about));
  const { plan, spans } = planOf(pipeline, { component: componentFinder(file, options.load, read.report, leaveOut), leaveOut });
  const withLowering = (diagnostics: readonly Diagnostic[]) => {
    const all = reporter(read.list());
    for (const found of diagnostics) all.report(inText(found, spans, pipeline.span));
    return inOrder(all.list());
  };
  return { planned: { plan, withLowering }, diagnostics: inOrder(read.list()), pipelines };
}

/** Collects diagnostics, each once, up to the maximum; `known` are kept in any case. */
function reporter(known: readonly Diagnostic[]) {
  const list = [...known];
  const reported = new Set(list.map(identityOf));
  return {
    report: (found: Diagnostic): void => {
      const identity = identityOf(found);
      if (!reported.has(identity) && reported.size < mostReported) list.push(found);
      reported.add(identity);
    },
    list: (): readonly Diagnostic[] => list,
  };
}

/** Whether something of the file is missing in the pipeline, or is wrong in it. */
export function isIncomplete(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((one) => one.level === "error" || one.code === "python-pipeline-left-out");
}

/** Whether a text is Python with a pipeline rather than YAML; for files whose name does not say which. */
export function looksLikePipeline(text: string): boolean {
  return /^[ \t]*(from|import)[ \t]+kfp\b/m.test(text) && /^[ \t]*(@[\w.]*pipeline\b|def\s)/m.test(text);
}

/** The diagnostic for a part of the text that is not understood, with its line. */
function leftOut(source: string, span: Span, about: Parameters<LeaveOut>[1]): Diagnostic {
  const line = lineOf(source, span[0]);
  const text = (source.slice(...span).split("\n")[0] ?? "").trim();
  return diagnostic(
    "python-pipeline-left-out",
    "warning",
    { line, text: text.length > 80 ? `${text.slice(0, 79)}…` : text, ...about },
    span,
  );
}

/** A diagnostic of the lowering with its position in the Python text. */
function inText(found: Diagnostic, spans: ReadonlyMap<string, Span>, whole: Span): Diagnostic {
  const [id] = found.path;
  return { ...found, path: [], span: (id === undefined ? undefined : spans.get(String(id))) ?? whole };
}

/** The key by which a diagnostic counts as reported already. */
function identityOf({ code, span, values }: Diagnostic): string {
  return `${code} ${span?.[0]} ${JSON.stringify(values)}`;
}

function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort((a, b) => (a.span?.[0] ?? 0) - (b.span?.[0] ?? 0));
}
