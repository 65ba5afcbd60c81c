import type { Data, DataMap } from "#data/data.ts";

/**
 * What a value refers to. Only the Argo reader and writer know the notation (`{{tasks.a.outputs.parameters.b}}`). `spelling` is set only if
 * the text is not the canonical one (spaces, other brackets), so that writing restores it.
 */
export type Reference =
  /** An output of a sibling call. `name` is undefined for result, exitCode, ip, status, id, startedAt, finishedAt, hostNodeName. */
  | {
      readonly kind: "task-output";
      readonly task: string;
      readonly of: "tasks" | "steps";
      readonly output: string;
      readonly port?: "parameter" | "artifact";
      readonly spelling?: string;
    }
  /** An input of the template that contains the reference. */
  | { readonly kind: "graph-input"; readonly port: "parameter" | "artifact"; readonly name: string; readonly spelling?: string }
  /** workflow.parameters.NAME */
  | { readonly kind: "pipeline-parameter"; readonly name: string; readonly spelling?: string }
  /** workflow.outputs.parameters.NAME or .artifacts.NAME: the template with that globalName. */
  | { readonly kind: "global-output"; readonly port: "parameter" | "artifact"; readonly name: string; readonly spelling?: string }
  /** The loop's item; `key` is the text behind `item.`. */
  | { readonly kind: "item"; readonly key?: string; readonly spelling?: string }
  /** Any other variable: workflow.name, pod.name, retries, inputs.parameters (whole list), unknown roots. */
  | { readonly kind: "variable"; readonly name: string; readonly spelling?: string }
  /** `{{=…}}`: its source and the references found in its member chains. */
  | { readonly kind: "expression"; readonly source: string; readonly references: readonly Reference[]; readonly spelling?: string };

/** The source of an input's value. */
export type Binding =
  /** A literal value; an empty argument (only its name) has no binding kind of its own: `value` is undefined then. */
  | { readonly kind: "constant"; readonly value?: Data }
  /** Exactly one reference and nothing else. `field` is the key that holds it. */
  | {
      readonly kind: "reference";
      readonly reference: Reference;
      readonly field: "value" | "from" | "parameter" | "withParam";
      /** KFP v2: an expression that takes a part of the value, `parseJson(string_value)["a"]`. */
      readonly selector?: string;
    }
  /** KFP v2: the first of several outputs that was made. */
  | { readonly kind: "one-of"; readonly references: readonly Reference[] }
  /** Text with references in it. */
  | { readonly kind: "text"; readonly parts: readonly (string | Reference)[]; readonly field: "value" | "from" | "parameter" | "withParam" }
  /** fromExpression or valueFrom.expression. */
  | {
      readonly kind: "expression";
      readonly source: string;
      readonly references: readonly Reference[];
      readonly field: "fromExpression" | "expression";
    }
  /** An artifact's own location (raw, s3, git …), or valueFrom with configMapKeyRef, supplied …; references within are listed. */
  | { readonly kind: "location"; readonly value: DataMap; readonly references: readonly Reference[] };

/** `when`: its raw text always, its references, and a tree if it parsed. */
export interface Condition {
  readonly text: string;
  readonly references: readonly Reference[];
  readonly tree?: ConditionTree;
  /** The text as people read it, without casts, if it is not `text` itself. */
  readonly parts?: readonly (string | Reference)[];
}
export type ConditionTree =
  | {
      readonly kind: "compare";
      readonly operator: "==" | "!=" | "<" | "<=" | ">" | ">=" | "=~" | "!~";
      readonly left: Operand;
      readonly right: Operand;
    }
  | { readonly kind: "and" | "or"; readonly left: ConditionTree; readonly right: ConditionTree }
  | { readonly kind: "not"; readonly of: ConditionTree };
/** An operand: text (without its quotes; `quoted` says whether it had some) or one reference. */
export type Operand = { readonly text: string; readonly quoted: boolean } | { readonly reference: Reference; readonly quoted: boolean };

/** All references in a binding, expressions' inner ones included. */
export function referencesIn(binding: Binding): readonly Reference[] {
  switch (binding.kind) {
    case "constant":
      return [];
    case "reference":
      return flatten([binding.reference]);
    case "text":
      return flatten(binding.parts.filter((part) => typeof part !== "string"));
    case "expression":
    case "location":
    case "one-of":
      return flatten(binding.references);
  }
}

function flatten(references: readonly Reference[]): readonly Reference[] {
  // Expressions are rare, and graphs call this for every argument.
  if (!references.some((one) => one.kind === "expression")) return references;
  return references.flatMap((one) => (one.kind === "expression" ? flatten(one.references) : [one]));
}
