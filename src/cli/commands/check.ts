import { checkDocument, type CheckMode } from "#compiler/checking.ts";
import { openDocument, type Document } from "#compiler/document.ts";
import { omittedCode } from "#diagnostics/collect.ts";
import type { Diagnostic, Level } from "#diagnostics/diagnostic.ts";
import type { Command } from "../command.ts";
import { filesBelow } from "../files.ts";
import { inputName, textAt } from "../load.ts";
import { option, unknownWord, type Words } from "../options.ts";
import { type Findings, levels, recordsOf, textOf } from "../print-findings.ts";
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
    for: { value: "argo|kfp", oneOf: ["argo", "kfp"] },
    disable: { value: "CODE", many: true },
  },
  places: [1, Number.POSITIVE_INFINITY],
  run: async (words, terminal) => {
    for (const code of words.options.get("disable") ?? [])
      if (!checkCodes.has(code)) throw unknownWord("cli.disable-unknown", code, [...checkCodes].sort());
    const opened = await openAll(words.places, terminal);
    const findings = await findAll(opened, words);
    const threshold = levels.indexOf((option(words, "level") ?? "error") as Level);
    const grave = findings.flatMap((file) => file.findings).filter((finding) => levels.indexOf(finding.level) <= threshold);
    if (option(words, "format") === "json") printJson(findings, terminal);
    else printText(findings, opened.length, terminal);
    return grave.length > 0 ? exit.findings : exit.good;
  },
};

interface Opened {
  readonly name: string;
  readonly document: Document;
}

async function openAll(places: readonly string[], terminal: Terminal): Promise<readonly Opened[]> {
  const opened: Opened[] = [];
  for (const place of places) {
    const files = place === "-" ? ["-"] : await filesBelow(place);
    for (const file of files) {
      opened.push({ name: file === "-" ? inputName : file, document: openDocument(await textAt(file, terminal)) });
    }
  }
  return opened;
}

async function findAll(opened: readonly Opened[], words: Words): Promise<readonly Findings[]> {
  const given = opened.map(({ document }) => document.model);
  const disabled = new Set(words.options.get("disable") ?? []);
  // What is not listed of a code is left out with it.
  const isDisabled = ({ code, values }: Diagnostic) => disabled.has(code) || (code === omittedCode && disabled.has(String(values.code)));
  const findings: Findings[] = [];
  for (const { name, document } of opened) {
    // `argo lint` knows the given files only; a template in a neighbouring file is found here, too.
    const others = await neighboursOf(name, document, given);
    const found = checkDocument(document, {
      mode: (option(words, "mode") ?? "lint") as CheckMode,
      as: option(words, "as") as (typeof kinds)[number] | undefined,
      target: option(words, "for") as "argo" | "kfp" | undefined,
      others: { models: [...given, ...others], complete: true },
    });
    findings.push({ name, text: document.text, findings: found.filter((finding) => !isDisabled(finding)) });
  }
  return findings;
}

function printJson(findings: readonly Findings[], terminal: Terminal): void {
  const printed = { files: findings.map(({ name }) => name), findings: recordsOf(findings, terminal) };
  terminal.out(`${printableJson(JSON.stringify(printed, null, 2))}\n`);
}

function printText(findings: readonly Findings[], files: number, terminal: Terminal): void {
  const records = recordsOf(findings, terminal);
  for (const record of records) terminal.out(`${textOf(record)}\n`);
  const counts = levels.map((level) => ({ level, n: records.filter((record) => record.level === level).length })).filter(({ n }) => n > 0);
  const found =
    counts.length === 0
      ? terminal.say("cli.nothing-found")
      : counts.map(({ level, n }) => terminal.say(`cli.count.${level}`, { n })).join(", ");
  terminal.tell(terminal.say("cli.checked", { n: files, found }));
}
