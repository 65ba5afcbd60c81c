import type { PortKind } from "#pipeline/model.ts";

/** The colour family of a port and its wires. Values and files have families of their own. */
export type PortFamily = "text" | "number" | "bool" | "json" | "dataset" | "model" | "metrics" | "volume" | "any";

const NUMBER = /^(integer|int|long|float|double|number)\d*$/i;
const BOOL = /^bool(ean)?$/i;
const JSON_LIKE = /^(json\w*|list|dict\w*|array|object|map|tuple)$/i;
const MODEL = /model|checkpoint|estimator/i;
const METRICS = /metric|roc|confusion|ui[_ ]?metadata|visuali[sz]ation/i;

/**
 * The family of a port by kind and type. Types are free text in KFP, so unknown types belong to the widest family of their kind: text for
 * values, data file for files.
 */
export function familyOf(port: { readonly kind: PortKind; readonly type?: string }): PortFamily {
  const word = /[\p{L}\p{N}_.]+/u.exec(port.type ?? "")?.[0];
  if (word === undefined || /^any$/i.test(word)) return "any";
  if (port.kind === "artifact") return METRICS.test(word) ? "metrics" : MODEL.test(word) ? "model" : "dataset";
  if (NUMBER.test(word)) return "number";
  if (BOOL.test(word)) return "bool";
  return JSON_LIKE.test(word) ? "json" : "text";
}
