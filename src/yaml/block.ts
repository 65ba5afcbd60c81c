import {
  AMP,
  AT,
  BACKTICK,
  BANG,
  CLOSE_LIST,
  CLOSE_MAP,
  codeAt,
  COLON,
  COMMA,
  type Cursor,
  DASH,
  DOUBLE,
  fail,
  GREATER,
  HASH,
  isBlankOrEnd,
  OPEN_LIST,
  OPEN_MAP,
  PERCENT,
  PIPE,
  QUESTION,
  SINGLE,
  skip,
  skipBlanks,
  SPACE,
  STAR,
} from "./cursor.ts";
import { readFlowCollection } from "./flow.ts";
import {
  aliasNode,
  emptyNode,
  isMerge,
  keyText,
  listNode,
  mapNode,
  type Properties,
  readProperties,
  register,
  scalarNode,
} from "./nodes.ts";
import { readBlockScalar, readPlain, readQuoted } from "./scalar-text.ts";
import { entryEnd, type YamlEntry, type YamlItem, type YamlNode } from "./tree.ts";

/** A node and where it starts. */
export interface Placed {
  readonly start: number;
  readonly node: YamlNode;
}

/** The position of a value: what may begin here. */
interface Position {
  /** Column of the enclosing block collection; -1 at the top. Deeper lines belong to the value. */
  readonly parent: number;
  /** Whether a block collection may begin on the same line (after a dash or `?`, not after `key:`). */
  readonly compact: boolean;
  /** Whether a list may begin in the parent's own column, as it may under a key. */
  readonly listAtParent: boolean;
}

/** Reads the value at the cursor in block context. */
export function readBlockNode(cursor: Cursor, position: Position): Placed {
  const origin = cursor.pos;
  const before = cursor.nodes + cursor.aliased;
  const crossed = skip(cursor);
  if (!belongs(cursor, position, crossed)) return { start: origin, node: emptyNode(cursor, origin, origin) };
  const start = cursor.pos;
  const properties = readProperties(cursor);
  const allowed = crossed || position.compact;
  if (!properties) {
    const node = readContent(cursor, { position, start, allowed, sameLine: true });
    return { start, node };
  }
  const propertiesEnd = cursor.pos;
  const later = skip(cursor);
  if (!belongs(cursor, position, later)) {
    const node = emptyNode(cursor, start, propertiesEnd, properties);
    register(cursor, node, properties, before);
    return { start, node };
  }
  const node = readContent(cursor, { position, start, allowed: later || allowed, sameLine: !later, properties });
  register(cursor, node, properties, before);
  return { start, node };
}

function belongs(cursor: Cursor, position: Position, crossed: boolean): boolean {
  if (cursor.pos >= cursor.end) return false;
  if (!crossed) return true;
  const column = cursor.pos - cursor.lineStart;
  return column > position.parent || (column === position.parent && position.listAtParent && isMark(cursor, DASH));
}

/** Whether a dash, `?` or colon followed by a space is at the cursor. */
function isMark(cursor: Cursor, mark: number): boolean {
  return codeAt(cursor, cursor.pos) === mark && isBlankOrEnd(codeAt(cursor, cursor.pos + 1));
}

interface ContentAt {
  readonly position: Position;
  /** Where the node starts: at its properties, if it has any. */
  readonly start: number;
  /** Whether a block collection may begin here. */
  readonly allowed: boolean;
  /** Whether the properties are on the content's line; a key there takes them for itself. */
  readonly sameLine: boolean;
  readonly properties?: Properties;
}

function readContent(cursor: Cursor, where: ContentAt): YamlNode {
  const at = cursor.pos;
  const column = at - cursor.lineStart;
  const { start, properties, allowed } = where;
  const code = codeAt(cursor, at);
  const inlineProperties = properties !== undefined && where.sameLine;
  if (isMark(cursor, DASH)) {
    if (allowed && !inlineProperties) return readBlockList(cursor, column, start, properties);
    return (fail(cursor, "list-here", at), emptyNode(cursor, start, at, properties));
  }
  if (isMark(cursor, QUESTION) || isMark(cursor, COLON)) {
    if (allowed && !inlineProperties) return readBlockMap(cursor, { column, start, properties });
    return (fail(cursor, "nested-mapping", at), emptyNode(cursor, start, at, properties));
  }
  if (code === PIPE || code === GREATER) return scalarNode(cursor, start, readBlockScalar(cursor, where.position.parent), at, properties);

  // Only what follows shows whether this is a key. Properties on the line above then belong to the mapping, not to the key.
  const line = cursor.lineStart;
  const own = inlineProperties ? properties : undefined;
  const nodesBefore = cursor.nodes + cursor.aliased;
  const node = readSimple(cursor, where.position.parent, own ? start : at, own);
  if (cursor.error) return properties && !own ? emptyNode(cursor, start, at, properties) : node;
  const after = cursor.pos;
  skipBlanks(cursor);
  if (!isMark(cursor, COLON)) {
    cursor.pos = after;
    return properties && !own ? withProperties(cursor, node, { at, start, parent: where.position.parent, properties }) : node;
  }
  if (!allowed) return (fail(cursor, "nested-mapping", cursor.pos), node);
  if (cursor.lineStart !== line) return (fail(cursor, "key-lines", at), node);
  const keyStart = own ? start : at;
  if (own) register(cursor, node, own, nodesBefore);
  return readBlockMap(cursor, {
    column: keyStart - line,
    start,
    properties: own ? undefined : properties,
    first: { start: keyStart, node },
  });
}

/** Gives a simple node the properties on a line above it. */
function withProperties(
  cursor: Cursor,
  node: YamlNode,
  where: { at: number; start: number; parent: number; properties: Properties },
): YamlNode {
  if (node.kind === "alias") return (fail(cursor, "alias-properties", where.start), node);
  // Read again from the start: positions in it are then relative to the properties.
  cursor.lineStart = cursor.text.lastIndexOf("\n", where.at - 1) + 1;
  cursor.pos = where.at;
  return readSimple(cursor, where.parent, where.start, where.properties);
}

/** Reads an alias, a quoted scalar, a flow collection or a plain scalar. */
function readSimple(cursor: Cursor, parent: number, start: number, properties?: Properties): YamlNode {
  const at = cursor.pos;
  const code = codeAt(cursor, at);
  switch (code) {
    case STAR:
      if (properties) fail(cursor, "alias-properties", start);
      return aliasNode(cursor, start);
    case DOUBLE:
    case SINGLE:
      return scalarNode(cursor, start, readQuoted(cursor, code), at, properties);
    case OPEN_LIST:
    case OPEN_MAP:
      return readFlowCollection(cursor, start, properties);
    case CLOSE_LIST:
    case CLOSE_MAP:
    case COMMA:
    case HASH:
    case AMP:
    case BANG:
    case PERCENT:
    case AT:
    case BACKTICK:
    case PIPE:
    case GREATER:
      fail(cursor, "character", at);
      return emptyNode(cursor, start, at, properties);
    default:
      return scalarNode(cursor, start, readPlain(cursor, parent), at, properties);
  }
}

function deeper(cursor: Cursor): boolean {
  if (++cursor.depth <= cursor.limits.depth) return true;
  fail(cursor, "too-deep", cursor.pos);
  return false;
}

function readBlockList(cursor: Cursor, column: number, start: number, properties?: Properties): YamlNode {
  const content = cursor.pos;
  cursor.nodes++;
  const items = deeper(cursor) ? readItems(cursor, column, start, 0) : [];
  cursor.depth--;
  const last = items.at(-1);
  const end = last ? start + Math.max(last.start + 1, last.valueStart + last.value.length) : content;
  return listNode({ start, end, content, column, style: "block", items, properties });
}

/** Reads the items of a block list, starting with the dash at the cursor; positions are relative to `base`. */
export function readItems(cursor: Cursor, column: number, base: number, firstIndex: number): YamlItem[] {
  const items: YamlItem[] = [];
  while (cursor.pos < cursor.end && cursor.pos - cursor.lineStart === column && isMark(cursor, DASH)) {
    const dash = cursor.pos++;
    cursor.path.push(firstIndex + items.length);
    const value = readBlockNode(cursor, { parent: column, compact: true, listAtParent: false });
    cursor.path.pop();
    items.push({ start: dash - base, valueStart: value.start - base, value: value.node });
    if (!toNextLine(cursor, column)) break;
  }
  return items;
}

/** Moves to the next token, which must begin a line and must not be indented deeper than the collection. */
function toNextLine(cursor: Cursor, column: number): boolean {
  const crossed = skip(cursor);
  if (cursor.pos >= cursor.end) return false;
  // A nested collection may already have consumed the line break.
  if (!crossed && !isFirstOnLine(cursor)) return (fail(cursor, "leftover", cursor.pos), false);
  if (cursor.pos - cursor.lineStart > column) return (fail(cursor, "indent", cursor.pos), false);
  return true;
}

function isFirstOnLine(cursor: Cursor): boolean {
  let at = cursor.pos;
  while (at > cursor.lineStart && cursor.text.charCodeAt(at - 1) === SPACE) at--;
  return at === cursor.lineStart;
}

function readBlockMap(cursor: Cursor, given: { column: number; start: number; properties?: Properties; first?: Placed }): YamlNode {
  const { column, start, properties, first } = given;
  const content = first ? first.start : cursor.pos;
  cursor.nodes++;
  const entries = deeper(cursor) ? readEntries(cursor, column, start, first) : [];
  cursor.depth--;
  const last = entries.at(-1);
  const end = last ? start + entryEnd(last) : content;
  return mapNode(cursor, { start, end, content, column, style: "block", entries, properties });
}

/**
 * Reads the entries of a block mapping, starting with the key at the cursor (or after the `first` key); positions are relative to `base`.
 */
export function readEntries(cursor: Cursor, column: number, base: number, first?: Placed): YamlEntry[] {
  const entries: YamlEntry[] = [];
  while (first !== undefined || (cursor.pos < cursor.end && cursor.pos - cursor.lineStart === column)) {
    const entry = readEntry(cursor, column, base, first);
    first = undefined;
    if (entry) entries.push(entry);
    if (!entry || !toNextLine(cursor, column)) break;
    // A dash in the column of the keys: the list of an outer mapping, or an error that is found there.
    if (isMark(cursor, DASH)) break;
  }
  return entries;
}

function readEntry(cursor: Cursor, column: number, base: number, first: Placed | undefined): YamlEntry | undefined {
  const start = first?.start ?? cursor.pos;
  if (!first && isMark(cursor, QUESTION)) return readExplicitEntry(cursor, column, base);
  const key = first ?? readKey(cursor, column);
  if (cursor.error || !key) return undefined;
  const colon = cursor.pos++;
  const text = keyText(cursor, key.node, key.start);
  cursor.path.push(text);
  const value = readBlockNode(cursor, { parent: column, compact: false, listAtParent: true });
  cursor.path.pop();
  return {
    key: text,
    start: start - base,
    keyStart: key.start - base,
    keyNode: key.node,
    colon: colon - base,
    valueStart: value.start - base,
    value: value.node,
    merge: isMerge(key.node, value.node),
  };
}

/** Reads a key on one line and leaves the cursor on its colon. */
function readKey(cursor: Cursor, column: number): Placed | undefined {
  const start = cursor.pos;
  const line = cursor.lineStart;
  if (isMark(cursor, COLON)) return { start, node: emptyNode(cursor, start, start) };
  const before = cursor.nodes + cursor.aliased;
  const properties = readProperties(cursor);
  const propertiesEnd = cursor.pos;
  if (properties) skipBlanks(cursor);
  let node: YamlNode;
  if (properties && isMark(cursor, COLON)) node = emptyNode(cursor, start, propertiesEnd, properties);
  else node = readSimple(cursor, column, start, properties);
  if (cursor.error) return undefined;
  register(cursor, node, properties, before);
  skipBlanks(cursor);
  if (!isMark(cursor, COLON)) return (fail(cursor, "colon", start), undefined);
  if (cursor.lineStart !== line) return (fail(cursor, "key-lines", start), undefined);
  return { start, node };
}

function readExplicitEntry(cursor: Cursor, column: number, base: number): YamlEntry | undefined {
  const start = cursor.pos++;
  const key = readBlockNode(cursor, { parent: column, compact: true, listAtParent: true });
  if (cursor.error) return undefined;
  const text = keyText(cursor, key.node, key.start);
  const after = cursor.pos;
  const afterLine = cursor.lineStart;
  skip(cursor);
  const hasValue = cursor.pos < cursor.end && cursor.pos - cursor.lineStart === column && isMark(cursor, COLON);
  const shared = { key: text, start: start - base, keyStart: key.start - base, keyNode: key.node };
  if (!hasValue) {
    cursor.pos = after;
    cursor.lineStart = afterLine;
    const end = key.start + key.node.length;
    return { ...shared, colon: -1, valueStart: end - base, value: emptyNode(cursor, end, end), merge: false };
  }
  const colon = cursor.pos++;
  cursor.path.push(text);
  const value = readBlockNode(cursor, { parent: column, compact: true, listAtParent: true });
  cursor.path.pop();
  return { ...shared, colon: colon - base, valueStart: value.start - base, value: value.node, merge: isMerge(key.node, value.node) };
}
