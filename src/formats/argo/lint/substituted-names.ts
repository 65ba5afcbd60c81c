/**
 * Names with tags as Argo's lint checks them: after each tag is replaced by a value that is known, or by a placeholder.
 * docs/spec/argo-lint.md#levels-and-modes
 */
import { type Data, type DataMap, field, listField, textField } from "#data/data.ts";
import type { Workflow } from "#pipeline/model.ts";

/** The object in which a name is. */
interface Owner {
  readonly workflow: Workflow;
  readonly spec: DataMap;
  readonly isLibrary: boolean;
}

/** What Argo writes for a value that is not known before the run; the underscore may be in names of ports, but not of calls. */
const placeholder = "__argo__internal__placeholder-1";

/**
 * A name as Argo checks it: tags replaced by their values or a placeholder. Expressions count as fitting, whatever they result in, and so do
 * unknown variables that `isFitting` accepts.
 */
export function substituted(
  name: string,
  known: ReadonlyMap<string, string>,
  isFitting: (variable: string) => boolean = () => false,
): string {
  return name.replace(/\{\{([\s\S]*?)\}\}/g, (_, tag: string) => {
    const variable = tag.trim();
    return variable.startsWith("=") ? "a" : (known.get(variable) ?? (isFitting(variable) ? "a" : placeholder));
  });
}

/**
 * The variables whose values Argo knows when it checks a template: the workflow's parameters with a value, and, for a template with which a
 * run begins or ends, its inputs. A template that is called is checked with placeholders, whatever the call gives.
 */
export function knownValues(
  { workflow, spec, isLibrary }: Owner,
  template?: { readonly name: string; readonly raw: Data },
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const add = (prefix: string, lists: Data | undefined) => {
    for (const item of listField(lists, "parameters")) {
      const [name, value] = [textField(item, "name"), field(item, "value")];
      if (name === undefined || value === undefined || value === null || typeof value === "object") continue;
      if (!String(value).includes("{{")) values.set(`${prefix}.${name}`, String(value));
    }
  };
  add("workflow.parameters", field(spec, "arguments"));
  if (isLibrary || template === undefined || (template.name !== workflow.entrypoint && template.name !== workflow.onExit)) return values;
  add("inputs.parameters", field(template.raw, "inputs"));
  add("inputs.parameters", field(spec, "arguments"));
  return values;
}
