import { type Language, speaker, type Values } from "./say.ts";

/**
 * The words as the page takes them: part by part and in the language that is shown, so that nobody waits for sentences that are
 * not said to him. What the frame and the canvas show comes before the first paint; a panel brings its own; a code whose part has
 * not come yet stands as the code for the moment that it takes to fetch the rest.
 */
const parts = {
  en: {
    first: () => import("virtual:words/en/first"),
    panels: () => import("virtual:words/en/panels"),
    settings: () => import("virtual:words/en/settings"),
    edits: () => import("virtual:words/en/edits"),
    checks: () => import("virtual:words/en/checks"),
  },
  ko: {
    first: () => import("virtual:words/ko/first"),
    panels: () => import("virtual:words/ko/panels"),
    settings: () => import("virtual:words/ko/settings"),
    edits: () => import("virtual:words/ko/edits"),
    checks: () => import("virtual:words/ko/checks"),
  },
} as const;

/** A group of sections (vite.words.config.ts says which). */
export type Part = keyof (typeof parts)["en"];

/** Says a code with its values in one language. */
export type Say = (code: string, values?: Values) => string;

const known: Record<Language, Readonly<Record<string, string>>> = { en: {}, ko: {} };
const asked = new Map<string, Promise<void>>();
const speakers = new Map<Language, Say>();
const listeners = new Set<() => void>();

/** Fetches parts of a language, each once; all of them if none is named. */
export async function fetchWords(
  language: Language,
  wanted: readonly Part[] = ["first", "panels", "settings", "edits", "checks"],
): Promise<void> {
  await Promise.all(wanted.map((part) => fetchPart(language, part)));
}

function fetchPart(language: Language, part: Part): Promise<void> {
  const name = `${language}/${part}`;
  const known = asked.get(name) ?? parts[language][part]().then(({ default: sentences }) => learn(language, sentences));
  asked.set(name, known);
  // What could not be fetched is asked for again when it is missed again.
  known.catch(() => asked.delete(name));
  return known;
}

function learn(language: Language, sentences: Readonly<Record<string, string>>): void {
  known[language] = { ...known[language], ...sentences };
  speakers.clear();
  listeners.forEach((listener) => listener());
}

/** The speaker of a language; the same function at each call until more words have come. Until its own words are there it says those of the other. */
export function say(language: Language): Say {
  const made = speakers.get(language) ?? speakerOf(language);
  speakers.set(language, made);
  return made;
}

function speakerOf(language: Language): Say {
  const other = language === "en" ? "ko" : "en";
  const missing: Say = (code) => {
    // Before the first words there is nothing to miss.
    if (asked.size > 0) void fetchWords(language).catch(() => undefined);
    return code;
  };
  // Never mixed into one catalog: a plural form that only the other language has would win over the message of this one.
  const foreign = speaker([{ en: known[other], ko: known[other] }], other, missing);
  return speaker([{ en: known[language], ko: known[language] }], language, foreign);
}

/** Listens for more words; gives the way to stop. */
export function watchWords(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/**
 * Fetches a part in every language that is shown; returns false if one cannot be fetched. What is missing is asked for again when it is
 * missed again.
 */
export async function fetchShown(part: Part): Promise<boolean> {
  const shown = (["en", "ko"] as const).filter((language) => asked.has(`${language}/first`));
  const fetched = await Promise.allSettled(shown.map((language) => fetchPart(language, part)));
  return fetched.every(({ status }) => status === "fulfilled");
}

/** Fetches in a language what has come in another: for who changes the language. */
export function fetchSameWords(language: Language): Promise<void> {
  return fetchWords(language, [...new Set([...asked.keys()].map((name) => name.slice(name.indexOf("/") + 1) as Part))]);
}
