/**
 * Lifts one template, locally and verified: the component, volume, snapshot or resource that lowering would turn into this very
 * template, the rest of its fields as overlay. Anything else stays what it is. Called by `check`, the inspector and export.
 */
import { writeTemplate } from "../../write.ts";
import { type Data, type DataMap, field, isMap } from "#data/data.ts";
import type { Template } from "#pipeline/model.ts";
import { type LiftedComponent, liftComponent } from "./lift-component.ts";
import { type LiftedResource, liftResource } from "./resource-op.ts";

/** What a template was compiled from; `none`: a raw Argo template. */
export type Lifted = LiftedComponent | LiftedResource | { readonly kind: "none" };

/** Reads YAML text as data; undefined if it is broken. */
export type ParseText = (text: string) => Data | undefined;

/** What a template of the model was compiled from. */
export function liftTemplate(template: Template, parse: ParseText): Lifted {
  if (template.kind !== "container" && template.kind !== "resource") return { kind: "none" };
  return liftTemplateData(writeTemplate(template), parse);
}

/** What a template's data was compiled from. */
export function liftTemplateData(template: DataMap, parse: ParseText): Lifted {
  if (isMap(field(template, "resource"))) return liftResource(template, parse) ?? { kind: "none" };
  return liftComponent(template) ?? { kind: "none" };
}
