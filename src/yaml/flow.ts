import {
  AMP,
  BANG,
  BACKTICK,
  AT,
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
  STAR,
} from "./cursor.ts";
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
import { readFlowPlain, readQuoted } from "./scalar-text.ts";
import type { YamlEntry, YamlItem, YamlNode } from "./tree.ts";

/** Reads a flow collection at the cursor, a `[` or `{`; the node starts at `start`, where its properties begin. */
export function readFlowCollection(cursor: Cursor, start: number, properties?: Properties): YamlNode {
  if (++cursor.depth > cursor.limits.depth) {
    fail(cursor, "too-deep", cursor.pos);
    return emptyNode(cursor, start, cursor.pos);
  }
  cursor.flow++;
  cursor.nodes++;
  const node = codeAt(cursor, cursor.pos) === OPEN_LIST ? readFlowList(cursor, start, properties) : readFlowMap(cursor, start, properties);
  cursor.flow--;
  cursor.depth--;
  return node;
}

/** Moves to the next token inside a flow collection opened at `open`; false at the end of the document. */
function inside(cursor: Cursor, open: number): boolean {
  skip(cursor);
  if (cursor.pos < cursor.end) return true;
  fail(cursor, "flow-open", open);
  return false;
}

/** How far the text was read: never beyond its end, even where a missing character was skipped. */
function readTo(cursor: Cursor): number {
  return Math.min(cursor.pos, cursor.end);
}

function readFlowList(cursor: Cursor, start: number, properties?: Properties): YamlNode {
  const open = cursor.pos++;
  const items: YamlItem[] = [];
  let end = cursor.end;
  while (inside(cursor, open)) {
    const code = codeAt(cursor, cursor.pos);
    if (code === CLOSE_LIST) {
      end = ++cursor.pos;
      break;
    }
    if (code === COMMA) {
      fail(cursor, "flow-comma", cursor.pos);
      break;
    }
    cursor.path.push(items.length);
    const at = cursor.pos;
    const value = readListItem(cursor, open);
    cursor.path.pop();
    items.push({ start: at - start, valueStart: at - start, value });
    if (!closeItem(cursor, open, CLOSE_LIST)) break;
  }
  return listNode({ start, end: cursor.error ? readTo(cursor) : end, content: open, column: -1, style: "flow", items, properties });
}

/** After an item: a comma, or the closing bracket, which is not consumed. */
function closeItem(cursor: Cursor, open: number, close: number): boolean {
  if (!inside(cursor, open)) return false;
  const code = codeAt(cursor, cursor.pos);
  if (code === COMMA) cursor.pos++;
  else if (code !== close) return (fail(cursor, "flow-separator", cursor.pos), false);
  return true;
}

/** An item of a flow list: a value, or a single pair `a: b`. */
function readListItem(cursor: Cursor, open: number): YamlNode {
  const at = cursor.pos;
  const explicit = isExplicit(cursor);
  const line = cursor.lineStart;
  if (!explicit) {
    const first = readFlowNode(cursor);
    if (cursor.error) return first;
    const after = cursor.pos;
    const afterLine = cursor.lineStart;
    skip(cursor);
    if (codeAt(cursor, cursor.pos) !== COLON) {
      cursor.pos = after;
      cursor.lineStart = afterLine;
      return first;
    }
    if (cursor.lineStart !== line) fail(cursor, "key-lines", at);
    const entry = finishEntry(cursor, { base: at, start: at, keyStart: at, keyNode: first }, open);
    return mapNode(cursor, { start: at, end: readTo(cursor), content: at, column: -1, style: "pair", entries: [entry] });
  }
  const entry = readEntry(cursor, at, open);
  return mapNode(cursor, { start: at, end: readTo(cursor), content: at, column: -1, style: "pair", entries: [entry] });
}

function readFlowMap(cursor: Cursor, start: number, properties?: Properties): YamlNode {
  const open = cursor.pos++;
  const entries: YamlEntry[] = [];
  let end = cursor.end;
  while (inside(cursor, open)) {
    const code = codeAt(cursor, cursor.pos);
    if (code === CLOSE_MAP) {
      end = ++cursor.pos;
      break;
    }
    if (code === COMMA) {
      fail(cursor, "flow-comma", cursor.pos);
      break;
    }
    entries.push(readEntry(cursor, start, open));
    if (!closeItem(cursor, open, CLOSE_MAP)) break;
  }
  return mapNode(cursor, {
    start,
    end: cursor.error ? readTo(cursor) : end,
    content: open,
    column: -1,
    style: "flow",
    entries,
    properties,
  });
}

function isExplicit(cursor: Cursor): boolean {
  return codeAt(cursor, cursor.pos) === QUESTION && isBlankOrEnd(codeAt(cursor, cursor.pos + 1));
}

function readEntry(cursor: Cursor, base: number, open: number): YamlEntry {
  const start = cursor.pos;
  if (isExplicit(cursor)) {
    cursor.pos++;
    inside(cursor, open);
  }
  const keyStart = cursor.pos;
  const code = codeAt(cursor, cursor.pos);
  const keyNode = code === COLON || code === COMMA || code === CLOSE_MAP ? emptyNode(cursor, keyStart, keyStart) : readFlowNode(cursor);
  const after = cursor.pos;
  const afterLine = cursor.lineStart;
  skip(cursor);
  if (codeAt(cursor, cursor.pos) === COLON) return finishEntry(cursor, { base, start, keyStart, keyNode }, open);
  cursor.pos = after;
  cursor.lineStart = afterLine;
  const key = keyText(cursor, keyNode, keyStart);
  return {
    key,
    start: start - base,
    keyStart: keyStart - base,
    keyNode,
    colon: -1,
    valueStart: after - base,
    value: emptyNode(cursor, after, after),
    merge: false,
  };
}

/** Reads what follows the colon at the cursor. */
function finishEntry(cursor: Cursor, key: { base: number; start: number; keyStart: number; keyNode: YamlNode }, open: number): YamlEntry {
  const colon = cursor.pos++;
  const text = keyText(cursor, key.keyNode, key.keyStart);
  inside(cursor, open);
  const at = cursor.pos;
  const code = codeAt(cursor, at);
  cursor.path.push(text);
  const isEmpty = code === COMMA || code === CLOSE_LIST || code === CLOSE_MAP || code === -1;
  if (isEmpty) cursor.pos = colon + 1;
  const value = isEmpty ? emptyNode(cursor, colon + 1, colon + 1) : readFlowNode(cursor);
  cursor.path.pop();
  return {
    key: text,
    start: key.start - key.base,
    keyStart: key.keyStart - key.base,
    keyNode: key.keyNode,
    colon: colon - key.base,
    valueStart: (isEmpty ? colon + 1 : at) - key.base,
    value,
    merge: isMerge(key.keyNode, value),
  };
}

/** Reads a value inside a flow collection. */
function readFlowNode(cursor: Cursor): YamlNode {
  const start = cursor.pos;
  const before = cursor.nodes + cursor.aliased;
  const properties = readProperties(cursor);
  const propertiesEnd = cursor.pos;
  if (properties) skip(cursor);
  const node = flowContent(cursor, start, propertiesEnd, properties);
  register(cursor, node, properties, before);
  return node;
}

function flowContent(cursor: Cursor, start: number, propertiesEnd: number, properties?: Properties): YamlNode {
  const at = cursor.pos;
  const code = codeAt(cursor, at);
  switch (code) {
    case OPEN_LIST:
    case OPEN_MAP:
      return readFlowCollection(cursor, start, properties);
    case DOUBLE:
    case SINGLE:
      return scalarNode(cursor, start, readQuoted(cursor, code), at, properties);
    case STAR:
      if (properties) fail(cursor, "alias-properties", start);
      return aliasNode(cursor, start);
    case COMMA:
    case CLOSE_LIST:
    case CLOSE_MAP:
    case COLON:
      if (code !== COLON || isBlankOrEnd(codeAt(cursor, at + 1))) {
        if (!properties) fail(cursor, "flow-close", at);
        else cursor.pos = propertiesEnd;
        return emptyNode(cursor, start, properties ? propertiesEnd : start, properties);
      }
      break;
    case AMP:
    case BANG:
    case PIPE:
    case GREATER:
    case PERCENT:
    case AT:
    case BACKTICK:
    case HASH:
    case QUESTION:
    case -1:
      fail(cursor, "character", at);
      return emptyNode(cursor, start, start, properties);
    case DASH:
      if (isBlankOrEnd(codeAt(cursor, at + 1))) {
        fail(cursor, "list-here", at);
        return emptyNode(cursor, start, start, properties);
      }
  }
  const read = readFlowPlain(cursor);
  if (read.end === at) fail(cursor, "character", at);
  return scalarNode(cursor, start, read, at, properties);
}
