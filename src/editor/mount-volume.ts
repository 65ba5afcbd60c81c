import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { Editor } from "./editor.ts";
import { notLoaded } from "./load-planner.ts";

/** A volume claim created by one task and mounted in another. Both are ids of tasks. */
export interface Mounting {
  readonly of: string;
  readonly task: string;
}

const PATH = "/mnt";
const MOST_TRIES = 50;

/** The proposed mount path: `/mnt`, `/mnt-2` …, the first path at which the task mounts nothing. */
export function freeMountPath(editor: Editor, mounting: Mounting): string {
  for (let n = 1; n <= MOST_TRIES; n++) {
    const path = n === 1 ? PATH : `${PATH}-${n}`;
    if (editor.refusal(mountEdits(mounting, path))?.code !== "authoring-mount-taken") return path;
  }
  return PATH;
}

/** Why the volume cannot be mounted at a path; undefined if it can, or if it is not known yet because the edit planner is still loading. */
export function mountRefusal(editor: Editor, mounting: Mounting, path: string): Diagnostic | undefined {
  const refusal = editor.refusal(mountEdits(mounting, path));
  return refusal === notLoaded ? undefined : refusal;
}

/** Mounts the volume: the input for the claim's name, the wire to it, the volume and its mount, as one step. Selects the task. `joins`: as part of the latest step. */
export function mountVolume(editor: Editor, mounting: Mounting, path: string, joins = false): void {
  editor.dispatch({ edits: mountEdits(mounting, path), select: [mounting.task], joins });
}

/** A mount whose volume is replaced; its other fields stay. */
export interface MountedAt {
  readonly mountPath: string;
  readonly subPath?: string;
  readonly readOnly?: boolean;
}

/** Why the volume cannot take the place of what is mounted there; undefined if it can, or if the edit planner is still loading. */
export function remountRefusal(editor: Editor, mounting: Mounting, at: MountedAt): Diagnostic | undefined {
  const refusal = editor.refusal(remountEdits(mounting, at));
  return refusal === notLoaded ? undefined : refusal;
}

/** Mounts the volume in place of what is mounted at a path, as one step; a volume that nothing mounts any more is removed. */
export function remountVolume(editor: Editor, mounting: Mounting, at: MountedAt): void {
  editor.dispatch({ edits: remountEdits(mounting, at), select: [mounting.task] });
}

function remountEdits({ of, task }: Mounting, at: MountedAt): readonly Edit[] {
  return [
    { kind: "unmount-volume", task, mountPath: at.mountPath },
    { kind: "mount-volume", task, volume: { of }, ...at },
  ];
}

function mountEdits({ of, task }: Mounting, mountPath: string): readonly Edit[] {
  return [{ kind: "mount-volume", task, mountPath, volume: { of } }];
}
