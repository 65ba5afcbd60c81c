/**
 * Conditions of tasks: CEL (cel-go), parsed completely so that a text without a tree is a syntax error. Spans are offsets into the text.
 * docs/spec/kfp-v2.md; the grammar follows the CEL specification, section "Syntax".
 */
export type Span = readonly [start: number, end: number];

export type Cel = { readonly span: Span } & (
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "member"; readonly of: Cel; readonly name: string }
  | { readonly kind: "index"; readonly of: Cel; readonly key: Cel }
  /** A function, or with `target` a method. */
  | { readonly kind: "call"; readonly name: string; readonly target?: Cel; readonly args: readonly Cel[] }
  | { readonly kind: "unary"; readonly operator: "!" | "-"; readonly of: Cel }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Cel; readonly right: Cel }
  | { readonly kind: "choice"; readonly when: Cel; readonly then: Cel; readonly otherwise: Cel }
  | { readonly kind: "list"; readonly items: readonly Cel[] }
  | { readonly kind: "map"; readonly entries: readonly (readonly [Cel, Cel])[] }
);

export type ParsedCel = { readonly ok: true; readonly tree: Cel } | { readonly ok: false; readonly at: number };

/** An input of the conditional task that a condition reads, `inputs.parameter_values['x']`. */
export interface CelInput {
  readonly port: "parameter" | "artifact";
  readonly name: string;
  readonly span: Span;
}

/** The input that an expression is, if it is nothing else. */
export function inputOf(cel: Cel): CelInput | undefined {
  const [of, name] =
    cel.kind === "index" && cel.key.kind === "literal" && typeof cel.key.value === "string"
      ? [cel.of, cel.key.value]
      : cel.kind === "member"
        ? [cel.of, cel.name]
        : [undefined, ""];
  if (of?.kind !== "member" || of.of.kind !== "name" || of.of.name !== "inputs") return undefined;
  if (of.name === "parameter_values") return { port: "parameter", name, span: cel.span };
  return of.name === "artifacts" ? { port: "artifact", name, span: cel.span } : undefined;
}

/** All inputs that an expression reads, in text order. */
export function inputsIn(cel: Cel): readonly CelInput[] {
  const own = inputOf(cel);
  return own ? [own] : childrenOf(cel).flatMap(inputsIn);
}

function childrenOf(cel: Cel): readonly Cel[] {
  switch (cel.kind) {
    case "literal":
    case "name":
      return [];
    case "member":
    case "unary":
      return [cel.of];
    case "index":
      return [cel.of, cel.key];
    case "call":
      return cel.target ? [cel.target, ...cel.args] : cel.args;
    case "binary":
      return [cel.left, cel.right];
    case "choice":
      return [cel.when, cel.then, cel.otherwise];
    case "list":
      return cel.items;
    case "map":
      return cel.entries.flat();
  }
}

/** The tree of a CEL text; `at` is where the first error is. Texts nested deeper than 200 levels count as errors. */
export function parseCel(text: string): ParsedCel {
  const parser = new Parser(text);
  try {
    return { ok: true, tree: parser.whole() };
  } catch (error) {
    if (error instanceof ExpressionError) return { ok: false, at: error.at };
    throw error;
  }
}

class ExpressionError extends Error {
  readonly at: number;
  constructor(at: number) {
    super("CEL syntax");
    this.at = at;
  }
}

type Token =
  | { readonly kind: "literal"; readonly value: string | number; readonly span: Span }
  | { readonly kind: "word" | "sign"; readonly text: string; readonly span: Span }
  | { readonly kind: "end"; readonly span: Span };

const signs = ["==", "!=", "<=", ">=", "&&", "||", ..."<>!()[]{}.,:?+-*/%"];
const reserved = new Set("as break const continue else for function if import let loop package namespace return var void while".split(" "));
/** From weakest to strongest. */
const levels: readonly (readonly string[])[] = [["||"], ["&&"], ["==", "!=", "<", "<=", ">", ">=", "in"], ["+", "-"], ["*", "/", "%"]];
const deepest = 200;

class Parser {
  readonly #text: string;
  #token: Token;
  #end = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#token = { kind: "end", span: [0, 0] };
  }

  whole(): Cel {
    this.#next();
    const tree = this.#choice();
    if (this.#token.kind !== "end") this.#fail();
    return tree;
  }

  #fail(at: number = this.#token.span[0]): never {
    throw new ExpressionError(at);
  }

  /** Moves to the next token; `#end` is the end of the one before. */
  #next(): void {
    this.#end = this.#token.span[1];
    this.#token = readToken(this.#text, this.#end, (at) => this.#fail(at));
  }

  #is(text: string): boolean {
    return (this.#token.kind === "sign" || this.#token.kind === "word") && this.#token.text === text;
  }

  #take(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#next();
    return true;
  }

  #expect(text: string): void {
    if (!this.#take(text)) this.#fail();
  }

  #choice(): Cel {
    if (++this.#depth > deepest) this.#fail();
    const start = this.#token.span[0];
    const when = this.#binary(0);
    let found = when;
    if (this.#take("?")) {
      const then = this.#binary(0);
      this.#expect(":");
      const otherwise = this.#choice();
      found = { kind: "choice", when, then, otherwise, span: [start, this.#end] };
    }
    this.#depth--;
    return found;
  }

  #binary(level: number): Cel {
    const operators = levels[level];
    if (operators === undefined) return this.#unary();
    const start = this.#token.span[0];
    let left = this.#binary(level + 1);
    for (let operator = this.#oneOf(operators); operator !== undefined; operator = this.#oneOf(operators)) {
      this.#next();
      const right = this.#binary(level + 1);
      left = { kind: "binary", operator, left, right, span: [start, this.#end] };
    }
    return left;
  }

  #oneOf(operators: readonly string[]): string | undefined {
    return operators.find((operator) => this.#is(operator));
  }

  #unary(): Cel {
    const start = this.#token.span[0];
    const operator = this.#oneOf(["!", "-"]) as "!" | "-" | undefined;
    if (operator === undefined) return this.#members(this.#primary(), start);
    if (++this.#depth > deepest) this.#fail();
    this.#next();
    const of = this.#unary();
    this.#depth--;
    return { kind: "unary", operator, of, span: [start, this.#end] };
  }

  #members(first: Cel, start: number): Cel {
    let of = first;
    for (;;) {
      if (this.#take(".")) {
        const name = this.#word();
        of = this.#take("(")
          ? { kind: "call", name, target: of, args: this.#items(")"), span: [start, this.#end] }
          : { kind: "member", of, name, span: [start, this.#end] };
      } else if (this.#take("[")) {
        const key = this.#choice();
        this.#expect("]");
        of = { kind: "index", of, key, span: [start, this.#end] };
      } else return of;
    }
  }

  #word(): string {
    const token = this.#token;
    if (token.kind !== "word") this.#fail();
    this.#next();
    return token.text;
  }

  #primary(): Cel {
    const token = this.#token;
    const [start] = token.span;
    if (token.kind === "literal") {
      this.#next();
      return { kind: "literal", value: token.value, span: token.span };
    }
    if (this.#take("(")) {
      const inner = this.#choice();
      this.#expect(")");
      return { ...inner, span: [start, this.#end] };
    }
    if (this.#take("[")) return { kind: "list", items: this.#items("]"), span: [start, this.#end] };
    if (this.#take("{")) return { kind: "map", entries: this.#entries(), span: [start, this.#end] };
    this.#take(".");
    const name = this.#word();
    if (name === "true" || name === "false" || name === "null")
      return { kind: "literal", value: name === "null" ? null : name === "true", span: [start, this.#end] };
    if (reserved.has(name) || name === "in") this.#fail(start);
    if (this.#take("(")) return { kind: "call", name, args: this.#items(")"), span: [start, this.#end] };
    return { kind: "name", name, span: [start, this.#end] };
  }

  #items(close: string): readonly Cel[] {
    const items: Cel[] = [];
    while (!this.#take(close)) {
      items.push(this.#choice());
      if (this.#is(close)) continue;
      this.#expect(",");
      // Only a list may end with a comma.
      if (close !== "]" && this.#is(close)) this.#fail();
    }
    return items;
  }

  #entries(): readonly (readonly [Cel, Cel])[] {
    const entries: [Cel, Cel][] = [];
    while (!this.#take("}")) {
      const key = this.#choice();
      this.#expect(":");
      entries.push([key, this.#choice()]);
      if (!this.#is("}")) this.#expect(",");
    }
    return entries;
  }
}

const space = /[\t\n\f\r ]*(?:\/\/[^\n]*\n?[\t\n\f\r ]*)*/y;
const word = /[A-Za-z_][A-Za-z0-9_]*/y;
const number = /(?:0x[0-9a-fA-F]+u?|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?[uU]?|\.\d+(?:[eE][+-]?\d+)?)/y;
const quoted = /[rRbB]{0,2}(?:"""(?:\\[^]|[^\\])*?"""|'''(?:\\[^]|[^\\])*?'''|"(?:\\[^\n]|[^"\\\n])*"|'(?:\\[^\n]|[^'\\\n])*')/y;

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function readToken(text: string, from: number, fail: (at: number) => never): Token {
  const at = from + (matchAt(space, text, from)?.length ?? 0);
  if (at >= text.length) return { kind: "end", span: [at, at] };
  const string = matchAt(quoted, text, at);
  if (string !== undefined) return { kind: "literal", value: unquoted(string) ?? fail(at), span: [at, at + string.length] };
  const digits = matchAt(number, text, at);
  if (digits !== undefined) {
    const end = at + digits.length;
    if (matchAt(word, text, end) !== undefined) fail(end);
    return { kind: "literal", value: Number(digits.replace(/[uU]$/, "")), span: [at, end] };
  }
  const name = matchAt(word, text, at);
  if (name !== undefined) return { kind: "word", text: name, span: [at, at + name.length] };
  const sign = signs.find((one) => text.startsWith(one, at));
  return sign === undefined ? fail(at) : { kind: "sign", text: sign, span: [at, at + sign.length] };
}

const escapes: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  "?": "?",
  '"': '"',
  "'": "'",
  "`": "`",
};

/** The text of a literal; undefined if it has an escape that CEL does not know. */
function unquoted(literal: string): string | undefined {
  const [prefix = ""] = /^[rRbB]*/.exec(literal) ?? [];
  const width = /^("""|''')/.test(literal.slice(prefix.length)) ? 3 : 1;
  const inner = literal.slice(prefix.length + width, -width);
  if (/r/i.test(prefix)) return inner;
  let isBad = false;
  const text = inner.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|([^]))/g,
    (_, x?: string, u?: string, long?: string, octal?: string, other?: string) => {
      const hex = x ?? u ?? long;
      const code = hex !== undefined ? parseInt(hex, 16) : octal !== undefined ? parseInt(octal, 8) : undefined;
      const found = code === undefined ? escapes[other ?? ""] : code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
      if (found === undefined) isBad = true;
      return found ?? "";
    },
  );
  return isBad ? undefined : text;
}
