/**
 * Compiles a Python file with a KFP v1 pipeline. The file is parsed, never run: `readPipelineFile` reads it as data, `planOf` creates a
 * plan from that, `lowerPipeline` the Workflow.
 */
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import type { DataMap } from "#data/data.ts";
import { diagnostic } from "#python/python-diagnostic.ts";
import { readPipelineFile } from "#python/pipeline-file.ts";
import { lineOf, type Span } from "#python/syntax.ts";
import { printStream } from "#yaml/print.ts";
import { lowerPipeline } from "#formats/argo/kfp/lower/lower-pipeline.ts";
import type { PipelinePlan, Stamps } from "#pipeline/pipeline-plan.ts";
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

/** A pipeline compiled from a Python file. */
export interface CompiledPython {
  /** undefined: the file contains no pipeline. */
  readonly workflow?: DataMap;
  /** The workflow's text in the order of the KFP SDK. */
  readonly text?: string;
  readonly plan?: PipelinePlan;
  /** What was left out, and errors; spans are characters of the Python text. */
  readonly diagnostics: readonly Diagnostic[];
  /** The names of the pipeline functions in the file. */
  readonly pipelines: readonly string[];
}

/** The maximum number of diagnostics listed for one file. */
const mostReported = 2_000;

/** Compiles the pipeline of a Python file. Never throws for an error in the file. */
export function compilePython(source: string, stamps: Stamps, options: PythonOptions = {}): CompiledPython {
  const file = readPipelineFile(source);
  const pipelines = file.pipelines.map((one) => one.functionName);
  const pipeline = file.pipelines.find((one) => one.functionName === options.pipeline) ?? file.pipelines[0];
  if (!pipeline) return { diagnostics: file.diagnostics, pipelines };
  // Errors in other pipelines of the file do not concern this one.
  const others = file.pipelines.filter((one) => one !== pipeline).map((one) => one.span);
  const allDiagnostics = file.diagnostics.filter(({ span }) => !others.some(([start, end]) => span && span[0] >= start && span[1] <= end));
  const reported = new Set(allDiagnostics.map(identityOf));
  const report = (found: Diagnostic) => {
    const identity = identityOf(found);
    if (!reported.has(identity) && reported.size < mostReported) allDiagnostics.push(found);
    reported.add(identity);
  };
  const leaveOut: LeaveOut = (span, about) => report(leftOut(source, span, about));
  const { plan, spans } = planOf(pipeline, { component: componentFinder(file, options.load, report, leaveOut), leaveOut });
  const { workflow, diagnostics } = lowerPipeline(plan, stamps);
  for (const found of diagnostics) report(inText(found, spans, pipeline.span));
  return { workflow, text: printStream([workflow]), plan, diagnostics: inOrder(allDiagnostics), pipelines };
}

/** A document's text compiled from a Python file, as `openDocument` takes it, with what was left out. */
export function openPython(
  source: string,
  stamps: Stamps,
  options: PythonOptions = {},
): Pick<CompiledPython, "text" | "diagnostics" | "pipelines"> {
  const { text, diagnostics, pipelines } = compilePython(source, stamps, options);
  return { ...(text !== undefined && { text }), diagnostics, pipelines };
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
