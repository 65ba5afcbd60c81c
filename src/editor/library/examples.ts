import type { Editor } from "../editor.ts";

/** The examples, in the order of the list; the message of each is `example-ID`. */
export const exampleIds = [
  "by-value",
  "by-file",
  "by-file-ko",
  "metrics",
  "metrics-ko",
  "gpu",
  "gpu-ko",
  "fan-out",
  "fan-out-ko",
  "training",
  "v2",
  "v2-ko",
  "argo",
  "argo-ko",
] as const;

/** One example of each format, for the first visit; the message of each is `format-KEY`. */
export const formatExamples = { kfp: "training", "kfp-v2": "v2", argo: "argo" } as const;

/** Opens an example as a pipeline that begins here: it counts as not exported, and the file is not touched. */
export async function openExample(editor: Editor, id: string): Promise<void> {
  const found = await editor.outside.examples?.read(id);
  if (found) await editor.open(found.name, found.text, { isNew: true });
}

/** The examples in the order for a language: its own first, those of the other language last. */
export function examplesFor(language: string): readonly string[] {
  const isKorean = language === "ko";
  return exampleIds.filter(
    (id) => id.endsWith("-ko") === isKorean || !(exampleIds as readonly string[]).includes(isKorean ? `${id}-ko` : id.replace(/-ko$/, "")),
  );
}

/** An example in a language, if it has a translation. */
export function exampleFor(id: string, language: string): string {
  const translated = `${id}-ko`;
  return language === "ko" && (exampleIds as readonly string[]).includes(translated) ? translated : id;
}
