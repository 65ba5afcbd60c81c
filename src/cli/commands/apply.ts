import { type Document, editDocument } from "#compiler/document.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { Command } from "../command.ts";
import { give, load, outputOptions, textAt } from "../load.ts";
import { exit, type Terminal, UsageError } from "../terminal.ts";

/** Applies a list of edits, all or none. */
export const apply: Command = {
  name: "apply",
  usage: "FILE EDITS.json [-o OUT]",
  options: outputOptions,
  positionalCount: [2, 2],
  run: async (args, terminal) => {
    const [file = "-", list = "-"] = args.positionals;
    const edits = readEdits(await textAt(list, terminal), list);
    const document = await load(file, terminal);
    if (document === undefined) return exit.usage;
    let changed: Document = document;
    for (const [index, edit] of edits.entries()) {
      const edited = editDocument(changed, [edit]);
      if (!edited.ok) {
        const reason = terminal.t(edited.refusal.code, edited.refusal.values);
        terminal.tell(`dagwright: ${terminal.t("cli.edit-refused", { n: index + 1, kind: edit.kind, reason })}`);
        return exit.diagnostics;
      }
      printNotices(edited.notices, terminal);
      changed = edited.document;
    }
    await give({ text: changed.text, encoding: document.encoding }, args, terminal);
    return exit.good;
  },
};

function printNotices(notes: readonly { code: string; values: Readonly<Record<string, string | number>> }[], terminal: Terminal): void {
  for (const note of notes) terminal.tell(`dagwright: ${terminal.t(note.code, note.values)}`);
}

/** Edits as JSON: one, a list, or `{edits: […]}`. Keys that could reach a prototype are dropped. */
function readEdits(text: string, path: string): readonly Edit[] {
  let read: unknown;
  try {
    read = JSON.parse(text, (key, value: unknown) => (key === "__proto__" ? undefined : value));
  } catch (error) {
    throw new UsageError("cli.json-invalid", { path, reason: error instanceof Error ? error.message : String(error) });
  }
  const wrapped = typeof read === "object" && read !== null && "edits" in read ? read.edits : read;
  const list: readonly unknown[] = Array.isArray(wrapped) ? wrapped : [wrapped];
  if (!list.every(isEdit)) throw new UsageError("cli.edits-shape", { path });
  return list;
}

function isEdit(value: unknown): value is Edit {
  return typeof value === "object" && value !== null && "kind" in value && typeof value.kind === "string";
}
