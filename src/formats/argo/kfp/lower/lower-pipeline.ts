/**
 * Lowers a pipeline plan to the Argo Workflow that Kubeflow Pipelines v1 runs, with the structure of the KFP SDK 1.8
 * (docs/spec/kfp-v1.md) and without its known defects. Never throws for an error in the plan: what cannot be expressed is left out and reported.
 */
import { type Diagnostic, type DiagnosticCode, diagnosticOf, type DiagnosticValues, type Report } from "#diagnostics/diagnostic.ts";
import { k8sCaseName, normId } from "#kubernetes/kfp-names.ts";
import { type Data, type DataMap, isList, isMap } from "#data/data.ts";
import { serializeConstant } from "#components/type-names.ts";
import { printValue } from "#yaml/print.ts";
import { draftOp, outputsOfOp } from "./draft-op.ts";
import { aliasKey, type Expanded, expandGraphs } from "./graph.ts";
import { assignNames, NamePool, type Names, portName } from "./assign-names.ts";
import { type Draft, type DraftOutput, finishTemplate } from "./op.ts";
import {
  type ConditionGroup,
  type LoopGroup,
  type PipelinePlan,
  type PlanGroup,
  type PlanItem,
  type PlanOp,
  type PlanReference,
  type Source,
  splitTokens,
  type Stamps,
} from "#pipeline/pipeline-plan.ts";
import type { Print } from "./resource-op.ts";
import { type Graph, type Node, type Port, type Recursion, type WiredReference, Wiring } from "./wiring.ts";
import { assembleWorkflow } from "./workflow.ts";
import { isGroup, isOp, itemsOf, parallelism, volumesOf, wishes } from "./plan-items.ts";
import { braced, graphTemplate } from "./graph-template.ts";

/** A workflow as data, and what was found on the way. */
export interface LoweredPipeline {
  readonly workflow: DataMap;
  readonly diagnostics: readonly Diagnostic[];
  /** Template and task names by the plan's ids. */
  readonly names: ReadonlyMap<string, string>;
}

/** Lowers a plan. `print` writes manifests as block YAML. */
export function lowerPipeline(plan: PipelinePlan, stamps: Stamps, print: Print = (data) => `${printValue(data)}\n`): LoweredPipeline {
  const diagnostics: Diagnostic[] = [];
  const lowering = new Lowering(plan, stamps, print, (found) => void diagnostics.push(found));
  return { workflow: lowering.workflow(), diagnostics, names: lowering.names.templates };
}

class Lowering {
  readonly names: Names;
  private readonly parameterNames: readonly string[];
  private readonly ops = new Map<string, PlanOp>();
  private readonly groups = new Map<string, PlanGroup>();
  private readonly outputs = new Map<string, readonly DraftOutput[]>();
  private readonly itemNames = new Map<string, string>();
  private readonly nodes = new Map<string, Node>();
  private readonly wiring: Wiring;
  private readonly expanded: Expanded;
  private readonly root: Graph;
  private onExit: string | undefined;

  constructor(
    private readonly plan: PipelinePlan,
    private readonly stamps: Stamps,
    private readonly print: Print,
    private readonly report: Report,
  ) {
    this.expanded = expandGraphs(plan.body, report);
    this.names = assignNames(plan.name, wishes(this.expanded.body));
    this.root = graphNode({ id: "", name: this.names.pipeline, group: "root", path: [] });
    this.wiring = new Wiring(this.nodes, report);
    this.plant(this.expanded.body, this.root);
    const references = new NamePool();
    for (const [id, op] of this.ops) {
      const outputs = outputsOfOp(op, this.names.templates.get(id) ?? id, () => undefined);
      this.outputs.set(id, outputs);
      for (const one of outputs) if (!one.reserved) references.reserve(one.name);
    }
    // Parameters and outputs meet under one roof: both become inputs of the same DAGs under these names.
    this.parameterNames = plan.parameters.map((parameter) => references.give(portName(parameter.name, "parameter")));
    this.nameItems();
  }

  workflow(): DataMap {
    const drafts = [...this.ops.values()].map((op) => this.draft(op));
    const graphs = [...this.groups.values()].map((group) => ({ group, node: this.nodes.get(group.id) as Graph }));
    const calls = new Map<string, DataMap>(graphs.map(({ group, node }) => [group.id, this.flow(group, node)]));
    this.order(this.expanded.body);
    for (const graph of [this.root, ...graphs.map(({ node }) => node)]) this.wiring.checkCycles(graph);
    const templates = [
      ...drafts.map((draft) => finishTemplate(draft, (output) => this.wiring.valueOutputs.has(output.name))),
      ...graphs.map(({ group, node }) => graphTemplate(node, calls, parallelism(group))),
      graphTemplate(this.root, calls, undefined),
    ];
    return assembleWorkflow(
      {
        entrypoint: this.names.pipeline,
        pipeline: this.plan,
        parameterNames: this.parameterNames,
        templates,
        onExit: this.onExit,
        fileParameters: [...this.wiring.fileParameters],
      },
      this.stamps,
    );
  }

  /** Makes the tree of nodes. */
  private plant(body: readonly PlanItem[], parent: Graph): void {
    const taskNames = new NamePool();
    for (const item of body) {
      if (this.nodes.has(item.id)) {
        this.problem("lower-id-twice", item, { id: item.id });
        continue;
      }
      if (item.kind === "recursion") this.plantRecursion(item, parent, taskNames);
      else if (isGroup(item)) this.plantGroup(item, parent);
      else this.plantOp(item, parent);
    }
  }

  private plantOp(op: PlanOp, parent: Graph | undefined): void {
    this.ops.set(op.id, op);
    this.add({ ...leaf(op.id, this.nameOf(op.id), op.path), kind: "op", parent });
  }

  private plantGroup(group: PlanGroup, parent: Graph): void {
    this.groups.set(group.id, group);
    const node = graphNode({ id: group.id, name: this.nameOf(group.id), group: group.kind, parent, path: group.path ?? [] });
    this.add(node);
    if (group.kind === "exit-handler") {
      if (this.onExit !== undefined) this.problem("lower-exit-handler-twice", group, {});
      if (parent !== this.root) this.problem("lower-exit-handler-nested", group, {});
      this.plantOp(group.exit, undefined);
      this.onExit = this.nameOf(group.exit.id);
    }
    this.plant(group.body, node);
  }

  private plantRecursion(item: Extract<PlanItem, { kind: "recursion" }>, parent: Graph, taskNames: NamePool): void {
    const graph = this.groups.get(item.graph);
    const node = this.nodes.get(item.graph);
    if (graph?.kind !== "graph" || !node || node.kind !== "group")
      return this.problem("lower-recursion-unknown", item, { graph: item.graph });
    const passed = new Map<string, WiredReference>();
    const call: Recursion = {
      ...leaf(item.id, taskNames.give(node.name), item.path),
      kind: "recursion",
      parent,
      target: node.name,
      passed,
    };
    this.add(call);
    (node as Graph).calls.push(call);
  }

  private add(node: Node): void {
    this.nodes.set(node.id, node);
    node.parent?.children.push(node);
  }

  private nameOf(id: string): string {
    return this.names.templates.get(id) ?? id;
  }

  /** Drafts an op and wires what it uses. */
  private draft(op: PlanOp): Draft<WiredReference> {
    const node = this.nodes.get(op.id) as Node;
    const draft = draftOp(op, {
      names: this.names.templates,
      resolve: (reference) => this.resolve(reference, node),
      print: this.print,
      sdkVersion: this.stamps.sdkVersion,
      imagePullPolicy: this.plan.imagePullPolicy,
      report: this.report,
    });
    this.passRecursions();
    for (const use of draft.uses.all()) this.wiring.give(node, use.name, use.reference, use.mode);
    return draft;
  }

  private passed = false;
  /** Resolves what recursive calls pass, once, when all names are known. */
  private passRecursions(): void {
    if (this.passed) return;
    this.passed = true;
    for (const item of itemsOf(this.expanded.body)) {
      const call = this.nodes.get(item.id);
      const graph = item.kind === "recursion" ? this.groups.get(item.graph) : undefined;
      if (item.kind !== "recursion" || call?.kind !== "recursion" || graph?.kind !== "graph") continue;
      graph.inputs.forEach((input, index) => {
        const outer = this.resolve(input, call);
        const inner = item.inputs[index] && this.resolve(item.inputs[index], call);
        if (outer && inner) ((call as Recursion).passed as Map<string, WiredReference>).set(outer.name, inner);
      });
    }
  }

  /** A reference with its name; undefined and reported if it refers to nothing. */
  private resolve(reference: PlanReference, user: Node, report = this.report): WiredReference | undefined {
    switch (reference.kind) {
      case "parameter": {
        const index = this.plan.parameters.findIndex((parameter) => parameter.name === reference.name);
        const name = this.parameterNames[index];
        if (name !== undefined) return { name, origin: { kind: "parameter" } };
        return unknown(user, reference.name, report);
      }
      case "output": {
        const alias = this.expanded.aliases.get(aliasKey(reference.op, reference.output));
        if (alias) return this.resolve(alias, user, report);
        const op = this.ops.get(reference.op);
        const found = findOutput(this.outputs.get(reference.op) ?? [], reference.output);
        if (!op || !found) return unknown(user, `${reference.op}.${reference.output}`, report);
        if (found.reserved) {
          report({
            code: "lower-reserved-output",
            level: "error",
            values: { task: user.name, output: reference.output },
            path: user.path,
          });
          return undefined;
        }
        return { name: found.name, origin: { kind: "op", op: op.id, valueOnly: op.kind !== "component" && op.kind !== "container" } };
      }
      case "item": {
        const item = this.itemNames.get(reference.loop);
        if (item === undefined) return unknown(user, "item", report);
        const key = reference.key === undefined ? undefined : k8sCaseName(reference.key);
        return { name: key === undefined ? item : `${item}-subvar-${key}`, origin: { kind: "item", loop: reference.loop, key } };
      }
    }
  }

  /** Names the items of all loops, outer ones first; loops inside one another over the same values get names of their own. */
  private nameItems(): void {
    for (const group of this.groups.values()) {
      const node = this.nodes.get(group.id);
      if (group.kind !== "loop" || !node) continue;
      const literal = this.names.items.get(group.id);
      const source = group.items.kind === "list" ? undefined : this.resolve(group.items, node, () => undefined);
      const around = new NamePool();
      for (let here = node.parent; here; here = here.parent) around.reserve(this.itemNames.get(here.id) ?? "");
      const name = literal ?? (source && around.give(`${source.name}-loop-item`));
      if (name !== undefined) this.itemNames.set(group.id, name);
    }
  }

  /** What a group's task has besides arguments: `when`, `withItems`, `withParam`. */
  private flow(group: PlanGroup, node: Graph): DataMap {
    if (group.kind === "condition") return { when: this.when(group, node) };
    return group.kind === "loop" ? this.loop(group, node) : {};
  }

  private when(group: ConditionGroup, node: Graph): string {
    const [left, right] = [this.operand(group.left, node), this.operand(group.right, node)];
    if (group.operator === "==" || group.operator === "!=") return `"${left}" ${group.operator} "${right}"`;
    return `${left} ${group.operator} ${right}`;
  }

  private operand(source: Source, node: Graph): string {
    const t = (reference: PlanReference) => {
      const resolved = this.resolve(reference, node);
      return resolved && node.parent ? braced(this.wiring.supply(node.parent, resolved, "value", node)) : "";
    };
    const constant = (text: string) => {
      // Argo puts the values in and evaluates the text then; a quote in it would end the operand.
      if (text.includes('"')) this.problem("lower-condition-quote", node, { task: node.name, text: text.slice(0, 80) });
      return text;
    };
    if (source.kind === "constant") {
      const text = serializeConstant(undefined, source.value);
      return splitTokens(text.ok ? text.text : "None")
        .map((part) => (typeof part === "string" ? constant(part) : t(part)))
        .join("");
    }
    if (source.kind !== "text") return t(source);
    return source.parts.map((part) => (typeof part === "string" ? constant(part) : t(part))).join("");
  }

  private loop(group: LoopGroup, node: Graph): DataMap {
    if (group.items.kind !== "list") {
      const text = this.loopReference(group.items, node);
      return text === undefined ? {} : { withParam: text };
    }
    const items = group.items.items;
    const keys = (item: Data | undefined) => (isMap(item) ? Object.keys(item).sort().join("\n") : undefined);
    if (items.length === 0) this.problem("lower-loop-empty", node, { task: node.name });
    if (items.some((item) => keys(item) !== keys(items[0]))) this.problem("lower-loop-items", node, { task: node.name });
    return {
      withItems: items.map((item) => {
        const message = this.loopData(item, node);
        return isMap(message)
          ? Object.fromEntries(Object.entries(message).map(([key, value]) => [k8sCaseName(key) || key, value]))
          : message;
      }),
    };
  }

  private loopData(data: Data, node: Graph): Data {
    if (typeof data === "string")
      return splitTokens(data)
        .map((part) => (typeof part === "string" ? part : (this.loopReference(part, node) ?? "")))
        .join("");
    if (isList(data)) return data.map((item) => this.loopData(item, node));
    if (!isMap(data)) return data;
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, this.loopData(value, node)]));
  }

  private loopReference(reference: PlanReference, node: Graph): string | undefined {
    const resolved = this.resolve(reference, node);
    if (!resolved || !node.parent) return undefined;
    if (resolved.origin.kind === "parameter") return `{{workflow.parameters.${resolved.name}}}`;
    return braced(this.wiring.supply(node.parent, resolved, "value", node));
  }

  /** Adds the orders asked for: `.after()`, and volumes that others must have used before. */
  private order(body: readonly PlanItem[]): void {
    for (const item of itemsOf(body)) {
      const node = this.nodes.get(item.id);
      if (!node) continue;
      const volumes = isOp(item) ? volumesOf(item) : [];
      for (const id of [...(item.after ?? []), ...volumes.flatMap((volume) => volume.after ?? [])]) {
        const members = this.membersOf(id);
        for (const earlier of members) this.wiring.after(node, earlier);
        if (members.length === 0) unknown(node, id, this.report);
      }
    }
  }

  /** The nodes of an op id: several if it was a graph component. */
  private membersOf(id: string): readonly Node[] {
    const node = this.nodes.get(id);
    return node ? [node] : (this.expanded.members.get(id) ?? []).flatMap((inner) => this.membersOf(inner));
  }

  private problem<Code extends DiagnosticCode>(code: Code, at: { readonly path?: Node["path"] }, values: DiagnosticValues<Code>): void {
    this.report(diagnosticOf(code, values, { level: "error", path: at.path ?? [] }));
  }
}

function unknown(user: Node, reference: string, report: Report): undefined {
  report({ code: "lower-reference-unknown", level: "error", values: { task: user.name, reference }, path: user.path });
}

function leaf(id: string, name: string, path: Node["path"] | undefined) {
  return { id, name, path: path ?? [], arguments: new Map<string, Port>(), dependencies: new Set<string>() };
}

function graphNode(settings: {
  readonly id: string;
  readonly name: string;
  readonly group: Graph["group"];
  readonly parent?: Graph;
  readonly path: Node["path"];
}): Graph {
  return {
    ...leaf(settings.id, settings.name, settings.path),
    kind: "group",
    group: settings.group,
    parent: settings.parent,
    inputs: new Map(),
    outputs: new Map(),
    children: [],
    calls: [],
  };
}

/** An output by its name, or by the Python form of its name, under which SDK users also know it. */
function findOutput(outputs: readonly DraftOutput[], name: string): DraftOutput | undefined {
  const python = (text: string) => normId(text).replace(/ /g, "_");
  return outputs.find((one) => one.output === name) ?? outputs.find((one) => python(one.output) === python(name));
}
