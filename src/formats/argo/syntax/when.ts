import type { Condition, ConditionTree, Operand } from "#pipeline/binding.ts";
import { referencesInText, tagsIn } from "./references.ts";

/**
 * `when`: a govaluate expression over text in which tags have been replaced. We read the part of the language that people and the
 * KFP compiler write: comparisons joined by `&&`, `||`, `!` and parentheses. Anything else keeps its text and has no tree.
 */

/** A `when` text as a condition. */
export function readCondition(text: string): Condition {
  const references = referencesInText(text);
  const tree = parseWhen(text);
  return tree === undefined ? { text, references } : { text, references, tree };
}

type Token = { readonly kind: "operator"; readonly text: string } | { readonly kind: "operand"; readonly operand: Operand };
type Comparison = Extract<ConditionTree, { kind: "compare" }>["operator"];

const operators = ["==", "!=", "<=", ">=", "=~", "!~", "&&", "||", "<", ">", "!", "(", ")"];
const comparisons = new Set<string>(["==", "!=", "<", "<=", ">", ">=", "=~", "!~"]);

/** The tree of a `when` text, or undefined if it is not of the kinds we read. */
export function parseWhen(text: string): ConditionTree | undefined {
  const tokens = tokenize(text);
  if (tokens === undefined || tokens.length > 2_000) return undefined;
  let at = 0;
  let depth = 0;
  const isOperator = (text: string) => {
    const token = tokens[at];
    return token?.kind === "operator" && token.text === text;
  };
  const chain = (kind: "and" | "or", operator: string, part: () => ConditionTree | undefined): ConditionTree | undefined => {
    let left = part();
    while (left !== undefined && isOperator(operator)) {
      at++;
      const right = part();
      left = right && { kind, left, right };
    }
    return left;
  };
  const or = () => chain("or", "||", and);
  const and = () => chain("and", "&&", not);
  const not = (): ConditionTree | undefined => {
    if (depth > 200) return undefined;
    depth++;
    const found = unit();
    depth--;
    return found;
  };
  const unit = (): ConditionTree | undefined => {
    if (isOperator("!")) {
      at++;
      const of = not();
      return of && { kind: "not", of };
    }
    if (isOperator("(")) {
      at++;
      const inner = or();
      if (inner === undefined || !isOperator(")")) return undefined;
      at++;
      return inner;
    }
    const [left, operator, right] = tokens.slice(at, at + 3);
    if (left?.kind !== "operand" || operator?.kind !== "operator" || right?.kind !== "operand" || !comparisons.has(operator.text))
      return undefined;
    at += 3;
    return { kind: "compare", operator: operator.text as Comparison, left: left.operand, right: right.operand };
  };
  const tree = or();
  return at === tokens.length ? tree : undefined;
}

function tokenize(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at] as string)) {
      at++;
      continue;
    }
    const operator = operators.find((one) => text.startsWith(one, at));
    if (operator !== undefined) {
      tokens.push({ kind: "operator", text: operator });
      at += operator.length;
      continue;
    }
    const end = operandEnd(text, at);
    if (end === undefined) return undefined;
    tokens.push({ kind: "operand", operand: operandOf(text.slice(at, end)) });
    at = end;
  }
  return tokens;
}

/** Where the operand that begins at `at` ends: a quoted text with its quotes, or a run of tags and plain characters. */
function operandEnd(text: string, at: number): number | undefined {
  const quote = text[at];
  if (quote === "'" || quote === '"') {
    const end = text.indexOf(quote, at + 1);
    return end < 0 ? undefined : end + 1;
  }
  let here = at;
  while (here < text.length) {
    if (text.startsWith("{{", here)) {
      const close = text.indexOf("}}", here);
      if (close < 0) return undefined;
      here = close + 2;
    } else if (/[\s'"]/.test(text[here] as string) || operators.some((one) => text.startsWith(one, here))) {
      break;
    } else here++;
  }
  return here;
}

function operandOf(text: string): Operand {
  const quoted = text.length > 1 && (text[0] === "'" || text[0] === '"');
  const inner = quoted ? text.slice(1, -1) : text;
  const [tag, ...more] = inner.includes("{{") ? tagsIn(inner) : [];
  if (tag !== undefined && more.length === 0 && tag.start === 0 && tag.end === inner.length) return { reference: tag.reference, quoted };
  return { text: inner, quoted };
}
