/** The release of the KFP SDK whose structure is written. */
export const sdkVersion = "1.8.22";

/** Local time without zone, with microseconds, as the SDK writes it. */
export function localTime(date: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, "0")}000`;
}
