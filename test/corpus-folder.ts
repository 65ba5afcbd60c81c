import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const locations = [process.env.DAGWRIGHT_CORPUS, join(root, "../shared/corpus")].filter(
  (location) => location !== undefined && location !== "",
);

/** The folder of real files (DAGWRIGHT_CORPUS, or `../shared/corpus` beside the checkout), else the small corpus of our own. */
export const corpusFolder: string = locations.find((location) => existsSync(location as string)) ?? join(root, "test/fixtures");
const isWhole = resolve(corpusFolder) !== join(root, "test/fixtures");

/** How much there must be at least: `whole` in the large corpus, `own` in ours. */
export function atLeast(whole: number, own: number): number {
  return isWhole ? whole : own;
}
