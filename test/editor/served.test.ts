import { expect, test } from "vitest";
import { exportNow, saveInPlace } from "#editor/commands/file.ts";
import { createEditor } from "#editor/editor.ts";
import { startEditor } from "#editor/start.ts";
import { newPipelineText } from "#editor/new-pipeline.ts";
import { outsideHere } from "./outside.ts";

test("a pipeline opened beside the served file is downloaded and never written over that file", async () => {
  const outside = outsideHere();
  const written: string[] = [];
  const files = {
    ...outside.files,
    served: async () => ({ name: "served.yaml", text: newPipelineText }),
    save: async (text: string) => (written.push(text), "written" as const),
  };
  const editor = createEditor(
    { ...outside, files },
    { language: "en", theme: "light", panels: { left: undefined, right: undefined, bottom: undefined, dialog: undefined } },
  );
  await startEditor(editor, async () => ({ name: "example.yaml", text: "" }));
  await exportNow(editor);
  expect(written).toEqual([newPipelineText]);
  await editor.open("other.yaml", `# other\n${newPipelineText}`);
  await exportNow(editor);
  await saveInPlace(editor);
  expect(written).toEqual([newPipelineText]);
  expect(outside.downloads.map(({ name }) => name)).toEqual(["other.yaml"]);
});
