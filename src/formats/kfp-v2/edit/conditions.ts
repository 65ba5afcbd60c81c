import type { Refused } from "#document/edit-draft.ts";
import { refuse } from "#document/edit-targets.ts";
import type { GroupOperand, GroupKind } from "#pipeline/authoring-edit.ts";

// Conditions as the SDK writes them in CEL: values cast by their types, text in single quotes. docs/spec/kfp-v2.md#conditions

type Condition = Extract<GroupKind, { kind: "condition" }>;

/** An operand as it is read: a literal text, or an input of the conditional task with its type. */
export type ReadOperand = { readonly text: string } | { readonly input: string; readonly type: string };

/** The CEL text of a comparison; refused if a literal is no value of the other side's type. */
export function celOf(condition: Pick<Condition, "operator" | "otherwise">, left: ReadOperand, right: ReadOperand): string | Refused {
  const types = [left, right].map((one) => ("input" in one ? one.type : undefined));
  const type = commonType(types[0], types[1], left, right);
  const [a, b] = [operandText(left, type), operandText(right, type)];
  if (typeof a !== "string") return a;
  if (typeof b !== "string") return b;
  const text = `${a} ${condition.operator} ${b}`;
  return condition.otherwise ? `!(${text})` : text;
}

type Compared = "integer" | "double" | "boolean" | "text";

function commonType(a: string | undefined, b: string | undefined, left: ReadOperand, right: ReadOperand): Compared {
  const types = new Set([a, b].filter((one) => one !== undefined));
  const literals = [left, right].flatMap((one) => ("text" in one ? [one.text] : []));
  if (types.size === 0) return literals.every((text) => isNumber(text)) ? "double" : "text";
  if (types.has("BOOLEAN")) return "boolean";
  if ([...types].every((type) => type === "NUMBER_INTEGER" || type === "NUMBER_DOUBLE"))
    return types.has("NUMBER_DOUBLE") || literals.some((text) => isNumber(text) && !/^-?\d+$/.test(text.trim())) ? "double" : "integer";
  return "text";
}

function isNumber(text: string): boolean {
  return /^\s*-?(\d+\.?\d*|\.\d+)\s*$/.test(text);
}

function operandText(operand: ReadOperand, type: Compared): string | Refused {
  if ("input" in operand) {
    const value = `inputs.parameter_values['${operand.input}']`;
    if (operand.type !== "NUMBER_INTEGER") return value;
    return type === "double" ? `double(int(${value}))` : type === "integer" ? `int(${value})` : `string(int(${value}))`;
  }
  const text = operand.text.trim();
  switch (type) {
    case "integer":
    case "double": {
      if (!isNumber(text)) return refuse("edit-constant-type", { input: operand.text, type, expected: "a number" });
      return type === "double" && /^-?\d+$/.test(text) ? `${text}.0` : text;
    }
    case "boolean": {
      const word = text.toLowerCase();
      return word === "true" || word === "false"
        ? word
        : refuse("edit-constant-type", { input: operand.text, type, expected: "true or false" });
    }
    case "text":
      return `'${operand.text.replace(/[\\']/g, (sign) => `\\${sign}`).replaceAll("\n", "\\n")}'`;
  }
}

/** The operands of a condition in order. */
export function operandsOf({ left, right }: Condition): readonly [GroupOperand, GroupOperand] {
  return [left, right];
}
