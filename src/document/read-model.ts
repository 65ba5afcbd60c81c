import { collect } from "#diagnostics/collect.ts";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { type Data, field, textField } from "#data/data.ts";
import type { Foreign, Model, ModelObject, Workflow } from "#pipeline/model.ts";
import type { Format } from "./format.ts";

/** A stream's meaning and what was found wrong with its form. */
export interface ReadModel {
  readonly model: Model;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a stream of documents as a model. The same stream gives the same model. */
export type ModelReader = (stream: readonly Data[]) => ReadModel;

/**
 * The reader of all objects of these formats; of two formats that recognise a document the first one reads it. What none recognises is
 * carried. Called for every document opened and after every edit.
 */
export function modelReader(formats: readonly Format[]): ModelReader {
  const streams = new WeakMap<readonly Data[], ReadModel>();
  return (stream) => {
    let known = streams.get(stream);
    if (known === undefined) streams.set(stream, (known = readStream(formats, stream)));
    return known;
  };
}

function readStream(formats: readonly Format[], stream: readonly Data[]): ReadModel {
  const collector = collect();
  const read = new Map<number, Workflow>();
  const owners = new Map<number, Workflow>();
  for (const [index, data] of stream.entries()) {
    const format = formats.find((one) => one.detect(data) === "object");
    if (format === undefined) continue;
    const { object, companions, diagnostics: found } = format.read(stream, { index, first: read.size === 0 });
    read.set(index, object);
    found.forEach((one) => collector.report(one));
    for (const companion of companions ?? []) owners.set(companion, object);
  }
  const objects = stream.map((data, index): ModelObject => {
    const owner = owners.get(index);
    return read.get(index) ?? (owner ? { kind: "companion", path: [index], owner: owner.path, data } : foreign(data, index));
  });
  return { model: { objects }, diagnostics: collector.list() };
}

function foreign(data: Data, index: number): Foreign {
  const apiVersion = textField(data, "apiVersion");
  const resource = textField(data, "kind");
  const name = textField(field(data, "metadata"), "name");
  return {
    kind: "foreign",
    path: [index],
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(resource === undefined ? {} : { resource }),
    ...(name === undefined ? {} : { name }),
    data,
  };
}
