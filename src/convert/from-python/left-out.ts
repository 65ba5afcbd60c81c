import type { Span } from "#python/syntax.ts";

/**
 * Reports a part of the text that is not understood and left out. `problem` gives the reason where it is known: an argument of an operator
 * is `missing`; a component has no such `input`; a `component` is missing, or its file is not read; there is no such `method`.
 */
export type LeaveOut = (span: Span, about?: { readonly problem: LeftOutProblem; readonly what: string; readonly valid?: string }) => void;

type LeftOutProblem = "missing" | "input" | "component" | "component-outside" | "component-special" | "component-too-large" | "method";
