import type { Report } from "#diagnostics/diagnostic.ts";
import { type Data, type DataMap, isList, isMap, type Path } from "#data/data.ts";

/**
 * What the parts of the reader share. Their common rule: a typed field holds what the writer can reproduce exactly; everything
 * else is carried in `rest` under its key, and `rest` wins when writing. So an error in the file is reported and kept, never lost.
 */

/** The kind of a value in the words of YAML. */
export function kindOf(value: Data): string {
  if (value === null) return "nothing";
  if (isList(value)) return "list";
  if (isMap(value)) return "mapping";
  return typeof value === "string" ? "text" : typeof value;
}

/** Reports that a field holds a value of another kind than Argo takes there. */
export function wrongType(report: Report, path: Path, expected: string, value: Data): void {
  report({ code: "wrong-type", level: "error", values: { field: fieldName(path), expected, actual: kindOf(value) }, path });
}

/** The last key of a place with the indexes behind it, such as `steps[1][0]`. */
export function fieldName(path: Path): string {
  const last = path.findLastIndex((step) => typeof step === "string");
  return path
    .slice(Math.max(last, 0))
    .map((step) => (typeof step === "number" ? `[${step}]` : step))
    .join("");
}

/** A mapping without the keys that typed fields hold. */
export function without(data: DataMap, typed: ReadonlySet<string>): DataMap {
  return Object.fromEntries(Object.entries(data).filter(([key]) => !typed.has(key)));
}

/** The name of a thing, and whether it is text as it must be. A number or boolean is shown as its text, and reported. */
export function readName(data: DataMap, path: Path, report: Report): { readonly name: string; readonly exact: boolean } {
  const value = Object.hasOwn(data, "name") ? data.name : undefined;
  if (value === undefined || typeof value === "string") return { name: value ?? "", exact: value !== undefined };
  if (value !== null) wrongType(report, [...path, "name"], "text", value);
  return { name: typeof value === "number" || typeof value === "boolean" ? String(value) : "", exact: false };
}

/** A field that must be text: its value if it is. Null counts as absent, anything else is reported. */
export function readTextField(data: DataMap, key: string, path: Path, report: Report): string | undefined {
  const value = Object.hasOwn(data, key) ? data[key] : undefined;
  if (typeof value === "string") return value;
  if (value !== undefined && value !== null) wrongType(report, [...path, key], "text", value);
  return undefined;
}

/** Gives each name a suffix `#2`, `#3` … from its second use on, past names that look like that already. */
export function numbered(): (name: string) => string {
  const counts = new Map<string, number>();
  const given = new Set<string>();
  return (name) => {
    let count = (counts.get(name) ?? 0) + 1;
    while (given.has(count === 1 ? name : `${name}#${count}`)) count++;
    counts.set(name, count);
    const unique = count === 1 ? name : `${name}#${count}`;
    given.add(unique);
    return unique;
  };
}
