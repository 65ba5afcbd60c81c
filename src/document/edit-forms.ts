import { type Data, isList, isMap } from "#data/data.ts";

// The forms of what authoring edits hold beyond plain fields; edits come from scripts, too, so nothing is taken on trust.

const operators = ["==", "!=", "<", "<=", ">", ">="];

/** Whether data describes a group for tasks. */
export function isGroupKind(value: Data): boolean {
  if (!isMap(value)) return false;
  switch (value.kind) {
    case "sub-dag":
      return true;
    case "condition":
      return (
        isOperand(value.left) &&
        isOperand(value.right) &&
        operators.includes(String(value.operator)) &&
        ["boolean", "undefined"].includes(typeof value.otherwise)
      );
    case "loop":
      return (
        isMap(value.over) &&
        (isList(value.over.items) || isOperand(value.over)) &&
        (value.parallelism === undefined || Number.isInteger(value.parallelism))
      );
    case "exit-handler":
      return typeof value.exit === "string";
    default:
      return false;
  }
}

function isOperand(value: Data | undefined): boolean {
  if (!isMap(value)) return false;
  return (
    typeof value.text === "string" ||
    typeof value.parameter === "string" ||
    (typeof value.task === "string" && typeof value.output === "string")
  );
}

/** Whether data says which volume to mount. */
export function isMountedVolume(value: Data): boolean {
  return (
    isMap(value) &&
    (typeof value.of === "string" || typeof value.claim === "string" || (isMap(value.volume) && typeof value.volume.name === "string"))
  );
}
