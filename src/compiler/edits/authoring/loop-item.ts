import type { AuthoringEdit } from "#model/authoring-edit.ts";
import type { Draft, Refused } from "../draft.ts";
import { refuse } from "../scope.ts";
export function addItemKey(_draft: Draft, edit: Extract<AuthoringEdit, { kind: "add-item-key" }>): Refused | undefined {
  return refuse("edit-kind-unknown", { kind: edit.kind, nearest: "" });
}
