import type { Reference } from "#pipeline/binding.ts";

/**
 * Argo's dotted variable names (`tasks.a.outputs.parameters.b`) and what they refer to. The one table of these names: tags,
 * expressions, printing and renaming all go through here.
 */

/** What a variable refers to, given its name in steps (`["tasks", "a", "outputs", "result"]`). */
export function namedReference(steps: readonly string[]): Reference {
  const [root, second, third, ...rest] = steps;
  const tail = rest.join(".");
  const variable: Reference = { kind: "variable", name: steps.join(".") };
  switch (root) {
    case "tasks":
    case "steps": {
      if (second === undefined || third === undefined) return variable;
      if (third !== "outputs") return { kind: "task-output", task: second, of: root, output: [third, ...rest].join(".") };
      const [port, ...name] = rest;
      if (name.length > 0 && port === "parameters")
        return { kind: "task-output", task: second, of: root, output: name.join("."), port: "parameter" };
      if (name.length > 0 && port === "artifacts")
        return { kind: "task-output", task: second, of: root, output: name.join("."), port: "artifact" };
      return {
        kind: "task-output",
        task: second,
        of: root,
        output: tail === "result" ? "result" : tail === "" ? "outputs" : `outputs.${tail}`,
      };
    }
    case "inputs":
      if (third === undefined) return variable;
      if (second === "parameters") return { kind: "graph-input", port: "parameter", name: [third, ...rest].join(".") };
      if (second === "artifacts") return { kind: "graph-input", port: "artifact", name: [third, ...rest].join(".").replace(/\.path$/, "") };
      return variable;
    case "workflow":
      if (second === "parameters" && third !== undefined && !(third === "json" && tail === "")) {
        return { kind: "pipeline-parameter", name: [third, ...rest].join(".") };
      }
      if (second === "outputs" && tail !== "" && third === "parameters") return { kind: "global-output", port: "parameter", name: tail };
      if (second === "outputs" && tail !== "" && third === "artifacts") return { kind: "global-output", port: "artifact", name: tail };
      return variable;
    case "item":
      return second === undefined ? { kind: "item" } : { kind: "item", key: steps.slice(1).join(".") };
    default:
      return variable;
  }
}

const taskVariable = /^(tasks|steps)\.(.+?)\.(outputs\.(?:parameters|artifacts)\..+|outputs(?:\.\w+)?|\w+)$/s;

/** What the text of a simple tag refers to; a task's name may hold dots here, since Argo looks the whole text up. */
export function variableReference(text: string): Reference {
  const task = taskVariable.exec(text);
  if (task) return namedReference([task[1] as string, task[2] as string, ...(task[3] as string).split(".")]);
  return namedReference(text.split("."));
}

/** The variable's canonical name, without braces. An expression's is its source behind `=`. */
export function variableName(reference: Reference): string {
  switch (reference.kind) {
    case "task-output":
      return `${reference.of}.${reference.task}.${outputName(reference)}`;
    case "graph-input":
      return `inputs.${reference.port}s.${reference.name}`;
    case "pipeline-parameter":
      return `workflow.parameters.${reference.name}`;
    case "global-output":
      return `workflow.outputs.${reference.port}s.${reference.name}`;
    case "item":
      return reference.key === undefined ? "item" : `item.${reference.key}`;
    case "variable":
      return reference.name;
    case "expression":
      return `=${reference.source}`;
  }
}

function outputName(reference: Reference & { kind: "task-output" }): string {
  if (reference.port !== undefined) return `outputs.${reference.port}s.${reference.output}`;
  return reference.output === "result" ? "outputs.result" : reference.output;
}
