import type { Report } from "#diagnostics/diagnostic.ts";
import { reservedArtifact } from "#kubernetes/kfp-names.ts";
import { isOutput } from "./annotations.ts";
import { diagnostic } from "./python-diagnostic.ts";
import type { PythonFunction } from "./function.ts";
import type { Span } from "./syntax.ts";

/** Names of ports: those that the SDK refuses, and metrics that Kubeflow would not find. */
export function checkNames(fn: PythonFunction, report: Report): void {
  for (const parameter of fn.parameters) {
    const side = isOutput(parameter.passing) ? "output" : "input";
    checkPort(parameter.portName, side, parameter.nameSpan, report);
    if (side === "output") checkMetricsName(parameter.portName, parameter.type, parameter.nameSpan, report);
  }
  for (const output of fn.outputs) {
    checkPort(output.name, "output", output.span, report);
    checkMetricsName(output.name, output.type, output.span, report);
    if (fn.returns === "fields" && (output.name.startsWith("_") || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(output.name))) {
      report(diagnostic("python-field-name", "error", { name: output.name }, output.span));
    }
  }
}

/** Output and parameter names that the SDK accepts (docs/spec/kfp-v1.md#allowed-names). */
function checkPort(name: string, side: string, span: Span, report: Report): void {
  if (side === "output" && !/^[A-Za-z][A-Za-z0-9\s_-]*$/.test(name))
    report(diagnostic("python-port-name-invalid", "warning", { name }, span));
  else if (name === "") report(diagnostic("python-port-name-invalid", "error", { name }, span));
}

const reserved = [
  { name: "mlpipeline_metrics", words: "mlpipelinemetrics", types: ["Metrics"] },
  { name: "mlpipeline_ui_metadata", words: "mlpipelineuimetadata", types: ["UI_Metadata", "UI metadata", "UIMetadata"] },
] as const;

function checkMetricsName(name: string, type: unknown, span: Span, report: Report): void {
  if (reservedArtifact(name)) return;
  const words = name.toLowerCase().replace(/[^a-z]/g, "");
  const meant = reserved.find((one) => one.types.some((known) => known === type) || distance(words, one.words) <= 2);
  if (meant) report(diagnostic("python-metrics-misnamed", "warning", { name, expected: meant.name }, span));
}

/** The number of letters that differ between two words (Levenshtein); words of very different length count as far apart. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
