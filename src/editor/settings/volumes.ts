import { type Data, type DataMap, field, isMap, listField, type Path, textField } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { Template } from "#pipeline/model.ts";
import { freeTaskName } from "#pipeline/free-names.ts";
import { type Holder, removal, set } from "./access.ts";
import type { Column } from "./setting.ts";
import { presentationOf } from "#compiler/presentation.ts";

/** A volume as the panel shows it beside its mount. */
export interface MountedVolume {
  /** Index among the container's mounts. */
  readonly index: number;
  readonly name: string;
  readonly mount: DataMap;
  /** Where the volume is declared: by the template, by the pipeline, as a claim created for the run; missing: nowhere. */
  readonly from: "template" | "pipeline" | "claim-template" | "missing";
  readonly volume: Data | undefined;
  /** Path of the volume in the template, if it is the template's own. */
  readonly path: Path | undefined;
  /** The key that names the kind of volume, such as persistentVolumeClaim. */
  readonly kind: string | undefined;
}

/** Kinds of volume that have a form, with the initial value. Kubernetes: VolumeSource. */
export const volumeKinds: Readonly<Record<string, { readonly columns: readonly Column[]; readonly start: (name: string) => DataMap }>> = {
  persistentVolumeClaim: {
    columns: [
      { id: "claim", path: ["claimName"], shape: { kind: "text", rule: "name", code: true }, required: true },
      { id: "read-only", path: ["readOnly"], shape: { kind: "switch" } },
    ],
    start: (name) => ({ claimName: name }),
  },
  secret: {
    columns: [
      { id: "secret", path: ["secretName"], shape: { kind: "text", rule: "name", code: true }, required: true },
      { id: "optional", path: ["optional"], shape: { kind: "switch" } },
      { id: "mode", path: ["defaultMode"], shape: { kind: "integer", min: 0, max: 511 } },
    ],
    start: (name) => ({ secretName: name }),
  },
  configMap: {
    columns: [
      { id: "config-map", path: ["name"], shape: { kind: "text", rule: "name", code: true }, required: true },
      { id: "optional", path: ["optional"], shape: { kind: "switch" } },
      { id: "mode", path: ["defaultMode"], shape: { kind: "integer", min: 0, max: 511 } },
    ],
    start: (name) => ({ name }),
  },
  emptyDir: {
    columns: [
      { id: "medium", path: ["medium"], shape: { kind: "choice", options: ["Memory"] } },
      { id: "size-limit", path: ["sizeLimit"], shape: { kind: "quantity", of: "storage" } },
    ],
    start: () => ({}),
  },
  hostPath: {
    columns: [
      { id: "path", path: ["path"], shape: { kind: "text", rule: "path", code: true }, required: true },
      {
        id: "host-type",
        path: ["type"],
        shape: {
          kind: "choice",
          options: ["DirectoryOrCreate", "Directory", "FileOrCreate", "File", "Socket", "CharDevice", "BlockDevice"],
        },
      },
    ],
    start: () => ({ path: "/data" }),
  },
  downwardAPI: { columns: [], start: () => ({ items: [{ path: "labels", fieldRef: { fieldPath: "metadata.labels" } }] }) },
  projected: { columns: [], start: (name) => ({ sources: [{ secret: { name } }] }) },
  nfs: {
    columns: [
      { id: "server", path: ["server"], shape: { kind: "text", code: true }, required: true },
      { id: "path", path: ["path"], shape: { kind: "text", rule: "path", code: true }, required: true },
      { id: "read-only", path: ["readOnly"], shape: { kind: "switch" } },
    ],
    start: () => ({ server: "nfs.example.com", path: "/" }),
  },
};

/** The volumes that a container mounts, in its order, each with its declaration. */
export function mountedVolumes(holder: Holder): readonly MountedVolume[] {
  if (holder.area !== "task") return [];
  const own = listField(holder.data, "volumes");
  const shared = listField(holder.spec, "volumes");
  const claims = claimsOfRun(holder);
  return listField(field(holder.data, holder.kind), "volumeMounts").flatMap((mount, index): readonly MountedVolume[] => {
    if (!isMap(mount)) return [];
    const name = textField(mount, "name") ?? "";
    const at = own.findIndex((one) => textField(one, "name") === name);
    const ofPipeline = shared.find((one) => textField(one, "name") === name);
    const claim = claims.find((one) => textField(field(one, "metadata"), "name") === name);
    const volume = own[at] ?? ofPipeline ?? claim;
    const from = at >= 0 ? "template" : ofPipeline !== undefined ? "pipeline" : claim !== undefined ? "claim-template" : "missing";
    return [
      {
        index,
        name,
        mount,
        from,
        volume,
        path: at >= 0 ? ["volumes", at] : undefined,
        kind: from === "claim-template" ? "volumeClaimTemplate" : kindOf(volume),
      },
    ];
  });
}

/** The volumes that the pipeline creates for each run. */
function claimsOfRun({ format, spec }: Holder): readonly Data[] {
  return presentationOf(format)?.claimsOfRun?.(spec) ?? [];
}

/** Names of the template's own volumes that its main container does not mount. */
export function unmountedVolumes(holder: Holder): readonly string[] {
  if (holder.area !== "task") return [];
  const mounted = new Set(mountedVolumes(holder).map(({ name }) => name));
  return listField(holder.data, "volumes")
    .map((one) => textField(one, "name") ?? "")
    .filter((name) => !mounted.has(name));
}

/** Whether a template creates a PersistentVolumeClaim, as KFP's VolumeOp does. */
export function makesClaim(template: Pick<Template, "kind" | "rest">): boolean {
  return (
    template.kind === "resource" &&
    /^kind:\s*["']?PersistentVolumeClaim\b/m.test(textField(field(template.rest, "resource"), "manifest") ?? "")
  );
}

/** The key that names the kind of a volume. */
export function kindOf(volume: Data | undefined): string | undefined {
  return isMap(volume) ? Object.keys(volume).find((key) => key !== "name") : undefined;
}

/** Names of volumes that the template could mount again, or that the pipeline provides. */
export function knownVolumes(holder: Holder): readonly string[] {
  const names = [
    ...listField(holder.data, "volumes").map((one) => textField(one, "name")),
    ...(holder.area === "task" ? listField(holder.spec, "volumes").map((one) => textField(one, "name")) : []),
    ...(holder.area === "task" ? claimsOfRun(holder).map((one) => textField(field(one, "metadata"), "name")) : []),
  ];
  return [...new Set(names.filter((name) => name !== undefined))];
}

/** Mounts a new volume of a kind. If the template already has an equal one, that one is used, so each volume is declared once. */
export function mountNew(holder: Holder, kind: string, source: string, mountPath?: string): readonly Edit[] {
  if (holder.area !== "task" || !Object.hasOwn(volumeKinds, kind)) return [];
  const value = volumeKinds[kind]?.start(source) ?? {};
  const own = listField(holder.data, "volumes");
  const same =
    kind === "emptyDir" ? undefined : own.find((one) => kindOf(one) === kind && JSON.stringify(field(one, kind)) === JSON.stringify(value));
  if (same) return mountKnown(holder, textField(same, "name") ?? "", mountPath ?? `/mnt/${source}`);
  const name = freeTaskName(labelFrom(source) || "volume", new Set(knownVolumes(holder)));
  return [set(holder, ["volumes"], [...own, { name, [kind]: value }]), ...mountKnown(holder, name, mountPath ?? `/mnt/${name}`)];
}

/** Mounts a volume by its name. A number is appended to a path that is taken. */
export function mountKnown(holder: Holder, name: string, mountPath: string): readonly Edit[] {
  if (holder.area !== "task") return [];
  const mounts = listField(field(holder.data, holder.kind), "volumeMounts");
  const taken = new Set(mounts.map((one) => textField(one, "mountPath") ?? ""));
  return [set(holder, [holder.kind, "volumeMounts"], [...mounts, { name, mountPath: freeTaskName(mountPath, taken) }])];
}

/** Removes a mount, and the template's own volume with its last mount, unless another container may use it. */
export function unmount(holder: Holder, index: number): readonly Edit[] {
  if (holder.area !== "task") return [];
  const mounts = listField(field(holder.data, holder.kind), "volumeMounts");
  const name = textField(mounts[index], "name");
  const at = listField(holder.data, "volumes").findIndex((one) => textField(one, "name") === name);
  const isLast = mounts.filter((one) => textField(one, "name") === name).length === 1;
  const beside = listField(holder.data, "sidecars").length + listField(holder.data, "initContainers").length;
  return [
    removal(holder, [holder.kind, "volumeMounts", index]),
    ...(isLast && at >= 0 && beside === 0 ? [removal(holder, ["volumes", at])] : []),
  ];
}

/** The nearest DNS label. */
function labelFrom(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
}
