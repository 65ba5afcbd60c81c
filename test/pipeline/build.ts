import { readModel } from "#compiler/readers.ts";
import type { Model, Workflow } from "#pipeline/model.ts";
import { dataOf } from "#test/formats/argo/corpus.ts";
import type { Diagnostic } from "#diagnostics/diagnostic.ts";

/** A model from YAML text; the first lines (`apiVersion`, `kind`) may be left out. */
export function modelOf(yaml: string): { readonly model: Model; readonly workflow: Workflow; readonly diagnostics: readonly Diagnostic[] } {
  const head = /^(kind|apiVersion):/m.test(yaml) ? "" : "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\n";
  const { model, diagnostics } = readModel(dataOf(head + yaml.replace(/^\n/, "")));
  const workflow = model.objects.find((object) => object.kind === "workflow");
  if (workflow === undefined) throw new Error("the test's YAML holds no workflow");
  return { model, workflow, diagnostics };
}
