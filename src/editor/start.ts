import type { Editor } from "./editor.ts";

/** Shows the first thing: the file of the command line, else what was open here last, else an example, which is fetched only then. */
export async function startEditor(editor: Editor, example: () => Promise<{ readonly name: string; readonly text: string }>): Promise<void> {
  const served = await editor.outside.files.served().catch(() => undefined);
  if (served) return editor.open(served.name, served.text);
  const kept = await editor.outside.shelf.last().catch(() => undefined);
  if (kept) return editor.open(kept.fileName, kept.text, { kept });
  const { name, text } = await example();
  await editor.open(name, text, { firstVisit: true });
}
