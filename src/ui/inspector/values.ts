import type { Data, Path } from "#model/data.ts";
import type { Edit, SettingTarget } from "#model/edit.ts";
import type { Said } from "#editor/state.ts";
import type { Meaning } from "./meaning.ts";

/** Text that sets a setting, or takes it out when the field is emptied. */
export function textSetting(target: SettingTarget, path: Path, options: { readonly required?: boolean } = {}): (text: string) => Meaning {
  return (text) => {
    if (text !== "") return edits({ kind: "set-setting", target, path, value: text });
    return options.required ? refused("invalid-empty") : edits({ kind: "unset-setting", target, path });
  };
}

/** A Kubernetes quantity such as 500m, 2 or 8Gi. A number in the file stays a number where the new value is one. */
export function quantitySetting(target: SettingTarget, path: Path, before: Data | undefined): (text: string) => Meaning {
  return (text) => {
    const wanted = text.trim();
    if (wanted === "") return edits({ kind: "unset-setting", target, path });
    if (!isQuantity(wanted)) return { ...refused("invalid-quantity", { text: wanted }), ...suggestion(nearestQuantity(wanted)) };
    const value = typeof before === "number" && /^\d+$/.test(wanted) ? Number(wanted) : wanted;
    return edits({ kind: "set-setting", target, path, value });
  };
}

/** A whole number, such as a count of GPUs. */
export function countSetting(target: SettingTarget, path: Path, before: Data | undefined): (text: string) => Meaning {
  return (text) => {
    const wanted = text.trim();
    if (wanted === "") return edits({ kind: "unset-setting", target, path });
    if (!/^\d{1,9}$/.test(wanted)) return { ...refused("invalid-whole", { text: wanted }), ...suggestion(/^[\d０-９]+/.test(wanted) ? plainDigits(/^[\d０-９]+/.exec(wanted)?.[0] ?? "") : undefined) };
    return edits({ kind: "set-setting", target, path, value: typeof before === "string" ? wanted : Number(wanted) });
  };
}

/** A quantity as Kubernetes reads it: a decimal number, then at most one suffix or exponent. */
export function isQuantity(text: string): boolean {
  return /^\+?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/.test(text);
}

/** What may have been meant by a text that is no quantity: `2 cores` → 2, `1 GB` → 1G, full-width digits. */
export function nearestQuantity(text: string): string | undefined {
  const plain = plainDigits(text).replace(/,/g, "").trim();
  const match = /^(\d+(?:\.\d+)?)\s*([a-z가-힣]*)\.?$/i.exec(plain);
  if (!match) return undefined;
  const units: Readonly<Record<string, string>> = {
    "": "", core: "", cores: "", cpu: "", cpus: "", vcpu: "", vcpus: "", 코어: "", 개: "", millicores: "m", millicpu: "m", kb: "k", mb: "M", gb: "G", tb: "T", kib: "Ki", mib: "Mi", gib: "Gi", tib: "Ti",
    ki: "Ki", mi: "Mi", gi: "Gi", ti: "Ti", k: "k", g: "G", t: "T", 기가: "G", 메가: "M",
  };
  const unit = units[match[2]?.toLowerCase() ?? ""];
  if (unit === undefined) return undefined;
  const found = `${match[1]}${unit}`;
  return found !== text && isQuantity(found) ? found : undefined;
}

function plainDigits(text: string): string {
  return text.normalize("NFKC");
}

/** A value as a field shows it: text as it is, all else as JSON. */
export function shownValue(value: Data | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The value that typed text stands for, keeping the kind that was there: a number stays a number if the text is one. */
export function typedLike(text: string, before: Data | undefined): Data {
  if (typeof before === "number" && /^-?\d+(\.\d+)?$/.test(text) && String(Number(text)) === text) return Number(text);
  if (typeof before === "boolean" && (text === "true" || text === "false")) return text === "true";
  if (typeof before === "object" && before !== null) {
    try {
      const value = JSON.parse(text) as Data;
      if (typeof value === "object") return value;
    } catch {
      return text;
    }
  }
  return text;
}

/** Edits that a text stands for. */
export function edits(...list: readonly Edit[]): Meaning {
  return { ok: true, edits: list };
}

/** Why a text cannot be used. */
export function refused(code: string, values: Said["values"] = {}): Meaning & { readonly ok: false } {
  return { ok: false, reason: { code, values } };
}

function suggestion(text: string | undefined): { readonly suggest?: string } {
  return text === undefined ? {} : { suggest: text };
}
