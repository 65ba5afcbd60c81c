import { indexOfModel } from "./model-index.ts";
import { calleeOf, callsIn } from "./resolve-call.ts";
import type { Model, TemplateId } from "./model.ts";

/**
 * Which templates are recursive. Templates that call each other in a cycle share a number; a template that calls itself has one, too.
 * Tarjan's strongly connected components, implemented without recursion, since a file may chain thousands of templates.
 */
export type Recursion = ReadonlyMap<TemplateId, number>;

const known = new WeakMap<Model, Recursion>();

/** The cycles of a model's template calls. */
export function recursionOf(model: Model): Recursion {
  let recursion = known.get(model);
  if (recursion === undefined) known.set(model, (recursion = findCircles(callGraph(model))));
  return recursion;
}

/** Whether a call in template `from` to template `to` leads back to `from`. */
export function leadsBack(recursion: Recursion, from: TemplateId, to: TemplateId): boolean {
  const circle = recursion.get(from);
  return circle !== undefined && circle === recursion.get(to);
}

type CallGraph = ReadonlyMap<TemplateId, readonly TemplateId[]>;

function callGraph(model: Model): CallGraph {
  const graph = new Map<TemplateId, readonly TemplateId[]>();
  for (const { workflow, template } of indexOfModel(model).templates.values()) {
    const called = new Set<TemplateId>();
    for (const call of callsIn(template)) {
      const callee = calleeOf(model, workflow, call);
      if (callee) called.add(callee.template.id);
    }
    graph.set(template.id, [...called]);
  }
  return graph;
}

interface Visit {
  readonly id: TemplateId;
  readonly index: number;
  low: number;
  next: number;
}

function findCircles(graph: CallGraph): Recursion {
  const circles = new Map<TemplateId, number>();
  const visits = new Map<TemplateId, Visit>();
  const pending: Visit[] = [];
  const isPending = new Set<TemplateId>();
  let circle = 0;
  for (const start of graph.keys()) {
    if (visits.has(start)) continue;
    const path: Visit[] = [];
    const enter = (id: TemplateId) => {
      const visit = { id, index: visits.size, low: visits.size, next: 0 };
      visits.set(id, visit);
      pending.push(visit);
      isPending.add(id);
      path.push(visit);
    };
    enter(start);
    for (let here = path.at(-1); here !== undefined; here = path.at(-1)) {
      const called = graph.get(here.id)?.[here.next++];
      if (called !== undefined) {
        const visit = visits.get(called);
        if (visit === undefined) enter(called);
        else if (isPending.has(called)) here.low = Math.min(here.low, visit.index);
        continue;
      }
      path.pop();
      const caller = path.at(-1);
      if (caller) caller.low = Math.min(caller.low, here.low);
      if (here.low === here.index) closeCircle(here, ++circle);
    }
  }
  return circles;

  function closeCircle(root: Visit, number: number): void {
    const members: TemplateId[] = [];
    for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
      isPending.delete(visit.id);
      members.push(visit.id);
      if (visit === root) break;
    }
    const alone = members.length === 1 && !graph.get(root.id)?.includes(root.id);
    if (!alone) for (const member of members) circles.set(member, number);
  }
}
