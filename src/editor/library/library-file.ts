import { type Data, type DataMap, field, isMap, listField, textField } from "#data/data.ts";
import { printStream } from "#yaml/print.ts";
import { entryOf, type LibraryEntry } from "./library-entry.ts";
import { libraryKind } from "./recognise-text.ts";

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
