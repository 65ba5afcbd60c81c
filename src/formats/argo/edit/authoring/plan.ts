import type { AuthoringEdit } from "#pipeline/authoring-edit.ts";
import { unreachable } from "#data/data.ts";
import type { Draft, Refused } from "../draft.ts";
import { changeControl } from "./change-control.ts";
import { addComponent } from "./component.ts";
import { addItemKey } from "./loop-item.ts";
import { addResource, addSnapshot, addVolume } from "./resources.ts";
import { ungroup } from "./ungroup.ts";
import { updateComponent } from "./update.ts";

/** The edits that make KFP tasks, volumes and groups, each to its planner. Mounts, and groups that read from further
 * out, are made up of other edits, so ../plan.ts has them. */
export function planAuthoring(
  draft: Draft,
  edit: Exclude<AuthoringEdit, { kind: "mount-volume" | "unmount-volume" | "group-tasks" }>,
): Refused | undefined {
  switch (edit.kind) {
    case "add-component":
      return addComponent(draft, edit);
    case "update-component":
      return updateComponent(draft, edit);
    case "add-volume":
      return addVolume(draft, edit);
    case "add-snapshot":
      return addSnapshot(draft, edit);
    case "add-resource":
      return addResource(draft, edit);
    case "change-control":
      return changeControl(draft, edit);
    case "ungroup":
      return ungroup(draft, edit);
    case "add-item-key":
      return addItemKey(draft, edit);
    default:
      return unreachable(edit);
  }
}
