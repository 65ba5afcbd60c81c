/** The locations of an artifact. Argo: ArtifactLocation in workflow_types.go. */
import { type DataMap, field, isMap } from "#data/data.ts";

/** The kinds of storage that an artifact's location may name. */
export const locationKinds = ["artifactory", "azure", "gcs", "git", "hdfs", "http", "oss", "plugin", "raw", "s3"] as const;

/** Whether an artifact has a location of its own; a key in the default repository is enough. */
export function hasLocation(artifact: DataMap): boolean {
  return locationKinds.some((kind) => isMap(field(artifact, kind)));
}
