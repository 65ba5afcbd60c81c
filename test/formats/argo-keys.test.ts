import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

// Only src/formats/argo knows Argo's keys and tags and KFP v1's annotations. The sentences of src/messages may name them.

const keys =
  /withItems|withParam|withSequence|templateRef|podSpecPatch|volumeClaimTemplates|pipelines\.kubeflow\.org|argoproj\.io|"onExit"|\bdialect\b|\{\{(?:inputs|workflow|tasks|steps|item)\b/;

/** Files that still name such keys. To be shortened, never to be lengthened. */
const known: Readonly<Record<string, string>> = {
  "cli/commands/model.ts": "the printed form model/1, which scripts read, keeps the word dialect",
  "data/difference.ts": "lists whose items have an identity; to be handed in by the format",
  "document/validate-edit.ts": "edits that scripts write name the loop as Argo does",
  "formats/kfp-v2/edit/change-control.ts": "reads the edit set-loop, which names the loop as Argo does",
  "formats/kfp-v2/read/recognise.ts": "a manifest of KFP v2 has an apiVersion of Kubeflow, too",
  "pipeline/binding.ts": "bindings name the field that they came from, which the printed form model/1 has, too",
  "pipeline/edit.ts": "edits that scripts write name the loop as Argo does",
  "pipeline/graph-edges.ts": "wires into control flow end at ports of these names in `dagwright graph`, which scripts read",
  "python/pipeline-values.ts": "a constant of the KFP SDK is a tag of Argo",
  "ui/dialogs/group-loop.tsx": "makes the edit set-loop, which names the loop as Argo does",
  "ui/inspector/control.tsx": "makes the edit set-loop, which names the loop as Argo does",
  "ui/settings/volumes-control.tsx": "recognises a claim that comes in through an input",
};

/** The source without comments. */
function codeOf(file: string): string {
  return readFileSync(join("src", file), "utf8")
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/(^|\s)\/\/.*$/gm, "$1");
}

test("no file outside of the format names Argo's keys, but for those listed with a reason", () => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
    (file) => /\.tsx?$/.test(file) && !/^(?:formats\/argo|messages)\//.test(file),
  );
  expect(files.length).toBeGreaterThan(300);
  expect(files.filter((file) => keys.test(codeOf(file))).toSorted()).toEqual(Object.keys(known));
});
