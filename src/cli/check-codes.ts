import { argoWords } from "#messages/sections/argo.ts";
import { componentWords } from "#messages/sections/component.ts";
import { lintCallWords } from "#messages/sections/lint-calls.ts";
import { lintWords } from "#messages/sections/lint.ts";
import { pythonWords } from "#messages/sections/python.ts";
import { yamlWords } from "#messages/sections/yaml.ts";

/** The codes of diagnostics that `check` and `compile` can print, as docs/diagnostics.md lists them. */
export const checkCodes: ReadonlySet<string> = new Set(
  [yamlWords, argoWords, lintWords, lintCallWords, pythonWords, componentWords].flatMap(({ en }) =>
    Object.keys(en).flatMap((code) => (`${code}.hint` in en ? [code.split(".", 1)[0] as string] : [])),
  ),
);
