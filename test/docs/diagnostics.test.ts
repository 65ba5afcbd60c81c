import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Section } from "#messages/translate.ts";
import { argoMessages } from "#messages/sections/argo.ts";
import { authoringMessages } from "#messages/sections/authoring.ts";
import { componentMessages } from "#messages/sections/component.ts";
import { editsMessages } from "#messages/sections/edits.ts";
import { filesMessages } from "#messages/sections/files.ts";
import { kfpV2Messages } from "#messages/sections/kfp-v2.ts";
import { kfpV2EditsMessages } from "#messages/sections/kfp-v2-edits.ts";
import { libraryMessages } from "#messages/sections/library.ts";
import { lintCallMessages } from "#messages/sections/lint-calls.ts";
import { lintMessages } from "#messages/sections/lint.ts";
import { pythonMessages } from "#messages/sections/python.ts";
import { savingMessages } from "#messages/sections/saving.ts";
import { settingsMessages } from "#messages/sections/settings.ts";
import { shellWords } from "#messages/sections/shell.ts";
import { yamlMessages } from "#messages/sections/yaml.ts";

const file = "docs/diagnostics.md";
const parts: readonly (readonly [title: string, section: Section])[] = [
  ["Reading YAML", yamlMessages],
  ["Reading Argo and Kubeflow objects, and connecting", argoMessages],
  ["Names, fields, the workflow and its templates", lintMessages],
  ["Ports, calls, references and Kubernetes objects", lintCallMessages],
  ["Pipeline specs of KFP v2", kfpV2Messages],
  ["Edits that are refused, and what they take with them", editsMessages],
  ["Edits of KFP v2 pipelines", kfpV2EditsMessages],
  ["Making groups, volumes and resources", authoringMessages],
  ["Settings", settingsMessages],
  ["Python functions", pythonMessages],
  ["component.yaml", componentMessages],
  ["The library", libraryMessages],
  ["Files", filesMessages],
  ["The editor", shellWords],
  ["Saving in the browser", savingMessages],
];

/** The catalogue: every code that has a hint, with its sentences. */
function catalogue(): string {
  const body = parts.map(([title, { en }]) => {
    const codes = Object.keys(en).flatMap((key) => (key.endsWith(".hint") ? [key.slice(0, -".hint".length)] : []));
    return `## ${title}\n\n| code | message | hint |\n|---|---|---|\n${codes.map((code) => `| \`${code}\` | ${cell(en[code] ?? en[`${code}.other`])} | ${cell(en[`${code}.hint`])} |`).join("\n")}\n`;
  });
  return `# Diagnostics

Every problem has a stable code. \`dagwright check\` prints it after the level, and \`--disable CODE\` suppresses it. The levels: **error**: Argo
refuses it. **cluster**: the API server, Kubernetes or Kubeflow refuses it. **warning**: it runs, but probably not as intended. **info**: worth
knowing. Words in braces are placeholders. This page is generated from the messages (\`npm run update\`).

${body.join("\n")}`;
}

function cell(text: string | undefined): string {
  return (text ?? "").replaceAll("|", "\\|").replaceAll("\n", " ");
}

test("docs/diagnostics.md lists every code with what the product says", () => {
  if (process.env.DAGWRIGHT_UPDATE) writeFileSync(file, catalogue());
  expect(existsSync(file) && readFileSync(file, "utf8"), "run `npm run update`").toBe(catalogue());
});
