import type { Reference } from "#pipeline/binding.ts";
import type { FormatId } from "#pipeline/model.ts";
import { modelReader } from "#document/read-model.ts";
import type { Format, Offers, Vocabulary } from "#document/format.ts";
import type { Template, Workflow } from "#pipeline/model.ts";
import { type FitRules, plainFitRules } from "#pipeline/port-compatibility.ts";
import { argo } from "#formats/argo/format.ts";
import { kfpV2 } from "#formats/kfp-v2/format.ts";

// Registers the start-up parts of the formats. The page loads this before its first picture: keep it small.

/** The formats whose objects are read; of two that recognise a document the first one reads it. */
export const formats: readonly Format[] = [argo, kfpV2];

/** Whether the palette and quick add offer an entry for files of a format. */
export function isOffered(entry: string, format: FormatId | undefined): boolean {
  return !formats.find(({ id }) => id === format)?.notOffered?.has(entry);
}

/** The text of a new pipeline without tasks; `name` is one that Kubernetes accepts. */
export function newPipelineText(name: string): string {
  return formats.find(({ newText }) => newText)?.newText?.(name) ?? "";
}

/** Whether the results of a component are never reused. */
export function isNeverCached(template: Template): boolean {
  return formats.some((format) => format.isNeverCached?.(template));
}

/** The terms for the parts of a pipeline: those of its format. */
export function vocabularyOf(workflow: Workflow): Vocabulary {
  return (formats.find(({ id }) => id === workflow.format) ?? argo).vocabulary;
}

const noOffers: Offers = { parameterTypes: [], hasParameterOptions: false, loops: [], conditionExample: "" };

/** What the inspector offers for the parts of a pipeline. */
export function offersOf(workflow: Workflow): Offers {
  return formats.find(({ id }) => id === workflow.format)?.offers?.(workflow) ?? noOffers;
}

/** A reference as text in a file of a format; undefined if text of the format cannot name it. */
export function referenceText(reference: Reference, format: FormatId | undefined): string | undefined {
  return formats.find(({ id }) => id === format)?.referenceText?.(reference);
}

/** The text for a port's type on the page. */
export function typeLabel(type: string): string {
  for (const { typeLabels } of formats) {
    const label = typeLabels?.get(type);
    if (label !== undefined) return label;
  }
  return type;
}

/** The model of a stream of documents. The same stream gives the same model. */
export const readModel = modelReader(formats);

/** Which wires fit in a pipeline: what its format says. */
export function fitRulesOf(workflow: Workflow): FitRules {
  return formats.find(({ id }) => id === workflow.format)?.fitRules?.(workflow) ?? plainFitRules;
}
