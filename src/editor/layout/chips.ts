import { field, isList, isMap, listField, textField, type Data } from "#data/data.ts";
import { isNeverCached } from "#compiler/readers.ts";
import type { Task, Template } from "#pipeline/model.ts";
import { readable } from "./readable.ts";

/** One setting that differs from the default, shown in the foot of a box. */
export interface Chip {
  readonly kind: "gpu" | "cpu" | "memory" | "volume" | "secret" | "retry" | "cache" | "timeout" | "placement" | "sidecar" | "when" | "uses";
  /** The chip's text beside its icon: `4`, `2–4`, `16Gi`, `/mnt`; a name as the user wrote it; "" for the icon alone. */
  readonly text: string;
  /** The request exceeds the limit: shown in red. */
  readonly bad?: boolean;
}

/** The chips of one call, always in the same order: resources first, then how it runs. */
export function chipsOf(template: Template | undefined, task: Task | undefined, sources?: ReadonlyMap<string, string>): readonly Chip[] {
  const chips: Chip[] = [];
  const add = (kind: Chip["kind"], text: string | undefined, bad?: boolean) => {
    if (text !== undefined) chips.push(bad ? { kind, text, bad } : { kind, text });
  };
  if (template) {
    const rest: Data = template.rest;
    const container = field(rest, "container") ?? field(rest, "script");
    const resources = field(container, "resources");
    add("gpu", gpuText(resources));
    for (const kind of ["cpu", "memory"] as const) {
      const amount = amountText(field(field(resources, "requests"), kind), field(field(resources, "limits"), kind));
      if (amount) add(kind, amount.text, amount.bad);
    }
    for (const mount of listField(container, "volumeMounts").slice(0, 2)) add("volume", textField(mount, "mountPath"));
    for (const name of secretNames(container, rest)) add("secret", name);
    add("retry", retryText(field(rest, "retryStrategy")));
    add("timeout", durationText(field(rest, "activeDeadlineSeconds") ?? field(rest, "timeout")));
    if (isMap(field(rest, "nodeSelector")) || isList(field(rest, "tolerations")) || isMap(field(rest, "affinity")))
      add("placement", placementText(rest));
    const beside = listField(rest, "sidecars").length + listField(rest, "initContainers").length;
    if (beside > 0) add("sidecar", `+${beside}`);
    if (isNeverCached(template)) add("cache", "");
  }
  if (task?.when) add("when", readable(task.when.text, sources));
  return chips;
}

function gpuText(resources: Data | undefined): string | undefined {
  for (const side of ["limits", "requests"]) {
    const amounts = field(resources, side);
    if (!isMap(amounts)) continue;
    for (const key of Object.keys(amounts)) if (/\/gpu$|\/mig-|gpu/i.test(key)) return String(amounts[key]);
  }
  return undefined;
}

/** The limit; `request–limit` if they differ, `request > limit` if no node can satisfy it, `request+` without a limit. */
function amountText(request: Data | undefined, limit: Data | undefined): { text: string; bad?: boolean } | undefined {
  if (limit === undefined || limit === null) return request === undefined || request === null ? undefined : { text: `${String(request)}+` };
  if (request === undefined || request === null || String(request) === String(limit)) return { text: String(limit) };
  const [low, high] = [quantity(String(request)), quantity(String(limit))];
  if (low !== undefined && high !== undefined && low > high) return { text: `${String(request)} > ${String(limit)}`, bad: true };
  return { text: `${String(request)}–${String(limit)}` };
}

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

function quantity(text: string): number | undefined {
  const parts = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([A-Za-z]{0,2})$/.exec(text.trim());
  if (!parts) return undefined;
  const unit = Object.hasOwn(UNITS, parts[2]!) ? UNITS[parts[2]!]! : undefined;
  return unit === undefined ? undefined : Number(parts[1]) * unit;
}

function secretNames(container: Data | undefined, rest: Data): readonly string[] {
  const names = new Set<string>();
  for (const one of listField(container, "env")) {
    const name = textField(field(field(one, "valueFrom"), "secretKeyRef"), "name");
    if (name) names.add(name);
  }
  for (const one of listField(container, "envFrom")) {
    const name = textField(field(one, "secretRef"), "name");
    if (name) names.add(name);
  }
  for (const volume of listField(rest, "volumes")) {
    const name = textField(field(volume, "secret"), "secretName");
    if (name) names.add(name);
  }
  return [...names];
}

function retryText(retry: Data | undefined): string | undefined {
  if (!isMap(retry)) return undefined;
  const limit = field(retry, "limit");
  return limit === undefined || limit === null ? "" : String(limit);
}

/** Seconds in the largest unit that represents them exactly; other text unchanged. */
function durationText(value: Data | undefined): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const seconds =
    typeof value === "number" ? value : typeof value === "string" && /^\d+s?$/.test(value) ? Number.parseInt(value, 10) : undefined;
  if (seconds === undefined) return String(value);
  if (seconds % 3600 === 0 && seconds > 0) return `${seconds / 3600}h`;
  return seconds % 60 === 0 && seconds > 0 ? `${seconds / 60}m` : `${seconds}s`;
}

function placementText(rest: Data): string {
  const selector = field(rest, "nodeSelector");
  const first = isMap(selector) ? Object.values(selector)[0] : undefined;
  return typeof first === "string" ? first : "";
}
