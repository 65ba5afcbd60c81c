import type { Diagnostic } from "#diagnostics/diagnostic.ts";
import type { Data } from "#data/data.ts";
import { readModel as readArgo, type ReadModel } from "#formats/argo/read/read.ts";
import { kfpV2 } from "#formats/kfp-v2/format.ts";
import type { ModelObject } from "#pipeline/model.ts";

// Registers the start-up parts of the formats. The page loads this before its first picture: keep it small.

const streams = new WeakMap<readonly Data[], ReadModel>();

/** The model of a stream of documents. The same stream gives the same model. */
export function readModel(stream: readonly Data[]): ReadModel {
  if (!stream.some((data) => kfpV2.detect(data) === "object")) return readArgo(stream);
  let known = streams.get(stream);
  if (known === undefined) streams.set(stream, (known = readMixed(stream)));
  return known;
}

/** Objects of both formats: what Argo's reader leaves is read as pipeline specs. */
function readMixed(stream: readonly Data[]): ReadModel {
  const argo = readArgo(stream);
  const diagnostics: Diagnostic[] = [...argo.diagnostics];
  const owners = new Map<number, ModelObject>();
  let first = !argo.model.objects.some((object) => object.kind === "workflow");
  const objects = argo.model.objects.map((object, index): ModelObject => {
    if (object.kind === "workflow" || kfpV2.detect(object.data) !== "object") return object;
    const read = kfpV2.read(stream, { index, first });
    first = false;
    diagnostics.push(...read.diagnostics);
    for (const companion of read.companions) owners.set(companion, read.object);
    return read.object;
  });
  const model = {
    objects: objects.map((object, index): ModelObject => {
      const owner = owners.get(index);
      return object.kind === "foreign" && owner
        ? { kind: "companion", place: object.place, owner: owner.place, data: object.data }
        : object;
    }),
  };
  return { model, diagnostics };
}
