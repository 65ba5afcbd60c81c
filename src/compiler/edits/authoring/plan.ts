import type { AuthoringEdit } from "#model/authoring-edit.ts";
import { unreachable } from "#model/data.ts";
import type { Draft, Refused } from "../draft.ts";
import { addComponent } from "./component.ts";
import { groupTasks } from "./group.ts";
import { addItemKey } from "./loop-item.ts";
import { addResource, addSnapshot, addVolume } from "./resources.ts";
import { ungroup } from "./ungroup.ts";
import { updateComponent } from "./update.ts";

/** The edits that make KFP tasks, volumes and groups, each to its planner. Mounts are made up of other edits (mounts.ts). */
export function planAuthoring(draft: Draft, edit: Exclude<AuthoringEdit, { kind: "mount-volume" | "unmount-volume" }>): Refused | undefined {
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
    case "group-tasks":
      return groupTasks(draft, edit);
    case "ungroup":
      return ungroup(draft, edit);
    case "add-item-key":
      return addItemKey(draft, edit);
    default:
      return unreachable(edit);
  }
}
