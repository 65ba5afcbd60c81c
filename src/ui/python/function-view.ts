import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { displayType } from "#editor/library/library-entry.ts";
import { familyOf, type PortFamily } from "#editor/layout/port-family.ts";
import type { PortKind } from "#pipeline/model.ts";
import { isOutput } from "#python/annotations.ts";
import type { PythonFunction } from "#python/function.ts";
import type { MetricPreview } from "#python/metrics.ts";
import { metricsParameter, metricsSnippet } from "#python/metrics.ts";
import type { Translate } from "#messages/lazy-catalog.ts";
import type { LineNote } from "./code-editor.tsx";

/** How one argument or returned value becomes a port. */
export interface PortLine {
  readonly argument: string;
  readonly side: "input" | "output";
  readonly name: string;
  readonly kind: PortKind;
  readonly family: PortFamily;
  readonly type?: string;
  /** The default as text, if there is one. */
  readonly value?: string;
  readonly required: boolean;
  readonly why: string;
  readonly offset: number;
}

/** All ports of a function, inputs first. */
export function portLines(fn: PythonFunction, t: Translate): readonly PortLine[] {
  const parameters = fn.parameters.map((one): PortLine => {
    const output = isOutput(one.passing);
    const kind = one.passing === "value" ? "parameter" : "artifact";
    const type = displayType(one.type);
    const style = one.passing.charAt(0).toUpperCase() + one.passing.slice(1);
    const suffix = one.name.slice(one.portName.length);
    const value = one.default?.kind === "text" ? one.default.text : one.default?.kind === "unread" ? one.default.source : undefined;
    const reasons = [
      one.passing === "value"
        ? t("py-why-value")
        : one.name.startsWith(one.portName) && suffix !== ""
          ? t("py-why-dropped", { style, suffix })
          : t("py-why-style", { style }),
      ...(output && /^mlpipeline[_-](metrics|ui[_-]metadata)$/.test(one.portName) ? [t("py-why-metrics")] : []),
      ...(!one.optional || output
        ? []
        : [
            value === undefined
              ? t("py-why-optional")
              : t("py-why-default", { value: value.length > 40 ? `${value.slice(0, 40)}…` : value }),
          ]),
    ];
    return {
      argument: one.name,
      side: output ? "output" : "input",
      name: one.portName,
      kind,
      family: familyOf({ kind, type }),
      type,
      value,
      required: !output && !one.optional,
      why: reasons.join("; "),
      offset: one.span[1],
    };
  });
  const returned = fn.outputs.map((one): PortLine => {
    const type = displayType(one.type);
    return {
      argument: "→",
      side: "output",
      name: one.name,
      kind: "parameter",
      family: familyOf({ kind: "parameter", type }),
      type,
      required: false,
      why: t(fn.returns === "single" ? "py-why-return" : "py-why-field"),
      offset: one.span[1],
    };
  });
  return [...parameters.filter(({ side }) => side === "input"), ...parameters.filter(({ side }) => side === "output"), ...returned];
}

/** The notes behind the lines of the signature; ports that share a line share a note's place. */
export function lineNotes(lines: readonly PortLine[], t: Translate): readonly LineNote[] {
  return lines.map((line) => {
    const what =
      line.kind === "artifact"
        ? line.side === "input"
          ? "py-file-input"
          : "py-file-output"
        : line.side === "input"
          ? "py-input"
          : "py-output";
    return { offset: line.offset, text: `${t(what)} ${line.name}`, family: line.family, square: line.kind === "artifact" };
  });
}

/** Whether a function could not run as it is written: an error in it, or one that makes the text unreadable around it. */
export function isBlocked(fn: PythonFunction, functions: readonly PythonFunction[], diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ level, span }) => {
    if (level !== "error" || !span) return level === "error";
    const inside = (one: PythonFunction) => span[0] >= one.span[0] && span[0] <= one.span[1];
    return inside(fn) || !functions.some(inside);
  });
}

/** A metric's value as Kubeflow shows it: a percentage with three digits, else a number with three. */
export function metricText(metric: MetricPreview, t: Translate): string {
  if (metric.value === undefined) return t("py-metric-computed", { expression: metric.expression });
  return metric.format === "PERCENTAGE" ? `${(metric.value * 100).toFixed(3)}%` : String(Number(metric.value.toFixed(3)));
}

/** Changes that make a function write metrics: the parameter it needs, if it has none, and the lines before its last return. */
export function metricsChanges(
  text: string,
  fn: PythonFunction,
): readonly { readonly from: number; readonly to: number; readonly text: string }[] {
  const has = fn.parameters.some(({ name }) => name === "mlpipeline_metrics_path");
  const body = bodyPosition(text, fn);
  const snippet = metricsSnippet([{ name: "accuracy", value: 0.9, format: "PERCENTAGE" }], body.indent);
  const lines = { from: body.at, to: body.at, text: body.needsLine ? `\n${snippet}` : snippet };
  return has ? [lines] : [parameterPosition(text, fn), lines];
}

/** The new parameter precedes the first that has a default. */
function parameterPosition(text: string, fn: PythonFunction): { readonly from: number; readonly to: number; readonly text: string } {
  const last = fn.parameters.findLast(({ optional, default: value }) => !optional && value === undefined);
  if (last) return { from: last.span[1], to: last.span[1], text: `, ${metricsParameter}` };
  const open = text.indexOf("(", fn.nameSpan[1]) + 1;
  return { from: open, to: open, text: fn.parameters.length > 0 ? `${metricsParameter}, ` : metricsParameter };
}

function bodyPosition(text: string, fn: PythonFunction): { readonly at: number; readonly indent: string; readonly needsLine: boolean } {
  const signatureEnd = Math.max(fn.nameSpan[1], ...fn.parameters.map(({ span }) => span[1]), ...fn.outputs.map(({ span }) => span[1]));
  const end = fn.sourceSpan[1];
  let at = text.indexOf("\n", signatureEnd) + 1;
  let indent = "    ";
  let lastReturn = -1;
  let known = false;
  for (; at > 0 && at < end; at = next(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    const blank = /^\s*/.exec(line)?.[0] ?? "";
    if (line.trim() === "") continue;
    if (!known) indent = blank === "" ? indent : blank;
    known = true;
    if (blank === indent) lastReturn = /^\s*return\b/.test(line) ? at : -1;
    if (at + line.length >= text.length) break;
  }
  if (lastReturn >= 0) return { at: lastReturn, indent, needsLine: false };
  return { at: end, indent, needsLine: text[end - 1] !== "\n" };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

function next(text: string, at: number): number {
  return lineEnd(text, at) + 1;
}
