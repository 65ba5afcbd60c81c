import type { Data } from "#data/data.ts";
import { headerSplices } from "#formats/kfp-v2/syntax/header-comment.ts";
import type { Splice } from "#yaml/text-splice.ts";

/** The changes of comments that follow from an edit of the data: comments that a format's own tools wrote and that say what the data says. */
export function commentSplices(text: string, before: readonly Data[], after: readonly Data[]): readonly Splice[] {
  return headerSplices(text, before, after);
}
