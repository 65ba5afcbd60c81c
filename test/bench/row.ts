/** One line of the report. */
export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: "ms" | "kB" | "MB" | "fps" | "boxes" | "%";
  /** What it should be at most (for fps: at least). */
  readonly budget?: number;
  /** Drifts with the machine: reported, never a reason to fail. */
  readonly drifts: boolean;
}

/** Whether a row keeps its budget; true if it has none. */
export function keeps({ value, unit, budget }: Row): boolean {
  return budget === undefined || (unit === "fps" ? value >= budget : value <= budget);
}

/** The middle of several measurements. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Milliseconds that something takes, the middle of several runs after one to warm up. */
export function timed(times: number, act: () => unknown): number {
  act();
  return median(
    Array.from({ length: times }, () => {
      const began = performance.now();
      act();
      return performance.now() - began;
    }),
  );
}

/** A fixed piece of work: how fast this machine is right now. About 10 ms on a quiet machine of the kind that the budgets were set on. */
export function calibrate(): number {
  return timed(3, () => {
    let sum = 0;
    const words = new Map<string, number>();
    for (let i = 0; i < 200_000; i += 1) {
      const word = `w${(i * 7919) % 5003}`;
      words.set(word, (words.get(word) ?? 0) + 1);
      sum = (sum + Math.imul(i, 2654435761)) | 0;
    }
    return sum + words.size;
  });
}
