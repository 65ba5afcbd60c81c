import { type Language, createTranslate, type Values } from "./translate.ts";

/**
 * The message catalog as loaded by the page: part by part and in the displayed language, so that nobody waits for messages that are not
 * shown. Messages of the frame and the canvas are there before the first paint; a panel brings its own. A code whose part has not arrived
 * is shown as the code while the rest is being fetched.
 */
const parts = {
  en: {
    first: () => import("virtual:messages/en/first"),
    panels: () => import("virtual:messages/en/panels"),
    settings: () => import("virtual:messages/en/settings"),
    edits: () => import("virtual:messages/en/edits"),
    checks: () => import("virtual:messages/en/checks"),
  },
  ko: {
    first: () => import("virtual:messages/ko/first"),
    panels: () => import("virtual:messages/ko/panels"),
    settings: () => import("virtual:messages/ko/settings"),
    edits: () => import("virtual:messages/ko/edits"),
    checks: () => import("virtual:messages/ko/checks"),
  },
} as const;

/** A group of sections (vite.messages.config.ts says which). */
export type Part = keyof (typeof parts)["en"];

/** Renders a code with its values in one language. */
export type Translate = (code: string, values?: Values) => string;

const known: Record<Language, Readonly<Record<string, string>>> = { en: {}, ko: {} };
const asked = new Map<string, Promise<void>>();
const translates = new Map<Language, Translate>();
const listeners = new Set<() => void>();

/** Fetches parts of a language, each once; all of them if none is named. */
export async function fetchMessages(
  language: Language,
  wanted: readonly Part[] = ["first", "panels", "settings", "edits", "checks"],
): Promise<void> {
  await Promise.all(wanted.map((part) => fetchPart(language, part)));
}

function fetchPart(language: Language, part: Part): Promise<void> {
  const name = `${language}/${part}`;
  const known = asked.get(name) ?? parts[language][part]().then(({ default: messages }) => learn(language, messages));
  asked.set(name, known);
  // A part that could not be fetched is requested again when it is missed again.
  known.catch(() => asked.delete(name));
  return known;
}

function learn(language: Language, messages: Readonly<Record<string, string>>): void {
  known[language] = { ...known[language], ...messages };
  translates.clear();
  listeners.forEach((listener) => listener());
}

/**
 * Renders messages in a language; the same function at each call until more messages have arrived. Until its own have arrived it uses the
 * other language.
 */
export function translator(language: Language): Translate {
  const made = translates.get(language) ?? translateOf(language);
  translates.set(language, made);
  return made;
}

function translateOf(language: Language): Translate {
  const other = language === "en" ? "ko" : "en";
  const missing: Translate = (code) => {
    // Before the first messages there is nothing to miss.
    if (asked.size > 0) void fetchMessages(language).catch(() => undefined);
    return code;
  };
  // Never mixed into one catalog: a plural form that only the other language has would win over the message of this one.
  const foreign = createTranslate([{ en: known[other], ko: known[other] }], other, missing);
  return createTranslate([{ en: known[language], ko: known[language] }], language, foreign);
}

/** Listens for more messages; returns an unsubscribe function. */
export function watchMessages(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/**
 * Fetches a part in every displayed language; returns false if one cannot be fetched. What is missing is requested again when it is missed
 * again.
 */
export async function fetchForCurrentLanguages(part: Part): Promise<boolean> {
  const shown = (["en", "ko"] as const).filter((language) => asked.has(`${language}/first`));
  const fetched = await Promise.allSettled(shown.map((language) => fetchPart(language, part)));
  return fetched.every(({ status }) => status === "fulfilled");
}

/** Fetches in a language what has been loaded in another: for a change of language. */
export function fetchSameMessages(language: Language): Promise<void> {
  return fetchMessages(language, [...new Set([...asked.keys()].map((name) => name.slice(name.indexOf("/") + 1) as Part))]);
}
