import { type Path, textField } from "#data/data.ts";
import type { Edit, SettingTarget } from "#pipeline/edit.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { moveValueBelow, setValueBelow, unsetValueBelow } from "#document/edit-settings.ts";
import { findTask, findTemplate, findWorkflow, isRefused, refuse } from "#document/edit-targets.ts";

// Settings: any place inside a template, a call or the workflow, addressed by keys, by indexes, or by the name of a list's item
// (`container.env.MODE.value`). A field that no panel knows is set the same way as one that has a form.

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/** Sets a value. A whole mapping or list is compared with the current value, so that only what differs changes. */
export function setSetting(draft: Draft, edit: Of<"set-setting">): Refused | undefined {
  const base = settingBase(draft, edit.target);
  if (isRefused(base)) return base;
  const bad = forbidden(draft, edit, base.path);
  return bad ?? setValueBelow(draft, { base: base.path, path: edit.path }, edit.value);
}

/** Removes a value and the parents that this leaves empty. Does nothing if there is no value. */
export function unsetSetting(draft: Draft, edit: Of<"unset-setting">): Refused | undefined {
  const base = settingBase(draft, edit.target);
  if (isRefused(base)) return base;
  const bad = edit.path.length === 0 ? undefined : forbidden(draft, edit, base.path);
  return bad ?? unsetValueBelow(draft, { base: base.path, path: edit.path });
}

/** Moves an item of a list to another index of the same list. */
export function moveSetting(draft: Draft, edit: Of<"move-setting">): Refused | undefined {
  const base = settingBase(draft, edit.target);
  if (isRefused(base)) return base;
  return moveValueBelow(draft, { base: base.path, path: edit.path }, edit.to);
}

/** The path of a target's settings, and its name for messages. */
export function settingBase(draft: Draft, target: SettingTarget): { readonly path: Path; readonly name: string } | Refused {
  switch (target.kind) {
    case "template": {
      const found = findTemplate(draft, target.template);
      return isRefused(found) ? found : { path: found.template.path, name: found.template.name };
    }
    case "task": {
      const found = findTask(draft, target.task);
      if (isRefused(found)) return found;
      if (found.callee) return { path: found.callee.path, name: found.task.name };
      return refuse("edit-template-elsewhere", { task: found.task.name }, found.task.path);
    }
    case "call": {
      const found = findTask(draft, target.task);
      return isRefused(found) ? found : { path: found.task.path, name: found.task.name };
    }
    case "workflow": {
      const found = findWorkflow(draft, target.workflow);
      if (isRefused(found)) return found;
      const part = target.part ?? "spec";
      const path = part === "spec" ? found.specPath : part === "metadata" ? [...found.path, "metadata"] : found.path;
      return { path, name: found.title };
    }
  }
}

/** Names change with their references, by edits of their own. */
function forbidden(draft: Draft, edit: Of<"set-setting"> | Of<"unset-setting">, base: Path): Refused | undefined {
  const { target, path } = edit;
  const value = "value" in edit ? edit.value : undefined;
  if (target.kind === "workflow") return undefined;
  const renames =
    (path.length === 1 && path[0] === "name" && value !== textField(draft.at(base), "name")) ||
    (path.length === 0 && textField(value, "name") !== textField(draft.at(base), "name"));
  return renames ? refuse("edit-name-by-rename", { name: textField(draft.at(base), "name") ?? "" }, base) : undefined;
}
