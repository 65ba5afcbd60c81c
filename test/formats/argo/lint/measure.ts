/** Cases with a known outcome, and what the check says of them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkDocument, type CheckMode } from "#compiler/checking.ts";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { readModel } from "#compiler/readers.ts";
import type { WorkflowResource } from "#pipeline/model.ts";
import { parse } from "#yaml/parse.ts";

export interface Case {
  readonly file: string;
  readonly expect: "error" | "ok";
  readonly message: string;
  readonly mode: CheckMode;
  readonly as?: WorkflowResource;
}

/** The rows of an INDEX.tsv. */
export function casesIn(folder: string): readonly Case[] {
  const [, ...rows] = readFileSync(join(folder, "INDEX.tsv"), "utf8").trim().split("\n");
  return rows.map((row) => {
    const [file = "", expect, , message = "", mode, as] = row.split("\t");
    return {
      file,
      expect: expect === "error" ? "error" : "ok",
      message,
      mode: mode as CheckMode,
      ...(as === "file" ? {} : { as: as as WorkflowResource }),
    };
  });
}

/** What the check finds at level error. With `as` the outcome speaks of the first document only. */
export function errorsOf(text: string, { mode, as }: Pick<Case, "mode" | "as">): readonly Diagnostic[] {
  const source = parse(text);
  const { model, diagnostics } = readModel(source.stream);
  const found = checkDocument(
    { stream: source.stream, model, source, diagnostics: [...source.diagnostics, ...diagnostics] },
    { mode, as, others: { models: [], complete: true } },
  );
  return found.filter((diagnostic) => diagnostic.level === "error");
}
