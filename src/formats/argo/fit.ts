import { portTypesMatch } from "#components/port-types.ts";
import type { Graph } from "#pipeline/graph.ts";
import type { Workflow } from "#pipeline/model.ts";
import { type Fit, type FitEnd, type FitRules, fitValues, refuseFit } from "#pipeline/port-compatibility.ts";

/** What fits in a Workflow. What the SDK of KFP v1 compiles has further rules. docs/spec/interaction.md#what-fits */
export function argoFitRules({ traits }: Workflow): FitRules {
  return traits.hasFilesFromParameters ? compiled : plain;
}

const plain: FitRules = {
  refusal: (from, to, graph) =>
    from.node?.loop && from.port.kind === "artifact"
      ? refuseFit("loop-collects-values-only", { ...fitValues(from, to, graph), group: from.node.title })
      : undefined,
  fit: (from, to, graph) => fitOfKinds(from, to, graph, false) ?? fitOfTypes(from, to),
};

const compiled: FitRules = {
  refusal(from, to, graph) {
    const values = fitValues(from, to, graph);
    if (from.node && reserved.has(from.port.name)) return refuseFit("metrics-not-connectable", values);
    return from.node?.loop ? refuseFit("loop-result-uncollected", { ...values, group: from.node.title }) : undefined;
  },
  fit: (from, to, graph) => fitOfKinds(from, to, graph, true) ?? fitOfTypes(from, to),
};

const reserved = new Set(["mlpipeline-metrics", "mlpipeline-ui-metadata"]);

/**
 * Values fit value inputs and files fit file inputs; a KFP program's values fit both; the rest needs a choice
 * (docs/spec/interaction.md#what-fits).
 */
function fitOfKinds(from: FitEnd, to: FitEnd, graph: Graph, writesFiles: boolean): Fit | undefined {
  const given = from.port.nature ?? from.port.kind;
  if (given === to.port.kind) return undefined;
  if (given === "parameter" && writesFiles && isWrittenToFile(from)) return undefined;
  const values = fitValues(from, to, graph);
  return given === "artifact"
    ? { fit: "help", code: "file-into-value", values, choices: ["value"] }
    : { fit: "help", code: "value-into-file", values, choices: ["file"] };
}

/**
 * A KFP component writes every output to a file, and the compiler makes a file of a pipeline parameter.
 * docs/spec/kfp-v1.md#values-and-files
 */
function isWrittenToFile(from: FitEnd): boolean {
  if (from.source === "item") return false;
  return from.node === undefined || from.node.kind !== "resource";
}

function fitOfTypes(from: FitEnd, to: FitEnd): Fit {
  switch (portTypesMatch(from.port.type, to.port.type)) {
    case "same":
      return { fit: "yes" };
    case "alias":
      return { fit: "yes", mark: "alias" };
    case "no":
      return {
        fit: "help",
        code: "type-mismatch",
        values: { out: from.port.label, in: to.port.label, a: from.port.type ?? "", b: to.port.type ?? "" },
        choices: ["ignore-type"],
      };
  }
}
