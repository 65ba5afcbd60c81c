/** Kubernetes quantities. Kubernetes: apimachinery/pkg/api/resource/quantity.go. */
const grammar = /^[+-]?(\d+(?:\.\d*)?|\.\d+)(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/;
const factors: Readonly<Record<string, number>> = {
  n: 1e-9, u: 1e-6, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18,
  Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60,
};

/** Whether a value is a quantity such as 500m, 2Gi, 0.5 or 1e3; text with a tag in it is none. */
export function isQuantity(value: string | number): boolean {
  return typeof value === "number" ? Number.isFinite(value) : grammar.test(value);
}

/** How much a quantity is, in its base unit; undefined if it is none. Good enough to compare two, not to add them up. */
export function amountOf(value: string | number): number | undefined {
  if (typeof value === "number") return value;
  const parts = grammar.exec(value);
  if (parts === null) return undefined;
  const [, digits = "", unit, exponent] = parts;
  const size = Number(digits) * (unit === undefined ? 1 : (factors[unit] ?? 1)) * (exponent === undefined ? 1 : 10 ** Number(exponent));
  return value.startsWith("-") ? -size : size;
}
