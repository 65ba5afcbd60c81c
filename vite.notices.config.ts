import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

const fileName = "THIRD-PARTY-NOTICES.txt";
const licenseFile = /^(licen[cs]e|copying|notice)(\.(md|txt|markdown))?$/i;

/**
 * Writes the licences of all packages that are in the built page beside it. The page's workers are bundled by themselves: `worker` is
 * for their plugins, and their modules are known before the page is written.
 */
export function thirdPartyNotices(): { readonly page: () => Plugin; readonly worker: () => Plugin } {
  const folders = new Set<string>();
  const collect: Plugin["generateBundle"] = (_, bundle) => {
    for (const part of Object.values(bundle))
      for (const id of part.type === "chunk" ? part.moduleIds : []) {
        const folder = packageFolder(id);
        if (folder !== undefined) folders.add(folder);
      }
  };
  return {
    worker: () => ({ name: "third-party-notices-worker", generateBundle: collect }),
    page: () => ({
      name: "third-party-notices",
      generateBundle(options, bundle, isWrite) {
        if (typeof collect === "function") void collect.call(this, options, bundle, isWrite);
        this.emitFile({ type: "asset", fileName, source: noticesOf([...folders]) });
      },
    }),
  };
}

/** The folder of the package that a module belongs to; undefined for our own. */
function packageFolder(id: string): string | undefined {
  const path = id.replace(/^\0/, "").split("?")[0] ?? "";
  if (!path.includes("/node_modules/")) return undefined;
  for (let folder = dirname(path); folder.includes("/node_modules/"); folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    // Folders of a package may have a package.json of their own that only says "type".
    if (existsSync(manifest) && typeof manifestOf(folder).name === "string") return folder;
  }
  return undefined;
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly repository?: string | { readonly url?: string };
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

/** The text of the notices: one part for each package, sorted by name. */
function noticesOf(folders: readonly string[]): string {
  const parts = folders
    .map((folder) => ({ folder, ...manifestOf(folder) }))
    .sort((a, b) => ((a.name ?? "") < (b.name ?? "") ? -1 : 1))
    .map(({ folder, name = "", version = "", license = "see below", repository }) => {
      const address = typeof repository === "string" ? repository : (repository?.url ?? "");
      const texts = readdirSync(folder)
        .filter((file) => licenseFile.test(file))
        .sort()
        .map((file) => readFileSync(join(folder, file), "utf8").trim());
      return [`${name} ${version}`, `License: ${license}`, ...(address === "" ? [] : [address]), "", ...texts].join("\n").trim();
    });
  const line = "-".repeat(80);
  return `Dagwright contains the following packages.\n\n${parts.map((part) => `${line}\n${part}\n`).join("\n")}`;
}
