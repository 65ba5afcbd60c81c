import { type Data, field, isMap, type DataMap, type Path } from "#data/data.ts";

/** A field of a message, by its JSON name or its proto name, with its path. An absent field and null are the same to the server. */
export interface Found {
  readonly value: Data | undefined;
  readonly path: Path;
  /** The key that the file has, else the JSON name. */
  readonly key: string;
}

/** The field `name` of a mapping at `place`. */
export function find(data: Data | undefined, name: string, path: Path): Found {
  const key = isMap(data) && !Object.hasOwn(data, name) && Object.hasOwn(data, protoName(name)) ? protoName(name) : name;
  return { value: field(data, key) ?? undefined, path: [...path, key], key };
}

/** The spellings of field names in the proto, by their JSON name; every field is looked up many times. */
const protoNames = new Map<string, string>();

function protoName(name: string): string {
  let proto = protoNames.get(name);
  if (proto === undefined) protoNames.set(name, (proto = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)));
  return proto;
}

/** The field's value if it is text. */
export function findText(data: Data | undefined, name: string): string | undefined {
  const { value } = find(data, name, []);
  return typeof value === "string" ? value : undefined;
}

/** The entries of a field that is a mapping of mappings; anything else in it is left out. */
export function findEntries(
  data: Data | undefined,
  name: string,
  path: Path,
): readonly { readonly key: string; readonly value: DataMap; readonly path: Path }[] {
  const found = find(data, name, path);
  if (!isMap(found.value)) return [];
  return Object.entries(found.value).flatMap(([key, value]) => (isMap(value) ? [{ key, value, path: [...found.path, key] }] : []));
}
