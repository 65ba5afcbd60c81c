import { createStore, type StoreApi } from "zustand/vanilla";
import { type Diagnostic, type DiagnosticCode, diagnosticOf, type DiagnosticValues } from "#diagnostics/diagnostic.ts";
import { readComponent } from "#components/component-yaml/read.ts";
import { type Data, type DataMap, isMap, field, listField, textField } from "#data/data.ts";
import type { FileEncoding } from "#yaml/text-encoding.ts";
import type { Opened, Span } from "../ports.ts";
import { type LibraryEntry, entryOf } from "./library-entry.ts";
import { type Recognised, recognise, libraryKind } from "./recognise-text.ts";
import { printStream } from "#yaml/print.ts";

/** Storage of the library. All calls may fail (private windows, full disks); the library then lasts for the visit. */
export interface LibraryStorage {
  all(): Promise<readonly LibraryEntry[]>;
  put(entries: readonly LibraryEntry[]): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Parses YAML off the page's thread and without touching the pipeline. */
export interface Reader {
  read(text: string, paths?: readonly Diagnostic["path"][]): Promise<Opened & { readonly spans: readonly (Span | undefined)[] }>;
}

/** A problem with an imported file. */
export interface Problem {
  readonly file: string;
  /** From 1. */
  readonly line?: number;
  readonly diagnostic: Diagnostic;
}

/** The result of importing files. */
export interface Report {
  readonly added: number;
  /** Those that existed already. */
  readonly known: number;
  readonly problems: readonly Problem[];
}

export interface LibraryState {
  readonly entries: readonly LibraryEntry[];
  readonly loaded: boolean;
  /** false: the browser does not store it. */
  readonly kept: boolean;
  readonly report?: Report;
}

/** A text with the name of its file. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
  /** The encoding of its file if that is not UTF-8. */
  readonly encoding?: FileEncoding;
}

/** The user's components, and the operations on them. */
export interface Library {
  readonly store: StoreApi<LibraryState>;
  load(): Promise<void>;
  /** The kind of a text, determined by its content. */
  recognise(text: string): Promise<Recognised>;
  /** Imports the components of texts; returns those that are now in the library, whether new or known. */
  bring(files: readonly NamedText[]): Promise<readonly LibraryEntry[]>;
  /** Imports one component, such as one of an opened file. */
  add(spec: DataMap, origin?: string): LibraryEntry;
  change(id: string, change: Partial<Pick<LibraryEntry, "favourite" | "group" | "used">>): void;
  remove(id: string): void;
  /** The whole library as one file. */
  text(): string;
  dismiss(): void;
}

/** The largest text that is read as a component or library. A Kubernetes object holds 1.5 MB at most; a library holds many. */
export const largestText = 10_000_000;
/** The maximum number of components; more would make every search slow. */
export const mostEntries = 5_000;
const mostProblems = 200;

/** Creates a library. */
export function createLibrary(storage: LibraryStorage, reader: Reader, now: () => number): Library {
  const store = createStore<LibraryState>(() => ({ entries: [], loaded: false, kept: true }));
  const keep = (work: Promise<void>) => void work.catch(() => store.setState({ kept: false }));

  function take(found: readonly LibraryEntry[]): { readonly taken: readonly LibraryEntry[]; readonly added: number } {
    const { entries } = store.getState();
    const known = new Map(entries.map((entry) => [entry.id, entry]));
    const fresh: LibraryEntry[] = [];
    const taken = found.flatMap((entry) => {
      const here = known.get(entry.id);
      if (here) return [here];
      if (known.size >= mostEntries) return [];
      known.set(entry.id, entry);
      fresh.push(entry);
      return [entry];
    });
    if (fresh.length > 0) {
      store.setState({ entries: [...entries, ...fresh] });
      keep(storage.put(fresh));
    }
    return { taken, added: fresh.length };
  }

  async function bring(files: readonly NamedText[]): Promise<readonly LibraryEntry[]> {
    const problems: Problem[] = [];
    const found: LibraryEntry[] = [];
    for (const file of files) {
      const read = await readFile(reader, file, now());
      found.push(...read.entries);
      problems.push(...read.problems);
    }
    const { taken, added } = take(found);
    const missed = found.length - taken.length;
    if (missed > 0) problems.push({ file: "", diagnostic: problem("library-full", { n: missed, limit: mostEntries }) });
    store.setState({ report: { added, known: taken.length - added, problems: problems.slice(0, mostProblems) } });
    return taken;
  }

  function change(id: string, by: Partial<LibraryEntry>): void {
    const entries = store.getState().entries.map((entry) => (entry.id === id ? { ...entry, ...by } : entry));
    store.setState({ entries });
    keep(storage.put(entries.filter((entry) => entry.id === id)));
  }

  return {
    store,
    bring,
    change,
    async load() {
      try {
        const kept = await storage.all();
        const here = new Set(kept.map(({ id }) => id));
        store.setState(({ entries }) => ({ entries: [...kept, ...entries.filter(({ id }) => !here.has(id))], loaded: true }));
      } catch {
        store.setState({ loaded: true, kept: false });
      }
    },
    async recognise(text) {
      if (text.length > largestText) return { kind: "nothing" };
      const { stream, diagnostics } = await reader.read(text);
      return recognise(text, stream, diagnostics);
    },
    add(spec, origin) {
      const entry = entryOf(spec, { now: now(), origin });
      return take([entry]).taken[0] ?? entry;
    },
    remove(id) {
      store.setState(({ entries }) => ({ entries: entries.filter((entry) => entry.id !== id) }));
      keep(storage.remove(id));
    },
    text: () => libraryText(store.getState().entries),
    dismiss: () => store.setState({ report: undefined }),
  };
}

/** The components of one file, and the problems of the others. */
async function readFile(
  reader: Reader,
  file: NamedText,
  now: number,
): Promise<{ readonly entries: readonly LibraryEntry[]; readonly problems: readonly Problem[] }> {
  if (file.text.length > largestText) return refused(file, problem("library-too-large", { limit: largestText / 1_000_000 }));
  const { stream, diagnostics } = await reader.read(file.text);
  const what = recognise(file.text, stream, diagnostics);
  const errors = diagnostics.filter(({ level }) => level === "error");
  if (what.kind === "broken-component")
    return {
      entries: [],
      problems: errors.slice(0, 3).map((diagnostic) => ({ file: file.name, line: lineAt(file.text, diagnostic.span?.[0]), diagnostic })),
    };
  const found =
    what.kind === "library"
      ? entriesOfLibrary(stream, now)
      : what.kind === "components"
        ? entriesOfFile(file, stream, what.documents, now)
        : undefined;
  if (!found) return refused(file, problem("library-no-component", {}));
  const checked = found.map((entry) => ({ entry, errors: errorsOf(entry.spec, stream) }));
  const paths = checked.flatMap((one) => one.errors.map(({ path }) => path));
  const spans = paths.length > 0 ? (await reader.read(file.text, paths)).spans : [];
  const problems = checked
    .flatMap((one) => one.errors)
    .map((diagnostic, index): Problem => ({ file: file.name, line: lineAt(file.text, spans[index]?.start), diagnostic }));
  return { entries: checked.filter((one) => one.errors.every(({ code }) => mendable.has(code))).map(({ entry }) => entry), problems };
}

function refused(file: NamedText, diagnostic: Diagnostic) {
  return { entries: [], problems: [{ file: file.name, diagnostic }] };
}

function entriesOfFile(file: NamedText, stream: readonly Data[], documents: readonly number[], now: number): readonly LibraryEntry[] {
  const isAlone = stream.length === 1;
  const folder = file.name.split("/").slice(0, -1).join("/");
  return documents.flatMap((index) => {
    const spec = stream[index];
    return isMap(spec) ? [entryOf(spec, { now, origin: file.name, group: folder, ...(isAlone && { text: file.text }) })] : [];
  });
}

/**
 * Problems that can be fixed on the task: the component is imported and the problem reported. Some published components leave the image to
 * their user.
 */
const mendable: ReadonlySet<string> = new Set(["component-no-image"]);

/** Why a component cannot be used as it is, with paths in the file. */
function errorsOf(spec: DataMap, stream: readonly Data[]): readonly Diagnostic[] {
  const { diagnostics } = readComponent(spec, [stream.indexOf(spec)]);
  return diagnostics.filter(({ level }) => level === "error").slice(0, 3);
}

function lineAt(text: string, offset: number | undefined): number | undefined {
  return offset === undefined ? undefined : text.slice(0, offset).split("\n").length;
}

function problem<Code extends DiagnosticCode>(code: Code, values: DiagnosticValues<Code>): Diagnostic {
  return diagnosticOf(code, values, { level: "error", path: [] });
}

/**
 * The whole library as one YAML file: a first document with the user's settings for the components, then one document for each component,
 * which is an ordinary component.yaml.
 */
export function libraryText(entries: readonly LibraryEntry[]): string {
  const about = entries.map((entry) => ({
    ...(entry.group === "" ? {} : { group: entry.group }),
    ...(entry.favourite ? { favourite: true } : {}),
    ...(entry.origin === undefined ? {} : { origin: entry.origin }),
    ...(entry.digest === undefined ? {} : { digest: entry.digest }),
  }));
  return printStream([{ kind: libraryKind, version: 1, components: about }, ...entries.map((entry) => entry.spec)]);
}

/** The entries of such a file. Documents that are not mappings are ignored. */
export function entriesOfLibrary(stream: readonly Data[], now: number): readonly LibraryEntry[] {
  const about = listField(stream[0], "components");
  return stream.slice(1).flatMap((spec, index) => (isMap(spec) ? [described(spec, about[index], now)] : []));
}

function described(spec: DataMap, about: Data | undefined, now: number): LibraryEntry {
  const digest = textField(about, "digest");
  return {
    ...entryOf(spec, {
      now,
      origin: textField(about, "origin"),
      group: textField(about, "group")?.slice(0, 120),
      favourite: field(about, "favourite") === true,
    }),
    ...(digest !== undefined && /^[0-9a-f]{64}$/.test(digest) && { digest }),
  };
}
