import { type ComponentType, lazy } from "react";
import { fetchShown, type Part } from "#words/page.ts";

let canvasFirst: Promise<unknown> = Promise.resolve();

/** Lets the panels wait until the canvas stands, so that they do not take from it what it needs to load. */
export function holdParts(until: Promise<unknown>): void {
  canvasFirst = until.catch(() => undefined);
}

/** Settles when the canvas stands: then what is only needed later can be fetched. */
export function canvasStands(): Promise<unknown> {
  return canvasFirst;
}

/** A part of the page that is fetched when it is first shown, together with its words. */
export function lazyPart<Props>(load: () => Promise<{ readonly default: ComponentType<Props> }>, words: Part) {
  return lazy(async () => {
    await canvasFirst;
    const [loaded] = await Promise.all([load(), fetchShown(words)]);
    return loaded;
  });
}
