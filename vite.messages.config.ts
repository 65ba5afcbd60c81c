import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Plugin, transformWithOxc } from "vite";

/**
 * The sections of the message catalog that are loaded together: what the frame and the canvas show at once, the panels, edits and broken
 * texts, and the diagnostics of all checks. A section that is not listed is loaded with the diagnostics; those of the terminal are left out.
 */
const parts: Readonly<Record<string, readonly string[]>> = {
  first: ["shell", "canvas", "saving"],
  panels: ["inspector", "library", "served", "files"],
  settings: ["settings"],
  edits: ["edits", "yaml", "argo"],
};
const terminal = ["cli"];
const folder = fileURLToPath(new URL("src/messages/sections/", import.meta.url));
const prefix = "virtual:messages/";

/** Provides `virtual:messages/LANGUAGE/PART`: the messages of one part in one language, so that the page fetches no message it does not show. */
export function splitMessages(): Plugin {
  return {
    name: "split-words",
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    async load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined;
      const [language = "", part = ""] = id.slice(prefix.length + 1).split("/");
      const messages: Record<string, string> = {};
      for (const name of sectionsOf(part)) {
        this.addWatchFile(`${folder}${name}.ts`);
        for (const section of await sectionsIn(`${folder}${name}.ts`)) Object.assign(messages, section[language]);
      }
      return `export default ${JSON.stringify(messages)};`;
    },
  };
}

function sectionsOf(part: string): readonly string[] {
  if (part !== "checks") return parts[part] ?? [];
  const elsewhere = [...Object.values(parts).flat(), ...terminal];
  return readdirSync(folder)
    .map((file) => file.replace(/\.ts$/, ""))
    .filter((name) => !elsewhere.includes(name))
    .sort();
}

/** A section is a module of plain text without imports, so it can be evaluated in place. */
async function sectionsIn(file: string): Promise<readonly Readonly<Record<string, Readonly<Record<string, string>>>>[]> {
  const { code } = await transformWithOxc(readFileSync(file, "utf8"), file, { sourcemap: false });
  return Object.values(await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`));
}
