import { type Data, isList, isMap, type Path, textField } from "#data/data.ts";
import type { Edit, SettingTarget } from "#pipeline/edit.ts";
import { diffOperations, listKeyOf } from "#data/difference.ts";
import { type Draft, type Refused, removePruned, setDeep } from "#document/edit-draft.ts";
import { findTask, findTemplate, findWorkflow, isRefused, refuse } from "#document/edit-targets.ts";

// Settings: any place inside a template, a call or the workflow, addressed by keys, by indexes, or by the name of a list's item
// (`container.env.MODE.value`). A field that no panel knows is set the same way as one that has a form.

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/** Sets a value. A whole mapping or list is compared with what stands there, so that only what differs changes. */
export function setSetting(draft: Draft, edit: Of<"set-setting">): Refused | undefined {
  const base = settingBase(draft, edit.target);
  if (isRefused(base)) return base;
  const bad = forbidden(draft, edit.target, base.path, edit.path, edit.value);
  if (bad) return bad;
  const path = namedSteps(draft, base.path, edit.path, true);
  if (!path) return misfit(edit.path, base.path);
  const old = draft.at(path);
  if (old !== undefined && (isMap(old) || isList(old))) {
    draft.take(diffOperations(old, edit.value, path));
    return undefined;
  }
  return makeItems(draft, base.path, path, edit.value) ? undefined : misfit(edit.path, base.path);
}

/** Takes a value out, and the parents which that leaves empty. What is not there is no fault: nothing happens. */
export function unsetSetting(draft: Draft, edit: Of<"unset-setting">): Refused | undefined {
  const base = settingBase(draft, edit.target);
  if (isRefused(base)) return base;
  if (edit.path.length === 0) return misfit(edit.path, base.path);
  const bad = forbidden(draft, edit.target, base.path, edit.path, undefined);
  if (bad) return bad;
  const path = namedSteps(draft, base.path, edit.path, false);
  if (!path || draft.at(path) === undefined) return undefined;
  removePruned(draft, path, base.path);
  return undefined;
}

/** Moves an item of a list to another index of the same list. */
export function moveSetting(draft: Draft, edit: Of<"move-setting">): Refused | undefined {
  const base = settingBase(draft, edit.target);
  if (isRefused(base)) return base;
  const path = namedSteps(draft, base.path, edit.path, false);
  const list = path && draft.at(path.slice(0, -1));
  const index = path?.at(-1);
  if (!path || !isList(list) || typeof index !== "number" || index >= list.length) return misfit(edit.path, base.path);
  if (edit.to < 0 || edit.to >= list.length) return refuse("edit-index-outside", { index: edit.to, n: list.length }, path);
  draft.move(path, [...path.slice(0, -1), edit.to]);
  return undefined;
}

/** Where the settings of a target stand, and how to call it in a sentence. */
export function settingBase(draft: Draft, target: SettingTarget): { readonly path: Path; readonly name: string } | Refused {
  switch (target.kind) {
    case "template": {
      const found = findTemplate(draft, target.template);
      return isRefused(found) ? found : { path: found.template.place, name: found.template.name };
    }
    case "task": {
      const found = findTask(draft, target.task);
      if (isRefused(found)) return found;
      if (found.callee) return { path: found.callee.place, name: found.task.name };
      return refuse("edit-template-elsewhere", { task: found.task.name }, found.task.place);
    }
    case "call": {
      const found = findTask(draft, target.task);
      return isRefused(found) ? found : { path: found.task.place, name: found.task.name };
    }
    case "workflow": {
      const found = findWorkflow(draft, target.workflow);
      if (isRefused(found)) return found;
      const part = target.part ?? "spec";
      const path = part === "spec" ? found.specPlace : part === "metadata" ? [...found.place, "metadata"] : found.place;
      return { path, name: found.title };
    }
  }
}

/** Names change with their references, by edits of their own; a key that would reach a prototype is never written. */
function forbidden(draft: Draft, target: SettingTarget, base: Path, path: Path, value: Data | undefined): Refused | undefined {
  if (path.some((step) => step === "__proto__") || holdsPrototypeKey(value))
    return refuse("edit-path-misfit", { path: path.join(".") }, base);
  if (target.kind === "workflow") return undefined;
  const renames =
    (path.length === 1 && path[0] === "name" && value !== textField(draft.at(base), "name")) ||
    (path.length === 0 && textField(value, "name") !== textField(draft.at(base), "name"));
  return renames ? refuse("edit-name-by-rename", { name: textField(draft.at(base), "name") ?? "" }, base) : undefined;
}

function holdsPrototypeKey(value: Data | undefined): boolean {
  if (isList(value)) return value.some(holdsPrototypeKey);
  return isMap(value) && Object.keys(value).some((key) => key === "__proto__" || holdsPrototypeKey(value[key]));
}

function misfit(path: Path, base: Path): Refused {
  return refuse("edit-path-misfit", { path: path.join(".") }, base);
}

/**
 * Turns the names of list items into indexes. With `create`, a name that is not there yet stands for the place behind the last
 * item and stays a text, so that `makeItems` knows what to call the new item. Undefined: the name leads nowhere.
 */
function namedSteps(draft: Draft, base: Path, path: Path, create: boolean): Path | undefined {
  const done: (string | number)[] = [...base];
  for (const [index, step] of path.entries()) {
    const here = draft.at(done);
    if (!isList(here) || typeof step === "number") {
      done.push(step);
      continue;
    }
    const key = listKeyOf(done.at(-1)) ?? "name";
    const found = here.findIndex((item) => isMap(item) && item[key] === step);
    if (found < 0) return create ? [...done, ...path.slice(index)] : undefined;
    done.push(found);
  }
  return done;
}

/** Sets a value deep below mappings and lists, some of which are not there yet. */
function makeItems(draft: Draft, base: Path, path: Path, value: Data): boolean {
  for (let depth = base.length; depth < path.length; depth++) {
    const here = draft.at(path.slice(0, depth));
    const step = path[depth] as string | number;
    const key = listKeyOf(path[depth - 1]);
    const missingList = (here === undefined || here === null) && key !== undefined && depth > base.length;
    if (typeof step !== "string" || (!isList(here) && !missingList)) continue;
    const item = itemNamed(key ?? "name", step, path.slice(depth + 1), value);
    if (item === undefined) return false;
    if (isList(here)) draft.insert([...path.slice(0, depth), here.length], item);
    else return setDeep(draft, path.slice(0, depth), [item]);
    return true;
  }
  return setDeep(draft, path, value);
}

/** A new item of a keyed list: its key, and the value at the rest of the path. */
function itemNamed(key: string, name: string, rest: Path, value: Data): Data | undefined {
  if (rest.length === 0) return isMap(value) ? { [key]: name, ...value } : undefined;
  const inner = rest.slice(1).reduceRight<Data>((nested, step) => (step === 0 ? [nested] : { [step]: nested }), value);
  return { [key]: name, [rest[0] as string]: inner };
}
