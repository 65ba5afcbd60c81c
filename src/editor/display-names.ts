import { titleOf } from "#pipeline/graph-node.ts";
import type { Graph, GraphNode } from "#pipeline/graph.ts";
import { itemText } from "#pipeline/loop-item.ts";
import type { GroupKind, Template, TemplateId, Workflow } from "#pipeline/model.ts";
import type { Values } from "#messages/translate.ts";

/**
 * The names that people read on the page. A file identifies tasks and templates by identifiers; boxes show display names, and groups that
 * the KFP compiler creates and numbers (`for-loop-2`) are named after what they do: "Loop 1". Every text about a box uses the name on it.
 * The command line uses identifiers, which its readers see in the file.
 */

type Translate = (code: string, values?: Values) => string;

/** What a compiled group is, and its number among those of its kind; absent if there is only one that needs none. */
export interface GroupName {
  readonly kind: GroupKind;
  readonly n?: number;
  /** The name that its author gave it. */
  readonly own?: string;
}

const kinds: Readonly<Record<string, GroupName["kind"]>> = {
  condition: "condition",
  "for-loop": "loop",
  "exit-handler": "exit-handler",
  graph: "sub-pipeline",
  subgraph: "sub-pipeline",
};
const compiled = /^(condition|for-loop|exit-handler|graph|subgraph)-(?:(.+)-)?(\d{1,6})$/;

const named = new WeakMap<Workflow, ReadonlyMap<TemplateId, GroupName>>();

/** The groups of a KFP pipeline that have only the compiler's name. Numbers count within a kind, so the first loop is loop 1. */
export function groupNames(workflow: Workflow): ReadonlyMap<TemplateId, GroupName> {
  let names = named.get(workflow);
  if (!names) named.set(workflow, (names = nameGroups(workflow)));
  return names;
}

function nameGroups(workflow: Workflow): ReadonlyMap<TemplateId, GroupName> {
  if (workflow.templates.some(({ groupKind }) => groupKind !== undefined)) return nameMarked(workflow);
  const names = new Map<TemplateId, GroupName>();
  if (!workflow.traits.hasCompiledGroups) return names;
  const numbered = new Map<GroupName["kind"], { readonly id: TemplateId; readonly number: number }[]>();
  for (const template of workflow.templates) {
    const [, prefix, own, number] = (template.kind === "dag" && compiled.exec(template.name)) || [];
    if (prefix === undefined || template.name === workflow.entrypoint || titleOf(template) !== undefined) continue;
    const kind = kinds[prefix]!;
    if (own !== undefined) names.set(template.id, { kind, own });
    else numbered.set(kind, [...(numbered.get(kind) ?? []), { id: template.id, number: Number(number) }]);
  }
  for (const [kind, groups] of numbered) {
    const single = kind === "exit-handler" && groups.length === 1;
    const sorted = groups.toSorted((a, b) => a.number - b.number);
    for (const [i, { id }] of sorted.entries()) names.set(id, single ? { kind } : { kind, n: i + 1 });
  }
  return names;
}

/**
 * The groups of a pipeline spec, by the kind that the reader found. The SDK numbers groups in source order, but their keys are sorted as
 * text. A group that its author named has a display name on its task.
 */
function nameMarked(workflow: Workflow): ReadonlyMap<TemplateId, GroupName> {
  const own = new Map(
    workflow.templates.flatMap(({ tasks }) =>
      tasks.flatMap(({ displayName, call }) => (displayName !== undefined && call.kind === "template" ? [[call.name, displayName]] : [])),
    ),
  );
  const marked = workflow.templates.filter(({ groupKind }) => groupKind !== undefined && groupKind !== "sub-pipeline");
  const sorted = marked.toSorted((a, b) => numberOf(a.name) - numberOf(b.name));
  const counts = new Map<GroupKind, number>();
  const names = new Map<TemplateId, GroupName>();
  for (const { id, name, groupKind: kind } of sorted) {
    if (kind === undefined) continue;
    const given = own.get(name);
    if (given !== undefined) {
      names.set(id, { kind, own: given });
      continue;
    }
    const n = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, n);
    const isOnly = kind === "exit-handler" && marked.filter((one) => one.groupKind === kind).length === 1;
    names.set(id, isOnly ? { kind } : { kind, n });
  }
  return names;
}

function numberOf(name: string): number {
  return Number(/-(\d{1,6})$/.exec(name)?.[1] ?? 0);
}

/** The display name of a compiled group: "Loop 1". */
export function groupTitle({ kind, n, own }: GroupName, t: Translate): string {
  if (own !== undefined) return own;
  return n === undefined ? t(`group-name-${kind}`) : t(`group-name-${kind}-n`, { number: n });
}

/** The name of a template as its box shows it; undefined if that is its identifier. */
export function templateTitle(workflow: Workflow, template: Template, t: Translate): string | undefined {
  const group = groupNames(workflow).get(template.id);
  return group ? groupTitle(group, t) : titleOf(template);
}

const titledNodes = new WeakMap<GraphNode, Map<string, GraphNode>>();
const titledGraphs = new WeakMap<Graph, WeakMap<Translate, Graph>>();

/**
 * A graph whose compiled groups have display names, and whose conditions and loops use the names on the boxes they read. Unchanged nodes
 * are the same objects again.
 */
export function withTitles(graph: Graph, workflow: Workflow, t: Translate): Graph {
  let known = titledGraphs.get(graph);
  if (!known) titledGraphs.set(graph, (known = new WeakMap()));
  let titled = known.get(t);
  if (!titled) {
    const names = groupNames(workflow);
    const named = graph.nodes.map((node) => {
      const group = node.template === undefined ? undefined : names.get(node.template);
      return group ? withTitle(node, groupTitle(group, t), group) : node;
    });
    const sources = new Map(named.flatMap(({ name, title }) => (name === title ? [] : [[name, title] as const])));
    const nodes = sources.size === 0 ? named : named.map((node) => (node.when || node.loop ? withSources(node, sources) : node));
    known.set(t, (titled = nodes.every((node, i) => node === graph.nodes[i]) ? graph : { ...graph, nodes }));
  }
  return titled;
}

const sourced = new WeakMap<GraphNode, { readonly key: string; readonly node: GraphNode }>();

function withSources(node: GraphNode, sources: ReadonlyMap<string, string>): GraphNode {
  const key = JSON.stringify([...sources]);
  const known = sourced.get(node);
  if (known?.key === key) return known.node;
  const made = { ...node, sources };
  sourced.set(node, { key, node: made });
  return made;
}

function withTitle(node: GraphNode, title: string, group: GroupName): GraphNode {
  let known = titledNodes.get(node);
  if (!known) titledNodes.set(node, (known = new Map()));
  let titled = known.get(title);
  if (!titled)
    known.set(title, (titled = { ...node, title, groupKind: group.kind, ...(group.own === undefined ? { isNumbered: true } : {}) }));
  return titled;
}

const mostRemembered = 20_000;
let remembered: { readonly document: string; readonly names: Map<string, string> } = { document: "", names: new Map() };

/**
 * Display names by identifier, for messages: those of the tasks and templates of a workflow, and those that the same document had before,
 * since messages mention removed things. An identifier shared by two different boxes is left out.
 */
export function namesFor(document: string, workflow: Workflow | undefined, t: Translate): ReadonlyMap<string, string> {
  if (remembered.document !== document || remembered.names.size > mostRemembered) remembered = { document, names: new Map() };
  if (!workflow) return remembered.names;
  const found = new Map<string, string | undefined>();
  const note = (identifier: string, title: string | undefined) => {
    if (identifier !== "") found.set(identifier, found.has(identifier) && found.get(identifier) !== title ? undefined : title);
  };
  const titles = new Map(workflow.templates.map((template) => [template.name, templateTitle(workflow, template, t)]));
  for (const [name, title] of titles) note(name, title);
  for (const template of workflow.templates)
    for (const task of template.tasks)
      if (task.call.kind === "template" && titles.has(task.call.name)) note(task.name, task.displayName ?? titles.get(task.call.name));
  for (const [identifier, title] of found) {
    if (title === undefined) remembered.names.delete(identifier);
    else remembered.names.set(identifier, title);
  }
  return remembered.names;
}

/** Values under these names are written by the user or name ports and settings, not boxes. */
const notBoxes = new Set(["name", "in", "out", "input", "output", "port", "parameter", "setting", "field", "value", "text", "key", "type"]);

/** The values of a message with display names in place of identifiers, and the loop's item called so. */
export function withDisplayNames(values: Values, names: ReadonlyMap<string, string>): Values {
  const entries = Object.entries(values).map(([key, value]) => {
    if (typeof value !== "string") return [key, value] as const;
    if (notBoxes.has(key)) return [key, itemText(value) ?? value] as const;
    const shown = value.split(", ").map((part) => names.get(part) ?? itemText(part) ?? part);
    return [key, shown.join(", ")] as const;
  });
  return Object.fromEntries(entries);
}
