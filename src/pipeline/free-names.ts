import type { Template, Workflow } from "./model.ts";

/** `train`, `train-2`, `train-3` …: the first that is free. A number at the end is incremented. */
export function freeTaskName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/-\d+$/, "");
  for (let count = 2; ; count++) {
    const name = `${stem}-${count}`;
    if (!taken.has(name)) return name;
  }
}

/** `container-1`, `container-2` …: the first that neither a template nor a call of the graph has. */
export function freeStepName(stem: string, workflow: Workflow, graph: Template): string {
  const taken = new Set([...workflow.templates.map((template) => template.name), ...graph.tasks.map((task) => task.name)]);
  for (let count = 1; ; count++) {
    const name = `${stem}-${count}`;
    if (!taken.has(name)) return name;
  }
}

/** Names of a graph's calls. */
export function callNames(graph: Template): ReadonlySet<string> {
  return new Set(graph.tasks.map((task) => task.name));
}
