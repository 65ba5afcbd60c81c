/** Compiles a Python file with a pipeline: the file is read as a plan, and a format writes the plan. The file is never run. */
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import type { DataMap } from "#data/data.ts";
import type { PipelinePlan, Stamps } from "#pipeline/pipeline-plan.ts";
import { planPython, type PythonOptions } from "#convert/from-python/read-pipeline.ts";
import { printStream } from "#yaml/print.ts";
import { lowerPlan } from "./lowering.ts";

export type { LoadText } from "#convert/from-python/components.ts";
export { stampsAt } from "#convert/from-python/compile-stamps.ts";
export { isIncomplete, looksLikePipeline, type PythonOptions } from "#convert/from-python/read-pipeline.ts";

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

/** Compiles the pipeline of a Python file to the Workflow of Kubeflow Pipelines v1. Never throws for an error in the file. */
export function compilePython(source: string, stamps: Stamps, options: PythonOptions = {}): CompiledPython {
  const { planned, diagnostics, pipelines } = planPython(source, options);
  const lowered = planned && lowerPlan(planned.plan, stamps, "argo");
  if (!planned || !lowered) return { diagnostics, pipelines };
  return {
    ...(lowered.documents[0] && { workflow: lowered.documents[0] }),
    text: printStream(lowered.documents),
    plan: planned.plan,
    diagnostics: planned.withLowering(lowered.diagnostics),
    pipelines,
  };
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
