import type { Data } from "#data/data.ts";

// Servers up to 2.3 read CPU and memory as numbers besides the texts: cores, and units of 10^9 bytes. docs/spec/kfp-v2.md

const twins: Readonly<Record<string, { readonly key: string; readonly unit: "cores" | "gigabytes" | "text" }>> = {
  resourceCpuLimit: { key: "cpuLimit", unit: "cores" },
  resourceCpuRequest: { key: "cpuRequest", unit: "cores" },
  resourceMemoryLimit: { key: "memoryLimit", unit: "gigabytes" },
  resourceMemoryRequest: { key: "memoryRequest", unit: "gigabytes" },
  resourceType: { key: "type", unit: "text" },
  resourceCount: { key: "count", unit: "text" },
};

/** The twin of a resource field; without a value if the text says no number (a placeholder) and the twin has to go. */
export function twinOf(
  key: string | number | undefined,
  value: Data | undefined,
): { readonly key: string; readonly value?: Data } | undefined {
  const twin = typeof key === "string" && Object.hasOwn(twins, key) ? twins[key] : undefined;
  if (!twin) return undefined;
  const number = value === undefined ? undefined : twin.unit === "text" ? value : quantity(String(value), twin.unit);
  return number === undefined ? { key: twin.key } : { key: twin.key, value: number };
}

const factors: Readonly<Record<string, number>> = {
  "": 1,
  m: 1e-3,
  k: 1e3,
  K: 1e3,
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

function quantity(text: string, unit: "cores" | "gigabytes"): number | undefined {
  const [, digits, suffix] = /^(\d+(?:\.\d*)?|\.\d+)([a-zA-Z]{0,2})$/.exec(text) ?? [];
  const factor = suffix !== undefined && Object.hasOwn(factors, suffix) ? factors[suffix] : undefined;
  if (digits === undefined || factor === undefined) return undefined;
  const value = Number(digits) * factor;
  // Thousandths of cores and bytes are whole numbers; division at the end keeps 0.5 what it is.
  return unit === "cores" ? Number(value.toFixed(6)) : Math.round(value) / 1e9;
}
