import type { Refused } from "#document/edit-draft.ts";
import { type FoundTask, refuse } from "#document/edit-targets.ts";
import { calleeOf } from "#pipeline/resolve-call.ts";
import type { GraphPort } from "#pipeline/graph.ts";
import type { OutputPort, Template } from "#pipeline/model.ts";
import { boundaryNameOf } from "../syntax/boundary-names.ts";
import { passedDefinition, surface, type Value } from "./group-ports.ts";
import { entriesAt } from "./field-operations.ts";
import { outputReferences } from "./references.ts";
import { messagePath, type Spec } from "./pipeline-spec.ts";

/** An output of a task of a graph. */
interface Output {
  readonly task: string;
  readonly output: string;
}

/**
 * An output of the branches of a choice, of whichever ran: `value` in its own branch, in each other branch the output that fits best.
 * `choice`: the task that runs the branches. An output that picks the value already is used again.
 */
export function oneOf(
  spec: Spec,
  { choice, branch, value, port }: { readonly choice: FoundTask; readonly branch: string; readonly value: Value; readonly port: GraphPort },
): Value | Refused {
  const wrapper = choice.callee;
  if (!wrapper || wrapper.groupKind !== "branches")
    return refuse(
      "wire-out-of-condition",
      { out: port.label, group: branch, to: choice.graph.name, from: branch, in: port.label },
      choice.task.path,
    );
  const { kind, definition } = value;
  const own = value.source as Output;
  const known = outputReferences(spec.draft, messagePath(spec, wrapper.name)).find(
    (one) => one.kind === kind && one.source.of === "task" && one.source.task === own.task && one.source.output === own.output,
  );
  if (known) {
    const name = known.path[known.path.lastIndexOf("outputs") + 2] as string;
    return { kind, source: { task: choice.task.name, output: name }, definition };
  }
  const from: Output[] = [];
  for (const task of wrapper.tasks) {
    if (task.name === branch) {
      from.push(own);
      continue;
    }
    const graph = calleeOf(spec.draft.model, spec.workflow, task.call)?.template;
    const found = graph && bestOutput(spec, graph, port);
    if (!graph || !found)
      return refuse("one-of-branch-without", { branch: task.displayName ?? task.name, type: port.type ?? "" }, task.path);
    from.push({ task: task.name, output: surfaced(spec, graph, found) });
  }
  const taken = entriesAt(spec.draft, messagePath(spec, wrapper.name), "outputDefinitions", `${kind}s`).map(({ key }) => key);
  let number = 1;
  while (taken.includes(`pipelinechannel--${choice.task.name}-oneof-${number}`)) number++;
  const output = surface(spec, wrapper.name, { from, kind, definition, name: `pipelinechannel--${choice.task.name}-oneof-${number}` });
  return { kind, source: { task: choice.task.name, output }, definition };
}

interface Found {
  readonly task: string;
  readonly port: OutputPort;
}

/** The output of a branch of the same kind and type; of several, one of the same name, else the last that is made. */
function bestOutput({ draft, workflow }: Spec, graph: Template, wanted: GraphPort): Found | undefined {
  const all = graph.tasks.flatMap((task) =>
    task.loop || task.when
      ? []
      : (calleeOf(draft.model, workflow, task.call)?.template?.outputs ?? []).flatMap((port) =>
          port.kind === wanted.kind && port.type === wanted.type && (port.isList ?? false) === (wanted.isList ?? false)
            ? [{ task: task.name, port }]
            : [],
        ),
  );
  return all.findLast(({ port }) => port.name === wanted.name) ?? all.at(-1);
}

function surfaced(spec: Spec, graph: Template, { task, port }: Found): string {
  return surface(spec, graph.name, {
    from: [{ task, output: port.name }],
    kind: port.kind,
    definition: passedDefinition(port.rest, port.kind),
    name: boundaryNameOf(task, port.name),
  });
}
