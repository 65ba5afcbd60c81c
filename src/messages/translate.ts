/** The languages of the product. */
export type Language = "en" | "ko";
/** The values of a message: names as the user wrote them, numbers. */
export type Values = Readonly<Record<string, string | number>>;
/**
 * The messages of one part of the product, by code. `{name}` is replaced by a value. If the English wording depends on a number, `code.one`
 * and `code.other` are the two forms and the value is called `n`. A diagnostic `code` has a second message `code.hint` with the next step.
 * If a code has several kinds, `values.problem` names one, and `code.PROBLEM` with `code.PROBLEM.hint` is used instead, if it exists.
 * Korean: a value is always followed by a noun that carries the particle.
 */
export type Section = { readonly en: Readonly<Record<string, string>>; readonly ko: Readonly<Record<string, string>> };

/** Renders messages: a code and its values to text. */
export type Translate = (code: string, values?: Values) => string;

/**
 * Makes the rendering function of one language from the sections. Unknown codes are passed to `unknown`; without it the code itself is
 * returned, so no message is ever empty.
 */
export function createTranslate(sections: readonly Section[], language: Language, unknown: Translate = (code) => code): Translate {
  const messages: Record<string, string> = Object.assign({}, ...sections.map((section) => section[language]));
  const plural = new Intl.PluralRules(language);
  const grouped = new Intl.NumberFormat(language, { maximumFractionDigits: 20 });
  // Numbers of up to four digits are not grouped: ports, years and line numbers.
  const shown = (value: string | number): string =>
    typeof value === "number" && Math.abs(value) >= 10_000 ? grouped.format(value) : shortened(String(value));
  return (code, values = {}) => {
    const counted = typeof values.n === "number" ? messages[`${code}.${plural.select(values.n)}`] : undefined;
    const message = counted ?? special(messages, code, values.problem) ?? messages[code] ?? messages[`${code}.other`];
    if (message === undefined) return unknown(code, values);
    return message.replace(/\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(values, name) ? shown(values[name] as string | number) : whole,
    );
  };
}

/** A message quotes at most this many characters of a value: a name or a formula of a megabyte would hide what is said about it. */
const mostQuoted = 500;

function shortened(value: string): string {
  if (value.length <= mostQuoted) return value;
  // Never half of a surrogate pair.
  return `${value.slice(0, mostQuoted).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** The message for one kind of a code, also of a hint: `yaml-syntax.tab`, `yaml-syntax.tab.hint`. */
function special(messages: Readonly<Record<string, string>>, code: string, problem: string | number | undefined): string | undefined {
  if (typeof problem !== "string") return undefined;
  return messages[code.endsWith(".hint") ? `${code.slice(0, -".hint".length)}.${problem}.hint` : `${code}.${problem}`];
}
