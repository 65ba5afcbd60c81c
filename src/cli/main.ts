/** Entry point of the command: connects the real streams and calls `run`. */
import { translator } from "#messages/index.ts";
import type { Language } from "#messages/translate.ts";
import { printable } from "./printable.ts";
import { readStream } from "./read-file.ts";
import { run } from "./run.ts";

/** English unless requested otherwise, whatever the locale: scripts read the output. */
function languageOf(argv: readonly string[]): Language {
  const at = argv.indexOf("--language");
  const wished = argv.find((word) => word.startsWith("--language="))?.slice(11) ?? (at < 0 ? process.env.DAGWRIGHT_LANGUAGE : argv[at + 1]);
  return wished === "ko" ? "ko" : "en";
}

/**
 * A closed pipe (`dagwright check DIR | head`) only means that nobody reads any more: the command continues to its own exit code. Any other
 * stream error, such as a full disk behind `>`, is reported and ends with 2.
 */
function guardStream(stream: NodeJS.WriteStream, name: string): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    if (stream !== process.stderr) tell(`dagwright: ${translateAs("cli.stream-broken", { name, reason: error.code ?? error.message })}`);
    process.exit(2);
  });
}

const language = languageOf(process.argv);
const translateAs = translator(language);
const tell = (line: string) => void process.stderr.write(`${line}\n`);
guardStream(process.stdout, "stdout");
guardStream(process.stderr, "stderr");
for (const event of ["uncaughtException", "unhandledRejection"] as const) {
  process.on(event, (error: unknown) => {
    tell(`dagwright: ${translateAs("cli.internal", { reason: printable(error instanceof Error ? error.message : String(error)) })}`);
    process.exit(2);
  });
}

process.exitCode = await run(process.argv.slice(2), {
  input: () => readStream(process.stdin),
  out: (text) => void process.stdout.write(text),
  tell,
  t: translateAs,
  language,
  interrupted: () => new Promise((done) => ["SIGINT", "SIGTERM"].forEach((signal) => process.once(signal, () => done()))),
});
