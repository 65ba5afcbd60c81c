import type { Report } from "#diagnostics/diagnostic.ts";
import { type Data, type DataMap, isList, isMap, type Path } from "#data/data.ts";
import type { PortKind } from "#pipeline/model.ts";
import { wrongType } from "./read-context.ts";

/** Argo's blocks `{parameters: […], artifacts: […]}`: a template's inputs and outputs, a call's arguments. */

/** Items of a block; `carried` is the block itself if the items do not represent it completely (odd keys, empty lists, wrong types). */
export interface PortLists<Item> {
  readonly items: readonly Item[];
  readonly carried?: Data;
}

type ReadItem<Item> = (kind: PortKind, data: DataMap, path: Path, report: Report) => Item;

/** The items of a block in file order. */
export function readPortLists<Item>(block: Data | undefined, path: Path, report: Report, read: ReadItem<Item>): PortLists<Item> {
  if (block === undefined) return { items: [] };
  if (!isMap(block)) {
    if (block !== null) wrongType(report, path, "mapping", block);
    return { items: [], carried: block };
  }
  const items: Item[] = [];
  let usual = true;
  for (const [key, list] of Object.entries(block)) {
    const kind = portKinds[key];
    if (kind === undefined || !isList(list) || list.length === 0) {
      if (kind !== undefined && list !== null && !isList(list)) wrongType(report, [...path, key], "list", list);
      usual = false;
      continue;
    }
    list.forEach((item, index) => {
      if (isMap(item)) items.push(read(kind, item, [...path, key, index], report));
      else {
        wrongType(report, [...path, key, index], "mapping", item);
        usual = false;
      }
    });
  }
  return usual ? { items } : { items, carried: block };
}

const portKinds: { readonly [key: string]: PortKind | undefined } = Object.assign(Object.create(null), {
  parameters: "parameter",
  artifacts: "artifact",
});

/** The block again: lists in order of the first item of their kind. */
export function writePortLists<Item extends { readonly kind: PortKind }>(items: readonly Item[], write: (item: Item) => Data): DataMap {
  const lists = new Map<PortKind, Data[]>();
  for (const item of items) {
    const list = lists.get(item.kind);
    if (list) list.push(write(item));
    else lists.set(item.kind, [write(item)]);
  }
  return Object.fromEntries([...lists].map(([kind, list]) => [`${kind}s`, list]));
}
