import { encodeText } from "#yaml/text-encoding.ts";
import type { Editor } from "./editor.ts";
import { loadPart } from "./missing-part.ts";
import { fileNameFor, freeFileName } from "./pipeline-name.ts";
import type { KeptEntry, RemovedPipeline } from "./ports.ts";

// Operations on the pipelines stored in this browser, for the dialog My pipelines.

/** All stored pipelines, the most recently changed first, after saving everything that is typed or edited in them. */
export async function listPipelines(editor: Editor): Promise<readonly KeptEntry[]> {
  await editor.flush();
  return editor.outside.storage.list();
}

/** Renames a pipeline; the title of the open one follows (see Editor.rename). */
export async function renamePipeline(editor: Editor, { id, fileName }: KeptEntry, name: string): Promise<void> {
  if (id === editor.store.getState().document.id) {
    editor.rename(name);
    return editor.flush();
  }
  await editor.outside.storage.rename(id, fileNameFor(name, fileName));
}

/** Copies a pipeline under a free name. */
export async function duplicatePipeline(editor: Editor, { id, fileName }: KeptEntry, all: readonly KeptEntry[]): Promise<void> {
  const at = editor.outside.now();
  const copy = freeFileName(
    fileName,
    all.map((one) => one.fileName),
  );
  await editor.outside.storage.duplicate(id, {
    id: `${at.toString(36)}-${Math.floor(Math.random() * 0x7fffffff).toString(36)}`,
    fileName: copy,
    at,
  });
}

/**
 * Removes a pipeline and returns it, so that it can be restored. If it is open, another one is opened first: the most recently changed one,
 * or a new one.
 */
export async function removePipeline(editor: Editor, { id }: KeptEntry, all: readonly KeptEntry[]): Promise<RemovedPipeline | undefined> {
  if (id === editor.store.getState().document.id) {
    const next = all.find((one) => one.id !== id);
    if (!next || !(await editor.openKept(next.id))) await editor.newPipeline();
    if (id === editor.store.getState().document.id) return undefined;
  }
  return editor.outside.storage.remove(id);
}

/** Downloads all stored pipelines as one zip, each under its own name and in its own encoding. Returns their number. */
export async function exportAll(editor: Editor): Promise<number> {
  const all = await listPipelines(editor);
  const { zipSync } = await loadPart(() => import("fflate"));
  const files: Record<string, [Uint8Array, { mtime: number }]> = Object.create(null) as never;
  for (const { id, at } of all) {
    const kept = await editor.outside.storage.read(id);
    if (!kept) continue;
    const name = freeFileName(fileNameFor(kept.fileName), Object.keys(files));
    // A zip cannot hold times before 1980.
    files[name] = [encodeText(kept.text, kept.encoding ?? "utf-8"), { mtime: Math.max(at, Date.UTC(1980, 0, 2)) }];
  }
  editor.outside.files.download("pipelines.zip", zipSync(files));
  return Object.keys(files).length;
}
