import { readComponent } from "#components/component-yaml/read.ts";
import { type Data, type DataMap, field, isMap } from "#data/data.ts";
import type { Refused } from "#document/edit-draft.ts";
import { refuse } from "#document/edit-targets.ts";
import type { PortKind } from "#pipeline/model.ts";
import { checkPipelineSpec } from "../schema/strict.ts";
import { find, findEntries } from "../read/fields.ts";
import { parameterType } from "../read/component.ts";
import { placeholdersIn } from "../syntax/placeholders.ts";
import { type LoweredComponent, type LoweredPort, lowerComponent, sortedKeys } from "./lower-component.ts";

// The component of an edit: component.yaml as data, or the terms of KFP v2, `{name, inputDefinitions, outputDefinitions, container}`.

/** The component of an edit in the terms of KFP v2; refused if it cannot be read, or if a pipeline spec cannot express it. */
export function loweredFrom(data: DataMap): LoweredComponent | Refused {
  if (isNative(data) && isMap(data.container)) return nativeComponent(data, data.container);
  const { component, diagnostics } = readComponent(data);
  const bad = diagnostics.find((found) => found.level === "error" && found.code === "component-not-a-mapping");
  if (!component || bad) return refuse("authoring-component-unreadable", { problem: (bad ?? diagnostics[0])?.code ?? "" });
  return lowerComponent(component);
}

/** Whether the component of an edit is in the terms of KFP v2. */
export function isNative(data: DataMap): boolean {
  return isMap(data.container) && data.implementation === undefined;
}

function nativeComponent({ inputDefinitions, outputDefinitions }: DataMap, container: DataMap): LoweredComponent | Refused {
  const component: DataMap = {
    ...(inputDefinitions === undefined ? {} : { inputDefinitions }),
    ...(outputDefinitions === undefined ? {} : { outputDefinitions }),
  };
  const executor: DataMap = { container };
  const [wrong] = checkPipelineSpec({
    components: { component: { ...component, executorLabel: "executor" } },
    deploymentSpec: { executors: { executor } },
  });
  if (wrong) return refuse("authoring-component-unreadable", { problem: wrong.path.slice(2).join(".") });
  const inputs = new Map(
    (["parameter", "artifact"] as const).flatMap((kind) =>
      findEntries(inputDefinitions, `${kind}s`, []).map(({ key, value }) => [key, portOf(key, kind, value)] as const),
    ),
  );
  const words = [field(container, "command"), field(container, "args")].flatMap((list) => (Array.isArray(list) ? (list as Data[]) : []));
  const mentioned = words.flatMap((word) =>
    typeof word === "string" ? placeholdersIn(word).flatMap((one) => (one.kind === "input-parameter" ? [one.name] : [])) : [],
  );
  return { component: sortedKeys(component), executor: sortedKeys(executor), inputs, mentioned: new Set(mentioned) };
}

function portOf(name: string, kind: PortKind, definition: DataMap): LoweredPort {
  const fallback = find(definition, "defaultValue", []).value;
  const title = find(find(definition, "artifactType", []).value, "schemaTitle", []).value;
  const type = kind === "parameter" ? (parameterType(definition) ?? "STRING") : typeof title === "string" ? title : "system.Artifact";
  return { name, kind, type, ...(fallback === undefined ? {} : { fallback }) };
}
