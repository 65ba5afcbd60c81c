import type { AuthoringEdit } from "#pipeline/authoring-edit.ts";
import type { ComponentSpec } from "#components/component-spec.ts";
import { type Data, type DataMap, isMap } from "#data/data.ts";
import { serializeConstant } from "#components/type-names.ts";
import { readComponent } from "#components/component-yaml/read.ts";
import { componentOutputs, type DagReference } from "../../kfp/lower/lower-component.ts";
import { aliasKey, expandGraphs } from "../../kfp/lower/graph.ts";
import { NamePool, portName } from "../../kfp/lower/assign-names.ts";
import type { ComponentOp, PlanItem, PlanReference, Source } from "#pipeline/pipeline-plan.ts";
import type { Draft, Refused } from "#document/edit-draft.ts";
import { isRefused, nearestValue, refuse } from "#document/edit-targets.ts";
import type { FoundTemplate } from "#pipeline/find-by-id.ts";
import { namesTaken } from "../names-taken.ts";
import { displayNameFor, stepName } from "./step-names.ts";
import { findGraph, type NewOp, placeOps } from "./add-to-graph.ts";

// Tasks made from components. A component that is a graph itself comes in as its tasks, as the KFP compiler does it.

type AddComponent = Extract<AuthoringEdit, { kind: "add-component" }>;

/** A component read for an edit; refused if it is invalid. */
export function componentIn(spec: DataMap): ComponentSpec | Refused {
  const { component, diagnostics } = readComponent(spec);
  const bad = diagnostics.find((found) => found.level === "error" && found.code === "component-not-a-mapping");
  if (!component || bad) return refuse("authoring-component-unreadable", { problem: (bad ?? diagnostics[0])?.code ?? "" });
  if (component.implementation.kind === "none") return refuse("authoring-component-empty", { name: component.name ?? "" });
  return component;
}

/** Adds a task made from a component, with a template of its own. */
export function addComponent(draft: Draft, edit: AddComponent): Refused | undefined {
  const site = findGraph(draft, edit.graph);
  if (isRefused(site)) return site;
  const spec = componentIn(edit.spec);
  if ("refusal" in spec) return spec;
  const given = constantsFor(spec, edit.arguments ?? {});
  if (isRefused(given)) return given as Refused;
  const human = edit.name !== undefined && edit.name.trim() !== "" ? edit.name.trim() : (spec.name ?? "Component");
  const op: ComponentOp = {
    kind: "component",
    id: "op",
    name: human,
    spec,
    reference: edit.reference ?? {},
    arguments: given as Readonly<Record<string, Source>>,
  };
  const expanded = expandGraphs([op], (found) => draft.note({ ...found, path: site.template.path }));
  const ops = expanded.body.filter(isComponent);
  if (ops.length === 0) return refuse("authoring-component-empty", { name: human }, site.template.path);
  return placeAll(draft, site, ops, expanded.aliases, edit.name);
}

function isComponent(item: PlanItem): item is ComponentOp {
  return item.kind === "component";
}

/** The constants that an edit gives, by input name; refused if one is unknown or of the wrong type. */
function constantsFor(spec: ComponentSpec, given: Readonly<Record<string, Data>>): Readonly<Record<string, Source>> | Refused {
  const names = spec.inputs.map((input) => input.name);
  for (const [name, value] of Object.entries(given)) {
    const input = spec.inputs.find((one) => one.name === name);
    if (!input) return refuse("edit-port-unknown", { name, template: spec.name ?? "Component", ...nearestValue(name, names) });
    const text = serializeConstant(input.type, value);
    if (!text.ok)
      return refuse("edit-constant-type", {
        input: name,
        type: String(isMap(input.type) ? Object.keys(input.type)[0] : (input.type ?? "")),
        expected: text.expected,
      });
  }
  return Object.fromEntries(Object.entries(given).map(([name, value]): [string, Source] => [name, { kind: "constant", value }]));
}

/** Names the ops, then puts them in; ops of one graph component may read from one another. */
function placeAll(
  draft: Draft,
  site: FoundTemplate,
  ops: readonly ComponentOp[],
  aliases: ReadonlyMap<string, PlanReference>,
  name: string | undefined,
): Refused | undefined {
  const pool = namesTaken(site.workflow);
  const names = new Map(
    ops.map((op) => {
      const outputs = (taskName: string) =>
        componentOutputs(op.spec, taskName, () => undefined)
          .filter((one) => !one.reserved)
          .map((one) => one.name);
      return [op.id, stepName(pool, site.workflow, humanName(op), outputs)];
    }),
  );
  const outputName = (reference: Extract<PlanReference, { kind: "output" }>) => {
    const producer = ops.find((op) => op.id === reference.op);
    const taskName = names.get(reference.op);
    if (!producer || taskName === undefined) return undefined;
    const output = componentOutputs(producer.spec, taskName, () => undefined).find((one) => one.output === reference.output);
    return output && { task: taskName, name: output.name };
  };
  const resolveOutput = (reference: PlanReference): DagReference | undefined => {
    if (reference.kind !== "output") return undefined;
    const alias = aliases.get(aliasKey(reference.op, reference.output));
    if (alias) return resolveOutput(alias);
    const found = outputName(reference);
    return found && { kind: "task-output", ...found };
  };
  const placed = ops.map((op): NewOp => {
    const taskName = names.get(op.id) as string;
    const human = humanName(op);
    const asked = name !== undefined && ops.length === 1 && human !== (op.spec.name ?? "Component") ? human : undefined;
    const shown = asked ?? displayNameFor(human, taskName);
    const { opened, open } = withOpenInputs(op);
    return {
      op: { ...opened, ...(shown !== undefined && { displayName: shown }) },
      name: taskName,
      resolve: (reference) => (reference.kind === "parameter" ? { kind: "graph-input", name: reference.name } : resolveOutput(reference)),
      open,
    };
  });
  return placeOps(draft, site, placed);
}

function humanName(op: ComponentOp): string {
  return op.name ?? op.spec.name ?? "Component";
}

/** The op with a declared input for each required input that nothing feeds yet, so that its place in the command line waits for the wire. */
export function withOpenInputs(
  op: ComponentOp,
  taken: readonly string[] = [],
): { readonly opened: ComponentOp; readonly open: ReadonlySet<string> } {
  const pool = new NamePool();
  for (const name of taken) pool.reserve(name);
  const waiting = op.spec.inputs.filter(
    (input) => !Object.hasOwn(op.arguments, input.name) && input.default === undefined && !input.optional,
  );
  const names = new Map(waiting.map((input) => [input.name, pool.give(portName(input.name, "input"))]));
  const open = Object.fromEntries([...names].map(([input, name]): [string, Source] => [input, { kind: "parameter", name }]));
  return { opened: { ...op, arguments: { ...op.arguments, ...open } }, open: new Set(names.values()) };
}
