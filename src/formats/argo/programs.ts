import { writeComponent } from "#components/component-yaml/write.ts";
import { field, isList, textField } from "#data/data.ts";
import type { ComponentProgram, FormatPrograms } from "#document/format.ts";
import type { Template } from "#pipeline/model.ts";
import { defaultImage, programOf as programOfFunction } from "#python/program.ts";
import { readProgram } from "#python/program-lens.ts";
import { liftPython } from "./kfp/lift/python-program.ts";
import { annotation } from "./kfp/annotation-keys.ts";

/** The Python functions in files of KFP v1. */
export const argoPrograms: FormatPrograms = {
  format: "argo",
  style: "argparse",
  defaultImage,
  programOf,
  componentOf: (fn, options) => ({ spec: writeComponent(programOfFunction(fn, options)), renamed: [] }),
};

function programOf(template: Template): ComponentProgram | undefined {
  if (!template.component || template.kind !== "container") return undefined;
  const container = field(template.rest, "container");
  const python = liftPython(container);
  const [, key, index] = python?.path ?? [];
  const command = key === undefined ? undefined : field(container, String(key));
  const text = isList(command) && typeof index === "number" ? command[index] : undefined;
  const lens = typeof text === "string" ? readProgram(text) : undefined;
  if (!python || !lens || typeof text !== "string" || !isList(command)) return undefined;
  const copy = textField(field(field(template.rest, "metadata"), "annotations"), annotation.spec);
  return {
    text,
    lens,
    path: python.path,
    image: textField(container, "image") ?? "",
    command,
    spec: template.component.spec,
    ...(copy !== undefined && { copy: { path: ["metadata", "annotations", annotation.spec], text: copy } }),
  };
}
