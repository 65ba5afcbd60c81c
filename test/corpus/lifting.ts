/** How many templates which tell their whole component are opened as that component, and that nothing is lost by it. */
import { withLift } from "#formats/argo/kfp/lift/python-program.ts";
import { openDocument } from "#compiler/document.ts";
import { field, sameData, valueAt } from "#data/data.ts";
import { writeTemplate } from "#formats/argo/write.ts";

/** A count with what was wrong. */
export interface Lifting {
  readonly good: number;
  readonly of: number;
  readonly errors: readonly string[];
}

/**
 * Container templates whose component_spec annotation contains the whole component. An error is a Python program whose parts do not
 * give it back, or a template that is not written as it was read; one that is not lifted is only counted.
 */
export function lifting(text: string): Lifting {
  const document = openDocument(text);
  const templates = document.model.objects.flatMap((object) => (object.kind === "workflow" ? object.templates : []));
  let [good, of] = [0, 0];
  const errors: string[] = [];
  for (const template of templates) {
    const implementation = template.component?.spec.implementation;
    if (template.kind !== "container" || implementation?.kind !== "container") continue;
    // Placeholders for addresses of files were an experiment of SDK 1.4; the component does not say what they became.
    if (JSON.stringify(implementation).includes('"v2-only"')) continue;
    of += 1;
    const component = withLift(template);
    if (component?.lifted) good += 1;
    const written = writeTemplate(template);
    if (!sameData(written, valueAt(document.stream, template.path))) errors.push(`${template.name}: other data`);
    const { python } = component ?? {};
    if (
      python &&
      `${python.prefix}${python.source}${python.suffix}` !==
        python.path.reduce<unknown>(
          (here, step) => (typeof step === "number" ? (here as readonly unknown[])[step] : field(here as never, step)),
          written,
        )
    ) {
      errors.push(`${template.name}: the parts of the program are not the program`);
    }
  }
  return { good, of, errors };
}
