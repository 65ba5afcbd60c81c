import type { AuthoringEdit } from "#pipeline/authoring-edit.ts";
import { textField } from "#data/data.ts";
import type { Template } from "#pipeline/model.ts";
import { outputsOfOp } from "../../kfp/lower/draft-op.ts";
import type { PlanOp } from "#pipeline/pipeline-plan.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { findTask, type FoundTask, isRefused, nearestValue, refuse } from "#document/edit-targets.ts";
import { calleeOf } from "#pipeline/resolve-call.ts";
import type { FoundTemplate } from "#pipeline/find-by-id.ts";
import { namesTaken } from "../names-taken.ts";
import { displayNameFor, stepName } from "./step-names.ts";
import { findGraph, type NewOp, placeOps } from "./add-to-graph.ts";

// Kubernetes objects as tasks: a claim, a snapshot of one, any object. docs/spec/kfp-v1.md#kubernetes-objects

type Of<K extends AuthoringEdit["kind"]> = Extract<AuthoringEdit, { kind: K }>;

const quantity = /^([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+|[numkMGTPE]|[KMGTPE]i)?$/;

/** Adds a task that makes a PersistentVolumeClaim. KFP: VolumeOp. */
export function addVolume(draft: Draft, edit: Of<"add-volume">): Refused | undefined {
  const site = findGraph(draft, edit.graph);
  if (isRefused(site)) return site;
  if (!quantity.test(edit.size) && !edit.size.includes("{{")) return refuse("authoring-size", { size: edit.size }, site.template.path);
  const { resourceName, size, modes, storageClass, dataSource, uniqueName } = edit;
  return addOp(draft, site, edit.name || "Create volume", {
    kind: "volume",
    id: "op",
    resourceName,
    size,
    ...(modes && { modes }),
    ...(storageClass !== undefined && storageClass !== "" && { storageClass }),
    ...(dataSource !== undefined && { dataSource }),
    ...(uniqueName !== undefined && { uniqueName }),
  });
}

/** Adds a task that takes a snapshot of an existing claim or of the volume that another task makes. KFP: VolumeSnapshotOp. */
export function addSnapshot(draft: Draft, edit: Of<"add-snapshot">): Refused | undefined {
  const site = findGraph(draft, edit.graph);
  if (isRefused(site)) return site;
  const { claim, volumeOf, resourceName, snapshotClass } = edit;
  const base = {
    kind: "snapshot",
    id: "op",
    resourceName,
    ...(snapshotClass !== undefined && snapshotClass !== "" && { snapshotClass }),
  } as const;
  const name = edit.name || "Volume snapshot";
  if (volumeOf === undefined) {
    if (claim === undefined || claim === "") return refuse("authoring-snapshot-of-nothing", {}, site.template.path);
    return addOp(draft, site, name, { ...base, volume: { kind: "claim", claim } });
  }
  const maker = siblingVolume(draft, site, volumeOf);
  if (isRefused(maker)) return maker;
  return addOp(
    draft,
    site,
    name,
    { ...base, volume: { kind: "op", op: "volume" } },
    {
      names: new Map([["volume", maker.task.name]]),
      resolve: (reference) =>
        reference.kind === "output" && reference.op === "volume"
          ? { kind: "task-output", task: maker.task.name, name: maker.output, valueOnly: true }
          : undefined,
    },
  );
}

/** Adds a task that creates, applies, patches or deletes a Kubernetes object. KFP: ResourceOp. */
export function addResource(draft: Draft, edit: Of<"add-resource">): Refused | undefined {
  const site = findGraph(draft, edit.graph);
  if (isRefused(site)) return site;
  const { action, manifest, successCondition, failureCondition, outputs } = edit;
  const actions = ["get", "create", "apply", "delete", "replace", "patch"];
  if (!actions.includes(action))
    return refuse(
      "authoring-action-unknown",
      { action, actions: actions.join(", "), ...nearestValue(action, actions) },
      site.template.path,
    );
  return addOp(draft, site, edit.name || textField(manifest, "kind") || "Kubernetes resource", {
    kind: "resource",
    id: "op",
    action,
    manifest,
    ...(successCondition !== undefined && successCondition !== "" && { successCondition }),
    ...(failureCondition !== undefined && failureCondition !== "" && { failureCondition }),
    ...(outputs && { outputs }),
  });
}

function addOp(
  draft: Draft,
  site: FoundTemplate,
  human: string,
  op: PlanOp,
  wiring: Pick<NewOp, "names" | "resolve"> = {},
): Refused | undefined {
  const outputs = (name: string) => outputsOfOp(op, name, () => undefined).map((output) => output.name);
  const name = stepName(namesTaken(site.workflow), site.workflow, human, outputs);
  const shown = displayNameFor(human, name);
  return placeOps(draft, site, [{ op: { ...op, ...(shown !== undefined && { displayName: shown }) }, name, ...wiring }]);
}

/** A task that makes a claim, and the output with the claim's name. */
export interface VolumeMaker {
  readonly task: FoundTask["task"];
  readonly callee: Template;
  readonly output: string;
}

function siblingVolume(draft: Draft, site: FoundTemplate, name: string): VolumeMaker | Refused {
  const task = site.template.tasks.find((one) => one.id === name) ?? site.template.tasks.find((one) => one.name === name);
  if (task) {
    const callee = calleeOf(draft.model, site.workflow, task.call)?.template;
    return volumeMaker({ workflow: site.workflow, graph: site.template, task, ...(callee && { callee }) });
  }
  const elsewhere = findTask(draft, name);
  return isRefused(elsewhere)
    ? elsewhere
    : refuse("edit-other-graph", { from: elsewhere.task.name, to: site.template.name }, site.template.path);
}

/** A call as the maker of a claim; refused if it makes none. */
export function volumeMaker({ task, callee }: FoundTask): VolumeMaker | Refused {
  const output =
    callee?.kind === "resource"
      ? (callee.outputs.find((one) => one.kind === "parameter" && one.name === `${callee.name}-name`) ??
        callee.outputs.find((one) => one.kind === "parameter" && textField(one.rest["valueFrom"], "jsonPath") === "{.metadata.name}"))
      : undefined;
  if (!callee || !output) return refuse("authoring-no-volume", { task: task.name }, task.path);
  return { task, callee, output: output.name };
}
