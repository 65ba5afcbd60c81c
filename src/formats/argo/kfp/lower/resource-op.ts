/** Kubernetes objects as steps: any resource, a PersistentVolumeClaim, a VolumeSnapshot. docs/spec/kfp-v1.md#kubernetes-objects */
import { k8sName } from "#kubernetes/kfp-names.ts";
import { type Data, type DataMap, isList, isMap } from "#data/data.ts";
import { byCodePoint } from "#components/python-text.ts";
import { portName } from "./assign-names.ts";
import { compact, type DraftOutput } from "./op.ts";

/** Prints data as block YAML; `#yaml/print.ts` has one. Taken as an argument so that lowering does not decide on a printer. */
export type Print = (data: Data) => string;

/** A resource step whose texts are already as the template says them. */
export interface ResourceFields {
  readonly manifest: Data;
  readonly action?: string;
  readonly mergeStrategy?: string;
  readonly successCondition?: string;
  readonly failureCondition?: string;
  readonly setOwnerReference?: boolean;
  readonly flags?: readonly string[];
}

/** The `resource` of a template; the manifest as YAML text with sorted keys. */
export function resourceFields(resource: ResourceFields, print: Print): DataMap {
  const action = resource.action ?? "create";
  const deleting = action === "delete";
  return {
    action,
    ...compact({
      failureCondition: deleting ? undefined : resource.failureCondition,
      flags: resource.flags ?? (deleting ? ["--wait=false"] : undefined),
    }),
    manifest: print(sortedKeys(resource.manifest)),
    ...compact({
      mergeStrategy: action === "apply" ? resource.mergeStrategy : undefined,
      setOwnerReference: resource.setOwnerReference,
      successCondition: deleting ? undefined : resource.successCondition,
    }),
  };
}

/** What a resource step offers: its name and manifest, and the attributes asked for; nothing when it deletes. */
export function resourceOutputs(
  name: string,
  action: string | undefined,
  attributes: Readonly<Record<string, string>>,
): readonly DraftOutput[] {
  if (action === "delete") return [];
  const paths = { manifest: "{}", name: "{.metadata.name}", ...attributes };
  return Object.entries(paths).map(([output, from]) => ({ output, name: `${name}-${portName(output, "output")}`, from, reserved: false }));
}

/** What a claim's step offers besides name and manifest. */
export const claimAttributes = { size: "{.status.capacity.storage}" } as const;
/** What a snapshot's step offers besides name and manifest. */
export const snapshotAttributes = { size: "{.status.restoreSize}" } as const;
/** When a snapshot counts as made. */
export const snapshotReady = "status.readyToUse == true";

export interface ClaimFields {
  readonly resourceName: string;
  readonly size: string;
  readonly modes?: readonly string[];
  readonly storageClass?: string;
  readonly volumeName?: string;
  readonly annotations?: DataMap;
  readonly dataSource?: Data;
  readonly uniqueName?: boolean;
}

const accessModes: Readonly<Record<string, string>> = {
  RWO: "ReadWriteOnce",
  RWM: "ReadWriteMany",
  RWX: "ReadWriteMany",
  ROM: "ReadOnlyMany",
  ROX: "ReadOnlyMany",
};

/** The manifest of a PersistentVolumeClaim. */
export function claimManifest(claim: ClaimFields): DataMap {
  const { dataSource } = claim;
  const modes = claim.modes && claim.modes.length > 0 ? claim.modes : ["RWM"];
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: compact({ annotations: claim.annotations, name: objectName(claim.resourceName, claim.uniqueName) }),
    spec: compact({
      accessModes: modes.map((mode) => accessModes[mode] ?? mode),
      dataSource:
        typeof dataSource === "string" ? { apiGroup: "snapshot.storage.k8s.io", kind: "VolumeSnapshot", name: dataSource } : dataSource,
      resources: { requests: { storage: claim.size } },
      storageClassName: claim.storageClass,
      volumeName: claim.volumeName,
    }),
  };
}

export interface SnapshotFields {
  readonly resourceName: string;
  readonly claim: string;
  readonly snapshotClass?: string;
  readonly apiVersion?: string;
  readonly annotations?: DataMap;
  readonly uniqueName?: boolean;
}

/** The manifest of a VolumeSnapshot. */
export function snapshotManifest(snapshot: SnapshotFields): DataMap {
  return {
    apiVersion: snapshot.apiVersion ?? "snapshot.storage.k8s.io/v1alpha1",
    kind: "VolumeSnapshot",
    metadata: compact({ annotations: snapshot.annotations, name: objectName(snapshot.resourceName, snapshot.uniqueName) }),
    spec: compact({ snapshotClassName: snapshot.snapshotClass, source: { kind: "PersistentVolumeClaim", name: snapshot.claim } }),
  };
}

/** A cleaned name, unless it is a reference; the workflow's name before it keeps two runs apart. */
function objectName(name: string, unique: boolean | undefined): string {
  const cleaned = name.includes("{{") ? name : k8sName(name) || "volume";
  return unique === false ? cleaned : `{{workflow.name}}-${cleaned}`;
}

/** The same data with the keys of all mappings sorted. */
export function sortedKeys(data: Data): Data {
  if (isList(data)) return data.map(sortedKeys);
  if (!isMap(data)) return data;
  return Object.fromEntries(
    Object.keys(data)
      .sort(byCodePoint)
      .map((key) => [key, sortedKeys(data[key] as Data)]),
  );
}
