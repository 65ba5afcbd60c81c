import type { Path } from "#data/data.ts";
import { type ReferenceChange, renamesInData } from "../syntax/rename.ts";
import type { Draft } from "#document/edit-draft.ts";

/** Changes a name in every reference below a place; only the letters of the name change. */
export function renameReferences(draft: Draft, dataPath: Path, change: ReferenceChange): void {
  for (const { path, text } of renamesInData(draft.at(dataPath), dataPath, change)) draft.set(path, text);
}
