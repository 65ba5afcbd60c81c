/** A task of a Python pipeline while the file is being read: later lines still change its settings. */
import { type Data, type DataMap, field, isList, isMap } from "#data/data.ts";
import type { Span } from "#python/syntax.ts";
import type { ComponentOp, ContainerOp, OpSettings, PlanMount, PlanOp, ResourceOp, SnapshotOp, VolumeOp } from "#pipeline/pipeline-plan.ts";

/** An op without what settings add. */
export type OpBase = Bare<ComponentOp> | Bare<ContainerOp> | Bare<ResourceOp> | Bare<VolumeOp> | Bare<SnapshotOp>;
type Bare<Op extends OpSettings> = Omit<Op, Exclude<keyof OpSettings, "name">>;

/** A task under construction. */
export interface Draft {
  readonly id: string;
  readonly span: Span;
  readonly base: OpBase;
  /** The outputs that can be connected: their names in the file → their names in the plan. */
  readonly outputs: ReadonlyMap<string, string>;
  /** The output that `task.output` refers to; undefined if there is none. */
  readonly single?: string;
  readonly mounts: PlanMount[];
  readonly after: string[];
  overlay: DataMap;
  displayName?: string;
  caching?: boolean;
  maxCacheStaleness?: string;
}

/** The finished op. Diagnostics about it point to `id`, which leads to its position in the Python text. */
export function opOf(draft: Draft): PlanOp {
  const { id, base, mounts, after, overlay, displayName, caching, maxCacheStaleness } = draft;
  return {
    ...base,
    id,
    path: [id],
    ...(mounts.length > 0 && { mounts }),
    ...(after.length > 0 && { after }),
    ...(Object.keys(overlay).length > 0 && { overlay }),
    ...(displayName !== undefined && { displayName }),
    ...(caching !== undefined && { caching }),
    ...(maxCacheStaleness !== undefined && { maxCacheStaleness }),
  } as PlanOp;
}

/** Whether the task runs a container. */
export function isContainer(draft: Draft): boolean {
  return draft.base.kind === "component" || draft.base.kind === "container";
}

/** Sets a field of the task's template. */
export function setField(draft: Draft, path: readonly string[], value: Data): void {
  draft.overlay = changed(draft.overlay, path, () => value);
}

/** Appends a value to a list of the task's template. */
export function appendTo(draft: Draft, path: readonly string[], value: Data): void {
  draft.overlay = changed(draft.overlay, path, (old) => [...(isList(old) ? old : []), value]);
}

function changed(data: DataMap, path: readonly string[], make: (old: Data | undefined) => Data): DataMap {
  const [key = "", ...rest] = path;
  if (key === "__proto__") return data;
  const old = field(data, key);
  return { ...data, [key]: rest.length === 0 ? make(old) : changed(isMap(old) ? old : {}, rest, make) };
}
