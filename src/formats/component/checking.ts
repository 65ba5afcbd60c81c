import { readComponent } from "#components/component-yaml/read.ts";
import { field, isMap, textField } from "#data/data.ts";
import type { FormatChecking } from "#document/format.ts";

/** Component files (component.yaml) among the documents: read and reported, never edited as part of a pipeline. */
export const componentChecking: FormatChecking = {
  format: "component",
  checkForeign({ data, path: [index] }) {
    const implementation = field(data, "implementation");
    const isComponent = isMap(data) && isMap(implementation) && textField(data, "apiVersion") === undefined;
    return { isKnown: implementation !== undefined, diagnostics: isComponent ? readComponent(data, [index as number]).diagnostics : [] };
  },
};
