/** Volumes of a Python pipeline: made by a VolumeOp, over an existing claim, or any of Kubernetes. docs/spec/kfp-v1.md#mounts */
import { field, isMap } from "#data/data.ts";
import type { Value } from "#python/pipeline-tree.ts";
import type { PlanVolume } from "#pipeline/pipeline-plan.ts";
import { sha256 } from "#data/sha256.ts";
import { namedArguments } from "./arguments.ts";
import type { Draft } from "./op-draft.ts";
import { fieldsData } from "./kubernetes-objects.ts";
import { dataOf, type Resolve, sayings, textOf } from "./values.ts";

/** The inputs for finding volumes. */
export interface VolumeScope {
  readonly resolve: Resolve;
  readonly draft: (task: number) => Draft | undefined;
}

/** The volume that a value refers to; undefined if it refers to none. */
export function volumeOf(value: Value, scope: VolumeScope): PlanVolume | undefined {
  switch (value.kind) {
    case "volume": {
      const draft = scope.draft(value.task);
      return draft?.outputs.has("size") && !draftIsContainer(draft) ? { kind: "op", op: draft.id } : undefined;
    }
    case "mounted": {
      const draft = scope.draft(value.task);
      const mounts = draft?.mounts ?? [];
      const mount =
        value.path === undefined ? (mounts.length === 1 ? mounts[0] : undefined) : mounts.findLast((one) => one.mountPath === value.path);
      return draft && mount && { ...mount.volume, after: [draft.id] };
    }
    case "volume-after": {
      const volume = volumeOf(value.volume, scope);
      const drafts = value.tasks.map((task) => scope.draft(task));
      if (!volume || !drafts.every((draft) => draft !== undefined)) return undefined;
      const left = (volume.after ?? []).filter((old) => !drafts.some((draft) => implies(draft, old, scope)));
      return { ...volume, after: [...drafts.map((draft) => draft.id), ...left] };
    }
    case "object":
      return value.name === "PipelineVolume" ? pipelineVolume(value, scope) : kubernetesVolume(value, scope.resolve);
    default:
      return undefined;
  }
}

function draftIsContainer(draft: Draft): boolean {
  return draft.base.kind === "component" || draft.base.kind === "container";
}

/** Whether everything that waits for `draft` also waits for the op `old`. */
function implies(draft: Draft, old: string, scope: VolumeScope, seen: ReadonlySet<string> = new Set()): boolean {
  if (draft.id === old) return true;
  if (seen.has(draft.id)) return false;
  const before = [...draft.after, ...draft.mounts.flatMap((mount) => mount.volume.after ?? [])];
  return before.some((id) => {
    const earlier = id === old ? undefined : scope.draft(Number(id));
    return id === old || (earlier !== undefined && implies(earlier, old, scope, new Set([...seen, draft.id])));
  });
}

/** `PipelineVolume(pvc="claim", name="data")`, or a copy of another volume without dependencies. */
function pipelineVolume(value: Extract<Value, { readonly kind: "object" }>, scope: VolumeScope): PlanVolume | undefined {
  const named = namedArguments(value.arguments, ["pvc", "volume"]);
  const copied = named?.get("volume");
  if (copied) {
    const volume = volumeOf(copied, scope);
    return volume && ({ ...volume, after: undefined } as PlanVolume);
  }
  const claim = named?.get("pvc");
  const given = named?.get("name");
  const name = given && textOf(given, scope.resolve);
  if (given && name === undefined) return undefined;
  if (claim) {
    const text = textOf(claim, scope.resolve);
    const known = name ?? (claim.kind === "parameter" ? claimName(claim.name) : undefined);
    return text === undefined ? undefined : { kind: "claim", claim: text, ...(known !== undefined && { name: known }) };
  }
  const volume = named && name !== undefined ? fieldsData(named, sayings(scope.resolve), false) : undefined;
  return volume && { kind: "volume", volume };
}

/** The volume's name for a claim that a pipeline parameter names: the SDK hashes its own notation for a parameter. */
function claimName(parameter: string): string {
  const message = `{{pipelineparam:op=;name=${parameter}}}`;
  return `pvolume-${sha256(`{"name": "pvolume-placeholder", "persistent_volume_claim": {"claim_name": "${message}"}}`)}`.slice(0, 63);
}

function kubernetesVolume(value: Value, resolve: Resolve): PlanVolume | undefined {
  const volume = dataOf(value, resolve);
  const name = field(volume, "name");
  return isMap(volume) && typeof name === "string" ? { kind: "volume", volume } : undefined;
}
