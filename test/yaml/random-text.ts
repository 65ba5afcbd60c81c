import { applyOperation, type Operation } from "#data/operations.ts";
import { type Data, isList, isMap, type Path, valueAt } from "#data/data.ts";

/** Draws from a seed: the same seed gives the same text and the same operations. */
export class Draw {
  private state: number;
  constructor(seed: number) {
    this.state = (seed ^ 0x9e3779b9) >>> 0;
  }
  /** A number in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }
  chance(share: number): boolean {
    return this.next() < share;
  }
  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }
}

interface Style {
  readonly step: number;
  readonly listOffset: number;
  readonly comments: boolean;
  readonly anchors: boolean;
}

/** A YAML text as a person might write it: comments, blank lines, every style of value, anchors, several documents. */
export function randomText(draw: Draw): string {
  const style: Style = {
    step: draw.pick([2, 2, 4]),
    listOffset: draw.pick([0, 0, 2]),
    comments: draw.chance(0.6),
    anchors: draw.chance(0.35),
  };
  const documents = Array.from({ length: draw.chance(0.2) ? 2 : 1 }, () => {
    const names: string[] = [];
    return draw.chance(0.9) ? mapLines(draw, style, 0, 4, names) : listLines(draw, style, 0, 3, names);
  });
  let text = documents.map((lines) => `${lines.join("\n")}\n`).join("---\n");
  if (draw.chance(0.2)) text = `---\n${text}`;
  if (draw.chance(0.15)) text = text.replace(/\n$/, "");
  if (draw.chance(0.15)) text = text.replaceAll("\n", "\r\n");
  return text;
}

const keys = ["name", "image", "args", "template", "env", "x/y", "when", "'quoted key'", '"two"', "limits", "a-b", "withItems", "k8s"];
const scalars = [
  "plain",
  "two words",
  "5",
  "true",
  "yes",
  "012",
  "0.5",
  "'single'",
  '"double"',
  '"esc\\n\\t"',
  "'it''s'",
  "~",
  "http://a:80/b?c",
  "'{{x}}'",
  "-a",
  "22:30",
  '""',
];

function noise(draw: Draw, style: Style, column: number): string[] {
  if (!style.comments || !draw.chance(0.25)) return [];
  return draw.pick([
    [`${" ".repeat(column)}# about this`],
    ["", `${" ".repeat(column)}# far`, ""],
    [""],
    ["# outer"],
    [`${" ".repeat(column)}# one`, `${" ".repeat(column)}# two`],
  ]);
}

function tail(draw: Draw, style: Style): string {
  return style.comments && draw.chance(0.15) ? "  # why" : "";
}

function mapLines(draw: Draw, style: Style, column: number, depth: number, names: string[]): string[] {
  const lines: string[] = [];
  const chosen = new Set(Array.from({ length: 1 + draw.below(4) }, () => draw.pick(keys)));
  for (const key of chosen) {
    lines.push(...noise(draw, style, column));
    lines.push(
      ...under(draw, style, {
        lead: `${" ".repeat(column)}${key}:`,
        column,
        inner: column + style.step,
        list: column + style.listOffset,
        depth,
        names,
      }),
    );
  }
  if (style.anchors && names.length > 0 && draw.chance(0.1)) lines.push(`${" ".repeat(column)}last: *${draw.pick(names)}`);
  return lines;
}

function listLines(draw: Draw, style: Style, column: number, depth: number, names: string[]): string[] {
  const lines: string[] = [];
  const count = 1 + draw.below(3);
  const flow = draw.chance(0.25);
  for (let index = 0; index < count; index++) {
    lines.push(...noise(draw, style, column));
    const lead = `${" ".repeat(column)}-`;
    if (flow) lines.push(`${lead} {name: n${index}, value: ${flowValue(draw, 1)}}${tail(draw, style)}`);
    else if (depth > 0 && draw.chance(0.5)) {
      const inner = draw.chance(0.85)
        ? mapLines(draw, { ...style, comments: false }, column + 2, depth - 1, names)
        : listLines(draw, { ...style, comments: false }, column + 2, depth - 1, names);
      lines.push(`${lead} ${(inner[0] as string).slice(column + 2)}`, ...inner.slice(1));
    } else lines.push(...under(draw, style, { lead, column, inner: column + 2, list: column + 2, depth: depth - 1, names }));
  }
  return lines;
}

interface Under {
  readonly lead: string;
  readonly column: number;
  readonly inner: number;
  readonly list: number;
  readonly depth: number;
  readonly names: string[];
}

function under(draw: Draw, style: Style, { lead, column, inner, list, depth, names }: Under): string[] {
  const roll = draw.next();
  const isKey = lead.endsWith(":");
  if (style.anchors && names.length > 0 && roll < 0.12) return [`${lead} *${draw.pick(names)}${tail(draw, style)}`];
  let anchor = "";
  if (style.anchors && draw.chance(0.15)) anchor = ` &a${draw.below(1_000_000)}`;
  const done = (lines: string[]): string[] => {
    if (anchor) names.push(anchor.slice(2));
    return lines;
  };
  if (depth > 0 && isKey && roll < 0.4)
    return done([`${lead}${anchor}${tail(draw, style)}`, ...mapLines(draw, style, inner, depth - 1, names)]);
  if (depth > 0 && isKey && roll < 0.6)
    return done([`${lead}${anchor}${tail(draw, style)}`, ...listLines(draw, style, list, depth - 1, names)]);
  if (roll < 0.7) return done([`${lead}${anchor} ${flowValue(draw, 2)}${tail(draw, style)}`]);
  if (roll < 0.78) {
    const pad = " ".repeat(column + style.step);
    return done([
      `${lead}${anchor} ${draw.pick(["|", "|-", ">", "|+", ">-"])}`,
      `${pad}first line`,
      ...(draw.chance(0.5) ? ["", `${pad}  more`] : []),
      `${pad}last # no comment`,
    ]);
  }
  if (roll < 0.81) return done([`${lead}${anchor}${tail(draw, style)}`]);
  if (roll < 0.84) return done([`${lead}${anchor} "over`, `${" ".repeat(column)}  lines"`]);
  return done([`${lead}${anchor} ${draw.pick(scalars)}${tail(draw, style)}`]);
}

function flowValue(draw: Draw, depth: number): string {
  const roll = draw.next();
  if (depth > 0 && roll < 0.25)
    return `{${Array.from({ length: draw.below(3) }, (_, index) => `f${index}: ${flowValue(draw, depth - 1)}`).join(", ")}}`;
  if (depth > 0 && roll < 0.5) return `[${Array.from({ length: draw.below(3) }, () => flowValue(draw, depth - 1)).join(", ")}]`;
  if (depth > 0 && roll < 0.6) return `{"a": ${draw.pick(["1", '"x"', "[2, 3]"])}, "b": "y"}`;
  return draw.pick(scalars.filter((one) => !one.includes("?")));
}

const values: readonly (() => Data)[] = [
  () => "plain",
  () => "yes",
  () => "a: b",
  () => "x #y",
  () => "two\nlines\n",
  () => "",
  () => 5,
  () => true,
  () => null,
  () => ({}),
  () => [],
  () => ({ a: 1, b: "c" }),
  () => ["x", "y"],
  () => ({ limits: { cpu: "4" }, list: [{ name: "n", value: "v" }] }),
  () => [{ name: "z", template: "q" }],
  () => "it's",
  () => "{{x}}",
  () => "데이터",
  () => "  lead\nend",
];

/** An operation that fits the data; undefined if the data offers no place for the kind drawn. */
export function randomOperation(draw: Draw, stream: readonly Data[]): Operation | undefined {
  const paths = stream.flatMap((data, index) => allPlaces(data, [index]));
  const kind = draw.pick(["set", "set", "deep", "add", "remove", "insert", "rename", "move"]);
  const value = draw.pick(values)();
  const child = (list: boolean): Path | undefined => {
    const fitting = paths.filter((dataPath) => dataPath.length > 1 && (!list || typeof dataPath.at(-1) === "number"));
    return fitting.length > 0 ? draw.pick(fitting) : undefined;
  };
  const holder = (test: (data: Data | undefined) => boolean): Path | undefined => {
    const fitting = paths.filter((dataPath) => test(valueAt(stream as Data, dataPath)));
    return fitting.length > 0 ? draw.pick(fitting) : undefined;
  };
  if (kind === "add") {
    const path = holder(isMap);
    const present = path && Object.keys(valueAt(stream as Data, path) as object);
    return (
      path &&
      present && {
        op: "set",
        path: [...path, draw.pick(["added", "yes", "new key"])],
        value,
        ...(draw.chance(0.4) && present.length > 0 ? { before: draw.pick(present) } : {}),
      }
    );
  }
  if (kind === "insert") {
    const path = holder(isList);
    return path && { op: "insert", path: [...path, draw.below((valueAt(stream as Data, path) as readonly Data[]).length + 1)], value };
  }
  const path = child(kind === "move");
  if (!path) return undefined;
  if (kind === "set") return { op: "set", path, value };
  if (kind === "remove") return { op: "remove", path };
  if (kind === "deep") return { op: "set", path, value: altered(draw, valueAt(stream as Data, path) as Data, value) };
  if (kind === "rename")
    return typeof path.at(-1) === "string" ? { op: "rename", path, key: draw.pick(["newName", "no", "p q"]) } : undefined;
  const rest = applyOperation(stream as Data, { op: "remove", path }) as readonly Data[];
  const lists = rest.flatMap((data, index) => allPlaces(data, [index])).filter((dataPath) => isList(valueAt(rest as Data, dataPath)));
  const to = draw.chance(0.6) ? path.slice(0, -1) : draw.pick(lists);
  return { op: "move", path, to: [...to, draw.below((valueAt(rest as Data, to) as readonly Data[]).length + 1)] };
}

function altered(draw: Draw, old: Data, value: Data): Data {
  if (isMap(old)) return Object.fromEntries([...Object.entries(old).filter(() => draw.chance(0.8)), ["altered", value]]);
  if (isList(old)) return [...old.filter(() => draw.chance(0.8)), value];
  return value;
}

function allPlaces(data: Data, path: Path): Path[] {
  const inner = isList(data)
    ? data.flatMap((item, index) => allPlaces(item, [...path, index]))
    : isMap(data)
      ? Object.keys(data).flatMap((key) => allPlaces(data[key] as Data, [...path, key]))
      : [];
  return [path, ...inner];
}
