/**
 * A number as Python prints it: `1`, `0.5`, `1e-05`, `1e+16`. A whole number is an int unless `float` is set; then it gets `.0`.
 * Python: repr() of int and float.
 */
export function numberText(value: number, float = false): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Number.isInteger(value) && !float) return Object.is(value, -0) ? "0" : BigInt(value).toString();
  if (Object.is(value, -0)) return "-0.0";
  const [mantissa = "", exponentText = "0"] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  // Python switches to an exponent below 1e-4 and from 1e16 on; JavaScript at other limits and without the leading zero.
  if (value !== 0 && (exponent < -4 || exponent >= 16)) {
    const digits = Math.abs(exponent).toString().padStart(2, "0");
    return `${mantissa}e${exponent < 0 ? "-" : "+"}${digits}`;
  }
  if (Number.isInteger(value)) return `${BigInt(value)}.0`;
  return value.toString();
}
