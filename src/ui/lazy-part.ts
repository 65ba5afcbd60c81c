import { type ComponentType, lazy } from "react";
import { fetchShown, type Part } from "#words/page.ts";

/** A part of the page that is fetched when it is first shown, together with its words. */
export function lazyPart<Props>(load: () => Promise<{ readonly default: ComponentType<Props> }>, words: Part) {
  return lazy(async () => {
    const [loaded] = await Promise.all([load(), fetchShown(words)]);
    return loaded;
  });
}
