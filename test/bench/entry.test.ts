import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What may not be in the page's first script, for it is much and needed later or never. */
const later = [
  "src/python/",
  "src/formats/argo/lint/",
  "src/formats/argo/edit/",
  "src/formats/argo/flavor/",
  "src/formats/argo/kfp/edit/",
  "src/formats/argo/kfp/flavor.ts",
  "src/formats/argo/kfp/lift/",
  "src/formats/argo/kfp/lower/",
  "src/convert/",
  "src/compiler/",
  "src/messages/sections/",
  "src/yaml/parse.ts",
  "src/yaml/patch.ts",
  "src/ui/dialogs/",
  "src/ui/inspector/",
  "src/ui/settings/",
  "src/ui/problems/",
  "src/ui/yaml/",
  "src/ui/python/",
  "src/ui/palette/palette.tsx",
  "src/ui/palette/outline.tsx",
  "node_modules/elkjs",
  "node_modules/@radix-ui",
  "node_modules/@codemirror",
  "node_modules/@lezer",
  "node_modules/yaml",
];
/** Small parts of those that the first script needs. A pipeline is read on the page, so it needs what registers the readers; a paste is handled at once. The command palette is there before its key is pressed, so that no letter typed into it is lost. */
const allowed = new Set([
  "src/compiler/clipboard.ts",
  "src/compiler/readers.ts",
  "src/data/sha256.ts",
  "src/formats/argo/kfp/lower/assign-names.ts",
  "src/ui/dialogs/command-palette.tsx",
  "src/ui/dialogs/sheet.tsx",
]);

/** Every module that is loaded with a file, and the file that first asks for it; packages by their folder. */
function loadedWith(entry: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>([[entry, ""]]);
  for (const [file] of found) {
    if (file.startsWith("node_modules/") || !/\.tsx?$/.test(file)) continue;
    const text = readFileSync(join(root, file), "utf8");
    for (const [, wanted = ""] of text.matchAll(/^(?:import|export)\s+(?!type\b)(?:[^"';]*?\sfrom\s+)?"([^"]+)";/gms)) {
      const target = wanted.startsWith("#")
        ? join("src", wanted.slice(1))
        : wanted.startsWith(".")
          ? relative(root, join(root, dirname(file), wanted))
          : `node_modules/${wanted}`;
      if (!found.has(target) && (target.startsWith("node_modules/") || existsSync(join(root, target)))) found.set(target, file);
    }
  }
  return found;
}

describe("the page's first script", () => {
  const loaded = loadedWith("src/main.tsx");

  it("is followed through all its imports", () => {
    expect(loaded.size).toBeGreaterThan(80);
    expect([...loaded.keys()]).toContain("src/ui/canvas/pipeline-canvas.tsx");
  });

  it("holds nothing that is needed later", () => {
    const heavy = [...loaded]
      .filter(([file]) => !allowed.has(file) && later.some((location) => file.startsWith(location)))
      .map(([file, by]) => `${file} (asked for by ${by})`);
    expect(heavy).toEqual([]);
  });
});
