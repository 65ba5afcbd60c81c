/**
 * Finds every code that the product can emit by following the program's own text: the values of `code` in objects, and, where that is a
 * parameter, what each call of the function passes for it. What cannot be followed is reported, so nothing is missed silently.
 */
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface EmittedCodes {
  /** Codes of objects with a level: diagnostics. Each with the places in the source that emit it. */
  readonly diagnostics: ReadonlyMap<string, readonly string[]>;
  /** Codes of all other messages: labels, toasts, reasons. */
  readonly messages: ReadonlyMap<string, readonly string[]>;
  /** Beginnings of codes that are put together when the program runs, such as `edit.`. */
  readonly prefixes: ReadonlyMap<string, readonly string[]>;
  /** Expressions that could not be followed, with their places. */
  readonly unknown: readonly string[];
}

type Kind = "diagnostic" | "message";

/** Scans all that the page and the command line are made of, but for the sentences themselves. */
export function emittedCodes(): EmittedCodes {
  const { config } = ts.readConfigFile(join(root, "tsconfig.node.json"), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const starts = ["src/main.tsx", "src/services/document-worker.ts", "src/services/layout-worker.ts", "src/cli/main.ts"];
  const program = ts.createProgram(
    [...starts, "src/messages/virtual.d.ts"].map((file) => join(root, file)),
    { ...options, incremental: false },
  );
  return scan(program, (file) => file.startsWith("src/") && !file.startsWith("src/messages/") && file !== "src/diagnostics/catalog.ts");
}

/** The same for a program that is there already. */
export function scan(program: ts.Program, isIn: (file: string) => boolean): EmittedCodes {
  const checker = program.getTypeChecker();
  const files = program.getSourceFiles().filter((file) => isIn(relative(root, file.fileName)));
  const found = { diagnostic: new Map<string, string[]>(), message: new Map<string, string[]>() };
  const prefixes = new Map<string, string[]>();
  const unknown: string[] = [];
  /** Parameters that become codes, with what their function emits. */
  const sinks = new Map<ts.ParameterDeclaration, Set<Kind>>();
  const queue: { readonly parameter: ts.ParameterDeclaration; readonly kind: Kind }[] = [];

  const placeOf = (node: ts.Node) => {
    const file = node.getSourceFile();
    return `${relative(root, file.fileName)}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
  };
  const add = (map: Map<string, string[]>, key: string, node: ts.Node) => map.set(key, [...(map.get(key) ?? []), placeOf(node)]);

  /** Notes what an expression may be as a code. */
  function follow(node: ts.Expression, kind: Kind): void {
    if (ts.isStringLiteralLike(node)) return void add(found[kind], node.text, node);
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isNonNullExpression(node))
      return follow(node.expression, kind);
    if (ts.isConditionalExpression(node)) {
      follow(node.whenTrue, kind);
      return follow(node.whenFalse, kind);
    }
    if (ts.isBinaryExpression(node) && ["??", "||"].includes(node.operatorToken.getText())) {
      follow(node.left, kind);
      return follow(node.right, kind);
    }
    if (node.kind === ts.SyntaxKind.UndefinedKeyword || node.getText() === "undefined") return;
    if (ts.isTemplateExpression(node)) {
      const texts = textsOf(node);
      if (texts) return texts.forEach((text) => add(found[kind], text, node));
      if (node.head.text !== "") return void add(prefixes, node.head.text, node);
    }
    // Taken from another object with a code, which is followed where it is made.
    if (ts.isPropertyAccessExpression(node) && node.name.text === "code") return;
    // The type says which literals it may be.
    const type = checker.getTypeAtLocation(node);
    const literals = type.isUnion() ? type.types : [type];
    if (literals.length > 0 && literals.every((one) => one.isStringLiteral() || (one.flags & ts.TypeFlags.Undefined) !== 0)) {
      for (const one of literals) if (one.isStringLiteral()) add(found[kind], one.value, node);
      return;
    }
    if (ts.isElementAccessExpression(node) && ts.isIdentifier(node.expression)) {
      const table = declarationOf(node.expression);
      const entries = table && ts.isVariableDeclaration(table) ? table.initializer : undefined;
      if (entries && ts.isObjectLiteralExpression(entries) && entries.properties.every(ts.isPropertyAssignment))
        return entries.properties.forEach((entry) => follow((entry as ts.PropertyAssignment).initializer, kind));
    }
    if (ts.isIdentifier(node)) {
      const declaration = declarationOf(node);
      if (declaration && ts.isParameter(declaration)) return becomes(declaration, kind);
      if (declaration && ts.isVariableDeclaration(declaration) && declaration.initializer) return follow(declaration.initializer, kind);
      // `const { code } = diagnostic`, or one of the parameters taken apart: as with `.code`.
      if (declaration && ts.isBindingElement(declaration) && (declaration.propertyName ?? declaration.name).getText() === "code") return;
    }
    unknown.push(`${placeOf(node)} ${node.getText().slice(0, 80)}`);
  }

  /** Every text that a template can give, if the types say all that its parts can be. */
  function textsOf(node: ts.TemplateExpression): readonly string[] | undefined {
    let texts = [node.head.text];
    for (const span of node.templateSpans) {
      const type = checker.getTypeAtLocation(span.expression);
      const parts = type.isUnion() ? type.types : [type];
      if (!parts.every((part) => part.isStringLiteral())) return undefined;
      texts = texts.flatMap((text) => parts.map((part) => text + (part as ts.StringLiteralType).value + span.literal.text));
    }
    return texts;
  }

  function declarationOf(node: ts.Identifier): ts.Declaration | undefined {
    const symbol = ts.isShorthandPropertyAssignment(node.parent)
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node);
    return (symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol)?.valueDeclaration;
  }

  function becomes(parameter: ts.ParameterDeclaration, kind: Kind): void {
    const kinds = sinks.get(parameter) ?? new Set();
    if (kinds.has(kind)) return;
    sinks.set(parameter, kinds.add(kind));
    queue.push({ parameter, kind });
  }

  /** Follows the argument of one call, if the call is of the function whose parameter this is. */
  function followCall(call: ts.CallExpression | ts.NewExpression, wanted: ReadonlyMap<ts.Node, readonly Sink[]>): void {
    for (const declaration of declarationsOf(call)) {
      for (const { index, kind } of wanted.get(declaration) ?? []) {
        const given = call.arguments?.[index];
        if (given) follow(given, kind);
      }
    }
  }

  /** If the function is handed on as an argument, the parameter of that argument's own type becomes a code in its place. */
  function followHandedOn(call: ts.CallExpression | ts.NewExpression, wanted: ReadonlyMap<ts.Node, readonly Sink[]>): void {
    for (const [position, given] of (call.arguments ?? []).entries()) {
      if (!ts.isIdentifier(given)) continue;
      const declaration = declarationOf(given);
      const type = declaration && ts.isParameter(declaration) ? declaration.type : undefined;
      const sinks = [...((declaration && wanted.get(declaration)) ?? []), ...((type && wanted.get(type)) ?? [])];
      if (sinks.length === 0) continue;
      const taken = checker.getResolvedSignature(call)?.parameters[position];
      if (!taken?.valueDeclaration) continue;
      for (const signature of checker.getTypeOfSymbolAtLocation(taken, call).getNonNullableType().getCallSignatures()) {
        for (const { index, kind } of sinks) {
          const parameter = signature.parameters[index]?.valueDeclaration;
          if (parameter && ts.isParameter(parameter)) becomes(parameter, kind);
        }
      }
    }
  }

  function declarationsOf(call: ts.CallExpression | ts.NewExpression): readonly ts.Node[] {
    // All signatures of what is called, not the one chosen: choosing would check the types of all arguments.
    const type = checker.getTypeAtLocation(call.expression);
    const signatures = ts.isNewExpression(call) ? type.getConstructSignatures() : type.getCallSignatures();
    const symbol = checker.getSymbolAtLocation(ts.isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression);
    const resolved = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return [...signatures.map(({ declaration }) => declaration), ...(resolved?.declarations ?? [])].filter((one) => one !== undefined);
  }

  for (const file of files)
    walk(file, (node) => {
      if (!ts.isPropertyAssignment(node) && !ts.isShorthandPropertyAssignment(node)) return;
      if (node.name.getText() !== "code" || !ts.isObjectLiteralExpression(node.parent)) return;
      const names = node.parent.properties.map((one) => one.name?.getText());
      if (ts.isPropertyAssignment(node) && node.initializer.kind === ts.SyntaxKind.TrueKeyword) return;
      follow(ts.isPropertyAssignment(node) ? node.initializer : node.name, names.includes("level") ? "diagnostic" : "message");
    });

  // A parameter found may be fed by another function's parameter: until nothing new comes up.
  const calls: (ts.CallExpression | ts.NewExpression)[] = [];
  const mayBeCode = (node: ts.Expression) =>
    !ts.isFunctionLike(node) && !ts.isObjectLiteralExpression(node) && !ts.isArrayLiteralExpression(node) && !ts.isNumericLiteral(node);
  for (const file of files)
    walk(file, (node) => {
      if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && node.arguments?.some(mayBeCode)) calls.push(node);
    });
  while (queue.length > 0) {
    const wanted = new Map<ts.Node, Sink[]>();
    for (const { parameter, kind } of queue.splice(0)) {
      const owner = parameter.parent;
      const index = owner.parameters.indexOf(parameter);
      for (const node of namesOf(owner, checker)) wanted.set(node, [...(wanted.get(node) ?? []), { index, kind }]);
    }
    for (const call of calls) {
      followCall(call, wanted);
      followHandedOn(call, wanted);
    }
  }
  return { diagnostics: found.diagnostic, messages: found.message, prefixes, unknown };
}

interface Sink {
  readonly index: number;
  readonly kind: Kind;
}

/** The nodes by which calls refer to a function: itself, the variable or property that holds it, and the method of an interface that it implements. */
function namesOf(owner: ts.SignatureDeclaration, checker: ts.TypeChecker): readonly ts.Node[] {
  const nodes: ts.Node[] = [owner];
  if (ts.isConstructorDeclaration(owner)) nodes.push(owner.parent);
  const { parent } = owner;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) nodes.push(parent);
  if (ts.isArrowFunction(owner) || ts.isFunctionExpression(owner) || ts.isMethodDeclaration(owner)) {
    const holder = ts.isMethodDeclaration(owner) ? owner.parent : parent.parent;
    const name = ts.isMethodDeclaration(owner) ? owner.name.getText() : ts.isPropertyAssignment(parent) ? parent.name.getText() : undefined;
    const type = holder && ts.isObjectLiteralExpression(holder) ? checker.getContextualType(holder) : undefined;
    const member = name === undefined ? undefined : type?.getProperty(name);
    for (const declaration of member?.declarations ?? []) {
      nodes.push(declaration);
      if (ts.isPropertySignature(declaration) && declaration.type) nodes.push(declaration.type);
    }
    const own = ts.isArrowFunction(owner) || ts.isFunctionExpression(owner) ? checker.getContextualType(owner) : undefined;
    for (const signature of own?.getCallSignatures() ?? []) if (signature.declaration) nodes.push(signature.declaration);
  }
  return nodes;
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}
