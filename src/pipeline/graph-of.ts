import { type Reference, referencesIn } from "./binding.ts";
import { indexOfModel } from "./model-index.ts";
import { calleeOf, entrypointOf } from "./resolve-call.ts";
import { field } from "#data/data.ts";
import { isDrawnAsGraph } from "./template-kinds.ts";
import { edgesOf } from "./graph-edges.ts";
import {
  inputPort,
  nodeOfHook,
  nodeOfTask,
  nodeOfTemplate,
  type NodeContext,
  type OutputRef,
  outputPort,
  subtitleOf,
  withType,
} from "./graph-node.ts";
import { groupTypes } from "./group-types.ts";
import type { Graph, GraphEdge, GraphNode, GraphPort } from "./graph.ts";
import type { Call, Hook, Model, PortKind, Task, TaskId, Template, TemplateId, Workflow } from "./model.ts";
import { itemLabel, loopItemOf, undeclaredItemPorts } from "./loop-item.ts";
import { leadsBack, recursionOf } from "./recursion.ts";

/**
 * One template as boxes and wires. Each template is drawn by itself and its calls are boxes, so a graph costs only what it shows and
 * recursion costs nothing. Called by the canvas, the layout, `dagwright graph` and the checks.
 */

export { unreached } from "./model-index.ts";
export { recursionOf } from "./recursion.ts";

const graphs = new WeakMap<Model, Map<string, Graph>>();

/** The graph of a template, given itself or by id. A leaf gives one box; an unknown id gives an empty graph of kind "unknown". */
export function graphOf(model: Model, workflow: Workflow, template: TemplateId | Template): Graph {
  const templateId = typeof template === "string" ? template : template.id;
  let known = graphs.get(model);
  if (known === undefined) graphs.set(model, (known = new Map()));
  const key = `${workflow.path.join("/")}\n${templateId}`;
  let graph = known.get(key);
  if (graph === undefined) known.set(key, (graph = draw(model, workflow, templateId)));
  return graph;
}

/** The graphs of all graph templates of a model, each once, in file order; and of each entrypoint that is a leaf. */
export function allGraphs(model: Model): readonly Graph[] {
  const { templates, workflows } = indexOfModel(model);
  const leaves = new Set(workflows.map((workflow) => entrypointOf(model, workflow)?.template.id));
  return [...templates.values()]
    .filter(({ template }) => isDrawnAsGraph(template) || leaves.has(template.id))
    .map(({ workflow, template }) => graphOf(model, workflow, template.id));
}

function draw(model: Model, workflow: Workflow, id: TemplateId): Graph {
  const entry = indexOfModel(model).templates.get(id);
  if (entry === undefined) return { template: id, name: id, kind: "unknown", inputs: [], outputs: [], nodes: [], edges: [] };
  const { template } = entry;
  const inputs = graphInputs(model, workflow, template);
  const { nodes, edges } = body(model, entry.workflow, template);
  const types = groupTypes(model, entry);
  const outputs = template.outputs.map((output) => withType(outputPort(output, template), types.outputs));
  return { template: id, name: template.name, kind: template.kind, inputs, outputs, nodes, edges };
}

function body(
  model: Model,
  workflow: Workflow,
  template: Template,
): { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] } {
  switch (template.kind) {
    case "dag":
    case "steps":
      return drawCalls(model, workflow, template);
    case "containerSet":
      return drawMembers(template);
    default: {
      const uses = indexOfModel(model).callers.get(template.id)?.length ?? 0;
      const leaf = nodeOfTemplate(template, uses);
      const exits = exitNodes(model, workflow, template);
      return { nodes: [leaf, ...exits.map((exit) => exit.node)], edges: [] };
    }
  }
}

/** The entrypoint's inputs are fed by the pipeline's parameters of the same names, so they have their types. */
function graphInputs(model: Model, workflow: Workflow, template: Template): readonly GraphPort[] {
  const isEntry = entrypointOf(model, workflow)?.template === template;
  const { inputs: types } = groupTypes(model, { workflow, template });
  const item = workflow.traits.itemInput ? loopItemOf(model, workflow, template) : undefined;
  const declared = template.inputs.map((input) => {
    const typed = withType(inputPort(input), types);
    const label = itemLabel(item, input.name);
    const port = label === undefined ? typed : { ...typed, label };
    const parameter = isEntry ? workflow.parameters.find((one) => one.name === input.name) : undefined;
    if (parameter === undefined) return port;
    return {
      ...port,
      ...(port.type === undefined && parameter.type !== undefined ? { type: parameter.type } : {}),
      ...(port.description === undefined && parameter.description !== undefined ? { description: parameter.description } : {}),
      ...(parameter.value === undefined ? {} : { fallback: parameter.value }),
    };
  });
  return [...declared, ...undeclaredItemPorts(model, workflow, template)];
}

interface HookNode {
  readonly node: GraphNode;
  readonly hook: Hook;
  readonly owner: TaskId | "";
}

function drawCalls(
  model: Model,
  workflow: Workflow,
  template: Template,
): { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] } {
  const contextOf = contexts(model, workflow, template);
  const boxes = template.tasks.map((task) => nodeOf(task, contextOf(task.call, task.name)));
  const hooks = template.tasks.flatMap((task) => hooksOf(task).map((hook) => hookNode(hook, task.id, contextOf(hook.call))));
  const exits = exitNodes(model, workflow, template);
  const edges = wires(model, workflow, template, hooks, exits);
  return { nodes: [...boxes, ...hooks.map((hook) => hook.node), ...exits.map((exit) => exit.node)], edges };
}

const wired = new WeakMap<Template, readonly GraphEdge[]>();

/**
 * The wires depend on the template alone, so they are cached with it; except those to the workflow's own hooks or from global outputs,
 * which are defined elsewhere.
 */
function wires(
  model: Model,
  workflow: Workflow,
  template: Template,
  hooks: readonly HookNode[],
  exits: readonly HookNode[],
): readonly GraphEdge[] {
  const fed = exits.filter(({ hook }) => hook.arguments.length > 0 || hook.references !== undefined);
  const known = fed.length === 0 ? wired.get(template) : undefined;
  if (known) return known;
  const named = new Map<string, TaskId>();
  for (const task of template.tasks) if (!named.has(task.name)) named.set(task.name, task.id);
  let own = fed.length === 0;
  const producers = producersIn(model, workflow, template);
  const edges = edgesOf({
    template,
    named,
    producers: (port, name) => {
      own = false;
      return producers(port, name);
    },
    hooks: [...hooks, ...fed].map(({ node, hook, owner }) => ({ id: node.id, hook, owner })),
  });
  if (own) wired.set(template, edges);
  return edges;
}

/** A box is created again only if its call, its template or its inputs changed, so a canvas can compare by identity. */
const boxes = new WeakMap<Task, { readonly key: string; readonly callee?: Template; readonly node: GraphNode }>();

function nodeOf(task: Task, context: NodeContext): GraphNode {
  const { uses, recursive, external, types } = context;
  const referred = context.referred.map((one) => `${one.port ?? ""}:${one.output}`);
  const key = [uses, recursive, external, ...referred, ...(types?.inputs.values() ?? []), "", ...(types?.outputs.values() ?? [])].join(
    "\n",
  );
  const known = boxes.get(task);
  if (known && known.key === key && known.callee === context.callee) return known.node;
  const node = nodeOfTask(task, context);
  boxes.set(task, { key, callee: context.callee, node });
  return node;
}

/** Returns for each call of a template the inputs of its box. */
function contexts(model: Model, workflow: Workflow, template: Template): (call: Call, name?: string) => NodeContext {
  const { callers } = indexOfModel(model);
  const recursion = recursionOf(model);
  const asked = referredOutputs(template);
  return (call, name) => {
    const entry = calleeOf(model, workflow, call);
    const callee = entry?.template;
    return {
      ...(callee === undefined ? {} : { callee }),
      ...(entry === undefined ? {} : { types: groupTypes(model, entry) }),
      external: call.kind === "reference" || (call.kind === "template" && workflow.workflowTemplateRef !== undefined),
      recursive: callee !== undefined && leadsBack(recursion, template.id, callee.id),
      uses: callee === undefined ? 1 : (callers.get(callee.id)?.length ?? 0),
      referred: name === undefined ? [] : (asked.get(name) ?? []),
    };
  };
}

const referred = new WeakMap<Template, ReadonlyMap<string, readonly OutputRef[]>>();

/** The outputs of each call, by its name, to which something in the template refers. */
function referredOutputs(template: Template): ReadonlyMap<string, readonly OutputRef[]> {
  let known = referred.get(template);
  if (known === undefined) referred.set(template, (known = collectReferred(template)));
  return known;
}

function collectReferred(template: Template): ReadonlyMap<string, readonly OutputRef[]> {
  const found = new Map<string, OutputRef[]>();
  const note = (references: readonly Reference[]): void => {
    for (const reference of references) {
      if (reference.kind === "expression") note(reference.references);
      if (reference.kind !== "task-output") continue;
      const list = found.get(reference.task);
      if (list) list.push(reference);
      else found.set(reference.task, [reference]);
    }
  };
  for (const task of template.tasks) {
    for (const argument of task.arguments) note(referencesIn(argument.binding));
    note(task.when?.references ?? []);
    if (task.loop) note(referencesIn(task.loop.kind === "param" ? task.loop.source : task.loop.references));
    for (const hook of task.hooks) {
      for (const argument of hook.arguments) note(referencesIn(argument.binding));
      note(hook.references ?? []);
    }
    note(task.otherReferences ?? []);
  }
  for (const output of template.outputs) if (output.source) note(referencesIn(output.source));
  return found;
}

/** All hooks of a call. */
function hooksOf({ hooks, exitHook }: Task): readonly Hook[] {
  return exitHook ? [...hooks, exitHook] : hooks;
}

/** The workflow's own exit handler and hooks are in the graph of its entrypoint. */
function exitNodes(model: Model, workflow: Workflow, template: Template): readonly HookNode[] {
  const { workflows } = indexOfModel(model);
  const owners = workflows.filter((one) => entrypointOf(model, one)?.template === template);
  return owners.flatMap((owner) => {
    const exit = owner.exitHook ? [owner.exitHook] : [];
    const contextOf = contexts(model, owner === workflow ? workflow : owner, template);
    return [...exit, ...(owner.hooks ?? [])].map((hook) =>
      hookNode(hook, "", contextOf(hook.call), `${template.id}@${owner.path.join(".")}`),
    );
  });
}

function hookNode(hook: Hook, owner: TaskId | "", context: NodeContext, prefix: string = owner): HookNode {
  return { node: nodeOfHook(`${prefix}!${hook.name}` as TaskId, hook, owner, context), hook, owner };
}

/** Finds the calls of a template that produce a global output; looked up only where something refers to one. */
function producersIn(model: Model, workflow: Workflow, template: Template) {
  let known: Map<string, { node: TaskId; port: string }[]> | undefined;
  return (port: PortKind, name: string) => {
    if (known === undefined) {
      known = new Map();
      for (const task of template.tasks) {
        for (const output of calleeOf(model, workflow, task.call)?.template.outputs ?? []) {
          if (output.globalName === undefined) continue;
          const key = `${output.kind}:${output.globalName}`;
          const list = known.get(key);
          if (list) list.push({ node: task.id, port: output.name });
          else known.set(key, [{ node: task.id, port: output.name }]);
        }
      }
    }
    return known.get(`${port}:${name}`) ?? [];
  };
}

/** A containerSet's members as boxes; they run in one pod, in the order of their dependencies. */
function drawMembers(template: Template): { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] } {
  const idOf = (name: string) => `${template.id}/${name}` as TaskId;
  const images = field(field(template.rest, "containerSet"), "containers");
  const names = new Set(template.members.map((member) => member.name));
  const nodes = template.members.map((member): GraphNode => {
    const container = Array.isArray(images) ? images[member.path.at(-1) as number] : undefined;
    return {
      id: idOf(member.name),
      name: member.name,
      title: member.name,
      path: member.path,
      calls: "",
      kind: "container",
      subtitle: subtitleOf({ ...template, kind: "container", rest: { container: container ?? null } }),
      inputs: [],
      outputs: [],
      group: false,
      recursive: false,
      uses: 1,
    };
  });
  const edges = template.members.flatMap((member) =>
    [...new Set(member.dependencies)]
      .filter((name) => names.has(name))
      .map((name): GraphEdge => {
        const [from, to] = [idOf(name), idOf(member.name)];
        return { id: `${from}>${to}`, from: { node: from, port: null }, to: { node: to, port: null }, kind: "order" };
      }),
  );
  return { nodes, edges };
}
