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

/** The targets of a check that name a server: each minor version, and the patch of 2.17 that behaves otherwise. */
export const serverTargets: readonly string[] = [...Array.from({ length: 18 }, (_, minor) => `kfp-2.${String(minor)}`), "kfp-2.17.1"];

/** The server that a target such as `kfp-2.7` names, or the newest one that behaves like it; the newest release for any other target. */
export function serverOfTarget(target: string | undefined): ServerVersion {
  const wanted = numbersOf(target?.replace(/^kfp-/, "") ?? "");
  if (!target?.startsWith("kfp-") || wanted.length < 2) return newestServer;
  const released = serverVersions.filter((version) => version !== "next");
  return released.findLast((version) => compare(numbersOf(version), wanted) <= 0) ?? released[0] ?? newestServer;
}

function numbersOf(version: string): readonly number[] {
  return version.split(".").map(Number);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = [0, 1, 2].find((index) => (a[index] ?? 0) !== (b[index] ?? 0));
  return at === undefined ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
