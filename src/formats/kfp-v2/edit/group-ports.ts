import { type Data, type DataMap, isMap, sameData } from "#data/data.ts";
import { uniqueName } from "#document/edit-targets.ts";
import type { PortKind } from "#pipeline/model.ts";
import { inputBinding, outputBinding, outputSource } from "../syntax/bindings.ts";
import { boundaryNameOf, boundaryNameOfInput } from "../syntax/boundary-names.ts";
import { find } from "../read/fields.ts";
import { entriesAt, fieldAt, fieldPath, put } from "./field-operations.ts";
import { argumentPath, messagePath, portPath, type Spec } from "./pipeline-spec.ts";

// Values that pass the boundary of a group: an output that surfaces one, an input that hands one in. Existing ports are used again.

/** A value within a graph: an output of one of its tasks, or one of its inputs. `definition` is that of a port for it. */
export interface Value {
  readonly kind: PortKind;
  readonly source: { readonly task: string; readonly output: string } | { readonly input: string };
  readonly definition: DataMap;
}

/** The binding that reads a value. */
export function bindingOf({ kind, source }: Value): DataMap {
  return "input" in source ? inputBinding(kind, source.input) : outputBinding(kind, source.task, source.output);
}

/** What a port that passes a value on says of it: its type, no default, no description. */
export function passedDefinition(definition: Data | undefined, kind: PortKind): DataMap {
  if (kind === "parameter") {
    const type = find(definition, "parameterType", []).value;
    return { parameterType: type ?? "STRING" };
  }
  const type = find(definition, "artifactType", []).value;
  const isArtifactList = find(definition, "isArtifactList", []).value === true;
  return {
    artifactType: type ?? { schemaTitle: "system.Artifact", schemaVersion: "0.0.1" },
    ...(isArtifactList ? { isArtifactList } : {}),
  };
}

/** The definition seen from outside of a loop: a list of what each iteration gives. */
export function collected(definition: DataMap, kind: PortKind): DataMap {
  return kind === "parameter" ? { parameterType: "LIST" } : { ...definition, isArtifactList: true };
}

/** Surfaces outputs of tasks of a graph as one output of the graph, several as the first that was made. Returns the value around it. */
export function surface(
  spec: Spec,
  graph: string,
  {
    from,
    kind,
    definition,
    name,
  }: {
    readonly from: readonly { readonly task: string; readonly output: string }[];
    readonly kind: PortKind;
    readonly definition: DataMap;
    readonly name: string;
  },
): string {
  const { draft } = spec;
  const message = messagePath(spec, graph);
  const source = outputSource(kind, from);
  const known = entriesAt(draft, message, "dag", "outputs", `${kind}s`).find(({ value }) => sameData(value, source));
  if (known) return known.key;
  const outputs = ["parameter", "artifact"] as const;
  const free = uniqueName(name, (one) =>
    outputs.some((each) => draft.at(portPath(draft, message, { side: "output", kind: each, name: one })) !== undefined),
  );
  put(draft, portPath(draft, message, { side: "output", kind, name: free }), definition);
  put(draft, [...fieldPath(draft, message, "dag", "outputs", `${kind}s`), free], source);
  return free;
}

/** Hands a value of a graph into a group that one of its tasks runs. Returns the name of the group's input. */
export function passIn(
  spec: Spec,
  { graph, task, group }: { readonly graph: string; readonly task: string; readonly group: string },
  value: Value,
): string {
  const { draft } = spec;
  const { kind, source } = value;
  const message = messagePath(spec, group);
  const path = [...fieldPath(draft, messagePath(spec, graph), "dag", "tasks"), task];
  const binding = bindingOf(value);
  const given = fieldAt(draft, path, "inputs", `${kind}s`);
  const port = (name: string) => portPath(draft, message, { side: "input", kind, name });
  const known = Object.entries(isMap(given) ? given : {}).find(
    ([name, one]) => sameData(one, binding) && draft.at(port(name)) !== undefined,
  );
  if (known) return known[0];
  const wanted = "input" in source ? boundaryNameOfInput(source.input) : boundaryNameOf(source.task, source.output);
  const isTaken = (name: string) =>
    (["parameter", "artifact"] as const).some(
      (each) =>
        draft.at(portPath(draft, message, { side: "input", kind: each, name })) !== undefined ||
        draft.at(argumentPath(draft, path, each, name)) !== undefined,
    );
  const free = isFreeForCondition(draft.at(argumentPath(draft, path, kind, wanted)), binding) && draft.at(port(wanted)) === undefined;
  const name = free ? wanted : uniqueName(wanted, isTaken);
  put(draft, port(name), value.definition);
  put(draft, argumentPath(draft, path, kind, name), binding);
  return name;
}

/** An argument that only the condition of the task reads is undeclared; it can serve both. */
function isFreeForCondition(given: Data | undefined, binding: DataMap): boolean {
  return given === undefined || sameData(given, binding);
}
