import { type Document, editDocument } from "#compiler/document.ts";
import type { Data } from "#data/data.ts";
import { parse } from "#yaml/parse.ts";
import type { Command } from "../command.ts";
import { findTarget, usesOf } from "../find-task.ts";
import { give, load, outputOptions } from "../load.ts";
import { option } from "../parse-arguments.ts";
import { editsOf, type Pair } from "../set-keys.ts";
import { exit, type Terminal, UsageError } from "../terminal.ts";

/** Changes settings of one task; every other line of the file is kept. */
export const set: Command = {
  name: "set",
  usage: "FILE --task TASK KEY=VALUE… [-o OUT]",
  options: { task: { value: "TASK" }, ...outputOptions },
  positionalCount: [1, Number.POSITIVE_INFINITY],
  run: async (args, terminal) => {
    const [file = "-", ...pairs] = args.positionals;
    const wished = option(args, "task");
    if (wished === undefined) throw new UsageError("cli.option-missing", { option: "--task", usage: `dagwright set ${set.usage}` });
    if (pairs.length === 0) throw new UsageError("cli.pair-missing", { usage: `dagwright set ${set.usage}` });
    const document = await load(file, terminal);
    if (document === undefined) return exit.usage;

    const target = findTarget(document.model, wished);
    let changed: Document = document;
    for (const pair of pairs.map(readPair)) {
      // Looked up again for each pair: the previous one may have changed what this one needs.
      const edits = editsOf(pair, findTarget(changed.model, wished));
      const edited = editDocument(changed, edits);
      if (!edited.ok) return refused(pair.key, edited.refusal, terminal);
      changed = edited.document;
    }
    const uses = target.template && usesOf(document.model, target.template);
    if (
      target.template &&
      uses !== undefined &&
      uses > 1 &&
      target.task !== undefined &&
      !pairs.every((pair) => pair.startsWith("arguments"))
    ) {
      terminal.tell(`dagwright: ${terminal.t("cli.definition-shared", { template: target.template.name, n: uses })}`);
    }
    if (changed.text === document.text) terminal.tell(`dagwright: ${terminal.t("cli.nothing-to-do")}`);
    await give({ text: changed.text, encoding: document.encoding }, args, terminal);
    return exit.good;
  },
};

function refused(key: string, refusal: { code: string; values: Readonly<Record<string, string | number>> }, terminal: Terminal): number {
  terminal.tell(`dagwright: ${key}: ${terminal.t(refusal.code, refusal.values)}`);
  return exit.diagnostics;
}

function readPair(word: string): Pair {
  const at = word.indexOf("=");
  if (at <= 0) throw new UsageError("cli.pair-invalid", { word });
  const [key, text] = [word.slice(0, at), word.slice(at + 1)];
  return { key, text, value: valueOf(key, text) };
}

/** A value as YAML reads it; text that is not a single YAML document is used literally. */
function valueOf(key: string, text: string): Data {
  const source = parse(text);
  const [error] = source.diagnostics.filter((diagnostic) => diagnostic.level === "error");
  if (error !== undefined && /^[[{]/.test(text.trim())) throw new UsageError("cli.value-invalid", { key, reason: error.code });
  return error !== undefined || source.stream.length !== 1 ? text : (source.stream[0] ?? text);
}
