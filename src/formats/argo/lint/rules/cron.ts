/** What a CronWorkflow says about time. docs/spec/argo-lint.md#cron */
import { field, listField, textField } from "#data/data.ts";
import { found, type Rule } from "../checked-workflow.ts";

const policies = ["", "Allow", "Forbid", "Replace"];
/** Least and most of each field, and the names that are allowed instead of numbers. */
const fields = [
  { least: 0, most: 59, names: "" },
  { least: 0, most: 23, names: "" },
  { least: 1, most: 31, names: "" },
  { least: 1, most: 12, names: "jan feb mar apr may jun jul aug sep oct nov dec" },
  { least: 0, most: 6, names: "sun mon tue wed thu fri sat" },
] as const;

/** Schedules, time zone, concurrency and deadline. */
export const checkCron: Rule = ({ workflow, resource, object }, report) => {
  if (resource !== "CronWorkflow" || workflow.resource !== "CronWorkflow") return;
  const spec = field(object, "spec");
  const path = [...workflow.path, "spec"];
  const single = textField(spec, "schedule");
  const schedules = listField(spec, "schedules");
  if (schedules.length === 0 && single === undefined) found(report, "error", "cron-schedule-missing", path);
  schedules.forEach((schedule, index) => {
    if (typeof schedule === "string" && !isSchedule(schedule))
      found(report, "error", "cron-schedule-syntax", [...path, "schedules", index], { value: schedule });
  });
  if (single !== undefined && !isSchedule(single)) found(report, "error", "cron-schedule-syntax", [...path, "schedule"], { value: single });
  const zone = textField(spec, "timezone");
  if (zone !== undefined && zone !== "" && !isTimeZone(zone))
    found(report, "error", "cron-timezone", [...path, "timezone"], { value: zone });
  const policy = textField(spec, "concurrencyPolicy");
  if (policy !== undefined && !policies.includes(policy))
    found(report, "error", "cron-concurrency", [...path, "concurrencyPolicy"], { value: policy });
  const deadline = field(spec, "startingDeadlineSeconds");
  if (typeof deadline === "number" && deadline < 0)
    found(report, "error", "cron-deadline", [...path, "startingDeadlineSeconds"], { value: deadline });
};

/** Five fields, a macro such as `@daily`, or `@every 1h30m`, optionally after a time zone. Go: robfig/cron ParseStandard. */
function isSchedule(text: string): boolean {
  const schedule = text.replace(/^(CRON_)?TZ=\S+\s+/, "").trim();
  if (schedule.startsWith("@every ")) return /^([+-]?(\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))+$/.test(schedule.slice(7).trim());
  if (schedule.startsWith("@")) return /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(schedule);
  const parts = schedule.split(/\s+/);
  return (
    parts.length === 5 &&
    parts.every((part, index) => part.split(",").every((range) => isRange(range, fields[index] as (typeof fields)[number])))
  );
}

function isRange(text: string, { least, most, names }: (typeof fields)[number]): boolean {
  const [range = "", step, ...more] = text.split("/");
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === "*" || range === "?") return true;
  const ends = range.split("-").map((end) => {
    const named = names.split(" ").indexOf(end.toLowerCase());
    return named >= 0 && end !== "" ? named + least : /^\d+$/.test(end) ? Number(end) : Number.NaN;
  });
  const [from = Number.NaN, to = from] = ends;
  return ends.length <= 2 && from >= least && to <= most && from <= to;
}

/** Time zones without a continent, as the IANA database spells them. */
const plainZones = new Set(
  (
    "CET CST6CDT Cuba EET EST EST5EDT Egypt Eire Factory GB GB-Eire GMT GMT+0 GMT-0 GMT0 Greenwich HST Hongkong Iceland Iran Israel " +
    "Jamaica Japan Kwajalein Libya Local MET MST MST7MDT NZ NZ-CHAT Navajo PRC PST8PDT Poland Portugal ROC ROK Singapore Turkey UCT UTC " +
    "Universal W-SU WET Zulu"
  ).split(" "),
);

/** Whether Go's LoadLocation finds a time zone. It distinguishes capital and small letters, the platform's own table does not. */
function isTimeZone(name: string): boolean {
  if (!name.includes("/")) return plainZones.has(name);
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    if (timeZone.toLowerCase() === name.toLowerCase()) return timeZone === name;
    // An older name of a zone, of which the platform tells only the current one.
    return name.split("/").every((part) => /^[A-Z]/.test(part) && !/^[A-Z_]{4,}$/.test(part));
  } catch {
    return false;
  }
}
