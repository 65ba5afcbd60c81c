/**
 * Assigns the names of a pipeline once, each kind by its rule (docs/spec/kfp-v1.md#names), unique after the last cleaning step, whatever
 * the script. Everything later looks names up here; nothing cleans a name where it is used.
 */
import { k8sCaseName, k8sName, normId } from "#kubernetes/kfp-names.ts";

/** Argo: template and task names. */
export const longestTemplateName = 128;
/** Kubernetes puts five random characters behind generateName, in 63 altogether; one is the dash. */
export const longestPipelineName = 56;

/** Gives names that were not given before: `name`, `name-2`, `name-3` … */
export class NamePool {
  private readonly taken = new Set<string>();
  /** The next number to try; a thousand steps of one name must not try a thousand numbers each. */
  private readonly next = new Map<string, number>();
  constructor(
    private readonly longest = Number.POSITIVE_INFINITY,
    private readonly delimiter = "-",
  ) {}

  reserve(name: string): void {
    this.taken.add(name);
  }

  give(wanted: string): string {
    let name = shortened(wanted, this.longest);
    let n = this.next.get(wanted) ?? 2;
    for (; this.taken.has(name); n++) {
      const suffix = `${this.delimiter}${n}`;
      name = shortened(wanted, this.longest - suffix.length) + suffix;
    }
    this.next.set(wanted, n);
    this.taken.add(name);
    return name;
  }
}

function shortened(name: string, longest: number): string {
  return name.length <= longest ? name : name.slice(0, longest).replace(/[-_]+$/, "");
}

/** What wants a name, in program order. A group comes where its block is entered. */
export type NameWish =
  | { readonly kind: "op"; readonly id: string; readonly name: string }
  | { readonly kind: "condition" | "exit-handler" | "sub-dag" | "graph"; readonly id: string; readonly name?: string }
  /** `literal`: over a list in the file, whose item gets a number of its own. */
  | { readonly kind: "loop"; readonly id: string; readonly literal: boolean };

export interface Names {
  /** The entrypoint; with a dash behind it, generateName. */
  readonly pipeline: string;
  /** Template and task name of each op and group, by id. */
  readonly templates: ReadonlyMap<string, string>;
  /** Name of the item of loops over literal lists, by the loop's id. */
  readonly items: ReadonlyMap<string, string>;
}

/** Names all ops and groups. Groups keep the numbers the SDK gives them; an op or the pipeline named alike gets a number behind. */
export function assignNames(pipeline: string, wishes: readonly NameWish[]): Names {
  const templates = new Map<string, string>();
  const items = new Map<string, string>();
  const pool = new NamePool(longestTemplateName);
  let counter = 0;
  for (const wish of wishes) {
    if (wish.kind === "op") continue;
    if (wish.kind === "loop" && wish.literal) items.set(wish.id, `loop-item-param-${++counter}`);
    templates.set(wish.id, pool.give(groupName(wish, ++counter)));
  }
  for (const wish of wishes) if (wish.kind === "op") templates.set(wish.id, pool.give(opName(wish.name)));
  const own = new NamePool(longestPipelineName);
  for (const name of templates.values()) own.reserve(name);
  return { pipeline: own.give(k8sName(pipeline) || "pipeline"), templates, items };
}

const groupPrefix = {
  condition: "condition",
  "exit-handler": "exit-handler",
  "sub-dag": "subgraph",
  graph: "graph",
  loop: "for-loop",
} as const;

function groupName(wish: Exclude<NameWish, { kind: "op" }>, n: number): string {
  const own = wish.kind === "loop" ? "" : k8sName(wish.name ?? "");
  const number = `-${n}`;
  const prefix = own === "" ? groupPrefix[wish.kind] : `${groupPrefix[wish.kind]}-${own}`;
  return shortened(prefix, longestTemplateName - number.length) + number;
}

/** The name an op asks for; `task` if nothing of its name is allowed in a Kubernetes name. */
export function opName(name: string): string {
  return k8sName(normId(name).replace(/ /g, "-")) || "task";
}

/** A name for a parameter, artifact, input or output; `fallback` if nothing of it is allowed in one. */
export function portName(name: string, fallback: string): string {
  return k8sCaseName(name) || fallback;
}
