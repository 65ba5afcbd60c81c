/** Names in compiled pipelines, as the SDK makes them. docs/spec/kfp-v2.md */

const channel = "pipelinechannel--";

/** Whether a text can be a pipeline's name (SDK and server). */
export function isPipelineName(name: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,127}$/.test(name);
}

/** Whether a text can be a task's key: it becomes the name of a task of an Argo Workflow. */
export function isTaskKey(key: string): boolean {
  return /^[a-z0-9][a-z0-9-]*$/.test(key);
}

/** The key that the SDK makes of a human name: lower case, other characters to "-". */
export function taskKeyOf(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "") || "task"
  );
}

/** A port of a group that passes a value on: from another task's output, a parameter of the pipeline, or the item of a loop. */
export type BoundaryName =
  | { readonly kind: "task-output"; readonly task: string; readonly output: string }
  | { readonly kind: "input"; readonly input: string }
  | { readonly kind: "item"; readonly source?: string };

/**
 * What the name of a group's port says; undefined if it is not of the SDK's making. Task keys hold "-" as the separator does, so the
 * longest of `tasks` that begins the name is taken.
 */
export function readBoundaryName(name: string, tasks: Iterable<string>): BoundaryName | undefined {
  if (!name.startsWith(channel)) return undefined;
  const inner = name.slice(channel.length);
  if (/^loop-item-param-\d+$/.test(inner)) return { kind: "item" };
  const [, source] = /^(.+)-loop-item$/.exec(inner) ?? [];
  if (source !== undefined) return { kind: "item", source };
  let longest: string | undefined;
  for (const task of tasks) if (inner.startsWith(`${task}-`) && task.length > (longest?.length ?? 0)) longest = task;
  return longest === undefined
    ? { kind: "input", input: inner }
    : { kind: "task-output", task: longest, output: inner.slice(longest.length + 1) };
}

/** Whether the SDK gave this name to a port that passes a value on. */
export function isBoundaryName(name: string): boolean {
  return name.startsWith(channel);
}

/** The name of a group's port for a task's output. */
export function boundaryNameOf(task: string, output: string): string {
  return `${channel}${task}-${output}`;
}

/** The name of a group's port for an input of the graph around it; a value that passes through groups already keeps its name. */
export function boundaryNameOfInput(input: string): string {
  return input.startsWith(channel) ? input : `${channel}${input}`;
}

/** A port of a group in few words: `train · model`, `item`; other names unchanged. */
export function boundaryLabel(name: string, tasks: Iterable<string>): string {
  const read = readBoundaryName(name, tasks);
  switch (read?.kind) {
    case undefined:
      return name;
    case "input":
      return read.input;
    case "item":
      return "item";
    case "task-output":
      return read.output.startsWith(channel) ? boundaryLabel(read.output, tasks) : `${read.task} · ${read.output}`;
  }
}
