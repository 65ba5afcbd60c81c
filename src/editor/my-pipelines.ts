import { encodeText } from "#yaml/text-encoding.ts";
import type { Editor } from "./editor.ts";
import { loadPart } from "./missing-part.ts";
import { fileNameFor, freeFileName } from "./pipeline-name.ts";
import type { KeptEntry } from "./ports.ts";
import type { Message } from "./message.ts";

// Operations on the pipelines stored in this browser, for the dialog My pipelines. Those that another tab edits are changed by that tab.

/** All stored pipelines, the most recently changed first, after saving everything that is typed or edited in them. */
export async function listPipelines(editor: Editor): Promise<readonly KeptEntry[]> {
  await editor.flush();
  return editor.outside.storage.list();
}

/** Whether a pipeline is open in this tab and can be changed here. */
function isEditedHere(editor: Editor, id: string): boolean {
  const { document, status } = editor.store.getState();
  return id === document.id && !status.isReadOnly;
}

/** Renames a pipeline; its title follows if the file was named after it, open or not. Returns why it was not renamed. */
export async function renamePipeline(editor: Editor, { id, fileName }: KeptEntry, name: string): Promise<Message | undefined> {
  if (isEditedHere(editor, id)) {
    editor.rename(name);
    await editor.flush();
    return undefined;
  }
  const isDone = await editor.stored.change(id, { fileName: fileNameFor(name, fileName) });
  return isDone ? undefined : { code: "other-tab-silent", values: { name: fileName } };
}

/** Copies a pipeline under a free name. Returns the id of the copy. */
export async function duplicatePipeline(editor: Editor, { id, fileName }: KeptEntry, all: readonly KeptEntry[]): Promise<string> {
  const at = editor.outside.now();
  const copy = freeFileName(
    fileName,
    all.map((one) => one.fileName),
  );
  const copyId = `${at.toString(36)}-${Math.floor(Math.random() * 0x7fffffff).toString(36)}`;
  await editor.outside.storage.duplicate(id, { id: copyId, fileName: copy, at });
  return copyId;
}

/**
 * Deletes a pipeline, which can be brought back (deleted-pipeline.ts). If it is open, another one is opened first: the most recently
 * changed one, or a new one.
 */
export async function removePipeline(editor: Editor, { id }: KeptEntry, all: readonly KeptEntry[]): Promise<void> {
  const wasOpen = id === editor.store.getState().document.id;
  if (wasOpen) {
    const next = all.find((one) => one.id !== id);
    if (!next || !(await editor.openKept(next.id))) await editor.newPipeline();
    if (id === editor.store.getState().document.id) return;
  }
  const pipeline = await editor.stored.remove(id);
  if (pipeline) editor.session({ deleted: { pipeline, wasOpen } });
}

/** The files of an export of all pipelines; `unmarked`: those whose tab did not note that they were exported. */
export interface ExportedAll {
  readonly count: number;
  readonly unmarked: readonly string[];
}

/** Downloads all stored pipelines as one zip, each under its own name and in its own encoding, and notes that they were exported. */
export async function exportAll(editor: Editor): Promise<ExportedAll> {
  const all = await listPipelines(editor);
  const { zipSync } = await loadPart(() => import("fflate"));
  const files: Record<string, [Uint8Array, { mtime: number }]> = Object.create(null) as never;
  const texts = new Map<string, { readonly name: string; readonly text: string }>();
  for (const { id, at } of all) {
    const kept = await editor.outside.storage.read(id);
    if (!kept) continue;
    const name = freeFileName(fileNameFor(kept.fileName), Object.keys(files));
    // A zip cannot hold times before 1980.
    files[name] = [encodeText(kept.text, kept.encoding ?? "utf-8"), { mtime: Math.max(at, Date.UTC(1980, 0, 2)) }];
    if (kept.text !== kept.exported) texts.set(id, { name: kept.fileName, text: kept.text });
  }
  editor.outside.files.download("pipelines.zip", zipSync(files));
  const unmarked: string[] = [];
  for (const [id, { name, text }] of texts) {
    if (isEditedHere(editor, id)) editor.exported(text);
    else if (!(await editor.stored.change(id, { exported: text }))) unmarked.push(name);
  }
  await editor.flush();
  return { count: Object.keys(files).length, unmarked };
}

/** Which of several pipelines of the same name each one is, from 1 in the order in which they began; absent where the name is unique. */
export function sameNames(all: readonly KeptEntry[]): ReadonlyMap<string, number> {
  const byName = new Map<string, KeptEntry[]>();
  for (const entry of all) {
    const name = entry.fileName.normalize("NFC").toLowerCase();
    byName.set(name, [...(byName.get(name) ?? []), entry]);
  }
  const numbers = new Map<string, number>();
  for (const group of byName.values()) {
    if (group.length < 2) continue;
    // Ids begin with the time at which the pipeline was opened first.
    const began = group.toSorted((one, other) => one.id.length - other.id.length || (one.id < other.id ? -1 : 1));
    began.forEach(({ id }, index) => numbers.set(id, index + 1));
  }
  return numbers;
}
