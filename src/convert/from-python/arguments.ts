import type { ArgumentText, Value } from "#python/pipeline-tree.ts";

/** The arguments of a call by the names of its parameters; undefined if one belongs to none of them. */
export function namedArguments(list: readonly ArgumentText[], parameters: readonly string[]): ReadonlyMap<string, Value> | undefined {
  const named = new Map<string, Value>();
  for (const one of list) {
    const name = one.name ?? parameters[one.position ?? -1];
    if (name === undefined || named.has(name)) return undefined;
    named.set(name, one.value);
  }
  return named;
}

/** The list, if nothing in it is undefined. */
export function all<T>(list: readonly (T | undefined)[]): readonly T[] | undefined {
  return list.every((one) => one !== undefined) ? (list as readonly T[]) : undefined;
}
