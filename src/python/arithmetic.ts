import type { PythonValue } from "./python-value.ts";

/**
 * Arithmetic of numbers in the text, such as `60 * 60`: computed the same way on every machine without running anything. A result that
 * Python would not give, or that grows without bound, is undefined.
 */

/** The value of `left sign right`; undefined if it cannot be computed here. */
export function calculated(sign: string, left: PythonValue, right: PythonValue): PythonValue | undefined {
  if (left.kind === "int" && right.kind === "int") {
    if (sign === "/") return ratio(Number(left.value), Number(right.value));
    const value = whole(sign, left.value, right.value);
    return value === undefined || value > largest || value < -largest ? undefined : { kind: "int", value };
  }
  if (!isNumber(left) || !isNumber(right)) return undefined;
  const [a, b] = [Number(left.value), Number(right.value)];
  switch (sign) {
    case "+":
      return { kind: "float", value: a + b };
    case "-":
      return { kind: "float", value: a - b };
    case "*":
      return { kind: "float", value: a * b };
    case "/":
      return ratio(a, b);
    default:
      return undefined;
  }
}

const largest = 2n ** 128n;

function isNumber(value: PythonValue): value is Extract<PythonValue, { readonly kind: "int" | "float" }> {
  return value.kind === "int" || value.kind === "float";
}

function ratio(a: number, b: number): PythonValue | undefined {
  return b === 0 ? undefined : { kind: "float", value: a / b };
}

function whole(sign: string, a: bigint, b: bigint): bigint | undefined {
  switch (sign) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "//":
      return b === 0n ? undefined : (a - modulo(a, b)) / b;
    case "%":
      return b === 0n ? undefined : modulo(a, b);
    case "**":
      return b >= 0n && b <= 128n && a <= largest && a >= -largest ? a ** b : undefined;
    default:
      return undefined;
  }
}

/** Python's remainder has the sign of the divisor. */
function modulo(a: bigint, b: bigint): bigint {
  const rest = a % b;
  return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
}
