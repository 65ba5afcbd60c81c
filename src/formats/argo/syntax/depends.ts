/**
 * The formulas of a dag task's `depends`: names with an optional result, `&&`, `||`, `!` and parentheses.
 * Argo: docs/enhanced-depends-logic.md. A formula which does not parse keeps its text; its names are found all the same.
 */
export type Formula =
  | { readonly kind: "name"; readonly name: string; readonly result?: string }
  | { readonly kind: "and" | "or"; readonly left: Formula; readonly right: Formula }
  | { readonly kind: "not"; readonly of: Formula };

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const tokenPattern = /\s+|&&|\|\||[!()]|[A-Za-z0-9_][-A-Za-z0-9_]*(?:\.[A-Za-z]+)?/y;
const namePattern = /[A-Za-z0-9_][-A-Za-z0-9_]*(?:\.[A-Z][A-Za-z]*)?/g;

/** The formula as a tree, or undefined if it does not parse. */
export function parseDepends(text: string): Formula | undefined {
  const tokens = tokenize(text);
  if (tokens === undefined || tokens.length === 0) return undefined;
  let at = 0;
  const take = (text: string) => tokens[at]?.text === text && (at++, true);
  const or = (): Formula | undefined => chain("or", "||", and);
  const and = (): Formula | undefined => chain("and", "&&", not);
  const chain = (kind: "and" | "or", operator: string, part: () => Formula | undefined): Formula | undefined => {
    let left = part();
    while (left !== undefined && take(operator)) {
      const right = part();
      left = right && { kind, left, right };
    }
    return left;
  };
  const not = (): Formula | undefined => {
    // A chain of thousands of "!" or "(" is no formula of a person; it must not exhaust the stack.
    if (tokens.length > 20_000 || depth > 500) return undefined;
    depth++;
    try {
      if (take("!")) {
        const of = not();
        return of && { kind: "not", of };
      }
      if (take("(")) {
        const inner = or();
        return inner && take(")") ? inner : undefined;
      }
      const token = tokens[at];
      if (token === undefined || !/^[A-Za-z0-9_]/.test(token.text)) return undefined;
      at++;
      return operand(token.text);
    } finally {
      depth--;
    }
  };
  let depth = 0;
  const formula = or();
  return at === tokens.length ? formula : undefined;
}

/** All names in a formula, each once in order of appearance, with the results asked of it (none: plain success). */
export function namesInDepends(text: string): readonly { readonly task: string; readonly results: readonly string[] }[] {
  const found = new Map<string, string[]>();
  for (const word of text.match(namePattern) ?? []) {
    const { name, result } = operand(word);
    const results = found.get(name) ?? [];
    if (result !== undefined && !results.includes(result)) results.push(result);
    found.set(name, results);
  }
  return [...found].map(([task, results]) => ({ task, results }));
}

/** Whether the formula is a conjunction of bare names, so that plain edges say all of it. */
export function isPlain(formula: Formula | undefined): boolean {
  let rest = formula;
  while (rest?.kind === "and") {
    if (rest.right.kind !== "name" || rest.right.result !== undefined) return false;
    rest = rest.left;
  }
  return rest?.kind === "name" && rest.result === undefined;
}

/** A formula as text, with no more parentheses than needed. */
export function printDepends(formula: Formula): string {
  switch (formula.kind) {
    case "name":
      return formula.result === undefined ? formula.name : `${formula.name}.${formula.result}`;
    case "not":
      return formula.of.kind === "and" || formula.of.kind === "or" ? `!(${printDepends(formula.of)})` : `!${printDepends(formula.of)}`;
    case "and":
      return `${inAnd(formula.left)} && ${inAnd(formula.right)}`;
    case "or":
      return `${printDepends(formula.left)} || ${printDepends(formula.right)}`;
  }
}

/** The formula's text with a task renamed; nothing else of the text changes. */
export function renameInDepends(text: string, from: string, to: string): string {
  return text.replace(namePattern, (word) => {
    const { name } = operand(word);
    return name === from ? to + word.slice(name.length) : word;
  });
}

/** The formula's text with one more task to wait for. */
export function andDepends(text: string, task: string): string {
  if (text.trim() === "") return task;
  const formula = parseDepends(text);
  return formula === undefined || formula.kind === "or" ? `(${text}) && ${task}` : `${text} && ${task}`;
}

/** The formula's text without a task, simplified; undefined if nothing is left; the text itself if it does not parse. */
export function withoutInDepends(text: string, task: string): string | undefined {
  const formula = parseDepends(text);
  if (formula === undefined) return text;
  if (!namesInDepends(text).some((one) => one.task === task)) return text;
  const left = without(formula, task);
  return left && printDepends(left);
}

function without(formula: Formula, task: string): Formula | undefined {
  switch (formula.kind) {
    case "name":
      return formula.name === task ? undefined : formula;
    case "not": {
      const of = without(formula.of, task);
      return of && { kind: "not", of };
    }
    case "and":
    case "or": {
      const left = without(formula.left, task);
      const right = without(formula.right, task);
      return left && right ? { kind: formula.kind, left, right } : (left ?? right);
    }
  }
}

function inAnd(formula: Formula): string {
  return formula.kind === "or" ? `(${printDepends(formula)})` : printDepends(formula);
}

function operand(word: string): Formula & { kind: "name" } {
  const dot = word.indexOf(".");
  return dot < 0 ? { kind: "name", name: word } : { kind: "name", name: word.slice(0, dot), result: word.slice(dot + 1) };
}

function tokenize(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    tokenPattern.lastIndex = at;
    const token = tokenPattern.exec(text)?.[0];
    if (token === undefined) return undefined;
    if (token.trim() !== "") tokens.push({ text: token, start: at, end: at + token.length });
    at += token.length;
  }
  return tokens;
}
