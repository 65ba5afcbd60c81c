import fc from "fast-check";

/** Whether this is the long run (`npm run soak`). */
export const isSoak = process.env.DAGWRIGHT_SOAK === "1";

/** Whether this is the run of CI, which takes the time for more of what is slow. */
export const isCi = process.env.CI === "true";

/** How often a property is tried: `check` times in `npm run check`, `soak` times in `npm run soak` (by default fifty times as often). */
export function runs(check: number, soak = check * 50): number {
  return isSoak ? soak : check;
}

// The same cases in each run, so that a failure can be repeated; the soak takes other ones.
fc.configureGlobal({ seed: isSoak ? 20_261_128 : 20_261_127, numRuns: runs(100) });
