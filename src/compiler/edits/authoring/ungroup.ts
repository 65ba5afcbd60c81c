import type { AuthoringEdit } from "#model/authoring-edit.ts";
import type { Draft, Refused } from "../draft.ts";
import { refuse } from "../scope.ts";
export function ungroup(_draft: Draft, edit: Extract<AuthoringEdit, { kind: "ungroup" }>): Refused | undefined {
  return refuse("edit-kind-unknown", { kind: edit.kind, nearest: "" });
}
