import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "../command.ts";
import { isPython } from "../compile-python.ts";
import { readFileText } from "../files.ts";
import { serveFile } from "../open-server.ts";
import { option } from "../parse-arguments.ts";
import { exit, UsageError } from "../terminal.ts";

/** The same port each time: what the browser stores (library, theme, unexported edits) belongs to the address. */
const usualPort = 4174;

/** Serves the page on this machine with a file loaded; exporting saves the file in place. */
export const open: Command = {
  name: "open",
  usage: "[FILE] [--port N]",
  options: { port: { value: "N" } },
  positionalCount: [0, 1],
  run: async (args, terminal) => {
    const [file] = args.positionals;
    // Exporting saves YAML in place, which must never overwrite Python.
    if (file !== undefined && isPython(file, (await readFileText(file, terminal.encoding)).text))
      throw new UsageError("cli.open-python", { file, yaml: file.replace(/\.py$/i, ".yaml") });
    const folder = pageFolder();
    if (folder === undefined) throw new UsageError("cli.page-missing");
    const port = portOf(option(args, "port"));
    const server = await serveFile({ folder, file, port, encoding: terminal.encoding });
    if (port !== 0 && server.port !== port) terminal.tell(terminal.t("cli.port-taken", { taken: String(port), port: String(server.port) }));
    terminal.out(`${server.entry}\n`);
    terminal.tell(terminal.t(file === undefined ? "cli.serving" : "cli.serving-file", { address: server.entry, file: file ?? "" }));
    await terminal.interrupted();
    await server.close();
    return exit.good;
  },
};

/** The port to try first; 0: any free one. Throws a UsageError for a word that is not a port. */
export function portOf(word: string | undefined): number {
  const port = word === undefined ? usualPort : Number(word);
  if (word?.trim() === "" || !Number.isInteger(port) || port < 0 || port > 65535)
    throw new UsageError("cli.port-invalid", { word: word ?? "" });
  return port;
}

/** The built page: next to the built command, or in the checkout when run from source. */
function pageFolder(): string | undefined {
  const here = dirname(fileURLToPath(import.meta.url));
  const locations = [join(here, "../page"), join(here, "../../page"), join(process.cwd(), "dist/page")];
  return locations.find((folder) => existsSync(join(folder, "index.html")));
}
