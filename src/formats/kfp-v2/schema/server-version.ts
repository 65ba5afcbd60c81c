/**
 * Versions of the Kubeflow Pipelines server between which the messages of a pipeline spec differ. Versions in between behave as the next
 * lower one of this list. docs/spec/kfp-v2.md lists which field exists when.
 */
export const serverVersions = ["2.0", "2.1", "2.2", "2.3", "2.4", "2.5", "2.14", "2.15", "2.16", "2.17", "2.17.1", "next"] as const;

/** One of `serverVersions`; "next" is what follows the newest release. */
export type ServerVersion = (typeof serverVersions)[number];

/** The newest released server, against which files are checked unless another one is named. */
export const newestServer: ServerVersion = "2.17.1";

/** Whether version `a` is older than version `b`. */
export function isOlder(a: ServerVersion, b: ServerVersion): boolean {
  return serverVersions.indexOf(a) < serverVersions.indexOf(b);
}

/** The servers that know a field: from `since` up to and including `until`; an absent bound means every one. */
export interface Known {
  readonly since?: ServerVersion;
  readonly until?: ServerVersion;
}

/** Whether a server knows a field. */
export function isKnownBy({ since, until }: Known, server: ServerVersion): boolean {
  return !(since !== undefined && isOlder(server, since)) && !(until !== undefined && isOlder(until, server));
}
