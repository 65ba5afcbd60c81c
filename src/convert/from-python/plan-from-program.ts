/**
 * From the statements of a pipeline function to a plan. The statements are processed in order, as Python would run them; a part that is not
 * understood is reported with its line and left out, and so is what depends on it.
 */
import type { Data } from "#data/data.ts";
import type { ArgumentText, PipelineParameterText, PythonPipeline, Statement, Value } from "#python/pipeline-tree.ts";
import type { Span } from "#python/syntax.ts";
import type { PipelinePlan, PlanItem, PlanParameter, PlanReference, Source } from "#pipeline/pipeline-plan.ts";
import { namedArguments } from "./arguments.ts";
import { type FoundComponent, inputsInOrder, outputsOf, pythonNames } from "./components.ts";
import { type Draft, opOf } from "./op-draft.ts";
import type { LeaveOut } from "./left-out.ts";
import { neededBy, operatorOf, operatorParameters } from "./operators.ts";
import { type PipelineSettings, settingParameters, withSetting } from "./pipeline-settings.ts";
import { assign, methodOf } from "./op-settings.ts";
import { constantData, dataOf, type RunTimeValue, sourceOf } from "./values.ts";
import type { VolumeScope } from "./volumes.ts";

/** The inputs of planning a pipeline function. */
export interface PlanContext {
  readonly component: (of: Extract<Statement, { readonly kind: "task" }>["of"], use: Span) => FoundComponent | undefined;
  readonly leaveOut: LeaveOut;
}

/** A plan, and the positions of its ops and groups in the Python text, by their ids. */
export interface PythonPlan {
  readonly plan: PipelinePlan;
  readonly spans: ReadonlyMap<string, Span>;
}

/** Plans one pipeline function. */
export function planOf(pipeline: PythonPipeline, context: PlanContext): PythonPlan {
  return new Planner(context).plan(pipeline);
}

/** A group or task under construction; `undefined` items are tasks that became exit handlers. */
type Item = { readonly kind: "draft"; readonly draft: Draft } | { readonly kind: "group"; readonly make: () => PlanItem | undefined };
type Block<Kind extends Statement["kind"]> = Extract<Statement, { readonly kind: Kind }>;

class Planner {
  private readonly drafts = new Map<number, Draft>();
  /** Loops by their numbers, with the keys of their items if these are known. */
  private readonly loops = new Map<number, readonly string[] | undefined>();
  private readonly spans = new Map<string, Span>();
  private readonly parameters = new Set<string>();
  private readonly exits = new Set<Draft>();
  private readonly scope: VolumeScope;
  private settings: PipelineSettings = { spec: {} };

  constructor(private readonly context: PlanContext) {
    this.scope = { resolve: (value) => this.resolve(value), draft: (task) => this.drafts.get(task) };
  }

  plan(pipeline: PythonPipeline): PythonPlan {
    const parameters = pipeline.parameters.map((one) => this.parameter(one));
    const items = this.items(pipeline.statements);
    const { spec, imagePullPolicy } = this.settings;
    const plan: PipelinePlan = {
      name: pipeline.name,
      ...(pipeline.description !== undefined && { description: pipeline.description }),
      parameters,
      body: this.made(items),
      ...(Object.keys(spec).length > 0 && { spec }),
      ...(imagePullPolicy !== undefined && { imagePullPolicy }),
    };
    return { plan, spans: this.spans };
  }

  private parameter(one: PipelineParameterText): PlanParameter {
    this.parameters.add(one.name);
    if (one.default?.kind === "unread") this.leaveOut(one.span);
    return {
      name: one.name,
      ...(one.type !== undefined && { type: one.type }),
      ...(one.description !== undefined && { description: one.description }),
      ...(one.default?.kind === "text" && { default: one.default.text }),
      ...(one.default !== undefined && { optional: true }),
    };
  }

  private items(statements: readonly Statement[]): readonly Item[] {
    return statements.flatMap((statement) => this.statement(statement) ?? []);
  }

  private made(items: readonly Item[]): readonly PlanItem[] {
    return items.flatMap((item): readonly PlanItem[] => {
      if (item.kind === "draft") return this.exits.has(item.draft) ? [] : [opOf(item.draft)];
      const made = item.make();
      return made ? [made] : [];
    });
  }

  private statement(statement: Statement): Item | undefined {
    switch (statement.kind) {
      case "task":
        return this.task(statement);
      case "operator":
        return this.operator(statement);
      case "setting":
        return this.setting(statement);
      case "assign": {
        const draft = this.drafts.get(statement.task);
        if (!draft || !assign(draft, statement.path, statement.value, this.scope)) this.leaveOut(statement.span);
        return undefined;
      }
      case "after":
        return this.after(statement);
      case "pipeline-setting":
        return this.pipelineSetting(statement);
      case "condition":
        return this.condition(statement);
      case "loop":
        return this.loop(statement);
      case "sub-graph":
        return this.group(statement.id, statement.span, statement.body, (items) => ({
          kind: "sub-dag",
          ...(statement.parallelism !== undefined && { parallelism: statement.parallelism }),
          ...items,
        }));
      case "exit-handler":
        return this.exitHandler(statement);
    }
  }

  private task(statement: Block<"task">): Item | undefined {
    const found = this.context.component(statement.of, statement.span);
    if (!found) return this.leaveOut(statement.span);
    const { spec, reference } = found;
    const outputs = outputsOf(spec);
    const names = new Set(outputs.values());
    const [single] = names;
    const given = this.arguments(statement.arguments, spec.inputs, inputsInOrder(spec));
    const draft: Draft = {
      id: String(statement.id),
      span: statement.span,
      base: { kind: "component", spec, reference, arguments: given },
      outputs,
      ...(names.size === 1 && { single }),
      mounts: [],
      after: [],
      overlay: {},
    };
    return this.placed(statement.id, draft);
  }

  /** The arguments of a component's call by the names of its inputs. */
  private arguments(
    list: readonly ArgumentText[],
    inputs: FoundComponent["spec"]["inputs"],
    order: readonly string[],
  ): Readonly<Record<string, Source>> {
    const names = pythonNames(inputs.map((input) => input.name));
    const given = new Map<string, Source>();
    for (const { name, position, value, span } of list) {
      const input = name === undefined ? order[position ?? -1] : names.get(name);
      const type = inputs.find((one) => one.name === input)?.type;
      const isOpen = value.kind === "constant" && value.value.kind === "none";
      const source = input === undefined || given.has(input) ? undefined : sourceOf(value, type, this.scope.resolve);
      if (input === undefined && name !== undefined)
        this.leaveOut(span, { problem: "input", what: name, valid: [...names.keys()].join(", ") });
      else if (input !== undefined && source && !isOpen) given.set(input, source);
      // None leaves an input open; if there is a default, that differs from leaving the argument out.
      else if (!isOpen || input === undefined || inputs.find((one) => one.name === input)?.default !== undefined) this.leaveOut(span);
    }
    return Object.fromEntries(given);
  }

  private operator(statement: Block<"operator">): Item | undefined {
    const parameters = operatorParameters[statement.operator];
    const known = statement.arguments.filter((one) => {
      const isKnown = one.name === undefined ? parameters[one.position ?? -1] !== undefined : parameters.includes(one.name);
      if (!isKnown) this.leaveOut(one.span);
      return isKnown;
    });
    const named = namedArguments(known, parameters) ?? new Map<string, Value>();
    const spanOf = (parameter: string) =>
      known.find((one) => (one.name ?? parameters[one.position ?? -1]) === parameter)?.span ?? statement.span;
    const made = operatorOf(statement.operator, named, this.scope, (parameter) => this.leaveOut(spanOf(parameter)));
    if (!made) {
      const what = neededBy(statement.operator).find((parameter) => !named.has(parameter));
      return this.leaveOut(statement.span, what === undefined ? undefined : { problem: "missing", what });
    }
    const draft: Draft = {
      id: String(statement.id),
      span: statement.span,
      base: made.base,
      outputs: new Map(made.outputs.map((name) => [name, name])),
      ...(made.single !== undefined && { single: made.single }),
      mounts: [...made.mounts],
      after: [],
      overlay: made.overlay,
    };
    return this.placed(statement.id, draft);
  }

  private placed(number: number, draft: Draft): Item {
    this.drafts.set(number, draft);
    this.spans.set(draft.id, draft.span);
    return { kind: "draft", draft };
  }

  private setting({ task, name, arguments: list, span }: Block<"setting">): undefined {
    const draft = this.drafts.get(task);
    const method = draft && methodOf(name, draft);
    const named = method && namedArguments(list, method.parameters);
    const isUnderstood = named && [...named.keys()].every((one) => method.parameters.includes(one)) && method.set(draft, named, this.scope);
    if (!isUnderstood) this.leaveOut(span, draft && !method ? { problem: "method", what: name } : undefined);
  }

  private after({ task, tasks, span }: Block<"after">): undefined {
    const draft = this.drafts.get(task);
    const earlier = tasks.flatMap((one) => this.drafts.get(one)?.id ?? []);
    if (!draft || earlier.length < tasks.length) this.leaveOut(span);
    draft?.after.push(...earlier);
  }

  private pipelineSetting({ name, arguments: list, span }: Block<"pipeline-setting">): undefined {
    const parameters = settingParameters(name);
    const named = parameters && namedArguments(list, parameters);
    const settings = named && withSetting(this.settings, name, named);
    if (settings) this.settings = settings;
    else this.leaveOut(span);
  }

  private condition({ id, left, operator, right, name, body, span }: Block<"condition">): Item | undefined {
    const [a, b] = [this.operand(left), this.operand(right)];
    if (!a || !b) return this.leaveOut(span);
    return this.group(id, span, body, (items) => ({
      kind: "condition",
      operator,
      left: a,
      right: b,
      ...(name !== undefined && { name }),
      ...items,
    }));
  }

  /** An operand as text or reference; a constant of any type is printed as Python prints it. */
  private operand(value: Value): Source | undefined {
    return value.kind === "list" || value.kind === "map" ? undefined : sourceOf(value, undefined, this.scope.resolve);
  }

  private loop({ id, items: over, parallelism, body, span }: Block<"loop">): Item | undefined {
    const items = this.loopItems(over);
    if (!items) return this.leaveOut(span);
    const [first] = items.kind === "list" ? items.items : [];
    this.loops.set(id, typeof first === "object" && first !== null && !Array.isArray(first) ? Object.keys(first) : undefined);
    return this.group(id, span, body, (made) => ({ kind: "loop", items, ...(parallelism !== undefined && { parallelism }), ...made }));
  }

  private loopItems(over: Value): { readonly kind: "list"; readonly items: readonly Data[] } | PlanReference | undefined {
    switch (over.kind) {
      case "parameter":
      case "output":
      case "item":
        return this.resolve(over);
      case "list": {
        const items = dataOf(over, this.scope.resolve);
        return Array.isArray(items) && items.length > 0 ? { kind: "list", items } : undefined;
      }
      case "constant": {
        const items = over.value.kind === "list" || over.value.kind === "tuple" ? constantData(over.value) : undefined;
        return Array.isArray(items) && items.length > 0 ? { kind: "list", items } : undefined;
      }
      default:
        return undefined;
    }
  }

  private exitHandler({ id, task, body, span }: Block<"exit-handler">): Item | undefined {
    const draft = this.drafts.get(task);
    if (!draft || this.exits.has(draft)) return this.leaveOut(span);
    this.exits.add(draft);
    return this.group(id, span, body, (items) => ({ kind: "exit-handler", exit: opOf(draft), ...items }));
  }

  /** A group with its body; a group whose body is empty is left out. */
  private group(
    number: number,
    span: Span,
    body: readonly Statement[],
    make: (items: { readonly id: string; readonly path: readonly string[]; readonly body: readonly PlanItem[] }) => PlanItem,
  ): Item {
    const id = String(number);
    this.spans.set(id, span);
    const items = this.items(body);
    return {
      kind: "group",
      make: () => {
        const inside = this.made(items);
        return inside.length === 0 ? undefined : make({ id, path: [id], body: inside });
      },
    };
  }

  private resolve(value: RunTimeValue): PlanReference | undefined {
    switch (value.kind) {
      case "parameter":
        return this.parameters.has(value.name) ? { kind: "parameter", name: value.name } : undefined;
      case "output": {
        const draft = this.drafts.get(value.task);
        const output = value.output === undefined ? draft?.single : draft?.outputs.get(value.output);
        return draft && output !== undefined ? { kind: "output", op: draft.id, output } : undefined;
      }
      case "item": {
        const keys = this.loops.get(value.loop);
        if (!this.loops.has(value.loop) || (value.key !== undefined && keys && !keys.includes(value.key))) return undefined;
        return { kind: "item", loop: String(value.loop), ...(value.key !== undefined && { key: value.key }) };
      }
    }
  }

  private leaveOut(span: Span, about?: Parameters<LeaveOut>[1]): undefined {
    this.context.leaveOut(span, about);
  }
}
