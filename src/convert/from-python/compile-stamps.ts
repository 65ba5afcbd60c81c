import type { Stamps } from "#pipeline/pipeline-plan.ts";

/** The stamps of a pipeline compiled at a time: the release of the KFP SDK whose structure is written, and the local time. */
export function stampsAt(date: Date): Stamps {
  return { sdkVersion: "1.8.22", compiledAt: localTime(date) };
}

/** Local time without zone, with microseconds, as the SDK writes it. */
function localTime(date: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, "0")}000`;
}
