import { argoMessages } from "#messages/sections/argo.ts";
import { componentMessages } from "#messages/sections/component.ts";
import { kfpV2Messages } from "#messages/sections/kfp-v2.ts";
import { lintCallMessages } from "#messages/sections/lint-calls.ts";
import { lintMessages } from "#messages/sections/lint.ts";
import { pythonMessages } from "#messages/sections/python.ts";
import { yamlMessages } from "#messages/sections/yaml.ts";

/** The diagnostic codes that `check` and `compile` can print, as listed in docs/diagnostics.md. */
export const checkCodes: ReadonlySet<string> = new Set(
  [yamlMessages, argoMessages, lintMessages, lintCallMessages, pythonMessages, componentMessages, kfpV2Messages].flatMap(({ en }) =>
    Object.keys(en).flatMap((code) => (`${code}.hint` in en ? [code.split(".", 1)[0] as string] : [])),
  ),
);
