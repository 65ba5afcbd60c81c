import type { AuthoringEdit } from "#model/authoring-edit.ts";
import type { Draft, Refused } from "../draft.ts";
import { refuse } from "../scope.ts";
export function mountVolume(_draft: Draft, edit: Extract<AuthoringEdit, { kind: "mount-volume" }>): Refused | undefined {
  return refuse("edit-kind-unknown", { kind: edit.kind, nearest: "" });
}
export function unmountVolume(_draft: Draft, edit: Extract<AuthoringEdit, { kind: "unmount-volume" }>): Refused | undefined {
  return refuse("edit-kind-unknown", { kind: edit.kind, nearest: "" });
}
