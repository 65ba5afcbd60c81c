import { type ComponentType, lazy, type LazyExoticComponent } from "react";
import { loadPart, MissingPart } from "#editor/missing-part.ts";
import { fetchShown, type Part } from "#messages/page.ts";
import { MissingPlace } from "./missing-part.tsx";

let canvasFirst: Promise<unknown> = Promise.resolve();

/** Lets the panels wait until the canvas stands, so that they do not take from it what it needs to load. */
export function holdParts(until: Promise<unknown>): void {
  canvasFirst = until.catch(() => undefined);
}

/** Settles when the canvas stands: then what is only needed later can be fetched. */
export function canvasStands(): Promise<unknown> {
  return canvasFirst;
}

type Loaded<Props> = { readonly default: ComponentType<Props> };

/**
 * A part of the page that is fetched when it is first shown, together with its words (none: it has no words of its own, and does not wait
 * for the canvas). Where it cannot be fetched, a notice says so in its place; the rest of the page stays.
 */
export function lazyPart<Props>(load: () => Promise<Loaded<Props>>, words?: Part): LazyExoticComponent<ComponentType<Props>> {
  const fetch = async (): Promise<Loaded<Props>> => {
    if (words === undefined) return loadPart(load);
    await canvasFirst;
    const [loaded, isWorded] = await Promise.all([loadPart(load), fetchShown(words)]);
    if (!isWorded) throw new MissingPart(words);
    return loaded;
  };
  return lazy(() => fetch().catch(() => ({ default: MissingPlace })));
}
