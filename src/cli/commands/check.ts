import { checkDocument, type CheckMode, checkTargets } from "#compiler/checking.ts";
import { openDocument, type Document } from "#compiler/document.ts";
import { omittedCode } from "#diagnostics/collect.ts";
import type { Diagnostic, Level } from "#diagnostics/diagnostic.ts";
import type { Command } from "../command.ts";
import { filesBelow } from "../files.ts";
import { inputName, textAt } from "../load.ts";
import { option, unknownArgument, type ParsedArguments } from "../parse-arguments.ts";
import { type FileDiagnostics, levels, recordsOf, textOf } from "../print-diagnostics.ts";
import { checkCodes } from "../check-codes.ts";
import { printableJson } from "../printable.ts";
import { neighboursOf } from "../neighbours.ts";
import { exit, type Terminal } from "../terminal.ts";

const kinds = ["Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow"] as const;

/** Reports everything that is wrong in files, folders or standard input. */
export const check: Command = {
  name: "check",
  usage: "PLACE… [--format text|json] [--level L] [--mode lint|default|submit] [--as KIND] [--for TARGET] [--disable CODE]",
  options: {
    format: { value: "text|json", oneOf: ["text", "json"] },
    level: { value: levels.join("|"), oneOf: levels },
    mode: { value: "lint|default|submit", oneOf: ["lint", "default", "submit"] },
    as: { value: kinds.join("|"), oneOf: kinds },
    for: { value: "argo|kfp|kfp-2.0|…|kfp-2.17.1", oneOf: checkTargets },
    disable: { value: "CODE", many: true },
  },
  positionalCount: [1, Number.POSITIVE_INFINITY],
  run: async (args, terminal) => {
    for (const code of args.options.get("disable") ?? [])
      if (!checkCodes.has(code)) throw unknownArgument("cli.disable-unknown", code, [...checkCodes].sort());
    const opened = await openAll(args.positionals, terminal);
    const diagnostics = await findAll(opened, args, terminal);
    const threshold = levels.indexOf((option(args, "level") ?? "error") as Level);
    const grave = diagnostics.flatMap((file) => file.diagnostics).filter((diagnostic) => levels.indexOf(diagnostic.level) <= threshold);
    if (option(args, "format") === "json") printJson(diagnostics, terminal);
    else printText(diagnostics, opened.length, terminal);
    return grave.length > 0 ? exit.diagnostics : exit.good;
  },
};

interface Opened {
  readonly name: string;
  readonly document: Document;
}

async function openAll(locations: readonly string[], terminal: Terminal): Promise<readonly Opened[]> {
  const opened: Opened[] = [];
  for (const location of locations) {
    const files = location === "-" ? ["-"] : await filesBelow(location);
    for (const file of files) {
      opened.push({ name: file === "-" ? inputName : file, document: openDocument(await textAt(file, terminal)) });
    }
  }
  return opened;
}

async function findAll(opened: readonly Opened[], args: ParsedArguments, terminal: Terminal): Promise<readonly FileDiagnostics[]> {
  const given = opened.map(({ document }) => document.model);
  const disabled = new Set(args.options.get("disable") ?? []);
  // What is not listed of a code is left out with it.
  const isDisabled = ({ code, values }: Diagnostic) => disabled.has(code) || (code === omittedCode && disabled.has(String(values.code)));
  const diagnostics: FileDiagnostics[] = [];
  for (const { name, document } of opened) {
    // `argo lint` knows the given files only; a template in a neighbouring file is found here, too.
    const others = await neighboursOf({ name, document }, given, terminal.encoding);
    const found = checkDocument(document, {
      mode: (option(args, "mode") ?? "lint") as CheckMode,
      as: option(args, "as") as (typeof kinds)[number] | undefined,
      target: option(args, "for"),
      others: { models: [...given, ...others], complete: true },
    });
    diagnostics.push({ name, text: document.text, diagnostics: found.filter((diagnostic) => !isDisabled(diagnostic)) });
  }
  return diagnostics;
}

function printJson(diagnostics: readonly FileDiagnostics[], terminal: Terminal): void {
  const printed = { files: diagnostics.map(({ name }) => name), findings: recordsOf(diagnostics, terminal) };
  terminal.out(`${printableJson(JSON.stringify(printed, null, 2))}\n`);
}

function printText(diagnostics: readonly FileDiagnostics[], files: number, terminal: Terminal): void {
  const records = recordsOf(diagnostics, terminal);
  for (const record of records) terminal.out(`${textOf(record)}\n`);
  const counts = levels.map((level) => ({ level, n: records.filter((record) => record.level === level).length })).filter(({ n }) => n > 0);
  const found =
    counts.length === 0
      ? terminal.t("cli.nothing-found")
      : counts.map(({ level, n }) => terminal.t(`cli.count.${level}`, { n })).join(", ");
  terminal.tell(terminal.t("cli.checked", { n: files, found }));
}
