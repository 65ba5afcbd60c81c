import { type LucideIcon, SlidersHorizontal } from "lucide-react";
import { useMemo } from "react";
import { currentWorkflow } from "#editor/actions.ts";
import { kindOfTemplate } from "#editor/task-kind.ts";
import { rankOf } from "#editor/commands/search.ts";
import { cardOf, type LibraryEntry } from "#editor/library/library-entry.ts";
import { templateTitle } from "#editor/display-names.ts";
import type { WireEnd } from "#pipeline/edit.ts";
import type { Graph, GraphPort } from "#pipeline/graph.ts";
import { portTypesMatch } from "#components/port-types.ts";
import { isOffered } from "#compiler/readers.ts";
import type { Template } from "#pipeline/model.ts";
import { buildIcons, componentIcon } from "../palette/build-icons.ts";
import { KIND_ICONS } from "../parts/kind-icons.ts";
import { type BuildName, rankOfBuild, useBuildNames } from "../palette/build-names.ts";
import { useLibraryState } from "../library/use-library.ts";
import { useEditorState, useTranslate } from "../use-editor.ts";

/** One entry of the list. */
export interface Choice {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  readonly icon: LucideIcon;
  /** Its name in the other language: a search finds that too. */
  readonly also?: string;
}

/** New steps in which a volume can be mounted. */
const mounting: ReadonlySet<string> = new Set(["new:container", "new:script"]);

/** What can be added: without a wire everything, else what the wire fits; the best matches of the search first. */
export function useChoices({
  graph,
  from,
  wanted,
}: {
  readonly graph: Graph;
  readonly from?: WireEnd;
  readonly wanted: string;
}): readonly Choice[] {
  const t = useTranslate();
  const workflow = useEditorState(currentWorkflow);
  const entries = useLibraryState((state) => state.entries);
  const names = useBuildNames();
  const choices = useMemo<readonly Choice[]>(() => {
    const outgoing = from !== undefined && isOutput(graph, from);
    const own = (workflow?.templates ?? []).filter(
      (one) => one.name !== "" && one.name !== workflow?.entrypoint && (from === undefined || hasFitting(one, from, graph, outgoing)),
    );
    const port = from && portAt(graph, from);
    const isVolume = outgoing && port?.volume === "";
    const takesValue = port !== undefined && (port.kind === "parameter" || workflow?.traits.hasFilesFromParameters);
    const parameter =
      from !== undefined && !outgoing && takesValue
        ? [{ id: "parameter", name: t("new-parameter", { name: port.label }), detail: "", icon: SlidersHorizontal }]
        : [];
    const steps = names
      .filter(
        ({ id }) =>
          isOffered(id, workflow?.format) &&
          (from === undefined || (isVolume ? mounting.has(id) : !outgoing && port !== undefined && buildOutputFits(id, port))),
      )
      .map(({ id, name, also }) => ({ id, name, also, detail: t("palette-build"), icon: buildIcons[id] }));
    const components = entries
      .filter((entry) => from === undefined || fitsComponent(entry, port, outgoing))
      .map((entry) => ({ id: `library:${entry.id}`, name: cardOf(entry.spec).name, detail: t("library"), icon: componentIcon }));
    return [
      ...parameter,
      ...own.map((one) => {
        const kind = workflow ? kindOfTemplate(workflow, one) : one.kind;
        const name = (workflow && templateTitle(workflow, one, t)) ?? one.name;
        return { id: `template:${one.id}`, name, detail: t(`kind-${kind}`), icon: KIND_ICONS[kind] };
      }),
      ...steps,
      ...components,
    ];
  }, [workflow, from, graph, t, entries, names]);
  return useMemo(() => {
    const text = wanted.trim();
    if (text === "") return choices.slice(0, 200);
    const ranked = choices.flatMap((choice) => {
      const rank = choice.also === undefined ? rankOf(choice.name, text) : rankOfBuild({ name: choice.name, also: choice.also }, text);
      return rank === Infinity ? [] : [{ choice, rank }];
    });
    return ranked
      .toSorted((x, y) => x.rank - y.rank)
      .slice(0, 200)
      .map(({ choice }) => choice);
  }, [choices, wanted]);
}

/** Whether a wire begins at a place where values come out. */
export function isOutput(graph: Graph, end: WireEnd): boolean {
  const node = graph.nodes.find(({ id }) => id === end.task);
  return node ? node.outputs.some((port) => same(port, end)) : !graph.outputs.some((port) => same(port, end));
}

function same(port: GraphPort, end: WireEnd): boolean {
  return port.name === end.port && (end.portKind === undefined || end.portKind === port.kind);
}

/** Whether a new step of "Build" gives what an input takes: those that make Kubernetes objects give names as text. */
function buildOutputFits(id: BuildName["id"], port: GraphPort): boolean {
  const gives = id === "build:volume" || id === "build:snapshot" || id === "build:resource";
  return gives && port.kind === "parameter" && portTypesMatch("String", port.type) !== "no";
}

/** Whether some port of a template is of the wire's kind and type: what fits exactly is found once the task is there. */
function hasFitting(template: Template, from: WireEnd, graph: Graph, outgoing: boolean): boolean {
  const own = portAt(graph, from);
  const kind = from.portKind ?? own?.kind;
  const ports = outgoing ? template.inputs : template.outputs;
  const types = (one: string | undefined) => (outgoing ? portTypesMatch(own?.type, one) : portTypesMatch(one, own?.type));
  return ports.some((port) => (kind === undefined || port.kind === kind) && types(port.type) !== "no");
}

/** The port at which a wire begins. */
export function portAt(graph: Graph, end: WireEnd): GraphPort | undefined {
  const node = graph.nodes.find(({ id }) => id === end.task);
  const ports = node ? [...node.inputs, ...node.outputs] : [...graph.inputs, ...graph.outputs];
  return ports.find((port) => same(port, end));
}

/** Whether a component has a port that the wire may fit, by type; kinds are judged once the task is there. */
function fitsComponent(entry: LibraryEntry, port: GraphPort | undefined, outgoing: boolean): boolean {
  const card = cardOf(entry.spec);
  return (outgoing ? card.inputs : card.outputs).some(
    (one) => portTypesMatch(outgoing ? port?.type : one.type, outgoing ? one.type : port?.type) !== "no",
  );
}
