/** Opens the Python program of a template. Apart from lift.ts, since it brings a Python parser along. */
import { writeTemplate } from "../../write.ts";
import { type Data, field, isList } from "#data/data.ts";
import type { Template, TemplateComponent } from "#pipeline/model.ts";
import { programIndex, readProgram } from "#python/program-lens.ts";
import { liftComponent } from "./lift-component.ts";

/** The template's component with `lifted` and the Python program filled in; undefined for a template without a component. */
export function withLift(template: Template): TemplateComponent | undefined {
  const { component } = template;
  if (!component || template.kind !== "container") return component;
  const lifted = liftComponent(writeTemplate(template))?.lifted ?? false;
  const python = liftPython(field(template.rest, "container"));
  return { ...component, lifted, ...(python && { python }) };
}

/** The Python function in a container's command or args; `path` is the program's place inside the template. */
export function liftPython(container: Data | undefined): TemplateComponent["python"] {
  for (const key of ["command", "args"] as const) {
    const words = field(container, key);
    const index = isList(words) ? programIndex(words) : undefined;
    const text = index === undefined || !isList(words) ? undefined : words[index];
    const lens = typeof text === "string" ? readProgram(text) : undefined;
    if (lens && index !== undefined)
      return { path: ["container", key, index], prefix: lens.prefix, source: lens.source, suffix: lens.suffix };
  }
  return undefined;
}
