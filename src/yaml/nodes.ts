import type { DiagnosticValues } from "#diagnostics/diagnostic.ts";
import type { Data, DataMap } from "#data/data.ts";
import { type Anchored, type Cursor, codeAt, fail, isBlankOrEnd, type Problem, type ProblemCode } from "./cursor.ts";
import { isInexact, isReadOtherwiseByPython, resolvePlain, resolveTagged } from "./scalars.ts";
import type { ScalarText } from "./scalar-text.ts";
import type { MapStyle, YamlAlias, YamlEntry, YamlItem, YamlList, YamlMap, YamlNode, YamlScalar } from "./tree.ts";

/** The properties before a node's content. */
export interface Properties {
  readonly start: number;
  readonly anchor?: string;
  /** Reports the node once it is read: an anchor is valid from its position on, even over one of the same name inside the node. */
  readonly slot?: Anchored;
  readonly tag?: string;
}

/** At most this many warnings are kept per document; more help nobody and are only counted. */
const mostProblems = 1000;
const tagPrefix = "tag:yaml.org,2002:";

/** Reads anchor and tag, each at most once, on one line; undefined if there are none. Leaves the cursor after the last one. */
export function readProperties(cursor: Cursor): Properties | undefined {
  const start = cursor.pos;
  let anchor: string | undefined;
  let tag: string | undefined;
  let end = start;
  for (;;) {
    const mark = cursor.text[cursor.pos];
    if (cursor.pos >= cursor.end || !((mark === "&" && anchor === undefined) || (mark === "!" && tag === undefined))) break;
    if (mark === "&") {
      anchor = readName(cursor);
      cursor.shares = true;
    } else tag = readTag(cursor);
    if (cursor.error) return undefined;
    end = cursor.pos;
    while (codeAt(cursor, cursor.pos) === 32 || codeAt(cursor, cursor.pos) === 9) cursor.pos++;
  }
  if (end === start) return undefined;
  cursor.pos = end;
  const slot: Anchored = { size: 0 };
  if (anchor !== undefined) cursor.anchors.set(anchor, slot);
  return { start, ...(anchor === undefined ? {} : { anchor, slot }), ...(tag === undefined ? {} : { tag }) };
}

/** Reads the name after `&` or `*`. */
export function readName(cursor: Cursor): string {
  const start = cursor.pos + 1;
  let at = start;
  while (/[^\s,[\]{}]/.test(cursor.text[at] ?? " ") && at < cursor.end) at++;
  // `*name:` followed by a space is an alias used as a key; anchor names in Go contain no colon.
  if (cursor.text[at - 1] === ":" && isBlankOrEnd(codeAt(cursor, at))) at--;
  if (at === start) fail(cursor, "anchor-name", start - 1);
  else cursor.pos = at;
  return cursor.text.slice(start, at);
}

function readTag(cursor: Cursor): string {
  const start = cursor.pos;
  const stops = cursor.flow > 0 ? /[\s,[\]{}]/ : /\s/;
  let at = start + 1;
  while (at < cursor.end && !stops.test(cursor.text[at] as string)) at++;
  cursor.pos = at;
  const written = cursor.text.slice(start, at);
  if (written.startsWith("!<") && written.endsWith(">")) return written.slice(2, -1);
  const handle = /^!\w*!/.exec(written)?.[0];
  if (handle === undefined)
    return Object.hasOwn(cursor.handles, "!") && written !== "!" ? `${cursor.handles["!"]}${written.slice(1)}` : written;
  if (Object.hasOwn(cursor.handles, handle)) return `${cursor.handles[handle]}${written.slice(handle.length)}`;
  if (handle !== "!!") fail(cursor, "tag-handle", start);
  return `${tagPrefix}${written.slice(2)}`;
}

/** Counts a value against the limit. */
function count(cursor: Cursor, at: number): void {
  if (++cursor.nodes > cursor.limits.nodes) fail(cursor, "too-many", at);
}

/** A scalar node that starts at `start`. */
export function scalarNode(cursor: Cursor, start: number, read: ScalarText, contentStart: number, properties?: Properties): YamlScalar {
  count(cursor, start);
  return {
    kind: "scalar",
    style: read.style,
    length: read.end - start,
    content: contentStart - start,
    ...shared(properties),
    data: scalarData(cursor, read, contentStart, properties?.tag),
  };
}

/** The node of a value that is not written. Its length is that of its properties. */
export function emptyNode(cursor: Cursor, start: number, end: number, properties?: Properties): YamlScalar {
  count(cursor, start);
  const data = properties?.tag === undefined ? null : (resolveTagged(properties.tag, "") ?? null);
  return { kind: "scalar", style: "empty", length: end - start, content: end - start, ...shared(properties), data };
}

function scalarData(cursor: Cursor, read: ScalarText, at: number, tag: string | undefined): Data {
  if (tag !== undefined) {
    const value = resolveTagged(tag, read.text);
    if (value !== undefined) return value;
    problem(cursor, "tag-misfit", "error", { tag: tag.replace(tagPrefix, "!!"), text: read.text.slice(0, 60) }, [at, read.end]);
    return read.text;
  }
  if (read.style !== "plain") return read.text;
  const value = resolvePlain(read.text, cursor.reader);
  if (cursor.reader === "kubeflow" && isReadOtherwiseByPython(read.text))
    problem(cursor, "yaml-readers-differ", "warning", { text: read.text }, [at, read.end]);
  if (typeof value === "number" && isInexact(read.text, value)) {
    problem(cursor, "number-inexact", "info", { text: read.text, value }, [at, read.end]);
  }
  return value;
}

/** An alias node; its data is the anchor's. */
export function aliasNode(cursor: Cursor, start: number): YamlAlias {
  cursor.shares = true;
  const name = readName(cursor);
  const target = cursor.anchors.get(name);
  count(cursor, start);
  // An alias inside its own anchor would never end.
  if (!target?.node && !cursor.error) fail(cursor, "alias-undefined", start);
  cursor.aliased += target?.size ?? 0;
  if (cursor.aliased > cursor.limits.aliased) fail(cursor, "aliases", start, "alias-bomb");
  return { kind: "alias", name, length: name.length + 1, content: 0, data: target?.node?.data ?? null };
}

/** A list node that starts at `start`. */
export function listNode(given: {
  start: number;
  end: number;
  content: number;
  column: number;
  style: "block" | "flow";
  items: readonly YamlItem[];
  properties?: Properties;
}): YamlList {
  return {
    kind: "list",
    style: given.style,
    column: given.column,
    length: given.end - given.start,
    content: given.content - given.start,
    ...shared(given.properties),
    items: given.items,
    data: given.items.map((item) => item.value.data),
  };
}

/** A mapping node that starts at `start`. */
export function mapNode(
  cursor: Cursor,
  given: {
    start: number;
    end: number;
    content: number;
    column: number;
    style: MapStyle;
    entries: readonly YamlEntry[];
    properties?: Properties;
  },
): YamlMap {
  const data = mapData(given.entries, (code, level, entry, first) => {
    const start = given.start + entry.keyStart;
    note(cursor, code, () => ({
      code,
      level,
      values: { key: entry.key },
      path: [...cursor.path, entry.key],
      start,
      end: start + entry.keyNode.length,
      ...(first ? { first: given.start + first.keyStart } : {}),
    }));
  });
  return {
    kind: "map",
    style: given.style,
    column: given.column,
    length: given.end - given.start,
    content: given.content - given.start,
    ...shared(given.properties),
    entries: given.entries,
    data,
  };
}

function shared(properties: Properties | undefined): { anchor?: string; tag?: string } {
  if (!properties) return {};
  return {
    ...(properties.anchor === undefined ? {} : { anchor: properties.anchor }),
    ...(properties.tag === undefined ? {} : { tag: properties.tag }),
  };
}

/** The data of a mapping's entries: a later key overrides an earlier one, a written key a merged one. */
export function mapData(
  entries: readonly YamlEntry[],
  report: (code: ProblemCode, level: Problem["level"], entry: YamlEntry, first?: YamlEntry) => void,
): DataMap {
  const data: Record<string, Data> = {};
  let merges = false;
  let repeated = false;
  for (const entry of entries) {
    if (entry.merge) merges = true;
    else if (entry.key === "__proto__") report("prototype-key", "warning", entry);
    else {
      repeated ||= Object.hasOwn(data, entry.key);
      data[entry.key] = entry.value.data;
    }
  }
  if (repeated) reportRepeated(entries, report);
  if (merges) for (const entry of entries) if (entry.merge) mergeInto(data, entry.value.data);
  return data;
}

function reportRepeated(
  entries: readonly YamlEntry[],
  report: (code: ProblemCode, level: Problem["level"], entry: YamlEntry, first: YamlEntry) => void,
): void {
  const firsts = new Map<string, YamlEntry>();
  for (const entry of entries) {
    if (entry.merge) continue;
    const first = firsts.get(entry.key);
    if (first) report("duplicate-key", "error", entry, first);
    else firsts.set(entry.key, entry);
  }
}

function mergeInto(data: Record<string, Data>, merged: Data): void {
  // A list of mappings merges each of them; the earlier one wins.
  const sources = Array.isArray(merged) ? merged : [merged];
  for (const source of sources) {
    for (const [key, value] of Object.entries(source as DataMap)) if (!Object.hasOwn(data, key)) data[key] = value;
  }
}

/** Whether an entry with this key and value merges mappings into its mapping. */
export function isMerge(keyNode: YamlNode, value: YamlNode): boolean {
  if (keyNode.kind !== "scalar" || keyNode.style !== "plain" || keyNode.data !== "<<") return false;
  if (keyNode.tag !== undefined && keyNode.tag !== `${tagPrefix}merge`) return false;
  const data = value.data;
  const isMapData = (one: Data): boolean => typeof one === "object" && one !== null && !Array.isArray(one);
  return Array.isArray(data) ? data.length > 0 && data.every(isMapData) : isMapData(data);
}

/**
 * A key as the text that JSON would have for it. Unlike in go-yaml v2, the one-letter words `y` and `n` stay letters as keys: they are
 * names of columns and parameters, KFP writes them unquoted, and KFP's own reader (go-yaml v3) and PyYAML read them so.
 */
export function keyText(cursor: Cursor, node: YamlNode, start: number): string {
  const { data } = node;
  if (typeof data === "string") return data;
  if (typeof data === "boolean" && node.length === 1) return cursor.text.slice(start, start + 1);
  if (typeof data === "object" && data !== null) {
    problem(cursor, "yaml-syntax", "error", { problem: "key-kind" }, [start, start + node.length]);
    return cursor.text.slice(start, start + node.length);
  }
  if (typeof data === "number" && Number.isInteger(data) && !Number.isSafeInteger(data)) return BigInt(data).toString();
  return String(data);
}

/** Registers a complete node under its anchor. `before`: the number of values counted before it. */
export function register(cursor: Cursor, node: YamlNode, properties: Properties | undefined, before: number): void {
  if (!properties?.slot || node.anchor === undefined) return;
  properties.slot.node = node;
  properties.slot.size = cursor.nodes + cursor.aliased - before;
}

/** Reports a problem that does not end the reading. */
export function problem<Code extends ProblemCode>(
  cursor: Cursor,
  code: Code,
  level: Problem["level"],
  values: Omit<DiagnosticValues<Code>, "line" | "column">,
  span: readonly [number, number],
): void {
  const given = values as Problem["values"];
  note(cursor, code, () => ({ code, level, values: given, path: [...cursor.path], start: span[0], end: span[1] }));
}

/** Keeps a warning, or counts it if there are enough. */
function note(cursor: Cursor, code: ProblemCode, make: () => Problem): void {
  if (cursor.problems.length < mostProblems) {
    cursor.problems.push(make());
    return;
  }
  const omitted = cursor.omitted.get(code);
  if (omitted) omitted.n += 1;
  else cursor.omitted.set(code, { n: 1, first: make() });
}
