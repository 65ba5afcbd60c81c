import type { Data } from "#data/data.ts";
import { writeModel as writeArgo } from "#formats/argo/write.ts";
import { kfpV2 } from "#formats/kfp-v2/format.ts";
import type { Model } from "#pipeline/model.ts";

// Registers what writes the formats. Apart from the readers, which the page loads before its first picture.

/** The documents of a model; `writeModel(readModel(stream).model)` equals the stream. */
export function writeModel(model: Model): readonly Data[] {
  return model.objects.map((object) => {
    if (object.kind === "companion") return object.data;
    if (object.kind === "workflow" && object.dialect === "kfp-v2") return kfpV2.write(object);
    return writeArgo({ objects: [object] })[0] ?? null;
  });
}
