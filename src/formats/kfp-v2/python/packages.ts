import { quoted } from "#python/print-value.ts";

// The packages that a program of the SDK 2 installs before it runs: the first words of its command, `sh -c SCRIPT`.

/** The commands of an install script around which the rest of it stays as it is. */
interface InstallScript {
  readonly before: string;
  /** Options such as `--index-url`, as text. */
  readonly options: string;
  readonly packages: readonly string[];
  /** What installs kfp itself, with what prepares it. */
  readonly kfp?: string;
  readonly after: string;
}

const install = /python3 -m pip install((?:\s+-[^\s'"]*(?:\s+[^\s'"&-][^\s'"&]*)?)*)((?:\s+(?:'[^'\n]*'|"[^"\n]*"))+)/g;

/** The packages that a command installs for its function; undefined if it is not written as the SDK writes it. */
export function readPackages(command: readonly unknown[]): readonly string[] | undefined {
  const script = scriptOf(command);
  if (script === undefined) return [];
  return readScript(script)?.packages;
}

/** The command with other packages; undefined if it is not written as the SDK writes it. `kfpVersion`: for where kfp was not installed. */
export function writePackages(command: readonly string[], packages: readonly string[], kfpVersion: string): readonly string[] | undefined {
  const script = scriptOf(command);
  const read = script === undefined ? emptyScript : readScript(script);
  if (!read) return undefined;
  const rest = script === undefined ? command : command.slice(3);
  const bringsKfp = (list: readonly string[]) => list.some((one) => one.startsWith("kfp"));
  // A function that installs kfp itself does not get that of the SDK; an image that has it needs none.
  const own = read.kfp ?? (bringsKfp(read.packages) ? kfpInstall(kfpVersion, read.options) : undefined);
  const kfp = bringsKfp(packages) ? undefined : own;
  const users = packages.length > 0 ? `${pip}${read.options} ${packages.map(quoted).join(" ")}` : undefined;
  const parts = [users, kfp].filter((one) => one !== undefined);
  return parts.length === 0 ? rest : ["sh", "-c", `${read.before}${parts.join("  &&  ")}${read.after}`, ...rest];
}

const pip = "python3 -m pip install --quiet --no-warn-script-location";

function kfpInstall(version: string, options = ""): string {
  return `${pip}${options} 'kfp==${version}' '--no-deps' 'typing-extensions>=3.7.4,<5; python_version<"3.9"'`;
}

/** The command of a function that installs kfp and nothing else. */
export function installKfp(version: string): readonly string[] {
  return ["sh", "-c", `${emptyScript.before}${kfpInstall(version)}${emptyScript.after}`];
}

/** A script that runs the rest of the command once it has installed something. */
const emptyScript: InstallScript = {
  before: "\nPIP_DISABLE_PIP_VERSION_CHECK=1 ",
  options: "",
  packages: [],
  after: ' && "$0" "$@"\n',
};

function scriptOf(command: readonly unknown[]): string | undefined {
  const [shell, option, script] = command;
  return shell === "sh" && option === "-c" && typeof script === "string" && script.includes("pip install") ? script : undefined;
}

function readScript(script: string): InstallScript | undefined {
  const found = [...script.matchAll(install)];
  const [first, second] = found;
  const last = found.at(-1);
  if (!first || !last || found.length > 2) return undefined;
  const start = /PIP_DISABLE_PIP_VERSION_CHECK=1 /.exec(script);
  const from = start ? start.index + start[0].length : first.index;
  const end = last.index + last[0].length;
  const words = wordsOf(first[2] ?? "");
  const options = (first[1] ?? "").replace(/\s+--quiet|\s+--no-warn-script-location/g, "");
  const isKfp = !second && words[0]?.startsWith("kfp==") === true && words.every((one) => /^(?:kfp==|--|typing-extensions)/.test(one));
  if (isKfp) return { before: script.slice(0, from), options, packages: [], kfp: script.slice(from, end), after: script.slice(end) };
  if (first.index !== from) return undefined;
  const between = second ? /^\s*&& {0,2}/.exec(script.slice(first.index + first[0].length)) : undefined;
  if (second && !between) return undefined;
  const kfpFrom = first.index + first[0].length + (between?.[0].length ?? 0);
  return {
    before: script.slice(0, from),
    options,
    packages: words,
    ...(second ? { kfp: script.slice(kfpFrom, end) } : {}),
    after: script.slice(end),
  };
}

function wordsOf(text: string): readonly string[] {
  return [...text.matchAll(/'([^'\n]*)'|"([^"\n]*)"/g)].map(([, single, double]) => single ?? double ?? "");
}
