import type { Data } from "#data/data.ts";
import type { Model } from "#pipeline/model.ts";
import type { FormatWriting } from "./format.ts";

/**
 * The writer of a model's documents: `write(read(stream).model)` equals the stream. Throws for an object of a format that is not in the
 * list; a model that a user brings must be checked first.
 */
export function modelWriter(formats: readonly FormatWriting[]): (model: Model) => readonly Data[] {
  return (model) =>
    model.objects.map((object) => {
      if (object.kind !== "workflow") return object.data;
      const format = formats.find((one) => one.format === object.format);
      if (format === undefined) throw new Error(`the model has an object of an unknown format: ${String(object.format)}`);
      return format.write(object);
    });
}
