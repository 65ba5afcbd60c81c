import { argoWords } from "#words/sections/argo.ts";
import { componentWords } from "#words/sections/component.ts";
import { lintCallWords } from "#words/sections/lint-calls.ts";
import { lintWords } from "#words/sections/lint.ts";
import { pythonWords } from "#words/sections/python.ts";
import { yamlWords } from "#words/sections/yaml.ts";

/** The codes of diagnostics that `check` and `compile` can print, as docs/diagnostics.md lists them. */
export const checkCodes: ReadonlySet<string> = new Set(
  [yamlWords, argoWords, lintWords, lintCallWords, pythonWords, componentWords].flatMap(({ en }) =>
    Object.keys(en).flatMap((code) => (`${code}.hint` in en ? [code.split(".", 1)[0] as string] : [])),
  ),
);
