import type { Known } from "./server-version.ts";

/** Messages of the KFP protos as data: what a field may hold, what excludes it, and which servers know it. */

/** What a field holds, by the names of proto3; `struct` is any mapping, `value` any JSON value. */
export type FieldType =
  | { readonly kind: "string" | "bool" | "int32" | "int64" | "double" | "duration" | "struct" | "value" }
  | { readonly kind: "enum"; readonly values: Readonly<Record<string, number>>; readonly known?: Readonly<Record<string, Known>> }
  | { readonly kind: "message"; readonly message: string }
  | { readonly kind: "list" | "map"; readonly of: FieldType };

/** A field of a message. Its key in the table is the JSON name; the parser also takes the proto name. */
export interface Field extends Known {
  readonly type: FieldType;
  /** The name in the proto, if it is not the JSON name in snake case. */
  readonly proto?: string;
  /** Fields of one message with the same name here exclude each other. */
  readonly oneOf?: string;
}

export type Message = Readonly<Record<string, Field>>;
export type Messages = Readonly<Record<string, Message>>;

const plain = <Kind extends "string" | "bool" | "int32" | "int64" | "double" | "duration" | "struct" | "value">(kind: Kind) =>
  ({ type: { kind } }) as const;

export const string: Field = plain("string");
export const bool: Field = plain("bool");
export const int32: Field = plain("int32");
export const int64: Field = plain("int64");
export const double: Field = plain("double");
export const duration: Field = plain("duration");
export const struct: Field = plain("struct");
export const value: Field = plain("value");

/** A field that holds a message. */
export const message = (name: string): Field => ({ type: { kind: "message", message: name } });
/** A field that holds a list of what another field holds. */
export const list = ({ type }: Field): Field => ({ type: { kind: "list", of: type } });
/** A field that holds a mapping from free keys to what another field holds. */
export const map = ({ type }: Field): Field => ({ type: { kind: "map", of: type } });
/** A field that holds one of some names; they are numbered from 0, and the number is accepted, too. */
export const oneName = (names: readonly string[], known: Readonly<Record<string, Known>> = {}): Field => ({
  type: { kind: "enum", values: Object.fromEntries(names.map((name, number) => [name, number])), known },
});
/** The same field as a member of a one-of. */
export const memberOf = (oneOf: string, field: Field): Field => ({ ...field, oneOf });
/** The same field, known to some servers only. */
export const only = (known: Known, field: Field): Field => ({ ...field, ...known });

/** The name of a field in the proto. */
export function protoName(name: string, field: Field): string {
  return field.proto ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const byAnyName = new WeakMap<Message, ReadonlyMap<string, string>>();

/** The JSON name of the field that a key means, by its JSON name or its proto name; undefined if the message has no such field. */
export function fieldNamed(message: Message, key: string): string | undefined {
  let names = byAnyName.get(message);
  if (names === undefined) {
    const entries = Object.entries(message);
    names = new Map([
      ...entries.map(([name, field]): [string, string] => [protoName(name, field), name]),
      ...entries.map(([name]): [string, string] => [name, name]),
    ]);
    byAnyName.set(message, names);
  }
  return names.get(key);
}
