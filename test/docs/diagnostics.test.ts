import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Section } from "#messages/say.ts";
import { argoWords } from "#messages/sections/argo.ts";
import { authoringWords } from "#messages/sections/authoring.ts";
import { componentWords } from "#messages/sections/component.ts";
import { editsWords } from "#messages/sections/edits.ts";
import { filesWords } from "#messages/sections/files.ts";
import { kfpV2Words } from "#messages/sections/kfp-v2.ts";
import { kfpV2EditsWords } from "#messages/sections/kfp-v2-edits.ts";
import { libraryWords } from "#messages/sections/library.ts";
import { lintCallWords } from "#messages/sections/lint-calls.ts";
import { lintWords } from "#messages/sections/lint.ts";
import { pythonWords } from "#messages/sections/python.ts";
import { savingWords } from "#messages/sections/saving.ts";
import { settingsWords } from "#messages/sections/settings.ts";
import { shellWords } from "#messages/sections/shell.ts";
import { yamlWords } from "#messages/sections/yaml.ts";

const file = "docs/diagnostics.md";
const parts: readonly (readonly [title: string, section: Section])[] = [
  ["Reading YAML", yamlWords],
  ["Reading Argo and Kubeflow objects, and connecting", argoWords],
  ["Names, fields, the workflow and its templates", lintWords],
  ["Ports, calls, references and Kubernetes objects", lintCallWords],
  ["Pipeline specs of KFP v2", kfpV2Words],
  ["Edits that are refused, and what they take with them", editsWords],
  ["Edits of KFP v2 pipelines", kfpV2EditsWords],
  ["Making groups, volumes and resources", authoringWords],
  ["Settings", settingsWords],
  ["Python functions", pythonWords],
  ["component.yaml", componentWords],
  ["The library", libraryWords],
  ["Files", filesWords],
  ["The editor", shellWords],
  ["Saving in the browser", savingWords],
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
knowing. Words in braces are placeholders. This page is generated from the messages (\`npm run golden:update\`).

${body.join("\n")}`;
}

function cell(text: string | undefined): string {
  return (text ?? "").replaceAll("|", "\\|").replaceAll("\n", " ");
}

test("docs/diagnostics.md lists every code with what the product says", () => {
  if (process.env.DAGWRIGHT_GOLDEN_UPDATE) writeFileSync(file, catalogue());
  expect(existsSync(file) && readFileSync(file, "utf8"), "run `npm run golden:update`").toBe(catalogue());
});
