import type { Data, Path } from "#data/data.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { moveValueBelow, setValueBelow, unsetValueBelow } from "#document/edit-settings.ts";
import { findTask, findTemplate, findWorkflow, isRefused, refuse } from "#document/edit-targets.ts";
import type { FoundTemplate } from "#pipeline/find-by-id.ts";
import type { Edit, SettingTarget } from "#pipeline/edit.ts";
import type { Workflow } from "#pipeline/model.ts";
import { drop, fieldAt, fieldPath, put } from "./field-operations.ts";
import { dropEmptyPlatform, platformFor, platformOf } from "./platform-spec.ts";
import { twinOf } from "./resource-twins.ts";

// Settings by path. Of a template (or the task that runs it) a path begins in its executor: `container.image`. The first step `platform`
// leads to its section of the platform spec instead, `component` to the component itself. Of a call the path begins in the task, of the
// workflow in the pipeline spec, or with the first step `platform` in `platforms.kubernetes`.

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

/** Sets a value. The platform spec, and the section of the executor in it, are created when first needed. */
export function setSetting(draft: Draft, edit: Of<"set-setting">): Refused | undefined {
  const found = settingPathOf(draft, edit.target, edit.path);
  if (isRefused(found)) return found;
  const { base, path, section } = found;
  const bad = reserved(edit, path);
  if (bad) return bad;
  if (section !== "platform") {
    const refused = setValueBelow(draft, { base, path }, edit.value, put);
    if (!refused) setTwin(draft, [...base, ...path], edit.value);
    return refused;
  }
  const refused = setValueBelow(draft, { base: found.root, path: [...base.slice(found.root.length), ...path] }, edit.value, put);
  if (!refused) setNameParameter(draft, [...base, ...path], edit.value);
  return refused;
}

/** Removes a value and the parents that this leaves empty, including an empty platform spec. */
export function unsetSetting(draft: Draft, edit: Of<"unset-setting">): Refused | undefined {
  const found = settingPathOf(draft, edit.target, edit.path, true);
  if (found === undefined) return undefined;
  if (isRefused(found)) return found;
  const { base, path, section } = found;
  const bad = reserved(edit, path);
  if (bad) return bad;
  const keep = section === "platform" ? found.root : base;
  if (section === "platform" && path.length === 0) {
    drop(draft, base, keep);
  } else {
    setTwin(draft, [...base, ...path], undefined);
    const refused = unsetValueBelow(draft, { base: keep, path: [...base.slice(keep.length), ...path] });
    if (refused) return refused;
  }
  if (section === "platform") dropEmptyPlatform(draft, found.root);
  return undefined;
}

/** Moves an item of a list to another index of the same list. */
export function moveSetting(draft: Draft, edit: Of<"move-setting">): Refused | undefined {
  const found = settingPathOf(draft, edit.target, edit.path);
  return isRefused(found) ? found : moveValueBelow(draft, found, edit.to);
}

interface SettingPath {
  readonly base: Path;
  readonly path: Path;
  readonly section: "executor" | "component" | "task" | "spec" | "platform";
  /** Path of what must exist before anything is written: the base itself, or the document of the platform spec. */
  readonly root: Path;
}

function settingPathOf(draft: Draft, target: SettingTarget, path: Path): SettingPath | Refused;
function settingPathOf(draft: Draft, target: SettingTarget, path: Path, isRemoval: true): SettingPath | Refused | undefined;
function settingPathOf(draft: Draft, target: SettingTarget, path: Path, isRemoval?: true): SettingPath | Refused | undefined {
  switch (target.kind) {
    case "template": {
      const found = findTemplate(draft, target.template);
      return isRefused(found) ? found : placeInTemplate(draft, found, path, isRemoval);
    }
    case "task": {
      const found = findTask(draft, target.task);
      if (isRefused(found)) return found;
      if (!found.callee) return refuse("edit-template-elsewhere", { task: found.task.name }, found.task.path);
      return placeInTemplate(draft, { workflow: found.workflow, template: found.callee }, path, isRemoval);
    }
    case "call": {
      const found = findTask(draft, target.task);
      return isRefused(found) ? found : { base: found.task.path, path, section: "task", root: found.task.path };
    }
    case "workflow": {
      const found = findWorkflow(draft, target.workflow);
      if (isRefused(found)) return found;
      if (path[0] === "platform" && target.part !== "object")
        return platformSettingPath(draft, found, { below: [], path: path.slice(1) }, isRemoval);
      const base = target.part === "object" ? found.path : target.part === "metadata" ? [...found.path, "metadata"] : found.specPath;
      return { base, path, section: "spec", root: base };
    }
  }
}

const executorKinds = ["container", "importer", "resolver", "customJob"];

function placeInTemplate(
  draft: Draft,
  { workflow, template }: FoundTemplate,
  path: Path,
  isRemoval: boolean | undefined,
): SettingPath | Refused | undefined {
  const { executor } = template;
  if (path[0] === "component") return { base: template.path, path: path.slice(1), section: "component", root: template.path };
  if (!executor) return refuse("edit-no-executor", { template: template.name }, template.path);
  const kind = executorKinds.find((one) => fieldAt(draft, executor.path, one) !== undefined);
  // An executor is of one kind; a field of another one would make the server refuse the file.
  if (kind !== undefined && kind !== path[0] && executorKinds.some((one) => one === path[0]))
    return refuse("edit-path-misfit", { path: path.join(".") }, executor.path);
  if (path[0] !== "platform") return { base: executor.path, path, section: "executor", root: executor.path };
  const below = ["deploymentSpec", "executors", executor.label];
  return platformSettingPath(draft, workflow, { below, path: path.slice(1) }, isRemoval);
}

function platformSettingPath(
  draft: Draft,
  workflow: Workflow,
  { below, path }: { readonly below: Path; readonly path: Path },
  isRemoval: boolean | undefined,
): SettingPath | Refused | undefined {
  const root = isRemoval ? platformOf(draft, workflow) : platformFor(draft, workflow);
  if (root === undefined || "refusal" in root) return root;
  return { base: [...root, "platforms", "kubernetes", ...below], path, section: "platform", root };
}

/** What other parts of the file refer to is changed by separate edits. */
function reserved(edit: Of<"set-setting"> | Of<"unset-setting">, path: Path): Refused | undefined {
  const [first, second] = path;
  const value = "value" in edit ? edit.value : undefined;
  const isName =
    (edit.target.kind === "call" && (first === "componentRef" || (first === "taskInfo" && second === "name" && value === ""))) ||
    (edit.path[0] === "component" &&
      (path.length === 0 || ["dag", "executorLabel", "inputDefinitions", "outputDefinitions"].includes(String(first)))) ||
    (edit.target.kind === "call" && path.length === 0);
  return isName ? refuse("edit-name-by-rename", { name: path.join(".") }, []) : undefined;
}

/** Updates the numbers that old servers read besides a quantity as text, where the file has them. */
function setTwin(draft: Draft, path: Path, value: Data | undefined): void {
  const twin = twinOf(path.at(-1), value);
  if (twin === undefined) return;
  const dataPath = fieldPath(draft, path.slice(0, -1), twin.key);
  if (draft.at(dataPath) === undefined) return;
  if (twin.value === undefined) draft.remove(dataPath);
  else draft.set(dataPath, twin.value);
}

/** Names that the SDK writes twice: as text for servers up to 2.4, and as a parameter, which newer servers prefer. */
const nameParameters: Readonly<Record<string, string>> = {
  secretName: "secretNameParameter",
  configMapName: "configMapNameParameter",
  constant: "pvcNameParameter",
};

/** The parameter beside a name follows the name, where the file has it; another source of a claim's name gives way to the constant. */
function setNameParameter(draft: Draft, path: Path, value: Data): void {
  const key = nameParameters[String(path.at(-1))];
  if (key === undefined || typeof value !== "string") return;
  if (path.at(-1) === "constant")
    for (const source of ["taskOutputParameter", "componentInputParameter"]) {
      const other = fieldPath(draft, path.slice(0, -1), source);
      if (draft.at(other) !== undefined) draft.remove(other);
    }
  const parameter = fieldPath(draft, path.slice(0, -1), key);
  if (draft.at(parameter) !== undefined) draft.set(parameter, { runtimeValue: { constant: value } });
}
