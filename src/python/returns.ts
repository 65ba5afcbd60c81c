import type { TypeSpec } from "#components/component-spec.ts";
import { typeOf } from "./annotations.ts";
import { literalText } from "./literals.ts";
import { type PythonModule, placeOf } from "./module.ts";
import { bare, callOf, childOf, childrenOf, dottedName, itemsOf, type PythonNode, type Span, spanOf, textOf } from "./syntax.ts";

/** One returned value of a function. */
export interface PythonReturn {
  /** The field's name, or `Output` for a plain return value. */
  readonly name: string;
  readonly type?: TypeSpec;
  readonly span: Span;
}

/** The meaning of a return annotation. `unreadable`: a NamedTuple whose fields cannot be read from the text. */
export type Returns =
  | { readonly kind: "none" }
  | { readonly kind: "single"; readonly type?: TypeSpec; readonly span: Span }
  | { readonly kind: "fields"; readonly fields: readonly PythonReturn[] }
  | { readonly kind: "unreadable"; readonly span: Span };

/** Reads the annotation after `->`: a NamedTuple (call or class, inline or by name) gives its fields, anything else one value. */
export function readReturns(module: PythonModule, annotation: PythonNode | undefined): Returns {
  if (!annotation) return { kind: "none" };
  const here = resolved(module, annotation);
  if (here.name === "None") return { kind: "none" };
  const call = callOf(module.tree, here);
  if (call && isTupleMaker(module, call.callee)) return fieldsOfCall(module, here);
  if (here.name === "ClassDefinition") {
    const bases = childOf(here, "ArgList");
    const named = bases !== undefined && childrenOf(bases).some((base) => isTupleMaker(module, base));
    if (named) return { kind: "fields", fields: fieldsOfClass(module, here) };
  }
  return { kind: "single", type: typeOf(module, annotation), span: spanOf(annotation) };
}

/** The definition of a name, if it is a constant or class of the module. Text stays text: KFP takes it literally. */
function resolved(module: PythonModule, node: PythonNode): PythonNode {
  const here = bare(node);
  const name = here.name === "VariableName" ? textOf(module.tree, here) : undefined;
  const found = name === undefined ? undefined : (module.classes.get(name) ?? module.assigned.get(name));
  return found ? bare(found) : here;
}

function isTupleMaker(module: PythonModule, node: PythonNode): boolean {
  const dotted = dottedName(module.tree, node);
  const last = dotted && placeOf(module, dotted).at(-1);
  return last === "NamedTuple" || last === "namedtuple";
}

function fieldsOfCall(module: PythonModule, node: PythonNode): Returns {
  const call = callOf(module.tree, node);
  const unreadable: Returns = { kind: "unreadable", span: spanOf(node) };
  const [, list] = call?.list.filter((one) => one.star === undefined && (one.name === undefined || one.name === "fields")) ?? [];
  const keywords = call?.list.filter((one) => one.name !== undefined && !["typename", "fields"].includes(one.name)) ?? [];
  if (!list) {
    return keywords.length === 0
      ? unreadable
      : {
          kind: "fields",
          fields: keywords.map((one) => ({ name: one.name as string, type: typeOf(module, one.value), span: spanOf(one.value) })),
        };
  }
  const items = resolved(module, list.value);
  const names = literalText(module.tree, items);
  // namedtuple('Out', 'a b') has names without types.
  if (names !== undefined)
    return {
      kind: "fields",
      fields: names
        .split(/[\s,]+/)
        .filter(Boolean)
        .map((name) => ({ name, span: spanOf(items) })),
    };
  if (items.name !== "ArrayExpression" && items.name !== "TupleExpression") return unreadable;
  const fields = itemsOf(items).map((item) => fieldOf(module, bare(item)));
  return fields.every((field) => field !== undefined) ? { kind: "fields", fields } : unreadable;
}

function fieldOf(module: PythonModule, item: PythonNode): PythonReturn | undefined {
  const alone = literalText(module.tree, item);
  if (alone !== undefined) return { name: alone, span: spanOf(item) };
  const [name, type] = item.name === "TupleExpression" || item.name === "ArrayExpression" ? itemsOf(item) : [];
  const text = name && literalText(module.tree, name);
  return text === undefined ? undefined : { name: text, type: type && typeOf(module, type), span: spanOf(item) };
}

function fieldsOfClass(module: PythonModule, node: PythonNode): readonly PythonReturn[] {
  return childrenOf(childOf(node, "Body") ?? node).flatMap((statement) => {
    const name = childOf(statement, "VariableName");
    const definition = childOf(statement, "TypeDef");
    const type = definition && childrenOf(definition)[1];
    if (statement.name !== "AssignStatement" || !name || !type) return [];
    return [{ name: textOf(module.tree, name), type: typeOf(module, type), span: spanOf(statement) }];
  });
}
