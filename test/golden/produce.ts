/**
 * What a golden case gives: the same function in Node and in the browser's worker, on the same texts, must give the same bytes.
 * A case holds one of: `pipeline.yaml` (with `edits.json`: edited; alone: printed from scratch), `pipeline.py` (compiled), `function.py`
 * (made a component), `plan.json` (lowered).
 */
import { editDocument, openDocument, printFresh } from "#compiler/document.ts";
import { lowerPipeline } from "#formats/argo/kfp/lower/lower-pipeline.ts";
import type { PipelinePlan, PlanItem } from "#pipeline/pipeline-plan.ts";
import { compilePython } from "#compiler/python.ts";
import { readComponent } from "#components/component-yaml/read.ts";
import { writeComponent } from "#components/component-yaml/write.ts";
import type { Data } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import { readFunctions } from "#python/functions.ts";
import { programOf } from "#python/program.ts";
import { printStream } from "#yaml/print.ts";

/** The files of one case, by name. */
export type Case = Readonly<Record<string, string>>;

/** What a case begins with; a folder without any of these belongs to another test. */
export const inputs: readonly string[] = ["pipeline.yaml", "pipeline.py", "function.py", "plan.json"];

const stamps = { sdkVersion: "1.8.22", compiledAt: "2024-05-01T09:30:00.000000" };

/** The text of `workflow.yaml`, whose first line says what the case shows. */
export function produce(files: Case): string {
  const { "pipeline.yaml": yaml, "pipeline.py": pipeline, "function.py": source, "plan.json": plan, "edits.json": edits } = files;
  if (yaml !== undefined && edits !== undefined) return editedText(yaml, JSON.parse(edits) as readonly Edit[]);
  if (yaml !== undefined) return `${firstLine(yaml)}\n${printFresh(openDocument(yaml).model)}`;
  if (pipeline !== undefined)
    return `${firstLine(pipeline)}\n${must(compilePython(pipeline, stamps).text, "the pipeline is not compiled")}`;
  if (source !== undefined)
    return `${firstLine(source)}\n${printStream([writeComponent(programOf(must(readFunctions(source).functions[0], "no function")))])}`;
  if (plan !== undefined) return lowered(JSON.parse(plan) as PipelinePlan & { readonly about: string });
  throw new Error(`a golden case of ${Object.keys(files).join(", ")}`);
}

function editedText(text: string, edits: readonly Edit[]): string {
  const edited = editDocument(openDocument(text), edits);
  if (!edited.ok) throw new Error(`refused: ${JSON.stringify(edited.refusal)}`);
  return edited.document.text;
}

/** Components are in the plan as they are in a component.yaml. */
function lowered({ about, ...plan }: PipelinePlan & { readonly about: string }): string {
  const body = plan.body.map((item): PlanItem =>
    item.kind === "component" ? { ...item, spec: must(readComponent(item.spec as unknown as Data).component, "no component") } : item,
  );
  return `# ${about}\n${printStream([lowerPipeline({ ...plan, body }, stamps).workflow])}`;
}

function firstLine(text: string): string {
  return text.slice(0, text.indexOf("\n")).trimEnd();
}

function must<T>(found: T | undefined, otherwise: string): T {
  if (found === undefined) throw new Error(otherwise);
  return found;
}
