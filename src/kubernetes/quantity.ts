/** Kubernetes quantities: 500m, 2, 8Gi. Kubernetes: apimachinery/pkg/api/resource/quantity.go. */
const grammar = /^\+?(\d+(?:\.\d*)?|\.\d+)(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/;
const factors: Readonly<Record<string, number>> = {
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
/** Common spellings of units, in lower case, and the Kubernetes suffix for each. */
const spokenUnits: Readonly<Record<string, string>> = {
  "": "",
  core: "",
  cores: "",
  cpu: "",
  cpus: "",
  vcpu: "",
  vcpus: "",
  코어: "",
  개: "",
  millicores: "m",
  millicore: "m",
  millicpu: "m",
  k: "k",
  kb: "k",
  mb: "M",
  g: "G",
  gb: "G",
  t: "T",
  tb: "T",
  ki: "Ki",
  kib: "Ki",
  mi: "Mi",
  mib: "Mi",
  gi: "Gi",
  gib: "Gi",
  ti: "Ti",
  tib: "Ti",
  메가: "M",
  메가바이트: "M",
  기가: "G",
  기가바이트: "G",
  테라: "T",
};

/** Whether a text is a quantity that a pod can request: not negative, at most one suffix, no spaces. */
export function isQuantity(text: string): boolean {
  return grammar.test(text);
}

/** The amount of a quantity, in cores, bytes or pieces; undefined for other text. Exact enough to compare two. */
export function amountOf(text: string): number | undefined {
  const parts = grammar.exec(text);
  if (!parts) return undefined;
  const [, digits = "", unit, exponent] = parts;
  return Number(digits) * (unit === undefined ? 1 : (factors[unit] ?? 1)) * (exponent === undefined ? 1 : 10 ** Number(exponent));
}

/** The likely intended quantity for a text that is none: `2 cores` is 2, `1 GB` is 1G, full-width digits become ASCII digits. */
export function nearestQuantity(text: string): string | undefined {
  const parts = /^(\d+(?:\.\d+)?)\s*([\p{L}]*)\.?$/u.exec(text.normalize("NFKC").replaceAll(",", "").trim());
  const spoken = parts?.[2]?.toLowerCase() ?? "";
  if (!parts || !Object.hasOwn(spokenUnits, spoken)) return undefined;
  const found = `${parts[1]}${spokenUnits[spoken]}`;
  return found !== text && isQuantity(found) ? found : undefined;
}

/** Whether the KFP SDK 1.8 accepts a quantity; for memory and storage it accepts whole numbers only. KFP: dsl/_container_op.py. */
export function sdkTakes(resource: "cpu" | "memory" | "storage", text: string): boolean {
  return resource === "cpu" ? /^\d+m$/.test(text) || /^\d*\.?\d+([eE][+-]?\d+)?$/.test(text) : /^\d+([EPTGMK]i?)?$/.test(text);
}

/** Whether a quantity of memory or storage is a fraction of a byte, such as 100m: legal, but surely not intended. */
export function isBelowOneByte(text: string): boolean {
  const amount = amountOf(text);
  return /[num]$/.test(text) && amount !== undefined && amount !== 0;
}

/**
 * The quantity `by` steps up or down in its own unit: whole cores or bytes, hundreds of millicores; undefined below zero or for other text.
 */
export function steppedQuantity(text: string, by: number): string | undefined {
  const parts = /^(\d+)([numkMGTPE]|[KMGTPE]i)?$/.exec(text === "" ? "0" : text);
  if (!parts) return undefined;
  const next = Number(parts[1]) + by * (parts[2] === "m" ? 100 : 1);
  return next < 0 ? undefined : `${next}${parts[2] ?? ""}`;
}
