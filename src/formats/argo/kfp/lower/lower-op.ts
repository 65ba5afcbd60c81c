/** Lowers one op for a DAG that exists already: its template and its DAG task, as an edit of a file needs them. */
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { printValue } from "#yaml/print.ts";
import { type DagReference, dagTask, type LoweredTask } from "./lower-component.ts";
import { draftOp } from "./draft-op.ts";
import { finishTemplate } from "./op.ts";
import type { PlanOp, PlanReference } from "#pipeline/pipeline-plan.ts";
import type { Print } from "./resource-op.ts";
import type { WiredReference } from "./wiring.ts";

/** What an op needs to know of the DAG that it comes into. */
export interface LocalOptions {
  /** Name of the template and the task. */
  readonly taskName: string;
  readonly sdkVersion: string;
  /** How the DAG says a reference of the op; undefined: it does not have it. */
  readonly resolve: (reference: PlanReference) => DagReference | undefined;
  /** Task names of volume ops that the op mounts, by their ids in the op. */
  readonly names?: ReadonlyMap<string, string>;
  /** Outputs, as the op names them, that something downstream uses by value. */
  readonly valueOutputs?: readonly string[];
  /** Names of sibling tasks that must have ended before. */
  readonly after?: readonly string[];
  readonly print?: Print;
}

/** Lowers a component, container, resource, volume or snapshot op inside one DAG. */
export function lowerOp(op: PlanOp, options: LocalOptions): LoweredTask {
  const diagnostics: Diagnostic[] = [];
  const found = new Map<string, DagReference>();
  const draft = draftOp(op, {
    names: new Map([...(options.names ?? []), [op.id, options.taskName]]),
    sdkVersion: options.sdkVersion,
    print: options.print ?? ((data) => `${printValue(data)}\n`),
    report: (one) => void diagnostics.push(one),
    resolve: (reference): WiredReference | undefined => {
      const message = options.resolve(reference);
      if (message) found.set(message.name, message);
      else
        diagnostics.push({
          code: "lower-reference-unknown",
          level: "error",
          values: { task: options.taskName, reference: referenceText(reference) },
          path: op.path ?? [],
        });
      return message && { name: message.name, origin: { kind: "parameter" } };
    },
  });
  const uses = draft.uses.all().flatMap((use) => {
    const reference = found.get(use.reference.name);
    return reference ? [{ ...use, reference }] : [];
  });
  const template = finishTemplate(draft, (output) => options.valueOutputs?.includes(output.output) ?? false);
  return { template, task: dagTask(options.taskName, uses, options.after), diagnostics };
}

function referenceText(reference: PlanReference): string {
  return reference.kind === "output" ? `${reference.op}.${reference.output}` : reference.kind === "item" ? "item" : reference.name;
}
