import type { Graph } from "#pipeline/graph.ts";
import { type Fit, type FitEnd, type FitRules, type FitValues, fitValues, refuseFit } from "#pipeline/port-compatibility.ts";

/**
 * KFP v2: what the SDK checks, and what the server lets pass beyond that (docs/spec/kfp-v2.md#fit). A wire out of a loop brings the list
 * of all results; one out of a condition may bring nothing, so it needs a choice of all branches.
 */
export const kfpV2FitRules: FitRules = { fit: fitOfPipelineSpec };

function fitOfPipelineSpec(from: FitEnd, to: FitEnd, graph: Graph): Fit {
  const values = fitValues(from, to, graph);
  const { left = [] } = from;
  if (from.port.kind !== to.port.kind)
    return refuseFit(from.port.kind === "artifact" ? "artifact-into-parameter" : "parameter-into-artifact", values);
  if (to.port.type === "TASK_FINAL_STATUS" || to.port.type === "TASK_CONFIG") return refuseFit("filled-by-system", values);
  const inside = left.findLastIndex((group) => group.when !== undefined);
  const fit = fitOfPorts(
    from,
    to,
    left.some((group) => group.loop !== undefined),
    values,
  );
  if (inside < 0 || fit.fit === "no") return fit;
  const group = (left[inside] as { readonly title: string }).title;
  if (inside === 0) return refuseFit("wire-out-of-condition", { ...values, group });
  return { fit: "help", code: "wire-out-of-branch", values: { ...values, group }, choices: ["one-of"] };
}

function fitOfPorts(from: FitEnd, to: FitEnd, isCollected: boolean, values: FitValues): Fit {
  const mismatch = (given: string, expected: string): Fit => ({
    fit: "help",
    code: "type-mismatch",
    values: { out: from.port.label, in: to.port.label, a: given, b: expected },
    choices: ["ignore-type"],
  });
  const [given, expected] = [from.port.type ?? "", to.port.type ?? ""];
  if (from.port.kind === "artifact") {
    if ((isCollected || from.port.isList === true) !== (to.port.isList === true))
      return refuseFit(isCollected ? "loop-gives-list" : to.port.isList === true ? "artifact-into-list" : "list-into-artifact", values);
    const isAny = [given, expected].some((type) => type === "" || type === "system.Artifact");
    return isAny || given === expected ? { fit: "yes" } : mismatch(given, expected);
  }
  const type = isCollected ? "LIST" : given;
  if (type === expected || type === "" || expected === "" || from.source === "item") return { fit: "yes" };
  if (isCollected && expected !== "STRING") return refuseFit("loop-gives-list", values);
  // The SDK would refuse these; the server takes them.
  return expected === "STRING" || (type === "NUMBER_INTEGER" && expected === "NUMBER_DOUBLE")
    ? { fit: "yes", mark: "alias" }
    : mismatch(type, expected);
}
