import { modelWriter } from "#document/write-model.ts";
import { argoWriting } from "#formats/argo/write.ts";
import { kfpV2Writing } from "#formats/kfp-v2/format.ts";

// Registers what writes the formats. Apart from the readers, which the page loads before its first picture.

/** The documents of a model; `writeModel(readModel(stream).model)` equals the stream. */
export const writeModel = modelWriter([argoWriting, kfpV2Writing]);
