import type { NameWish } from "./assign-names.ts";
import type { PlanGroup, PlanItem, PlanOp, PlanVolume } from "#pipeline/pipeline-plan.ts";

/** Whether an item holds others. */
export function isGroup(item: PlanItem): item is PlanGroup {
  return "body" in item;
}

/** Whether an item is a step. */
export function isOp(item: PlanItem): item is PlanOp {
  return !isGroup(item) && item.kind !== "recursion";
}

/** How many iterations run at once; undefined: no limit. */
export function parallelism(group: PlanGroup): number | undefined {
  // The SDK writes 0 (no limit) at every loop; the schema of Argo 4 refuses that.
  const limit = group.kind === "loop" || group.kind === "sub-dag" ? group.parallelism : undefined;
  return limit !== undefined && limit > 0 ? limit : undefined;
}

/** The volumes that a step mounts or copies. */
export function volumesOf(op: PlanOp): readonly PlanVolume[] {
  return [...(op.mounts ?? []).map((mount) => mount.volume), ...(op.kind === "snapshot" ? [op.volume] : [])];
}

/** All items in program order, those of groups included; an exit handler's op before the handler's body. */
export function itemsOf(body: readonly PlanItem[]): readonly PlanItem[] {
  return body.flatMap((item) => [...(item.kind === "exit-handler" ? [item.exit] : []), item, ...(isGroup(item) ? itemsOf(item.body) : [])]);
}

/** What each item of a plan wants to be named after. */
export function wishes(body: readonly PlanItem[]): readonly NameWish[] {
  return itemsOf(body).flatMap((item): readonly NameWish[] => {
    if (item.kind === "recursion") return [];
    if (item.kind === "loop") return [{ kind: "loop", id: item.id, literal: item.items.kind === "list" }];
    if (item.kind === "condition" || item.kind === "graph") return [{ kind: item.kind, id: item.id, name: item.name }];
    if (isGroup(item)) return [{ kind: item.kind, id: item.id }];
    return [{ kind: "op", id: item.id, name: humanNameOf(item) }];
  });
}

function humanNameOf(op: PlanOp): string {
  if (op.kind === "component") return op.name ?? op.spec.name ?? "Component";
  return op.name ?? op.kind;
}
