/** Durations as Go writes them (`1h30m`, `500ms`), which Argo reads, and as ISO 8601 writes them (`P30D`), which KFP's cache reads. */
const goDuration = /^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/;
const isoDuration = /^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?!$)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/;
const spoken: Readonly<Record<string, string>> = {
  s: "s",
  sec: "s",
  secs: "s",
  second: "s",
  seconds: "s",
  초: "s",
  m: "m",
  min: "m",
  mins: "m",
  minute: "m",
  minutes: "m",
  분: "m",
  h: "h",
  hr: "h",
  hrs: "h",
  hour: "h",
  hours: "h",
  시간: "h",
};

/** Whether Argo reads a text as a duration. Bare digits are seconds there. */
export function isDuration(text: string): boolean {
  return goDuration.test(text) || /^\d+$/.test(text);
}

/** Whether a text is an ISO 8601 duration such as P30D or PT12H. */
export function isIsoDuration(text: string): boolean {
  return isoDuration.test(text);
}

/** The likely intended duration for a text that is none: `5 minutes` is 5m, `1 day` is 24h. */
export function nearestDuration(text: string): string | undefined {
  const parts = /^(\d+)\s*([\p{L}]+)\.?$/u.exec(text.normalize("NFKC").trim());
  if (!parts) return undefined;
  const unit = (parts[2] ?? "").toLowerCase();
  if (/^(d|days?|일)$/.test(unit)) return `${Number(parts[1]) * 24}h`;
  const found = Object.hasOwn(spoken, unit) ? `${parts[1]}${spoken[unit]}` : undefined;
  return found !== text ? found : undefined;
}

/** The same for ISO 8601: `30d` and `30 days` are P30D, `12h` is PT12H, `0` is P0D. */
export function nearestIsoDuration(text: string): string | undefined {
  const parts = /^(\d+)\s*([\p{L}]*)$/u.exec(text.normalize("NFKC").trim());
  if (!parts) return undefined;
  const unit = (parts[2] ?? "").toLowerCase();
  if (unit === "" || /^(d|days?|일)$/.test(unit)) return `P${parts[1]}D`;
  if (!Object.hasOwn(spoken, unit)) return undefined;
  return `PT${parts[1]}${(spoken[unit] ?? "").toUpperCase()}`;
}
