import { argoWords } from "#messages/sections/argo.ts";
import { componentWords } from "#messages/sections/component.ts";
import { kfpV2Words } from "#messages/sections/kfp-v2.ts";
import { lintCallWords } from "#messages/sections/lint-calls.ts";
import { lintWords } from "#messages/sections/lint.ts";
import { pythonWords } from "#messages/sections/python.ts";
import { yamlWords } from "#messages/sections/yaml.ts";

/** The diagnostic codes that `check` and `compile` can print, as listed in docs/diagnostics.md. */
export const checkCodes: ReadonlySet<string> = new Set(
  [yamlWords, argoWords, lintWords, lintCallWords, pythonWords, componentWords, kfpV2Words].flatMap(({ en }) =>
    Object.keys(en).flatMap((code) => (`${code}.hint` in en ? [code.split(".", 1)[0] as string] : [])),
  ),
);
