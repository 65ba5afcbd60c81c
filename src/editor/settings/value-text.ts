import { isDuration, isIsoDuration, nearestDuration, nearestIsoDuration } from "#kubernetes/duration.ts";
import {
  isDataKey,
  isDnsLabel,
  isImage,
  isLabelKey,
  isLabelValue,
  isMountPath,
  isObjectName,
  isSubPath,
  isVariableName,
  nearestObjectName,
  nearestVariableName,
} from "#kubernetes/names.ts";
import { isQuantity, nearestQuantity } from "#kubernetes/quantity.ts";
import { type Data, isList, isMap, listField, textField } from "#data/data.ts";
import type { Message } from "../message.ts";
import type { Shape, TextRule, Typed } from "./setting.ts";

/** A value as text for a field; undefined if the shape has no text for it, so that it is shown as YAML. */
export function textOf(shape: Shape, value: Data | undefined): string | undefined {
  if (value === undefined || value === null) return "";
  switch (shape.kind) {
    case "quantity":
    case "integer":
    case "duration":
    case "text":
      return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
    case "choice":
      return typeof value === "string" && (shape.open || value === "" || shape.options.includes(value) || holdsTag(value))
        ? value
        : undefined;
    case "switch":
      if (typeof value === "boolean") return String(value);
      return shape.asText && (value === "true" || value === "false") ? value : undefined;
    default:
      return undefined;
  }
}

/** Whether the form of a shape can show a value without losing anything. */
export function fits(shape: Shape, value: Data | undefined): boolean {
  if (value === undefined || value === null) return true;
  switch (shape.kind) {
    case "list":
      return isList(value) && value.every(isScalar);
    case "map":
      return isMap(value) && Object.values(value).every((one) => one === null || isScalar(one));
    case "rows":
    case "env":
    case "volumes":
      return isList(value) && value.every((item) => isMap(item));
    case "probe":
    case "affinity":
      return isMap(value);
    case "yaml":
      return shape.of === undefined || (shape.of === "list" ? isList(value) : isMap(value));
    default:
      return textOf(shape, value) !== undefined;
  }
}

/** Parses text typed into a field. `before` is the current value: a number stays a number where the new value is one. */
export function typedAs(shape: Shape, text: string, before?: Data): Typed {
  if (shape.kind !== "text" && text.trim() === "") return absent;
  switch (shape.kind) {
    case "quantity": {
      const wanted = text.trim();
      if (holdsTag(wanted)) return { ok: true, value: wanted };
      if (!isQuantity(wanted)) return refused("setting-no-quantity", { text: wanted }, nearestQuantity(wanted));
      return { ok: true, value: typeof before === "number" && /^\d+$/.test(wanted) ? Number(wanted) : wanted };
    }
    case "integer":
      return integer(shape, text.normalize("NFKC") === text ? text.trim() : text, before);
    case "duration": {
      const wanted = text.trim();
      if (holdsTag(wanted)) return { ok: true, value: wanted };
      if (shape.form === "iso")
        return isIsoDuration(wanted)
          ? { ok: true, value: wanted }
          : refused("setting-no-iso-duration", { text: wanted }, nearestIsoDuration(wanted));
      if (!isDuration(wanted)) return refused("setting-no-duration", { text: wanted }, nearestDuration(wanted));
      return { ok: true, value: typeof before === "number" && /^\d+$/.test(wanted) ? Number(wanted) : wanted };
    }
    case "text": {
      if (text === "") return absent;
      const error = shape.rule === undefined || holdsTag(text) ? undefined : ruleError(shape.rule, text);
      return error ?? { ok: true, value: typedLike(text, before) };
    }
    case "choice":
      return shape.open || shape.options.includes(text) || holdsTag(text)
        ? { ok: true, value: text }
        : refused("setting-no-choice", { text, options: shape.options.join(", ") });
    case "switch":
      return text === "true" || text === "false"
        ? { ok: true, value: shape.asText ? text : text === "true" }
        : refused("setting-no-choice", { text, options: "true, false" });
    default:
      return refused("setting-no-choice", { text, options: "" });
  }
}

const absent: Typed = { ok: true, value: undefined };

function integer(shape: Extract<Shape, { kind: "integer" }>, text: string, before: Data | undefined): Typed {
  if (holdsTag(text) || (shape.percent && /^\d{1,3}%$/.test(text))) return { ok: true, value: text };
  if (!/^-?\d{1,15}$/.test(text)) {
    const digits = /^-?\d+/.exec(text.normalize("NFKC").trim().replaceAll(",", ""))?.[0];
    return refused("setting-no-integer", { text }, digits !== undefined && digits !== text ? digits : undefined);
  }
  const value = Number(text);
  if (shape.min !== undefined && value < shape.min) return refused("setting-too-small", { text, min: shape.min }, String(shape.min));
  if (shape.max !== undefined && value > shape.max) return refused("setting-too-large", { text, max: shape.max }, String(shape.max));
  return { ok: true, value: typeof before === "string" || (shape.asText && typeof before !== "number") ? text : value };
}

/** Why a text violates a rule; undefined if it does not. */
export function ruleError(rule: TextRule, text: string): (Typed & { readonly ok: false }) | undefined {
  switch (rule) {
    case "name":
      return isObjectName(text) ? undefined : refused("setting-no-name", { text }, nearestObjectName(text));
    case "container-name":
      return isDnsLabel(text) ? undefined : refused("setting-no-name", { text }, nearestObjectName(text.replaceAll(".", "-").slice(0, 63)));
    case "label-key":
    case "annotation-key":
      return isLabelKey(text) ? undefined : refused("setting-no-label-key", { text });
    case "label-value":
      return isLabelValue(text) ? undefined : refused("setting-no-label-value", { text });
    case "variable":
      return isVariableName(text) ? undefined : refused("setting-no-variable", { text }, nearestVariableName(text));
    case "image":
      return isImage(text)
        ? undefined
        : refused("setting-no-image", { text }, isImage(text.trim().toLowerCase()) ? text.trim().toLowerCase() : undefined);
    case "mount-path":
      return isMountPath(text) ? undefined : refused("setting-no-path", { text }, isMountPath(`/${text}`) ? `/${text}` : undefined);
    case "path":
      return text.startsWith("/") ? undefined : refused("setting-no-path", { text }, `/${text}`);
    case "sub-path":
      return isSubPath(text) ? undefined : refused("setting-no-sub-path", { text });
    case "port-name":
      return text.length <= 15 && /^[a-z0-9-]*[a-z][a-z0-9-]*$/.test(text) ? undefined : refused("setting-no-port-name", { text });
    case "data-key":
      return isDataKey(text) ? undefined : refused("setting-no-data-key", { text });
  }
}

/** The first metric whose name Prometheus would not accept. Argo: templates[].metrics.prometheus, workflow/metrics/util.go. */
export function metricsError(metrics: Data): Message | undefined {
  for (const metric of listField(metrics, "prometheus")) {
    const name = textField(metric, "name") ?? "";
    if (!holdsTag(name) && !/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) return { code: "setting-no-metric-name", values: { text: name } };
  }
  return undefined;
}

/** Whether a text contains a reference, whose value is known only when the pipeline runs. */
export function holdsTag(text: string): boolean {
  return text.includes("{{");
}

/** The value for a text, keeping the existing type: a number stays a number if the text is one. */
export function typedLike(text: string, before: Data | undefined): Data {
  if (typeof before === "number" && /^-?\d+(\.\d+)?$/.test(text) && String(Number(text)) === text) return Number(text);
  if (typeof before === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}

function isScalar(value: Data): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function refused(code: string, values: Readonly<Record<string, string | number>>, suggest?: string): Typed & { readonly ok: false } {
  return { ok: false, reason: { code, values }, ...(suggest === undefined ? {} : { suggest }) };
}
