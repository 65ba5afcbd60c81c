/** The command's first line: real streams, then `run`. */
import { say } from "#words/index.ts";
import type { Language } from "#words/say.ts";
import { run } from "./run.ts";

/** English unless asked otherwise, whatever the locale: scripts read what we print. */
function languageOf(argv: readonly string[]): Language {
  const at = argv.indexOf("--language");
  const wished = argv.find((word) => word.startsWith("--language="))?.slice(11) ?? (at < 0 ? process.env.DAGWRIGHT_LANGUAGE : argv[at + 1]);
  return wished === "ko" ? "ko" : "en";
}

async function readInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

// `dagwright model F | head` closes the pipe early; that is no fault.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (fault: NodeJS.ErrnoException) => {
    if (fault.code === "EPIPE") process.exit(0);
    throw fault;
  });
}

const language = languageOf(process.argv);
process.exitCode = await run(process.argv.slice(2), {
  input: readInput,
  out: (text) => void process.stdout.write(text),
  tell: (line) => void process.stderr.write(`${line}\n`),
  say: say(language),
  language,
  interrupted: () => new Promise((done) => ["SIGINT", "SIGTERM"].forEach((signal) => process.once(signal, () => done()))),
});
