import { type Data, isList, isMap } from "#data/data.ts";
import type { Edit } from "#pipeline/edit.ts";
import type { Refused } from "./edit-draft.ts";
import { isGroupKind, isMountedVolume } from "./edit-forms.ts";
import { nearestValue, refuse } from "./edit-targets.ts";

// Edits come from files and scripts, too (`dagwright apply`), so their form is checked before they are planned.

type Check =
  | "text"
  | "number"
  | "data"
  | "path"
  | "end"
  | "target"
  | "loop"
  | "port"
  | "direction"
  | "choice"
  | "leaf"
  | "any data"
  | "texts"
  | "list"
  | "yes or no"
  | "group"
  | "control"
  | "volume"
  | "renamed ports";
/** What each field must be; a `?` behind the name: it may be left out. */
type Shape = Readonly<Record<string, Check>>;

const portFields = { template: "text", direction: "direction", port: "port", name: "text" } as const;
const inputFields = { task: "text", input: "text", "portKind?": "port" } as const;
const parameterFields = {
  name: "text",
  "value?": "any data",
  "type?": "text",
  "description?": "text",
  "optional?": "yes or no",
  "literals?": "list",
  "workflow?": "number",
} as const;

/** The fields of every kind of edit. The compiler asks for an entry when a kind is added. */
export const editShapes: Readonly<Record<Edit["kind"], Shape>> = {
  "add-task": { graph: "text", name: "text", template: "text", "stage?": "number", "at?": "number" },
  "remove-task": { task: "text" },
  "rename-task": { task: "text", name: "text" },
  "change-identifier": { task: "text", name: "text" },
  "move-task": { task: "text", to: "number", "stage?": "number" },
  "duplicate-task": { task: "text", "name?": "text" },
  "retarget-task": { task: "text", template: "text" },
  "make-separate": { task: "text", "name?": "text" },
  connect: { from: "end", to: "end", "as?": "choice" },
  disconnect: { to: "end" },
  "set-argument": { ...inputFields, value: "any data" },
  "clear-argument": inputFields,
  "bind-parameter": { ...inputFields, parameter: "text" },
  "add-dependency": { task: "text", on: "text" },
  "remove-dependency": { task: "text", on: "text" },
  "add-port": { ...portFields, "value?": "any data", "path?": "text" },
  "remove-port": portFields,
  "rename-port": { ...portFields, to: "text" },
  "add-template": { data: "data", "at?": "number", "workflow?": "number" },
  "remove-template": { template: "text" },
  "rename-template": { template: "text", name: "text" },
  "move-template": { template: "text", to: "number" },
  "change-template-kind": { template: "text", to: "leaf" },
  "set-setting": { target: "target", path: "path", value: "any data" },
  "unset-setting": { target: "target", path: "path" },
  "move-setting": { target: "target", path: "path", to: "number" },
  "add-parameter": parameterFields,
  "remove-parameter": { name: "text", "workflow?": "number" },
  "rename-parameter": { name: "text", to: "text", "workflow?": "number" },
  "set-parameter": parameterFields,
  "rename-workflow": { name: "text", "workflow?": "number" },
  "set-when": { task: "text", when: "text" },
  "clear-when": { task: "text" },
  "set-loop": { task: "text", loop: "loop" },
  "clear-loop": { task: "text" },
  "set-note": { "workflow?": "number", text: "text" },
  "set-layout": { "workflow?": "number", layout: "any data" },
  "add-component": { graph: "text", spec: "data", "reference?": "data", "name?": "text", "arguments?": "data" },
  "update-component": { task: "text", spec: "data", "reference?": "data", "renamed?": "renamed ports" },
  "add-volume": {
    graph: "text",
    name: "text",
    resourceName: "text",
    size: "text",
    "modes?": "texts",
    "storageClass?": "text",
    "dataSource?": "any data",
    "uniqueName?": "yes or no",
  },
  "add-snapshot": { graph: "text", name: "text", resourceName: "text", "claim?": "text", "volumeOf?": "text", "snapshotClass?": "text" },
  "add-resource": {
    graph: "text",
    name: "text",
    action: "text",
    manifest: "data",
    "successCondition?": "text",
    "failureCondition?": "text",
    "outputs?": "data",
  },
  "mount-volume": { task: "text", mountPath: "text", "subPath?": "text", "readOnly?": "yes or no", volume: "volume" },
  "unmount-volume": { task: "text", mountPath: "text" },
  "group-tasks": { tasks: "texts", as: "group", "name?": "text" },
  "change-control": { task: "text", as: "control" },
  ungroup: { task: "text" },
  "add-item-key": { task: "text", key: "text" },
};

/** Why an edit is invalid: an unknown kind, or a field that is missing or of another form. */
export function badShape(edit: Edit): Refused | undefined {
  const data = edit as unknown as Data;
  const kind = isMap(data) && typeof data.kind === "string" ? data.kind : "";
  if (!isMap(data) || !Object.hasOwn(editShapes, kind))
    return refuse("edit-kind-unknown", { kind, ...nearestValue(kind, Object.keys(editShapes)) });
  for (const [name, check] of Object.entries(editShapes[kind as Edit["kind"]])) {
    const field = name.replace("?", "");
    const value = Object.hasOwn(data, field) ? data[field] : undefined;
    const missing = value === undefined && !name.endsWith("?");
    if (missing || (value !== undefined && !fits(value, check)))
      return refuse("edit-field-wrong", { kind, field, expected: expectedForms[check] });
  }
  return undefined;
}

/** How a refusal calls the form; plain words of the field that both languages use. */
const expectedForms: Readonly<Record<Check, string>> = {
  text: "text",
  number: "number",
  data: "mapping",
  "any data": "value",
  path: "path",
  end: "{task, port}",
  target: "{kind: template | task | call | workflow}",
  loop: "{withItems | withParam | withSequence}",
  port: "parameter | artifact",
  direction: "input | output",
  choice: "value | file | ignore-type | one-of",
  leaf: "container | script | suspend",
  texts: "[text]",
  list: "[value]",
  "yes or no": "true | false",
  group: "{kind: sub-dag | condition | loop | exit-handler}",
  control: "{kind: condition | loop}",
  volume: "{of} | {claim} | {volume}",
  "renamed ports": "[{side, kind, from, to}]",
};

function fits(value: Data, check: Check): boolean {
  switch (check) {
    case "text":
      return typeof value === "string";
    case "number":
      return Number.isInteger(value);
    case "data":
      return isMap(value);
    case "any data":
      return true;
    case "path":
      return isList(value) && value.every((step) => typeof step === "string" || (Number.isInteger(step) && (step as number) >= 0));
    case "end":
      return isMap(value) && typeof value.task === "string" && typeof value.port === "string";
    case "target":
      return isMap(value) && targetFits(value);
    case "loop":
      return (
        isMap(value) &&
        Object.keys(value).length === 1 &&
        (isList(value.withItems) || typeof value.withParam === "string" || isMap(value.withSequence))
      );
    case "texts":
      return isList(value) && value.every((one) => typeof one === "string");
    case "list":
      return isList(value);
    case "yes or no":
      return typeof value === "boolean";
    case "control":
      return isGroupKind(value) && isMap(value) && (value.kind === "condition" || value.kind === "loop");
    case "group":
      return isGroupKind(value);
    case "volume":
      return isMountedVolume(value);
    case "renamed ports":
      return (
        isList(value) &&
        value.every(
          (one) =>
            isMap(one) &&
            (one.side === "input" || one.side === "output") &&
            (one.kind === "parameter" || one.kind === "artifact") &&
            typeof one.from === "string" &&
            typeof one.to === "string",
        )
      );
    case "port":
    case "direction":
    case "choice":
    case "leaf":
      return typeof value === "string" && expectedForms[check].split(" | ").includes(value);
  }
}

function targetFits(value: { readonly [key: string]: Data }): boolean {
  switch (value.kind) {
    case "template":
      return typeof value.template === "string";
    case "task":
    case "call":
      return typeof value.task === "string";
    case "workflow":
      return value.workflow === undefined || typeof value.workflow === "number";
    default:
      return false;
  }
}
