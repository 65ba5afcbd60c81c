import type { Setting } from "#document/setting.ts";

type Row = Omit<Setting, "area" | "tab" | "group" | "within"> & Partial<Pick<Setting, "within">>;

/** The rows of one group of a task's settings. */
export function group(tab: Setting["tab"], name: string, within: Setting["within"], rows: readonly Row[]): readonly Setting[] {
  return rows.map((row) => ({ area: "task", tab, group: name, within, ...row }));
}

/** A group that is offered for templates with a pod of their own. */
export function podGroup(tab: Setting["tab"], name: string, rows: readonly Row[]): readonly Setting[] {
  return group(tab, name, "template", rows).map((setting) => ({ kinds: pods, ...setting }));
}

/** The kinds of template that run a pod of their own: settings of pods and nodes are offered for these only. */
export const pods = ["container", "script", "resource", "data", "containerSet"] as const;

/** Shapes that many settings have. */
export const text = { kind: "text", code: true } as const;
export const flag = { kind: "switch" } as const;
export const map = { kind: "yaml", of: "map" } as const;
export const list = { kind: "yaml", of: "list" } as const;
/** Kubernetes: Container.imagePullPolicy. */
export const pullPolicies = { kind: "choice", options: ["Always", "IfNotPresent", "Never"] } as const;
