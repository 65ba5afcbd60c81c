import { argoFitRules } from "../fit.ts";
import type { Edit } from "#pipeline/edit.ts";
import { judge } from "#pipeline/port-compatibility.ts";
import type { GraphPort } from "#pipeline/graph.ts";
import { graphOf } from "#pipeline/graph-of.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { refuse } from "#document/edit-targets.ts";

type Connect = Extract<Edit, { kind: "connect" }>;

/** One end of a wire for the check: the port, and the call it belongs to (none: the graph itself). */
export interface JudgedEnd {
  readonly task?: string;
  readonly port: GraphPort;
  /** A pipeline parameter rather than an input that the graph declares. */
  readonly pipeline?: boolean;
}

/** Asks the one check behind every way to draw a wire (pipeline/port-compatibility.ts). A wire that needs help passes with the user's choice. */
export function judgeWire(
  draft: Draft,
  edit: Connect,
  graph: { readonly workflow: Workflow; readonly template: Template },
  ends: { readonly from: JudgedEnd; readonly to: JudgedEnd },
): Refused | undefined {
  const { workflow, template } = graph;
  const drawn = graphOf(draft.model, workflow, template.id);
  const node = (task: string | undefined) => (task === undefined ? undefined : drawn.nodes.find((one) => one.id === task));
  const [from, to] = [node(ends.from.task), node(ends.to.task)];
  const fit = judge(
    {
      ...(from && { node: from }),
      port: ends.from.port,
      side: ends.from.task === undefined ? "input" : "output",
      ...(ends.from.pipeline && { source: "pipeline" }),
    },
    { ...(to && { node: to }), port: ends.to.port, side: ends.to.task === undefined ? "output" : "input" },
    { rules: argoFitRules(workflow), graph: drawn },
  );
  if (fit.fit === "yes") return undefined;
  const path = to?.path ?? template.path;
  if (fit.fit === "no") return refuse(fit.code, fit.values, path);
  if (edit.as !== undefined && (fit.choices.includes(edit.as) || fit.code === "type-mismatch")) return undefined;
  const fixes = fit.choices.map((choice) => {
    const retried: Edit = { ...edit, as: choice };
    return { code: `fix.connect-as-${choice}`, values: fit.values, edits: [retried] };
  });
  return refuse(fit.code, fit.values, path, fixes);
}
