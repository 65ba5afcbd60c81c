/**
 * A pipeline in Kubeflow's terms, before it has names, templates or DAG arguments: a new pipeline or a Python pipeline. `lowerPipeline`
 * turns it into the Workflow that the KFP SDK 1.8 would have written. Ids belong to the producer and are never printed; references name
 * ids, so a plan does not depend on the resulting names.
 */
import type { ComponentSpec, TypeSpec } from "#components/component-spec.ts";
import { type Data, type DataMap, type Path } from "#data/data.ts";

/** A value known only at run time. */
export type PlanReference =
  | { readonly kind: "parameter"; readonly name: string }
  /** An output by the name in its component; of volumes and resources: `name`, `size`, `manifest` or an attribute. */
  | { readonly kind: "output"; readonly op: string; readonly output: string }
  /** The item of a loop around the reference, or one key of it. */
  | { readonly kind: "item"; readonly loop: string; readonly key?: string };

/** The source of an input. Text anywhere in a plan may hold references as `token` writes them. */
export type Source =
  | { readonly kind: "constant"; readonly value: Data }
  | PlanReference
  | { readonly kind: "text"; readonly parts: readonly (string | PlanReference)[] };

export interface PipelinePlan {
  /** As the user wrote it, in any script. */
  readonly name: string;
  readonly description?: string;
  readonly parameters: readonly PlanParameter[];
  readonly body: readonly PlanItem[];
  /** Fields of the WorkflowSpec: activeDeadlineSeconds, ttlStrategy, imagePullSecrets … */
  readonly spec?: DataMap;
  /** For every container that has none of its own. KFP: set_image_pull_policy. */
  readonly imagePullPolicy?: string;
  /** Further annotations of the workflow, such as the layout of its boxes. */
  readonly annotations?: DataMap;
}

export interface PlanParameter {
  readonly name: string;
  readonly type?: TypeSpec;
  readonly description?: string;
  /** undefined: must be given at submission. */
  readonly default?: Data;
  /** true: has a default, even if only Python's None. A parameter with a default is optional anyway. */
  readonly optional?: boolean;
}

export type PlanItem = PlanOp | PlanGroup | PlanRecursion;
export type PlanOp = ComponentOp | ContainerOp | ResourceOp | VolumeOp | SnapshotOp;
export type PlanGroup = ConditionGroup | LoopGroup | ExitHandlerGroup | SubDagGroup | GraphGroup;

/** Common to all ops. */
export interface OpSettings {
  readonly id: string;
  /** The human name, from which the template's and task's name is derived. */
  readonly name?: string;
  readonly displayName?: string;
  /** Ids of ops or groups that must have finished before; `.after()`. */
  readonly after?: readonly string[];
  /** false: results are never reused. Default true. */
  readonly caching?: boolean;
  /** RFC 3339 duration, such as P30D. */
  readonly maxCacheStaleness?: string;
  /** In the order given; KFP: pvolumes. */
  readonly mounts?: readonly PlanMount[];
  /** Template fields that override those of the op: maps are merged; env, envFrom, volumes and volumeMounts appended; others replaced. */
  readonly overlay?: DataMap;
  /** The path of diagnostics about this op. */
  readonly path?: Path;
}

export interface PlanMount {
  readonly mountPath: string;
  readonly volume: PlanVolume;
}
export type PlanVolume =
  /** The volume of a VolumeOp; `after`: ids of ops that must have used it before. */
  | { readonly kind: "op"; readonly op: string; readonly after?: readonly string[] }
  /** An existing claim. */
  | { readonly kind: "claim"; readonly claim: string; readonly name?: string; readonly after?: readonly string[] }
  /** Any Kubernetes volume, with its name. */
  | { readonly kind: "volume"; readonly volume: DataMap; readonly after?: readonly string[] };

export interface ComponentOp extends OpSettings {
  readonly kind: "component";
  readonly spec: ComponentSpec;
  /** The component_ref annotation: `{}` for a Python function, `{digest, url?}` for a file. */
  readonly reference?: DataMap;
  /** By the component's input names. */
  readonly arguments: Readonly<Record<string, Source>>;
  /** For a graph component: the components of its tasks, by task id, where the file has only an address. */
  readonly parts?: Readonly<Record<string, ComponentSpec>>;
}

/** A step without a component. */
export interface ContainerOp extends OpSettings {
  readonly kind: "container";
  readonly image: string;
  readonly command?: readonly Data[];
  readonly args?: readonly Data[];
  /** Output name to the path that the program writes. */
  readonly fileOutputs?: Readonly<Record<string, string>>;
  /** Artifacts in addition to the outputs, under exactly these names. */
  readonly artifactPaths?: Readonly<Record<string, string>>;
  readonly files?: readonly { readonly input: string; readonly path?: string; readonly source: Source }[];
}

export interface ResourceOp extends OpSettings {
  readonly kind: "resource";
  readonly manifest: Data;
  readonly action?: string;
  readonly mergeStrategy?: string;
  readonly successCondition?: string;
  readonly failureCondition?: string;
  readonly setOwnerReference?: boolean;
  readonly flags?: readonly string[];
  /** Output name to jsonPath. */
  readonly outputs?: Readonly<Record<string, string>>;
}

export interface VolumeOp extends OpSettings {
  readonly kind: "volume";
  readonly resourceName: string;
  /** A Kubernetes quantity, such as 5Gi. */
  readonly size: string;
  /** Access modes; default ReadWriteMany. */
  readonly modes?: readonly string[];
  readonly storageClass?: string;
  readonly volumeName?: string;
  readonly annotations?: DataMap;
  /** A VolumeSnapshot's name, or the whole dataSource. */
  readonly dataSource?: Data;
  /** Default true: the claim's name is made unique by the workflow's. */
  readonly uniqueName?: boolean;
  readonly action?: string;
}

export interface SnapshotOp extends OpSettings {
  readonly kind: "snapshot";
  readonly resourceName: string;
  /** The source of the snapshot. */
  readonly volume: PlanVolume;
  readonly snapshotClass?: string;
  readonly apiVersion?: string;
  readonly annotations?: DataMap;
  readonly successCondition?: string;
  readonly uniqueName?: boolean;
}

/** Common to all groups. */
export interface GroupSettings {
  readonly id: string;
  readonly body: readonly PlanItem[];
  readonly after?: readonly string[];
  readonly path?: Path;
}
export interface ConditionGroup extends GroupSettings {
  readonly kind: "condition";
  readonly name?: string;
  readonly operator: "==" | "!=" | "<" | "<=" | ">" | ">=";
  readonly left: Source;
  readonly right: Source;
}
export interface LoopGroup extends GroupSettings {
  readonly kind: "loop";
  readonly items: { readonly kind: "list"; readonly items: readonly Data[] } | PlanReference;
  /** The maximum number of parallel iterations; 0: all. */
  readonly parallelism?: number;
}
export interface ExitHandlerGroup extends GroupSettings {
  readonly kind: "exit-handler";
  readonly exit: PlanOp;
}
export interface SubDagGroup extends GroupSettings {
  readonly kind: "sub-dag";
  readonly parallelism?: number;
}
/** A group that may call itself; KFP: graph_component. */
export interface GraphGroup extends GroupSettings {
  readonly kind: "graph";
  /** The function's name. */
  readonly name: string;
  /** The arguments of the first call; inside the group these references represent the inputs. */
  readonly inputs: readonly PlanReference[];
}
/** A call of the graph group around it. */
export interface PlanRecursion {
  readonly kind: "recursion";
  readonly id: string;
  readonly graph: string;
  /** In the order of the group's inputs. */
  readonly inputs: readonly PlanReference[];
  readonly after?: readonly string[];
  readonly path?: Path;
}

/** Injected values, so that the same plan gives the same bytes. */
export interface Stamps {
  /** The SDK version whose structure is written, such as 1.8.22. */
  readonly sdkVersion: string;
  /** ISO 8601 local time without zone, such as 2024-05-01T09:30:00.000000. */
  readonly compiledAt: string;
}

const tokenPattern = /\{\{plan:(parameter|output|item)\/([^/{}]*)(?:\/([^/{}]*))?\}\}/g;

/** A reference as text, for use inside any text of a plan. */
export function token(reference: PlanReference): string {
  switch (reference.kind) {
    case "parameter":
      return `{{plan:parameter/${encodeURIComponent(reference.name)}}}`;
    case "output":
      return `{{plan:output/${encodeURIComponent(reference.op)}/${encodeURIComponent(reference.output)}}}`;
    case "item":
      return `{{plan:item/${encodeURIComponent(reference.loop)}${reference.key === undefined ? "" : `/${encodeURIComponent(reference.key)}`}}}`;
  }
}

/** Text with tokens as its literal parts and references, in order; empty parts are left out. */
export function splitTokens(text: string): readonly (string | PlanReference)[] {
  if (!text.includes("{{plan:")) return text === "" ? [] : [text];
  const parts: (string | PlanReference)[] = [];
  let end = 0;
  for (const match of text.matchAll(tokenPattern)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push(referenceOf(match[1] ?? "", decode(match[2] ?? ""), match[3] === undefined ? undefined : decode(match[3])));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

function referenceOf(kind: string, first: string, second: string | undefined): PlanReference {
  if (kind === "parameter") return { kind, name: first };
  if (kind === "output") return { kind, op: first, output: second ?? "" };
  return { kind: "item", loop: first, ...(second !== undefined && { key: second }) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % in text that only looks like a token
  }
}
