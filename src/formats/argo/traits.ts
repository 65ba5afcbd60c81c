import type { PipelineTraits } from "#pipeline/model.ts";

/** Workflows that people and other tools wrote. */
export const plainTraits: PipelineTraits = { variant: "argo" };

/** Workflows that the SDK of KFP v1 compiled, or that follow its rules. docs/spec/kfp-v1.md */
export const kfpV1Traits: PipelineTraits = {
  variant: "kfp",
  hasFreeTitle: true,
  itemInput: "when-used",
  hasCompiledGroups: true,
  infersGroupTypes: true,
  hasDisplayNames: true,
  hasTextConstants: true,
  hasParameterTypes: true,
  needsParameterValues: true,
  hasFilesFromParameters: true,
  passesParametersAsInputs: true,
  hasSdkQuantities: true,
  madeFor: "kfp",
};
