import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import { type Data, type DataMap, field, isList, isMap } from "#data/data.ts";

/**
 * The kind of a text, determined by its content and never by its file name (docs/spec/interaction.md#paste-and-drop). The text is data: it
 * is parsed as YAML or searched as Python, nothing in it is run or fetched.
 */
export type Recognised =
  /** One or more components; `documents` are their indexes in the stream. */
  | { readonly kind: "components"; readonly documents: readonly number[] }
  /** A library that was exported by this editor. */
  | { readonly kind: "library" }
  /** A workflow, or text meant to be one: it is opened as it is. */
  | { readonly kind: "pipeline" }
  /** Python; `pipeline`: it uses the KFP SDK as pipeline files do; `functions`: it contains a function. */
  | { readonly kind: "python"; readonly pipeline: boolean; readonly functions: boolean }
  /** Meant to be a component, but cannot be read. */
  | { readonly kind: "broken-component" }
  | { readonly kind: "nothing" };

/** The `kind` of the first document of an exported library. */
export const libraryKind = "DagwrightLibrary";

const objectKeys = ["apiVersion", "kind", "pipelineSpec", "pipelineInfo", "deploymentSpec"];

/** Determines the kind of a text from its parsed YAML. */
export function recognise(text: string, stream: readonly Data[], diagnostics: readonly Diagnostic[]): Recognised {
  if (field(stream[0], "kind") === libraryKind) return { kind: "library" };
  if (stream.some((document) => isMap(document) && objectKeys.some((key) => Object.hasOwn(document, key)))) return { kind: "pipeline" };
  const components = stream.flatMap((document, index) => (isMap(document) && isComponent(document) ? [index] : []));
  const isBroken = diagnostics.some(({ level }) => level === "error");
  if (components.length > 0 && !isBroken) return { kind: "components", documents: components };
  if (isPython(text) || isPipelineFile(text)) return { kind: "python", pipeline: isPipelineFile(text), functions: isPython(text) };
  if (components.length > 0 || /^["']?implementation["']?\s*:/m.test(text)) return { kind: "broken-component" };
  if (/^\s*["']?(apiVersion|kind|templates|spec)["']?\s*:/m.test(text)) return { kind: "pipeline" };
  return { kind: "nothing" };
}

/** A component has an implementation, or at least declares its ports. */
function isComponent(document: DataMap): boolean {
  if (isMap(field(document, "implementation"))) return true;
  return Object.hasOwn(document, "name") && (isList(field(document, "inputs")) || isList(field(document, "outputs")));
}

/** Whether a text has a function in its first column. */
export function isPython(text: string): boolean {
  return /^(async\s+)?def\s+[^\s(]+\s*\(/m.test(text) || /^[ \t]*(async\s+)?def\s+[^\s(]+\s*\(/.test(text);
}

function isPipelineFile(text: string): boolean {
  return /^[ \t]*@\s*([\w.]+\.)?pipeline\s*(\(|$)/m.test(text) || /^[ \t]*(from|import)[ \t]+kfp\b/m.test(text);
}
