/** The components that a Python file names, ready to be placed, and how a call's arguments map to their inputs. */
import type { Report } from "#diagnostics/diagnostic.ts";
import { normId, reservedArtifact } from "#kubernetes/kfp-names.ts";
import type { ComponentSpec } from "#components/component-spec.ts";
import type { DataMap } from "#data/data.ts";
import { componentReference } from "#components/component-yaml/reference.ts";
import { readComponent } from "#components/component-yaml/read.ts";
import type { PipelineFile } from "#python/pipeline-file.ts";
import type { ComponentSource } from "#python/pipeline-tree.ts";
import type { Span } from "#python/syntax.ts";
import { defaultImage, programOf } from "#python/program.ts";
import { parse } from "#yaml/parse.ts";
import type { LeaveOut } from "./left-out.ts";

/** A component with the reference that its tasks carry in the component_ref annotation. */
export interface FoundComponent {
  readonly spec: ComponentSpec;
  readonly reference: DataMap;
}

/**
 * Returns the text of a component that the Python file only names: by a path or an address. undefined: not available; a refusal: it is
 * outside of the folders that may be read, not a regular file, or too large.
 */
export type LoadText = (location: string) => string | LoadRefusal | undefined;
export interface LoadRefusal {
  readonly refused: "outside" | "special" | "too-large";
}

/**
 * Finds components; each is created once, however many tasks it has. `leaveOut` is called where the file names one that is not available.
 */
export function componentFinder(
  file: PipelineFile,
  load: LoadText | undefined,
  report: Report,
  leaveOut: LeaveOut,
): (source: ComponentSource, use: Span) => FoundComponent | undefined {
  const known = new Map<string, FoundComponent | undefined>();
  return (source, use) => {
    const key = JSON.stringify(source);
    if (!known.has(key))
      known.set(
        key,
        // Errors inside a component's text are reported where the component is used first.
        find(source, file, load, (found) => report({ ...found, path: [], span: use }), leaveOut),
      );
    return known.get(key);
  };
}

function find(
  source: ComponentSource,
  file: PipelineFile,
  load: LoadText | undefined,
  report: Report,
  leaveOut: LeaveOut,
): FoundComponent | undefined {
  switch (source.kind) {
    case "function": {
      const fn = file.functions.get(source.name);
      if (!fn) return undefined;
      const { settings } = source;
      for (const span of settings ? [...(settings.unread ?? []), ...fn.unreadSettings] : fn.unreadSettings) leaveOut(span);
      const options = settings && { image: settings.image ?? fn.fallbackImage ?? defaultImage, packages: settings.packages };
      return { spec: programOf(fn, options), reference: {} };
    }
    case "text":
      return fromText(source.text, undefined, report);
    case "url":
    case "file": {
      const loaded = load?.(source.location);
      if (typeof loaded === "string") return fromText(loaded, source.location, report);
      const problem = loaded ? (`component-${loaded.refused}` as const) : "component";
      if (source.span) leaveOut(source.span, { problem, what: source.location.slice(0, 200) });
      return undefined;
    }
  }
}

function fromText(text: string, url: string | undefined, report: Report): FoundComponent | undefined {
  const source = parse(text);
  const { component, diagnostics } = readComponent(source.stream[0] ?? null);
  for (const found of [...source.diagnostics, ...diagnostics]) report(found);
  const isBroken = source.diagnostics.some((found) => found.level === "error");
  return component && !isBroken ? { spec: component, reference: componentReference(text, url) } : undefined;
}

/** The inputs' names in the order of positional arguments: required ones come first. SDK: components/_components.py. */
export function inputsInOrder(spec: ComponentSpec): readonly string[] {
  const isOpen = (input: ComponentSpec["inputs"][number]) => input.default !== undefined || input.optional;
  return [...spec.inputs.filter((input) => !isOpen(input)), ...spec.inputs.filter(isOpen)].map((input) => input.name);
}

/** Python names by port name. Clashes get a number appended. SDK: components/_naming.py. */
export function pythonNames(names: readonly string[]): ReadonlyMap<string, string> {
  const python = (name: string) => normId(name).replace(/ /g, "_");
  const originals = new Map(names.filter((name) => python(name) === name).map((name) => [name, name]));
  for (const name of names) {
    if (originals.get(name) === name) continue;
    let message = python(name);
    for (let index = 2; originals.has(message); index++) message = python(`${name} ${index}`);
    originals.set(message, name);
  }
  return originals;
}

/** The outputs of a component that can be connected, by every name under which a task offers them. */
export function outputsOf(spec: ComponentSpec): ReadonlyMap<string, string> {
  const names = spec.outputs.map((output) => output.name);
  const offered = new Map(names.filter((name) => reservedArtifact(name) === undefined).map((name) => [name, name]));
  for (const [message, name] of pythonNames(names)) if (offered.has(name) && !offered.has(message)) offered.set(message, name);
  return offered;
}
