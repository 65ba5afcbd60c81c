/** Volumes that steps mount. docs/spec/kfp-v1.md#mounts; SDK: dsl/_pipeline_volume.py. */
import { type DataMap } from "#data/data.ts";
import { pythonJson } from "#components/python-text.ts";
import { sha256 } from "#data/sha256.ts";

const longestVolumeName = 63;

/** The name of a volume over an existing claim: `pvolume-` and a digest, as the SDK makes it of the claim's description. */
export function claimVolumeName(claim: string): string {
  const described = pythonJson({ name: "pvolume-placeholder", persistent_volume_claim: { claim_name: claim } });
  return `pvolume-${sha256(described)}`.slice(0, longestVolumeName);
}

/** A volume over a claim. */
export function claimVolume(name: string, claimName: string): DataMap {
  return { name, persistentVolumeClaim: { claimName } };
}

/** The fields that mount volumes, in order: one volumeMount for each, every volume once. */
export function mountVolume(mounts: readonly { readonly mountPath: string; readonly volume: DataMap }[]): DataMap {
  if (mounts.length === 0) return {};
  const seen = new Set<string>();
  const volumes = mounts
    .map((mount) => mount.volume)
    .filter((volume) => {
      const text = pythonJson(volume);
      return !seen.has(text) && seen.add(text);
    });
  const volumeMounts = mounts.map(({ mountPath, volume }) => ({ mountPath, name: volume["name"] ?? "" }));
  return { container: { volumeMounts }, volumes };
}
