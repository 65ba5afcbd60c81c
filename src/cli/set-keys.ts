/** The short keys of `dagwright set`, and the edits they mean. */
import { type Data, field, isMap, listField, type Path, textField } from "#data/data.ts";
import type { Edit, SettingTarget } from "#pipeline/edit.ts";
import type { Template } from "#pipeline/model.ts";
import { unknownArgument } from "./parse-arguments.ts";
import { UsageError } from "./terminal.ts";

/** One KEY=VALUE of the command line; `value` is parsed as YAML, `text` is as typed. */
export interface Pair {
  readonly key: string;
  readonly text: string;
  readonly value: Data;
}

export interface SetTarget {
  readonly target: SettingTarget;
  /** The task's id, if a task was named and not a template. */
  readonly task?: string;
  readonly name: string;
  /** The template that the task runs; undefined if it is in another file. */
  readonly template: Template | undefined;
  /** Fields of a template with which a path may begin. */
  readonly templateFields: readonly string[];
  /** Constants are written as texts. */
  readonly hasTextConstants: boolean;
}

/** Keys with a meaning of their own; any other key is a path inside the template. */
const shortKeys = ["resources", "env", "arguments", "image", "command", "args", "nodeSelector", "labels", "annotations"] as const;
type ShortKey = (typeof shortKeys)[number];

/** The edits of one pair. Throws a UsageError for an unknown key. */
export function editsOf(pair: Pair, target: SetTarget): readonly Edit[] {
  const [first = "", ...rest] = splitKey(pair.key);
  if (!isShort(first)) return longKey(pair, first, target);
  const below = pair.key.slice(first.length + 1);
  if (["env", "arguments", "nodeSelector", "labels", "annotations"].includes(first) && below === "" && !isMap(pair.value)) {
    throw new UsageError("cli.key-unknown", { word: pair.key });
  }
  switch (first) {
    case "image":
    case "command":
    case "args":
      return [
        setting(target, [containerOf(target, pair.key), first, ...steps(rest)], first === "image" ? pair.text : stringsOf(pair.value)),
      ];
    case "resources": {
      const [kind, ...name] = rest;
      const path = [
        containerOf(target, pair.key),
        "resources",
        ...(kind === undefined ? [] : [kind]),
        ...(name.length === 0 ? [] : [name.join(".")]),
      ];
      return [setting(target, path, target.hasTextConstants && !isMap(pair.value) ? pair.text : pair.value)];
    }
    case "env":
      return below === ""
        ? entriesOf(pair).flatMap(([name, text]) => envEdits(target, name, text, pair.key))
        : envEdits(target, below, pair.text, pair.key);
    case "arguments":
      return below === ""
        ? entriesOf(pair).flatMap(([name]) => argumentEdits(target, name, field(pair.value, name) as Data, pair))
        : argumentEdits(target, below, pair.value, pair);
    case "nodeSelector":
      return below === "" ? [setting(target, ["nodeSelector"], pair.value)] : [setting(target, ["nodeSelector", below], pair.text)];
    case "labels":
    case "annotations":
      return below === "" ? [setting(target, ["metadata", first], pair.value)] : [setting(target, ["metadata", first, below], pair.text)];
  }
}

function longKey(pair: Pair, first: string, target: SetTarget): readonly Edit[] {
  const { templateFields } = target;
  if (!templateFields.includes(first)) throw unknownArgument("cli.key-unknown", first, [...shortKeys, ...templateFields]);
  return [setting(target, steps(splitKey(pair.key)), pair.value)];
}

/** env.NAME: the item's value, or a new item; an item with another source is replaced. Values of env are always text. */
function envEdits(target: SetTarget, name: string, text: string, key: string): readonly Edit[] {
  const container = containerOf(target, key);
  const body = target.template && field(target.template.rest, container);
  const items = listField(body, "env");
  const last = items.findLastIndex((item) => textField(item, "name") === name);
  if (last >= 0 && field(items[last], "valueFrom") !== undefined) return [setting(target, [container, "env", last], { name, value: text })];
  if (last >= 0) return [setting(target, [container, "env", last, "value"], text)];
  if (items.length > 0) return [setting(target, [container, "env", items.length], { name, value: text })];
  return [setting(target, [container, "env"], [{ name, value: text }])];
}

function argumentEdits(target: SetTarget, input: string, value: Data, pair: Pair): readonly Edit[] {
  if (target.task === undefined) throw new UsageError("cli.task-no-container", { task: target.name, key: pair.key });
  return [
    {
      kind: "set-argument",
      task: target.task,
      input,
      value: target.hasTextConstants && !isMap(value) ? (pair.key === "arguments" ? String(value) : pair.text) : value,
    },
  ];
}

function containerOf(target: SetTarget, key: string): "container" | "script" {
  const kind = target.template?.kind;
  if (kind !== "container" && kind !== "script") throw new UsageError("cli.task-no-container", { task: target.name, key });
  return kind;
}

function setting(target: SetTarget, path: Path, value: Data): Edit {
  return { kind: "set-setting", target: target.target, path, value };
}

/** `a.b[0].c` and `a.0.b` as keys; `\.` is a dot inside a key. */
function splitKey(key: string): readonly string[] {
  return key
    .replace(/\[(\d+)\]/g, ".$1")
    .split(/(?<!\\)\./)
    .map((step) => step.replaceAll("\\.", "."));
}

function steps(keys: readonly string[]): Path {
  return keys.map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}

/** command and args are lists of text: a single value becomes a list of one, numbers become text. */
function stringsOf(value: Data): Data {
  const items = Array.isArray(value) ? (value as readonly Data[]) : [value];
  return items.map((item) => (typeof item === "string" ? item : JSON.stringify(item)));
}

function entriesOf(pair: Pair): readonly [string, string][] {
  return isMap(pair.value)
    ? Object.entries(pair.value).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)])
    : [];
}

function isShort(key: string): key is ShortKey {
  return (shortKeys as readonly string[]).includes(key);
}
