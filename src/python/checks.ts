import type { Report } from "#diagnostics/diagnostic.ts";
import type { PythonFunction } from "./function.ts";
import type { PythonModule } from "./module.ts";
import type { PackageText } from "./settings.ts";
import type { ParameterSyntax, PythonNode, Span } from "./syntax.ts";

/** Explains what would fail in one function. */
export function checkFunction(
  _module: PythonModule,
  _node: PythonNode,
  _syntax: readonly ParameterSyntax[],
  _fn: PythonFunction,
  _packages: readonly PackageText[],
  _report: Report,
): void {}

/** Explains what is wrong with the text as a whole. */
export function checkModule(_module: PythonModule, _functions: readonly PythonFunction[], _lambdas: readonly Span[], _report: Report): void {}
