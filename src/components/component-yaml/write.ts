/** Writes a ComponentSpec as the data of a component.yaml; the inverse of read.ts. */
import type { ComponentImplementation, ComponentInput, ComponentOutput, ComponentSpec } from "../component-spec.ts";
import { type Data, type DataMap, field, isMap } from "#data/data.ts";
import { writeItems } from "./command.ts";
import { numberText, scalarText } from "../python-text.ts";

/** The component as data, keys in the SDK's order, unknown fields last. `write(read(x))` is x for every valid x. */
export function writeComponent(spec: ComponentSpec): DataMap {
  return tidy(
    {
      name: spec.name,
      description: spec.description,
      metadata: spec.metadata,
      inputs: spec.inputs.length > 0 ? spec.inputs.map(writeInput) : undefined,
      outputs: spec.outputs.length > 0 ? spec.outputs.map(writeOutput) : undefined,
      implementation: writeImplementation(spec.implementation, spec.rest),
      version: spec.version,
    },
    spec.rest,
  );
}

function writeInput(input: ComponentInput): Data {
  const raw = field(input.rest, "default");
  return tidy(
    {
      name: input.name,
      type: input.type,
      description: input.description,
      default: raw !== undefined && rawSays(raw, input.default) ? raw : input.default,
      optional: input.optional ? true : undefined,
    },
    input.rest,
  );
}

/** Whether a default that is not text in the file still equals that of the model. */
function rawSays(raw: Data, text: string | undefined): boolean {
  if (typeof raw === "number") return text === numberText(raw) || text === numberText(raw, true);
  if (typeof raw === "boolean") return text === scalarText(raw);
  return text === undefined;
}

function writeOutput(output: ComponentOutput): Data {
  return tidy({ name: output.name, type: output.type, description: output.description }, output.rest);
}

function writeImplementation(implementation: ComponentImplementation, rest: DataMap): Data | undefined {
  const beside = field(rest, "implementation");
  switch (implementation.kind) {
    case "none":
      return undefined;
    case "graph":
      return { graph: implementation.graph, ...(isMap(beside) && beside) };
    case "container": {
      const { image, command, args, env, fileOutputs } = implementation;
      const container = tidy(
        {
          image: image === "" ? undefined : image,
          command: command && writeItems(command),
          args: args && writeItems(args),
          env,
          fileOutputs,
        },
        implementation.rest,
      );
      return { container, ...(isMap(beside) && beside) };
    }
  }
}

/** Known fields without the absent ones, then what is left of the rest. A kept raw value wins over the text made from it. */
function tidy(known: Readonly<Record<string, Data | undefined>>, rest: DataMap): DataMap {
  const fields = Object.entries(known).filter((entry): entry is [string, Data] => entry[1] !== undefined);
  const left = Object.entries(rest).filter(([key]) => !fields.some(([name]) => name === key));
  return Object.fromEntries([...fields, ...left]);
}
