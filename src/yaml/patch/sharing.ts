import { type Data, type Path, valueAt } from "#data/data.ts";
import { locate, type Spot } from "../spans.ts";
import { childrenOf, type YamlNode } from "../tree.ts";
import { replaceValue } from "./replace.ts";
import { change, type Session } from "./session.ts";

/*
 * Anchors and aliases under an edit. What is edited must not be shared: an alias on the path is written out in place, and an anchor whose
 * content changes moves, with the old value, to its first remaining alias.
 */

/** The positions of the aliases of an anchored node, in the order of the text. */
interface Use {
  readonly path: Path;
  readonly start: number;
}

/** A node with an anchor, its path and its aliases. */
interface SharedNode {
  readonly node: YamlNode;
  readonly start: number;
  readonly uses: Use[];
}

/** Writes out the aliases on a path, so that every node up to the last but one belongs to that path alone. */
export function expandOnTheWay(session: Session, path: Path): void {
  for (let round = 0; round < path.length; round++) {
    const { spots, rest } = locate(session.source, path);
    const last = spots.at(-1);
    if (!last || rest.length === 0 || last.node.kind !== "alias") return;
    note(session, last.node.name, path.slice(0, path.length - rest.length), 1);
    change(session, replaceValue(session.source, spots, last.node.data));
  }
}

/** The path of the anchored value instead of that of an alias on the way ("change all"). */
export function followAliases(session: Session, path: Path): Path {
  let followed = path;
  for (let round = 0; round < 20; round++) {
    const { spots, rest } = locate(session.source, followed);
    const last = spots.at(-1);
    if (!last || last.node.kind !== "alias") return followed;
    const target = sharedNodes(session, followed[0] as number).find((one) => one.uses.some((use) => use.start === last.start));
    const found = target && pathOfStart(session, followed[0] as number, target.start, target.node);
    if (!found) return followed;
    followed = [...found, ...rest];
  }
  return followed;
}

/**
 * Detaches what an edit at a path changes from its aliases. `whole`: the value itself is replaced or removed, so anchors inside it are
 * lost, too; with `keep` those of the nodes around it stay shared.
 */
export function unshare(session: Session, path: Path, options: { whole: boolean; keep: boolean }): void {
  const index = path[0] as number;
  for (let round = 0; round < 1000 && session.source.documents[index]?.shares; round++) {
    const { spots } = locate(session.source, path);
    const target = spots.at(-1);
    if (!target) return;
    const around = new Set(options.keep ? [] : spots.map((spot) => spot.start + spot.node.content));
    const stretch = options.whole && spots.length === path.length ? target : undefined;
    const touched = sharedNodes(session, index).find((one) => isTouched(one, around, stretch, options.keep));
    if (!touched) return;
    moveAnchor(session, touched, stretch);
  }
}

function isTouched(shared: SharedNode, around: ReadonlySet<number>, stretch: Spot | undefined, keep: boolean): boolean {
  if (outside(shared.uses, stretch).length === 0) return false;
  const content = shared.start + shared.node.content;
  if (around.has(content)) return true;
  if (!stretch || shared.start < stretch.start || shared.start >= stretch.start + Math.max(1, stretch.node.length)) return false;
  return !(keep && shared.start === stretch.start);
}

function outside(uses: readonly Use[], stretch: Spot | undefined): readonly Use[] {
  return stretch ? uses.filter((use) => use.start < stretch.start || use.start >= stretch.start + stretch.node.length) : uses;
}

function moveAnchor(session: Session, shared: SharedNode, stretch: Spot | undefined): void {
  const name = shared.node.anchor as string;
  const use = outside(shared.uses, stretch)[0] as Use;
  const { spots } = locate(session.source, use.path);
  note(session, name, use.path, outside(shared.uses, stretch).length);
  const text = session.source.text.slice(shared.start, shared.start + shared.node.content + 1);
  const at = shared.start + text.indexOf(`&${name}`);
  const length = name.length + 1;
  // The space after the anchor is removed with it; at the end of a line, the one before it.
  const behind = /^[ \t]+(?=[^\s#])/.exec(session.source.text.slice(at + length, at + length + 20))?.[0].length ?? 0;
  const before = behind === 0 ? (/[ \t]*$/.exec(session.source.text.slice(Math.max(0, at - 20), at))?.[0].length ?? 0) : 0;
  const gone = { start: at - before, end: at + length + behind, text: "" };
  // Inside a value that is removed as a whole the anchor may stay for now: aliases beside it still need it.
  const goesAnyway = stretch !== undefined && shared.start > stretch.start;
  const written =
    spots.length > 0 ? replaceValue(session.source, spots, shared.node.data, { anchor: name, ...oneLiner(session, shared) }) : [];
  change(session, goesAnyway ? written : [...written, gone]);
}

/** The text of a value on one line that shares nothing itself: it can be moved as it is. */
function oneLiner(session: Session, { node, start }: SharedNode): { verbatim?: string } {
  const text = session.source.text.slice(start + node.content, start + node.length);
  const isInline =
    node.kind === "scalar"
      ? node.style !== "literal" && node.style !== "folded" && node.style !== "empty"
      : node.kind !== "alias" && node.style === "flow";
  if (!isInline || node.tag !== undefined || text.includes("\n") || childrenOf(node).some((child) => sharesWithin(child.node))) return {};
  // A plain text may contain characters that are special in a flow collection.
  return node.kind === "scalar" && node.style === "plain" && /[,[\]{}]/.test(text) ? {} : { verbatim: text };
}

/** All anchored nodes of a document with their aliases; an anchor is valid until its name is defined again. */
function sharedNodes(session: Session, index: number): readonly SharedNode[] {
  const document = session.source.documents[index];
  if (!document?.root) return [];
  const found: SharedNode[] = [];
  const current = new Map<string, SharedNode>();
  const visit = (node: YamlNode, start: number, path: Path): void => {
    if (node.kind === "alias") current.get(node.name)?.uses.push({ path, start });
    if (node.anchor !== undefined) {
      const shared: SharedNode = { node, start, uses: [] };
      found.push(shared);
      current.set(node.anchor, shared);
    }
    if (node.kind === "map") {
      for (const entry of node.entries) {
        visit(entry.keyNode, start + entry.keyStart, []);
        visit(entry.value, start + entry.valueStart, path.length === 0 ? [] : [...path, entry.key]);
      }
    } else if (node.kind === "list") {
      for (const [at, item] of node.items.entries()) visit(item.value, start + item.valueStart, path.length === 0 ? [] : [...path, at]);
    }
  };
  visit(document.root, document.rootStart, [index]);
  return found;
}

function pathOfStart(session: Session, index: number, start: number, wanted: YamlNode): Path | undefined {
  const document = session.source.documents[index];
  const search = (node: YamlNode, at: number, path: Path): Path | undefined => {
    if (node === wanted && at === start) return path;
    if (node.kind === "map") {
      for (const entry of node.entries) {
        const found = search(entry.value, at + entry.valueStart, [...path, entry.key]);
        if (found) return found;
      }
    } else if (node.kind === "list") {
      for (const [step, item] of node.items.entries()) {
        const found = search(item.value, at + item.valueStart, [...path, step]);
        if (found) return found;
      }
    }
    return undefined;
  };
  return document?.root && search(document.root, document.rootStart, [index]);
}

function note(session: Session, anchor: string, path: Path, n: number): void {
  session.notices.push({ code: "no-longer-shared", level: "info", values: { anchor, n }, path: [...path] });
}

/** The innermost path on the way at which the text has no value of its own because it comes from a merge key; undefined if none. */
export function mergedOnTheWay(session: Session, path: Path): Path | undefined {
  const { spots, rest } = locate(session.source, path);
  const last = spots.at(-1)?.node;
  if (last?.kind !== "map" || rest.length === 0) return undefined;
  const own = path.slice(0, path.length - rest.length + 1);
  return valueAt(session.source.stream as Data, own) === undefined ? undefined : own;
}

/** Whether some part of a node has an anchor or is an alias. */
export function sharesWithin(node: YamlNode): boolean {
  return node.kind === "alias" || node.anchor !== undefined || childrenOf(node).some((child) => sharesWithin(child.node));
}
