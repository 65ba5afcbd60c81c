import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { editDocument, openDocument, undoEdit } from "#compiler/document.ts";
import type { Edit } from "#pipeline/edit.ts";

const body = `components: {}
deploymentSpec: {}
pipelineInfo:
  description: 'First line.

    Second line.'
  name: train
root:
  dag:
    tasks: {}
  inputDefinitions:
    artifacts:
      data:
        artifactType:
          schemaTitle: system.Dataset
          schemaVersion: 0.0.1
    parameters:
      lr:
        defaultValue: 0.1
        isOptional: true
        parameterType: NUMBER_DOUBLE
      names:
        defaultValue:
        - a
        - it's
        - 2.0
        isOptional: true
        parameterType: LIST
      title:
        parameterType: STRING
schemaVersion: 2.1.0
sdkVersion: kfp-2.17.3
`;
const header = `# PIPELINE DEFINITION
# Name: train
# Description: First line.
#              Second line.
# Inputs:
#    data: system.Dataset
#    lr: float [Default: 0.1]
#    names: list [Default: ['a', "it's", 2.0]]
#    title: str
`;

/** The comment above the pipeline after an edit. */
function headerAfter(text: string, edit: Edit): string {
  const document = openDocument(text);
  const edited = editDocument(document, [edit]);
  if (!edited.ok) throw new Error(edited.refusal.code);
  expect(undoEdit(edited.document, edited.undo).text).toBe(text);
  expect(openDocument(edited.document.text).stream).toEqual(edited.document.stream);
  return /^(?:#.*\r?\n)*/.exec(edited.document.text)?.[0] ?? "";
}

describe("the comment above a compiled pipeline", () => {
  it.each<readonly [string, Edit, string]>([
    ["its name", { kind: "rename-workflow", name: "other" }, header.replace("Name: train", "Name: other")],
    ["a default", { kind: "set-parameter", name: "title", value: "on" }, header.replace("title: str", "title: str [Default: 'on']")],
    [
      "a default with a line break, in one line",
      { kind: "set-parameter", name: "title", value: "a\nb" },
      header.replace("title: str", "title: str [Default: 'a\\nb']"),
    ],
    [
      "a new parameter, sorted",
      { kind: "add-parameter", name: "epochs", value: 3, type: "NUMBER_INTEGER" },
      header.replace("#    lr", "#    epochs: int [Default: 3.0]\n#    lr"),
    ],
    ["a parameter that goes", { kind: "remove-parameter", name: "names" }, header.replace(/#    names.*\n/, "")],
  ])("follows %s", (_, edit, expected) => {
    expect(headerAfter(header + body, edit)).toBe(expected);
    const windows = (text: string) => text.replaceAll("\n", "\r\n");
    expect(headerAfter(windows(header + body), edit)).toBe(windows(expected));
  });

  it("keeps what somebody wrote there", () => {
    const own = header.replace("# Name: train", "# Name: train (the daily one)");
    expect(headerAfter(own + body, { kind: "rename-workflow", name: "other" })).toBe(own);
    expect(headerAfter(own + body, { kind: "rename-parameter", name: "title", to: "label" })).toBe(
      own.replace(/#    lr.*\n#    names.*\n#    title.*\n/, (lines) => `#    label: str\n${lines.replace(/#    title.*\n/, "")}`),
    );
    const longer = `${header}# Nightly.\n`;
    expect(headerAfter(longer + body, { kind: "rename-workflow", name: "other" })).toBe(longer);
    expect(headerAfter(`# ours\n${body}`, { kind: "rename-workflow", name: "other" })).toBe("# ours\n");
  });

  it("is what the SDK writes", () => {
    const text = readFileSync(new URL("../../fixtures/kfp-v2/compiled/before.yaml", import.meta.url), "utf8");
    expect(headerAfter(text, { kind: "add-parameter", name: "rate", value: 0.5, type: "NUMBER_DOUBLE" })).toBe(
      "# PIPELINE DEFINITION\n# Name: p\n# Inputs:\n#    rate: float [Default: 0.5]\n",
    );
  });
});
